"""Who may end a family or household link is asked in one place, by the page that offers it and by what ends it."""

import pytest

from tests.fixtures.council import ONE_DATABASE, START, Council
from tests.fixtures.visitor import ClientFor
from tests.people.making import put_people, put_person, restrict, work_of
from tracker.access.permissions import NotAllowedError
from tracker.detection.routes import family as pages
from tracker.detection.services import add_family_link, end_family_link
from tracker.detection.services import family as services
from tracker.people.models import Person
from tracker.people.requests import EndedFamilyLink, NewFamilyLink
from tracker.people.selectors import get_person
from tracker.people.vocabulary import FamilyLinkKind
from tracker.staff.models import StaffMember

pytestmark = ONE_DATABASE

STAFF = ("worker", "colleague", "worker2", "manager", "manager2", "head", "legal", "auditor")


def linked(council: Council, *, is_restricted: bool) -> tuple[Person, str]:
    """North's child, and the reference of their link with a parent, with whom south works where only some may read of them."""
    (child,) = put_people(council, "Kit Zzexample")
    with council.database.transaction() as session:
        work = work_of(council.south if is_restricted else council.north)
        parent = put_person(session, council, "Rae Zzexample", by=council.worker2 if is_restricted else None, work=work)
        new = NewFamilyLink(person=child.reference, other=parent.reference, kind=FamilyLinkKind.PARENT)
        link = add_family_link(session, new, by=council.actor(council.worker), now=START).reference
    if is_restricted:
        with council.database.transaction() as session:
            restrict(session, council, get_person(session, parent.reference), council.worker2)
    return child, link


def is_ended_by(council: Council, child: Person, link: str, member: StaffMember) -> bool:
    """Whether the service ends it for them; it is put back."""
    ended = EndedFamilyLink(person=child.reference, link=link, why="Never lived together.")
    with council.database.transaction() as session:
        try:
            end_family_link(session, ended, by=council.actor(member), now=START)
        except NotAllowedError:
            return False
        finally:
            session.rollback()
    return True


def offered_and_opened(client_for: ClientFor, child: Person, link: str, member: StaffMember) -> tuple[bool, bool]:
    """Whether the list of family offers them to end it, and whether the page that ends it opens."""
    visitor, its_page = client_for(member), f"/people/{child.reference}/family/{link}/end"
    offered = its_page in visitor.get(f"/people/{child.reference}/family").response.text
    return offered, visitor.get(its_page).status == 200


@pytest.mark.parametrize(
    ("is_restricted", "who"), [(False, {"worker", "colleague", "manager"}), (True, {"manager", "worker2"})]
)
def test_it_is_offered_to_exactly_those_for_whom_it_is_done(
    council: Council, client_for: ClientFor, who: set[str], *, is_restricted: bool
) -> None:
    child, link = linked(council, is_restricted=is_restricted)
    members = {name: getattr(council, name) for name in STAFF}
    assert {name for name, one in members.items() if is_ended_by(council, child, link, one)} == who
    answers = {name: offered_and_opened(client_for, child, link, one) for name, one in members.items()}
    assert answers == {name: (name in who, name in who) for name in STAFF}


def test_a_page_that_asked_otherwise_would_offer_what_is_not_done(
    council: Council, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: and a service that asked otherwise would do what is not offered."""
    child, link = linked(council, is_restricted=False)
    monkeypatch.setattr(pages, "may_end_family_link", lambda *_, **__: True)
    assert offered_and_opened(client_for, child, link, council.worker2) == (True, True)
    assert not is_ended_by(council, child, link, council.worker2)
    monkeypatch.undo()
    monkeypatch.setattr(services, "may_end_family_link", lambda *_, **__: True)
    assert offered_and_opened(client_for, child, link, council.worker2) == (False, False)
    assert is_ended_by(council, child, link, council.worker2)
