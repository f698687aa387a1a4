"""Family links among records that are one person."""

import pytest

from tests.fixtures.council import START, Council
from tests.people.making import put_link, put_people
from tracker.detection.services import add_family_link, end_family_link
from tracker.people.requests import EndedFamilyLink, NewFamilyLink
from tracker.people.vocabulary import FamilyLinkKind
from tracker.storage.tables import NoSuchRecordError


def test_a_family_link_is_ended_from_any_record_that_is_the_same_person(council: Council) -> None:
    child, same_child, mother, noise = put_people(
        council, "Kit Zzexample", "Kit Zzagain", "Rae Zzexample", "Noise Zzperson"
    )
    by = council.actor(council.worker)
    new = NewFamilyLink(person=child.reference, other=mother.reference, kind=FamilyLinkKind.PARENT)
    with council.database.transaction() as session:
        link = add_family_link(session, new, by=by, now=START).reference
        put_link(session, council, child, same_child)
        with pytest.raises(NoSuchRecordError):
            end_family_link(session, EndedFamilyLink(person=noise.reference, link=link), by=by, now=START)
        ended = end_family_link(session, EndedFamilyLink(person=same_child.reference, link=link), by=by, now=START)
        assert ended.ended_at == START
