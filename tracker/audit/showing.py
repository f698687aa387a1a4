"""An entry of the trail as a page shows it: one line in words, and its facts and content as rows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.audit.chain import ERASED
from tracker.audit.events import Event
from tracker.audit.selectors import Entry
from tracker.policy.entitlement import ROLE_WORDS, Role
from tracker.policy.vocabulary import Footing, Outcome, Stop, Word
from tracker.web.blocks import SummaryRow
from tracker.web.words import listed, with_capital, within_sentence

THE_TRACKER = "The tracker"
_MAY_GO_AHEAD = "may go ahead"


@dataclass(frozen=True, slots=True)
class Line:
    """One event: when, what in words, and where it opens."""

    at: datetime
    words: str
    hash: str
    place: int
    erased: bool


def line_of(entry: Entry, names: Mapping[str, str]) -> Line:
    """The line of an entry; `names` are of people, teams and staff by reference, where they are known."""
    return Line(entry.row.at, sentence_of(entry, names), entry.row.hash, entry.row.seq, entry.content is None)


def references_in(entries: Iterable[Entry]) -> set[str]:
    """Everybody and everything that the lines of these entries name."""
    found = {person for entry in entries for person in entry.said["people"]}
    return found | {entry.row.record for entry in entries if entry.row.record}


def sentence_of(entry: Entry, names: Mapping[str, str]) -> str:
    """What happened, in words: the event's own sentence, and what came of it."""
    said = entry.said
    actor = said["actor"]
    known = {event.value: event.sentence for event in Event}
    people = [names.get(person, person) for person in said["people"]]
    words = known.get(said["event"], f"{{actor}}: {said['event']}").format(
        actor=_actor(actor) if actor else THE_TRACKER,
        people=listed(people) if people else "nobody",
        record=names.get(said["record"] or "", said["record"] or "a record"),
    )
    came = _came_of_it(said["facts"])
    return f"{words}{came}."


def fact_rows(facts: Mapping[str, Any]) -> list[SummaryRow]:
    """Facts or content as rows: names of parts joined, lists on one line, what is empty said."""
    return [SummaryRow(with_capital(name.replace("_", " ")), value) for name, value in _flat(facts, "")]


def _actor(actor: Mapping[str, Any]) -> str:
    places = [
        f"for {one['name']}, {', '.join(one['roles'])}" for one in actor.get("standing_in_for", ()) if one["roles"]
    ]
    held = "; ".join(filter(None, [", ".join(actor["roles"]), *places]))
    return f"{actor['name']} ({held})" if held else str(actor["name"])


def _came_of_it(facts: Mapping[str, Any]) -> str:
    """What a reader of the line would ask next: the answer and its reason, the role, the permission that was missing."""
    decision = facts.get("decision")
    if isinstance(decision, dict) and "outcome" in decision:
        return f": {_decided(decision)}"
    if "role" in facts:
        return f": {ROLE_WORDS.get(facts['role'], facts['role']) if facts['role'] in set(Role) else facts['role']}"
    if "permission" in facts:
        return f": may not {facts['permission']}"
    if ERASED in facts:
        return f": entry {facts[ERASED]:,}"
    for name in ("result", "reviewed", "conclusion", "capacity", "kind"):
        if isinstance(facts.get(name), str):
            return f": {facts[name].replace('_', ' ')}"
    return ""


def _decided(decision: Mapping[str, Any]) -> str:
    outcome = _label(Outcome, decision["outcome"]) if decision["outcome"] != Outcome.PERMITTED else _MAY_GO_AHEAD
    each = list(decision.get("people", {}).values())
    stops = dict.fromkeys(stop for one in each for stop in one.get("stops", []))
    footings = dict.fromkeys(one["footing"] for one in each if one.get("footing"))
    if decision["outcome"] in (Outcome.PERMITTED, Outcome.NEEDS_MANAGER_APPROVAL) and footings:
        return f"{within_sentence(outcome)} ({listed(within_sentence(_label(Footing, one)) for one in footings)})"
    why = [within_sentence(_label(Stop, one)) for one in stops]
    return within_sentence(outcome) + (f" ({listed(why)})" if why else "")


def _label(words: type[Word], value: str) -> str:
    return words(value).label if value in {word.value for word in words} else value.replace("_", " ")


def _flat(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        if not value and name:
            yield name, "None"
        for part, inner in value.items():
            yield from _flat(inner, f"{name}, {part}" if name else str(part))
    elif isinstance(value, list):
        flat = all(not isinstance(one, (dict, list)) for one in value)
        if flat:
            yield name, "\n".join(map(_said, value)) or "None"
            return
        for place, inner in enumerate(value, start=1):
            yield from _flat(inner, f"{name} {place}")
    else:
        yield name, _said(value)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "None" if value is None or value == "" else str(value)
