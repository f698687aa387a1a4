"""What has changed between two moments, as the rules see it; and the mark by which a page that was read earlier is known."""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from sqlmodel import Session

from tracker.decisions.deciding import Answer
from tracker.policy.facts import CheckFacts, facts_as_json
from tracker.review.selectors.facts_in_words import (
    RECORDS,
    Names,
    names_in,
    record_in_words,
    request_rows,
)
from tracker.storage.columns import canonical_json


def mark_of(answer: Answer) -> str:
    """A mark of everything that the answer stood on, but for the moment: two answers of one mark differ in nothing."""
    parts = [[one.person.reference, _without_now(one.facts), one.decision.outcome.value] for one in answer.each]
    return sha256(canonical_json(parts).encode()).hexdigest()[:32]


def changes_since(session: Session, then: CheckFacts, now: CheckFacts) -> list[str]:
    """What is on record at the second moment and was not at the first, and the other way round, in sentences; empty for nothing."""
    names = names_in(session, (then, now))
    return [*_of_the_request(then, now, names), *_of_the_records(then, now, names), *_of_the_rest(then, now, names)]


def _without_now(facts: CheckFacts) -> dict[str, Any]:
    return {name: value for name, value in facts_as_json(facts).items() if name != "now"}


def _of_the_request(then: CheckFacts, now: CheckFacts, names: Names) -> Iterable[str]:
    for before, after in zip(request_rows(then, names), request_rows(now, names), strict=True):
        if before.value != after.value:
            yield f"{before.key}: was {_one_line(before.value)}, is now {_one_line(after.value)}."


def _of_the_records(then: CheckFacts, now: CheckFacts, names: Names) -> Iterable[str]:
    for name, title in RECORDS.items():
        before = Counter(record_in_words(one, names) for one in getattr(then, name))
        after = Counter(record_in_words(one, names) for one in getattr(now, name))
        yield from (f"{title}, new: {words}" for words in (after - before).elements())
        yield from (f"{title}, no longer as it was: {words}" for words in (before - after).elements())


def _of_the_rest(then: CheckFacts, now: CheckFacts, names: Names) -> Iterable[str]:
    if then.counted_from != now.counted_from:
        yield f"Views count from another moment: {names.value('counted_from', now.counted_from)}."
    if then.manager_approval != now.manager_approval:
        yield f"The manager's answer is now: {names.value('manager_approval', now.manager_approval).lower()}."


def _one_line(text: str) -> str:
    return ", ".join(text.splitlines()).lower() or "nothing"
