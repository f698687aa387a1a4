"""What the records mean: Legal's word, said to be surveillance, said no and objected.

Beside each meaning stands the list of facts it is worked out from, so that a rule using it can declare them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from tracker.policy.facts import (
    Advice,
    CheckFacts,
    Consent,
    Notice,
    Request,
)
from tracker.policy.periods import has_happened
from tracker.policy.vocabulary import (
    Competence,
    Conclusion,
    ConsentStatus,
    GivenBy,
    NoticeKind,
    Platform,
    Purpose,
)


class Dated(Protocol):
    """A record of something that happened at an instant."""

    @property
    def at(self) -> datetime: ...


class Scoped(Protocol):
    """A record limited to some platforms and purposes, or, where None, not limited."""

    @property
    def platforms(self) -> frozenset[Platform] | None: ...
    @property
    def purposes(self) -> frozenset[Purpose] | None: ...


D = TypeVar("D", bound=Dated)


def past(records: Iterable[D], now: datetime) -> list[D]:
    """The records that exist by now."""
    return [record for record in records if has_happened(record.at, now)]


def latest(records: Sequence[D]) -> tuple[D, ...]:
    """All the records that share the latest instant; none where there are none."""
    instant = max((record.at for record in records), default=None)
    return tuple(record for record in records if record.at == instant)


# Scope -----------------------------------------------------------------------------------------------------------

ASKED_FOR = ("request.platforms", "request.purpose")


def for_purpose(record: Scoped, request: Request) -> bool:
    """Whether the record's purposes include the one asked for."""
    return record.purposes is None or request.purpose in record.purposes


def takes_in(platforms: frozenset[Platform] | None, request: Request) -> bool:
    """Whether some platforms include every one that is asked for."""
    return platforms is None or request.platforms <= platforms


def covers(record: Scoped, request: Request) -> bool:
    """Whether the record takes in every platform asked for, and the purpose."""
    return for_purpose(record, request) and takes_in(record.platforms, request)


def touches(record: Scoped, request: Request) -> bool:
    """Whether the record takes in at least one platform asked for, and the purpose."""
    on_platform = record.platforms is None or not request.platforms.isdisjoint(record.platforms)
    return on_platform and for_purpose(record, request)


# Legal -----------------------------------------------------------------------------------------------------------

LEGAL_WORD = ("now", *ASKED_FOR, "advice.at", "advice.conclusion", "advice.platforms", "advice.purposes")


def is_favourable(advice: Advice) -> bool:
    """Whether Legal said that what was asked is not directed surveillance; any other conclusion is adverse."""
    return advice.conclusion is Conclusion.NOT_DIRECTED_SURVEILLANCE


def favourable_advice(facts: CheckFacts) -> list[Advice]:
    """The favourable advice that covers the request."""
    return [a for a in past(facts.advice, facts.now) if is_favourable(a) and covers(a, facts.request)]


def adverse_advice(facts: CheckFacts) -> list[Advice]:
    """The adverse advice that touches the request and that no later favourable advice covering it has overtaken."""
    cleared = [advice.at for advice in favourable_advice(facts)]
    return [
        advice
        for advice in past(facts.advice, facts.now)
        if not is_favourable(advice) and touches(advice, facts.request) and not is_later(cleared, advice.at)
    ]


def legal_word(facts: CheckFacts) -> tuple[Advice, ...]:
    """Legal's word on this request: the latest adverse advice not overtaken, else the latest favourable advice.

    Advice of the same instant counts together. All of it is adverse, or all of it is favourable.
    """
    return latest(adverse_advice(facts) or favourable_advice(facts))


def word_is(word: tuple[Advice, ...], *conclusions: Conclusion) -> bool:
    """Whether any part of Legal's word has one of these conclusions: what bars bars if true of any."""
    return any(advice.conclusion in conclusions for advice in word)


def is_later(instants: Iterable[datetime], than: datetime) -> bool:
    """Whether any of the instants is strictly later."""
    return any(instant > than for instant in instants)


SAID_TO_BE_SURVEILLANCE = (
    *LEGAL_WORD,
    "request.person",
    "ripa_authorisations.granted_at",
    "ripa_authorisations.persons",
)


def said_at(facts: CheckFacts) -> datetime | None:
    """When it was last said that looking at this person is surveillance; None where it has not been, or no longer is.

    Said by adverse advice not overtaken, or by the grant of a RIPA authorisation naming the person, whatever became of
    it since, that no later favourable advice covering the request has overtaken.
    """
    cleared = [advice.at for advice in favourable_advice(facts)]
    grants = [
        authorisation.granted_at
        for authorisation in facts.ripa_authorisations
        if has_happened(authorisation.granted_at, facts.now)
        and facts.request.person in authorisation.persons
        and not is_later(cleared, authorisation.granted_at)
    ]
    return max([*grants, *(advice.at for advice in adverse_advice(facts))], default=None)


# Consent and objection -------------------------------------------------------------------------------------------

VALIDLY_GIVEN = ("request.under_18", "consents.status", "consents.given_by", "consents.competence")
SAID_NO = ("now", *ASKED_FOR, *VALIDLY_GIVEN, "consents.at", "consents.platforms", "consents.purposes")
OBJECTED = (*SAID_NO, "notices.at", "notices.platforms", "notices.purposes", "notices.objected")


def is_validly_given(consent: Consent, request: Request) -> bool:
    """Whether somebody said yes who could: the person, or for them a parent (under 18) or an attorney or deputy (adult).

    Sources: Gillick v West Norfolk [1986] AC 112; Mental Capacity Act 2005. An unknown age is neither.
    """
    if consent.status is not ConsentStatus.GIVEN:
        return False
    if consent.given_by is GivenBy.SELF:
        return consent.competence is Competence.HAS
    under_18_needed = consent.given_by is GivenBy.PARENTAL_RESPONSIBILITY
    return request.under_18 is under_18_needed and consent.competence is Competence.LACKS


def full_yeses(facts: CheckFacts) -> list[Consent]:
    """The validly given consents that cover the request, in date or not."""
    consents = past(facts.consents, facts.now)
    return [c for c in consents if is_validly_given(c, facts.request) and covers(c, facts.request)]


def noes(facts: CheckFacts) -> list[Consent]:
    """The refusals and withdrawals that touch the request, overtaken or not."""
    consents = past(facts.consents, facts.now)
    return [c for c in consents if c.status is not ConsentStatus.GIVEN and touches(c, facts.request)]


def live_noes(facts: CheckFacts) -> list[Consent]:
    """The noes that no later yes by the same giver, covering the whole request, has overtaken: *said no*."""
    yeses = full_yeses(facts)
    return [no for no in noes(facts) if not is_later([y.at for y in yeses if y.given_by is no.given_by], no.at)]


def live_objections(facts: CheckFacts) -> list[Notice]:
    """The notices objected to that touch the request and that no later, full yes by the person has overtaken."""
    yeses = [consent.at for consent in full_yeses(facts) if consent.given_by is GivenBy.SELF]
    return [
        notice
        for notice in past(facts.notices, facts.now)
        if notice.objected and touches(notice, facts.request) and not is_later(yeses, notice.at)
    ]


def latest_specific_notices(facts: CheckFacts) -> tuple[Notice, ...]:
    """The latest specific notice that covers the request; all of them where several share that instant."""
    notices = past(facts.notices, facts.now)
    return latest([n for n in notices if n.kind is NoticeKind.SPECIFIC and covers(n, facts.request)])
