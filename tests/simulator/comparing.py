"""What was found, read straight from the tables, beside what is in the book."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sqlalchemy import text

from tests.simulator.book import Assessment, Book, Plant
from tests.simulator.playing import Player
from tests.simulator.truth import Truth
from tracker.storage.session import Database

FINDINGS = text(
    "SELECT f.reference, f.pattern, f.effect, c.reference FROM pattern_finding f "
    "LEFT JOIN pattern_finding_view v ON v.finding_id = f.id LEFT JOIN look l ON l.id = v.look_id "
    "LEFT JOIN check_request c ON c.id = l.check_id"
)
PEOPLE = text(
    "SELECT f.reference, p.reference FROM pattern_finding f "
    "JOIN pattern_finding_person x ON x.finding_id = f.id JOIN person p ON p.id = x.person_id"
)
CLOCKS = text(
    "SELECT t.reference, t.kind, 'task', c.reference FROM task t JOIN check_request c ON c.reference = t.record "
    "WHERE t.kind IN ('unreviewed', 'unreported')"
)
"""Two of the patterns are kept by clocks: their task is the record."""

HELD = text("SELECT h.pattern, p.reference FROM hold h JOIN person p ON p.id = h.person_id")


@dataclass
class Finding:
    """Something that the product found: by the book's keys of the checks whose looks it names, and of the people."""

    pattern: str
    effect: str
    checks: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of it, in sentences where something is not as it should be. Counts for the measurement besides."""

    plants: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]
    touched: tuple[str, ...]
    findings: Counter[str]
    planted: int
    assessments: int
    held: int
    unplanned: Counter[str]

    @property
    def faults(self) -> tuple[str, ...]:
        """Everything that must not be: plants missed, findings that are not so, near misses found."""
        return (*self.missed, *self.wrong, *self.touched)


def read_findings(database: Database, player: Player) -> dict[str, Finding]:
    """Everything found, by reference."""
    checks = {reference: key for key, reference in player.checks.items()}
    people = {reference: key for key, reference in player.people.items()}
    found: dict[str, Finding] = {}
    with database.reading() as session:
        for reference, pattern, effect, check in (*session.execute(FINDINGS), *session.execute(CLOCKS)):
            one = found.setdefault(reference, Finding(pattern, effect))
            if check is not None:
                one.checks.add(checks[check])
        for reference, person in session.execute(PEOPLE):
            found[reference].people.add(people[person])
    return found


def compare(database: Database, player: Player) -> Comparison:
    """Every plant is found by the looks that it consists of; every finding is so by the book; no near miss is touched."""
    book = player.book
    truth = Truth(book, player.did_not_happen)
    found = list(read_findings(database, player).values())
    with database.reading() as session:
        references = {reference: key for key, reference in player.people.items()}
        held = {(pattern, truth.who(references[person])) for pattern, person in session.execute(HELD)}
    of_plants = [
        one for one in found if any(one.pattern == plant.pattern and one.checks & plant.checks for plant in book.plants)
    ]
    return Comparison(
        plants=len(book.plants),
        missed=tuple(
            _missed(
                book.plants, found, lambda pattern, person: (pattern, truth.who(person)) in held, player.did_not_happen
            )
        ),
        wrong=tuple(_wrong(found, truth)),
        touched=tuple(_touched(book, found)),
        findings=Counter(one.pattern for one in found),
        planted=len(of_plants),
        assessments=len(book.assessments),
        held=sum(_ends_in_a_hold(one, held, truth) for one in book.assessments),
        unplanned=Counter(one.pattern for one in found if one not in of_plants),
    )


def _ends_in_a_hold(one: Assessment, held: set[tuple[str, str]], truth: Truth) -> bool:
    """Whether anybody of the family came to be held, whenever that was."""
    return any(truth.who(person) == who for person in one.people for _, who in held)


def _missed(
    plants: Iterable[Plant], found: list[Finding], is_held: Callable[[str, str], bool], did_not_happen: dict[str, str]
) -> Iterable[str]:
    for plant in plants:
        lost = sorted(plant.checks & did_not_happen.keys())
        if lost:
            yield f"{plant.pattern} ({plant.disguise}) was not played: {did_not_happen[lost[0]]}"
            continue
        same = [one for one in found if one.pattern == plant.pattern and plant.checks <= one.checks]
        if not same:
            parts = [sorted(one.checks) for one in found if one.pattern == plant.pattern and plant.checks & one.checks]
            yield f"{plant.pattern} ({plant.disguise}) was not found: {sorted(plant.checks)}; found of it: {parts}"
        elif all(one.effect != plant.effect for one in same):
            yield f"{plant.pattern} ({plant.disguise}) led to {same[0].effect}, not {plant.effect}"
        elif plant.effect == "hold" and not all(is_held(plant.pattern, person) for person in plant.people):
            yield f"{plant.pattern} ({plant.disguise}) does not hold everybody in it"


def _wrong(found: list[Finding], truth: Truth) -> Iterable[str]:
    for one in found:
        why_not = truth.why_not(one.pattern, one.effect, frozenset(one.checks))
        if why_not:
            yield f"{one.pattern} -> {one.effect} over {sorted(one.checks)} is not so: {why_not}"


def _touched(book: Book, found: list[Finding]) -> Iterable[str]:
    for near in book.near_misses:
        for one in found:
            over_these = one.checks <= near.checks or near.checks <= one.checks
            if one.pattern == near.pattern and near.effect in (None, one.effect) and over_these:
                yield f"{near.pattern} ({near.what}) was found over {sorted(one.checks)}"
