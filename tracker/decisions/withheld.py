"""What is told of looks at another record that may be the same person; of a restricted one nothing but whom to ask. ADR 0177."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from tracker.people.groups import PersonGroup, groups_in_doubt
from tracker.policy.facts import CheckFacts
from tracker.policy.vocabulary import Stop

MAY_BE_ONE_PERSON = "may_be_one_person"
"""The pattern of the hold that stands in the facts for looks at a restricted record."""

WITHHELD = "What is recorded of a restricted record that may be the same person stops it."


def may_be_restricted(facts: CheckFacts) -> bool:
    """Whether such a hold stands in these facts."""
    return any(hold.pattern == MAY_BE_ONE_PERSON for hold in facts.holds)


def stop_in_words(facts: CheckFacts, rule: str, text: str) -> str:
    """The words of a stop; of such a hold, where no other stands, that it is one: Legal has not placed it, and cannot release it."""
    standing = {one.pattern for one in facts.holds if one.released_at is None}
    return WITHHELD if rule == Stop.S11_PATTERN_HOLD and standing == {MAY_BE_ONE_PERSON} else text


def without_restricted(facts: CheckFacts) -> CheckFacts:
    """The facts without it, for a page that is no decision: it would tell whoever changes a birth or a name whether they guessed right."""
    return replace(facts, holds=tuple(one for one in facts.holds if one.pattern != MAY_BE_ONE_PERSON))


def whom_it_waits_for(session: Session, group: PersonGroup, *, at: datetime, asked_by: Collection[int]) -> str:
    """Why a look is on hold without a case at Legal, and whom to ask; empty once a manager has said that they are two."""
    shut = (
        record
        for one in groups_in_doubt(session, group, at=at, asked_by=asked_by)
        for record in one.records
        if record.restricted
    )
    asked = sorted({record.ask_whom or "your manager" for record in shut})
    if not asked:
        return ""
    return (
        "A restricted record may be the same person, and nothing of it can be shown here. What is recorded there stops a further look "
        f"until a manager who may read both, and has no part in it, has said that they are two people. Ask {' or '.join(asked)}."
    )


def whose_looks_count(session: Session, group: PersonGroup, *, at: datetime, asked_by: Collection[int]) -> str:
    """Which records that may be opened count with this one, and until when; empty where there is none."""
    others = [
        record
        for one in groups_in_doubt(session, group, at=at, asked_by=asked_by)
        if not one.is_restricted
        for record in one.records
    ]
    if not others:
        return ""
    named = " and ".join(record.reference for record in others)
    return (
        f"Looks at {named} count here too: the records agree in what tells people apart, and no manager who has no part in it has said "
        "yet that they are two people."
    )
