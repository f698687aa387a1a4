"""Who spoke for a child: family on record are told apart by their records, and a typed name is for whoever is not on record."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.consent.saying import say
from tests.consent.world import World, keys
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.visitor import ClientFor
from tracker.consent.models import Consent
from tracker.consent.selectors import list_standing_disagreements
from tracker.detection.services import add_family_link
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.people.requests import NewFamilyLink
from tracker.people.vocabulary import FamilyLinkKind
from tracker.policy.vocabulary import Competence, ConsentStatus, GivenBy

HOUR = timedelta(hours=1)
YES, NO = ConsentStatus.GIVEN, ConsentStatus.REFUSED


def relative(world: World, name: str, kind: FamilyLinkKind = FamilyLinkKind.PARENT) -> Person:
    """Somebody on record who belongs with Kit."""
    added = world.add(name, date(1985, 1, 1))
    new = NewFamilyLink(person=world.kit.reference, other=added.reference, kind=kind)
    world.write(lambda session: add_family_link(session, new, by=world.by(world.council.worker), now=START))
    return added


def word(world: World, giver: Person | str, status: ConsentStatus, hours: int) -> Consent:
    """What a parent of Kit said, by record or by a name typed."""
    at = START + hours * HOUR
    who: dict[str, Any] = {"giver": None, "giver_name": giver} if isinstance(giver, str) else {"giver": giver.reference}
    by: dict[str, Any] = {"given_by": GivenBy.PARENTAL_RESPONSIBILITY, "competence": Competence.LACKS}
    return say(world, world.kit, status=status, at=at, now=at, **by, **who)


def refusals(world: World) -> list[Consent]:
    return list(world.read(lambda session: list_standing_disagreements(session, keys(world.kit))))


def test_two_parents_of_one_name_are_two_people_who_may_disagree(world: World) -> None:
    elder, younger = relative(world, "Sam Zzparent"), relative(world, "Sam  ZZPARENT")
    said = word(world, elder, YES, 0)
    assert (said.giver_id, said.giver_name) == (elder.id, "Sam Zzparent")
    word(world, younger, NO, 1)
    assert len(refusals(world)) == 1


def test_one_parent_who_changes_their_mind_disagrees_with_nobody_by_whichever_of_their_records(world: World) -> None:
    mother = relative(world, "Pat Zzparent")
    word(world, mother, YES, 0)
    word(world, mother, NO, 1)
    again = relative(world, "Patricia Zzparent")
    world.link(mother, again, START + 2 * HOUR)
    word(world, again, YES, 3)
    assert refusals(world) == []


def test_a_name_typed_before_its_bearer_was_on_record_is_theirs(world: World) -> None:
    word(world, "pat zzparent", YES, 0)
    mother = relative(world, "Pat Zzparent")
    word(world, mother, NO, 1)
    assert refusals(world) == []
    word(world, "Alex Zzparent", YES, 2)
    assert len(refusals(world)) == 1


def test_a_name_that_two_on_record_bear_is_taken_for_neither(world: World) -> None:
    word(world, "Sam Zzparent", YES, 0)
    elder, younger = relative(world, "Sam Zzparent"), relative(world, "Sam Zzparent")
    word(world, elder, YES, 1)
    word(world, younger, YES, 2)
    assert refusals(world) == []
    word(world, elder, NO, 3)
    assert len(refusals(world)) == 1


def test_a_name_that_is_on_record_is_chosen_and_not_typed(world: World) -> None:
    relative(world, "Pat Zzparent")
    with pytest.raises(ProblemError) as refused:
        word(world, "PAT Zzparent", YES, 0)
    assert refused.value.field == "giver"


def test_only_family_on_record_can_be_named(world: World) -> None:
    child = relative(world, "Bo Zzchild", FamilyLinkKind.CHILD)
    for stranger in (world.lee, child):
        with pytest.raises(ProblemError) as refused:
            word(world, stranger, YES, 0)
        assert refused.value.field == "giver"


@ONE_DATABASE
def test_the_page_offers_parents_first_and_asks_a_name_only_of_somebody_else(
    world: World, client_for: ClientFor
) -> None:
    relative(world, "Gil Zzgrand", FamilyLinkKind.GRANDPARENT)
    mother = relative(world, "Pat Zzparent")
    worker = client_for(world.council.worker)
    page = worker.get(f"/people/{world.kit.reference}/consents/new")
    offered = [one.text for one in page.main.all("label") if "(" in one.text and "Zz" in one.text]
    assert offered == ["Pat Zzparent (parent)", "Gil Zzgrand (grandparent)"]
    typed: dict[str, Any] = {
        "status": "given",
        "given_by": "parental_responsibility",
        "competence": "lacks",
        "competence_words": "He is ten.",
        "wording": "You may look.",
        "right_to_refuse_explained": "yes",
        "at-day": "20",
        "at-month": "11",
        "at-year": "2026",
        "at-time": "2:15pm",
        "how_given": "spoken_in_person",
        "language": "English",
        "how_received": "Calmly.",
        "extent_of_platforms": "any",
        "extent_of_purposes": "any",
    }
    assert "Select who it was" in worker.send(page, typed).errors
    nobody = worker.send(page, {**typed, "giver": "somebody_else"})
    assert nobody.errors == ["Enter the name of whoever said it"]
    kept = worker.send(page, {**typed, "giver": mother.reference})
    assert kept.path.startswith("/consents/")
    assert "Pat Zzparent" in kept.text
