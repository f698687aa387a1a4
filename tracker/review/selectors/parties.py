"""Who asked for, would look in or decided as a manager: nobody among them answers for Legal. Source: policy.md, "Of one check"."""

from collections.abc import Iterable, Mapping

from sqlmodel import Session, col, select

from tracker.decisions.models import Check
from tracker.decisions.parties import parties_of_checks, staff_concerned_with_each
from tracker.people.groups import everyone_behind, members_of
from tracker.people.models import Person
from tracker.policy.entitlement import READERS_OF_EVERYTHING, Actor, Role, may_act_for_legal
from tracker.referrals.models import Referral, ReferralPerson
from tracker.referrals.selectors import find_seal_asked, people_of_each
from tracker.referrals.vocabulary import ReferralPlace
from tracker.storage.tables import saved_key


def parties_about(session: Session, people: Iterable[int]) -> frozenset[int]:
    """The same of every check that concerns any of these people (keys) or a record linked to theirs."""
    return parties_about_each(session, {0: people})[0]


def parties_about_each(session: Session, people: Mapping[int, Iterable[int]]) -> dict[int, frozenset[int]]:
    """The same of several lists of people at once, each under the key that it comes with."""
    named = {key: frozenset(about) for key, about in people.items()}
    everybody = members_of(session, frozenset[int]().union(*named.values()))
    groups = {key: {one for each in about for one in everybody[each]} for key, about in named.items()}
    return staff_concerned_with_each(session, groups)


def parties_of_referral(session: Session, referral: Referral) -> frozenset[int]:
    """Those of the check that the case is about, and who sent it on; of a pattern, those of every check about its people; of a record
    to be sealed, who asked for it too."""
    return parties_of_referrals(session, [referral])[saved_key(referral)]


def parties_of_referrals(session: Session, referrals: Iterable[Referral]) -> dict[int, frozenset[int]]:
    """The same of several cases at once, by the case's key."""
    cases = {saved_key(case): case for case in referrals}
    wanted = {case.check_id for case in cases.values()} - {None}
    checks = session.exec(select(Check).where(col(Check.id).in_(wanted))).all() if wanted else ()
    of_checks = parties_of_checks(session, checks)
    others = [key for key, case in cases.items() if case.check_id is None]
    about = parties_about_each(session, people_of_each(session, others))
    return {
        key: about[key] | who_asked(case) if case.check_id is None else of_checks[case.check_id] | _who_sent_on(case)
        for key, case in cases.items()
    }


def _who_sent_on(referral: Referral) -> frozenset[int]:
    return frozenset() if referral.endorsed_by is None else frozenset({referral.endorsed_by})


def who_asked(referral: Referral) -> frozenset[int]:
    """The key of who asked Legal to seal a record; of no other case anybody."""
    return frozenset() if referral.asked_by is None else frozenset({referral.asked_by})


def parties_to_sealing(session: Session, person: Person) -> frozenset[int]:
    """Who seals no record: the parties to a check of either side, and who asks Legal to seal it, while that waits."""
    key = saved_key(person)
    asked = find_seal_asked(session, key)
    waits = asked is not None and asked.place == ReferralPlace.LEGAL
    about = parties_about(session, everyone_behind(session, [key]))
    return about | who_asked(asked) if asked is not None and waits else about


def may_open_case(by: Actor, parties: frozenset[int]) -> bool:
    """Whether the actor reads a case about people to whose checks these (keys of staff) are parties: for Legal, or as one who reads
    everything; in somebody's place only where they are no party."""
    if may_act_for_legal(by, parties):
        return True
    readers = (holding for holding in by.holdings if holding.role in READERS_OF_EVERYTHING)
    return any(holding.covers is None or by.staff_id not in parties for holding in readers)


def shut_to(session: Session, cases: Iterable[Referral], *, by: Actor) -> frozenset[int]:
    """Those of these cases (their keys) that the actor may not open, because they are a party to a check of somebody in it or of
    somebody whom Legal alone knows to be the same person, or asked for a record in it to be sealed."""
    cases = list(cases)
    people: dict[int, set[int]] = {saved_key(one): set() for one in cases}
    asked = {saved_key(one): who_asked(one) for one in cases}
    rows = select(ReferralPerson).where(col(ReferralPerson.referral_id).in_(people))
    for row in session.exec(rows):
        people[row.referral_id].add(row.person_id)

    def _open(about: Iterable[int], askers: frozenset[int]) -> bool:
        return may_open_case(by, parties_about(session, everyone_behind(session, about)) | askers)

    if not people or _open({one for about in people.values() for one in about}, frozenset().union(*asked.values())):
        return frozenset()
    return frozenset(key for key, about in people.items() if not _open(about, asked[key]))


def may_answer_as_taken(referral: Referral, by: Actor) -> bool:
    """Whether the case was taken by the actor, or by a legal reviewer whom they stand in for."""
    return referral.taken_by is not None and referral.taken_by in {by.staff_id, *lawyers_covered(by)}


def lawyers_covered(by: Actor) -> frozenset[int]:
    """Keys of the legal reviewers whom the actor stands in for."""
    held = (one for one in by.holdings if one.role is Role.LEGAL_REVIEWER)
    return frozenset(one.covers for one in held if one.covers is not None)


def may_record_about(
    session: Session, people: Iterable[Person], *, by: Actor, also: frozenset[int] = frozenset()
) -> bool:
    """Whether the actor may record for Legal what is about these people: a party to no check of theirs, nor one of `also`."""
    return may_act_for_legal(by, parties_about(session, [saved_key(person) for person in people]) | also)
