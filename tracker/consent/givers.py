"""Who may have spoken for somebody: family and household on record, told apart by their records and not by a typed name."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from tracker.consent.disagreement import UNSETTLED, same_name
from tracker.consent.models import Consent
from tracker.consent.requests import NewConsent
from tracker.people.groups import PersonGroup, groups_of
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.people.selectors import Relative, list_family
from tracker.people.vocabulary import FamilyLinkKind
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import GivenBy

NEVER_SPEAK = frozenset({FamilyLinkKind.CHILD, FamilyLinkKind.GRANDCHILD})


def list_givers(session: Session, group: PersonGroup, *, by: Actor, on: date) -> list[Relative]:
    """Family and household who may have spoken for the person, parents first; a restricted record is not among them."""
    family = list_family(session, group.members, by=by, on=on)
    found = [one for one in family if one.person is not None and one.kind not in NEVER_SPEAK]
    return sorted(found, key=lambda one: one.kind is not FamilyLinkKind.PARENT)


def find_giver(session: Session, new: NewConsent, group: PersonGroup, *, by: Actor, on: date) -> Person | None:
    """The record of whoever spoke for the person, or None where they spoke for themself or are not on record.

    Raises `ProblemError` where the one named is no family on record, or where a name was typed that is on record: one and the
    same person must not become two who disagree.
    """
    if new.given_by is GivenBy.SELF:
        return None
    family = [one.person for one in list_givers(session, group, by=by, on=on) if one.person is not None]
    if new.giver is None:
        if same_name(new.giver_name) in {same_name(one.name or one.known_by or "") for one in family}:
            raise ProblemError(
                "giver", "Somebody of that name is on record: choose them, or say how the other is called"
            )
        return None
    for one in family:
        if one.reference == new.giver:
            return one
    raise ProblemError("giver", "Choose somebody who is on record as family or household")


def givers_of(session: Session, words: Iterable[Consent]) -> dict[int | None, str]:
    """For each of these words, by key, who said it: a record (whichever of those that are one person), else the name typed.

    A name typed before its one bearer was on record is that of the record.
    """
    said = list(words)
    groups = groups_of(session, {one.giver_id for one in said if one.giver_id is not None})
    records = {one.id: groups[one.giver_id].key for one in said if one.giver_id is not None}
    named: dict[str, set[str]] = {}
    for one in said:
        if one.id in records:
            named.setdefault(same_name(one.giver_name), set()).add(records[one.id])
    return {one.id: UNSETTLED if one.disagreement else records.get(one.id) or _by_name(one, named) for one in said}


def _by_name(said: Consent, named: dict[str, set[str]]) -> str:
    name = same_name(said.giver_name)
    bearers = named.get(name, set())
    return next(iter(bearers)) if len(bearers) == 1 else f"name: {name}"
