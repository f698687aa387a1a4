"""A draft is its owner's alone, survives signing out, and ends."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.fixtures.council import ONE_DATABASE, START, Council
from tests.fixtures.visitor import ClientFor
from tracker.drafts.models import Draft
from tracker.drafts.selectors import get_draft, list_drafts
from tracker.drafts.services import begin_draft, end_draft, save_draft
from tracker.staff.models import StaffMember
from tracker.storage.tables import NoSuchRecordError

pytestmark = ONE_DATABASE
MONTH = timedelta(days=30)


def begun(council: Council, member: StaffMember, form: str = "check", **content: object) -> str:
    with council.database.transaction() as session:
        by = council.actor(member)
        return begin_draft(session, form=form, about=None, content=content, by=by, now=START).reference


def test_a_draft_gives_back_what_was_typed_page_by_page(council: Council) -> None:
    reference = begun(council, council.worker, why={"reason": ["Zzreason", ""]})
    with council.database.transaction() as session:
        by = council.actor(council.worker)
        save_draft(session, reference, content={"look": {"purpose": ["welfare"]}}, by=by, now=START)
    with council.database.reading() as session:
        kept = get_draft(session, reference, by=council.actor(council.worker), now=START)
    assert kept.content == {"why": {"reason": ["Zzreason", ""]}, "look": {"purpose": ["welfare"]}}
    assert kept.version == 2


@pytest.mark.parametrize("who", ["colleague", "manager", "legal", "sro", "auditor", "admin"])
def test_nobody_but_its_owner_finds_changes_or_ends_a_draft(council: Council, who: str) -> None:
    reference, other = begun(council, council.worker), council.actor(getattr(council, who))
    with council.database.transaction() as session, pytest.raises(NoSuchRecordError):
        get_draft(session, reference, by=other, now=START)
    with council.database.transaction() as session, pytest.raises(NoSuchRecordError):
        save_draft(session, reference, content={"x": 1}, by=other, now=START)
    with council.database.transaction() as session, pytest.raises(NoSuchRecordError):
        end_draft(session, reference, by=other, now=START)
    with council.database.reading() as session:
        assert list_drafts(session, form="check", by=other, now=START) == []
        assert get_draft(session, reference, by=council.actor(council.worker), now=START).content == {}


def test_ones_drafts_of_one_form_are_listed_the_last_saved_first(council: Council) -> None:
    first, second, _ = (
        begun(council, council.worker),
        begun(council, council.worker),
        begun(council, council.colleague),
    )
    begun(council, council.worker, form="danger")
    by = council.actor(council.worker)
    with council.database.transaction() as session:
        save_draft(session, first, content={}, by=by, now=START + timedelta(minutes=1))
    with council.database.reading() as session:
        listed = list_drafts(session, form="check", by=by, now=START + timedelta(minutes=2))
    assert [one.reference for one in listed] == [first, second]


def test_a_draft_survives_signing_out(council: Council, client_for: ClientFor) -> None:
    reference = begun(council, council.worker)
    visitor = client_for(council.worker)
    visitor.send(visitor.get("/settings"), button="Sign out")
    visitor.sign_in(council.worker)
    with council.database.reading() as session:
        assert get_draft(session, reference, by=council.actor(council.worker), now=START).reference == reference


def test_a_draft_ends_a_month_after_it_was_last_saved(council: Council) -> None:
    reference, by = begun(council, council.worker), council.actor(council.worker)
    with council.database.transaction() as session:
        save_draft(session, reference, content={}, by=by, now=START + timedelta(days=10))
    late = START + timedelta(days=10) + MONTH
    with council.database.reading() as session:
        assert get_draft(session, reference, by=by, now=late - timedelta(seconds=1))
        assert list_drafts(session, form="check", by=by, now=late) == []
        with pytest.raises(NoSuchRecordError):
            get_draft(session, reference, by=by, now=late)


def test_what_has_ended_is_thrown_away_when_the_next_draft_begins(council: Council) -> None:
    begun(council, council.worker)
    with council.database.transaction() as session:
        by = council.actor(council.colleague)
        begin_draft(session, form="check", about=None, content={}, by=by, now=START + MONTH)
    with council.database.reading() as session:
        assert [one.staff_id for one in session.exec(select(Draft))] == [council.colleague.id]


def test_an_ended_draft_is_gone(council: Council) -> None:
    reference, kept, by = begun(council, council.worker), begun(council, council.worker), council.actor(council.worker)
    with council.database.transaction() as session:
        end_draft(session, reference, by=by, now=START)
    with council.database.reading() as session:
        assert [one.reference for one in list_drafts(session, form="check", by=by, now=START)] == [kept]
