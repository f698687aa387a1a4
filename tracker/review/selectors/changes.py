"""What has changed between two moments, in sentences for a manager.

Never Legal's conclusion nor the facts that it rests on: of advice only that it was recorded, and when.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from tracker.policy.decide import Decision
from tracker.policy.facts import Advice, CheckFacts, Consent, CourtOrder, Hold, Notice, View
from tracker.policy.vocabulary import ConsentStatus, Footing, NoticeKind, Reviewed, ViewFooting, Word
from tracker.review.selectors.facts_in_words import ANOTHER_TEAM, REQUEST, Names, names_in, request_rows
from tracker.web.dates import day_in_words, in_words
from tracker.web.words import within_sentence

OF_THE_RECORD = ("views", "consents", "notices", "advice", "court_orders", "holds")
AUTHORISATIONS = (("ripa_authorisations", "RIPA authorisation"), ("non_ripa_authorisations", "Non-RIPA authorisation"))

SAID: dict[ConsentStatus, str] = {
    ConsentStatus.GIVEN: "Consent was given",
    ConsentStatus.REFUSED: "Consent was refused",
    ConsentStatus.WITHDRAWN: "Consent was withdrawn",
}
NO_LONGER = "{} It is no longer on record as it was."


def changes_for_managers(
    session: Session, then: CheckFacts, now: CheckFacts, *, hidden: frozenset[str] = frozenset()
) -> list[str]:
    """What is otherwise at the second moment than at the first, in sentences; empty where nothing is. `hidden`: as in `Names`."""
    names = replace(names_in(session, (then, now)), hidden=hidden)
    return [
        *_of_the_request(then, now, names),
        *_of_the_views(then.views, now.views, names),
        *_of_the_records(then, now, names),
        *_of_the_authorisations(then, now),
        *_of_the_count(then, now),
    ]


def grounds_changed(before: dict[str, Any], now: Decision) -> list[str]:
    """Which grounds stand now and did not when it was decided (`before`: the answer as stored), and the other way round.

    Not legal advice: what it says of itself is nearer to Legal's conclusion than a manager is told.
    """
    stood = {one["rule"]: bool(one["stands"]) for one in before["footings"]}
    return [
        f"{Footing(one.rule).label}: {'stands now' if one.stands else 'no longer stands'}. {one.text}"
        for one in now.footings
        if one.rule is not Footing.LEGAL_ADVICE and stood.get(one.rule.value) is not one.stands
    ]


def _of_the_request(then: CheckFacts, now: CheckFacts, names: Names) -> Iterator[str]:
    if then.request.person != now.request.person:
        yield "Records were linked or parted since: other records count for this person now."
    before, after = request_rows(then, names), request_rows(now, names)
    for was, is_now in zip(before, after, strict=True):
        if was.value != is_now.value and was.key != REQUEST["person"]:
            yield f"{was.key}: was {_inside(was.value)}, is now {_inside(is_now.value)}."


def _of_the_views(then: Sequence[View], now: Sequence[View], names: Names) -> Iterator[str]:
    gone, new = _differences(then, now)
    for look in new:
        earlier = next((one for one in gone if _same_look(one, look)), None)
        if earlier is None:
            yield _look(look, names)
        else:
            gone.remove(earlier)
            yield from _what_became_of(earlier, look, names)
    yield from (f"{_look(look, names)} It does not count any more." for look in gone)


def _in_sentence(team: str) -> str:
    return within_sentence(team) if team == ANOTHER_TEAM else team


def _same_look(one: View, other: View) -> bool:
    """A look that was reported, reviewed or confirmed since is the same look: by the same person, on the same platforms."""
    return (one.by, one.team, one.platforms) == (other.by, other.team, other.platforms)


def _what_became_of(then: View, now: View, names: Names) -> Iterator[str]:
    which = f"of {_in_sentence(names.team(now.team))} on {in_words(then.at)}"
    if now.footing is ViewFooting.PRESENCE_SEARCH is not then.footing:
        yield f"The look {which} was a search only: nothing was found."
    if now.reviewed is not then.reviewed and now.reviewed is not None:
        agreed = "agreed" if now.reviewed is Reviewed.AGREED else "not agreed"
        yield f"The look in danger {which} was reviewed: {agreed}."
    if now.at != then.at:
        yield f"The look {which} was reported: it began on {in_words(now.at)}."


def _look(view: View, names: Names) -> str:
    if view.footing is ViewFooting.PRESENCE_SEARCH:
        return f"A search for a profile was made or allowed on {in_words(view.at)}, in {_in_sentence(names.team(view.team))}."
    return f"A look was made or allowed on {in_words(view.at)}, in {_in_sentence(names.team(view.team))}."


def _of_the_records(then: CheckFacts, now: CheckFacts, names: Names) -> Iterator[str]:
    for name in OF_THE_RECORD[1:]:
        gone, new = _differences(getattr(then, name), getattr(now, name))
        released = [one for one in gone if _became(one, new)]
        yield from (_sentence(record, names) for record in new)
        yield from (NO_LONGER.format(_sentence(record, names)) for record in gone if record not in released)


def _became(record: Any, new: list[Any]) -> bool:
    """Whether one of the new records is this one, gone on: a hold released, an order whose sealed copy was seen."""
    if isinstance(record, Hold):
        return any(replace(one, released_at=None) == record for one in new)
    return isinstance(record, CourtOrder) and any(one.reference == record.reference for one in new)


def _sentence(record: Any, names: Names) -> str:
    match record:
        case Consent():
            until = f", until the end of {day_in_words(record.until)}" if record.until else ""
            scope = _scope(record.platforms)
            return f"{SAID[record.status]} on {in_words(record.at)} by {_inside(record.given_by.label)}{until}{scope}."
        case Notice() if record.objected:
            return f"They objected on {in_words(record.at)}{_scope(record.platforms)}."
        case Notice():
            how = "told specifically" if record.kind is NoticeKind.SPECIFIC else "told in general"
            return f"They were {how} on {in_words(record.at)}{_scope(record.platforms)}."
        case Advice():
            return f"Legal advice was recorded, dated {in_words(record.at)}."
        case CourtOrder():
            seen = "the sealed copy is to follow" if record.reported_at else "the sealed copy has been seen"
            return f"A court's order, {record.reference}, from {day_in_words(record.from_)}: {seen}."
        case Hold() if record.released_at:
            return f"The hold of {in_words(record.at)} was released on {in_words(record.released_at)}."
        case Hold():
            return f"A hold was placed on {in_words(record.at)}: looks at this person go to Legal."
    raise TypeError(f"no words for {type(record).__name__}")


def _of_the_authorisations(then: CheckFacts, now: CheckFacts) -> Iterator[str]:
    for name, words in AUTHORISATIONS:
        gone, new = _differences(getattr(then, name), getattr(now, name))
        known = {_called(one) for one in gone}
        for one in new:
            state = "has changed" if _called(one) in known else "was granted"
            yield f"{words} {_called(one)} {state}: {_state(one)}."
        left = {_called(one) for one in new}
        yield from (f"{words} {_called(one)} is no longer on record." for one in gone if _called(one) not in left)


def _called(authorisation: Any) -> str:
    return str(getattr(authorisation, "urn", None) or authorisation.reference)


def _state(one: Any) -> str:
    if one.cancelled_at is not None:
        return f"cancelled on {in_words(one.cancelled_at)}"
    approved = getattr(one, "approved_at", one.granted_at)
    approval = "" if approved is not None else ", not yet approved by a justice of the peace"
    return f"granted on {in_words(one.granted_at)}{approval}, next review on {day_in_words(one.next_review_on)}"


def _of_the_count(then: CheckFacts, now: CheckFacts) -> Iterator[str]:
    if then.counted_from != now.counted_from and now.counted_from is not None:
        yield f"Legal set that looks count from {in_words(now.counted_from)}."


def _differences(then: Iterable[Any], now: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    """What was there and is not any more, and what is there and was not; each as often as it differs."""
    before, after = Counter(then), Counter(now)
    return list((before - after).elements()), list((after - before).elements())


def _scope(platforms: frozenset[Any] | None) -> str:
    if platforms is None:
        return ""
    return f", for {', '.join(sorted(one.label for one in platforms))} only"


def _inside(words: str | Word) -> str:
    return within_sentence(", ".join(str(words).splitlines())) or "nothing"
