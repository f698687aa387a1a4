"""What was seen by everybody together, and what makes a page distinct."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from tests.fixtures.visitor import Page

ERRORS = "errors"
STATES = frozenset({"checks.show"})
"""Pages whose main heading says in which state they are; elsewhere it may be a name."""

HOME = "overview.home"
"""What differs most from role to role: everybody's is looked at, with their own menu."""

TELLING = frozenset({HOME, "overview.show_person", "checks.show"})
"""Pages that say in many ways that something is not there."""

EMPTY, FILLED = "app-empty", frozenset({"govuk-table", "moj-timeline", "govuk-summary-list", "app-timeline"})
"""The class of words that stand where nothing is; the parts that hold records."""

NEVER_SHOWN = (
    "{} was never shown with real content to anybody who walked from home over links and forms. Give the page a link, or the"
    " council a record that leads to it (tests/fixtures/furnishing_records.py; only for the crawl: tests/crawl/states.py), or"
    " the form on the way an answer (tests/fixtures/filling.py)."
)


@dataclass(frozen=True)
class FormOn:
    """A form by where it stands and what its button says."""

    endpoint: str
    button: str


@dataclass(frozen=True)
class Shape:
    """A page as far as it is distinct: its route, its state, and the parts that it is built of."""

    endpoint: str
    errors: bool
    state: str
    parts: frozenset[str]

    @property
    def marks(self) -> frozenset[str]:
        """One for each of its parts on a page of its kind, fit for the name of a file."""
        return frozenset(sha256(repr((self.kind, part)).encode()).hexdigest() for part in {"", *self.parts})

    @property
    def kind(self) -> tuple[str, bool, str, bool]:
        """What distinguishes it besides its parts: a page is looked at empty too, however much another of its route shows."""
        return self.endpoint, self.errors, self.state, self.is_real

    @property
    def is_real(self) -> bool:
        """Whether it holds more than the words that there is nothing."""
        return EMPTY not in self.parts or bool(FILLED & self.parts)


@dataclass(frozen=True)
class Sight:
    """A page as it was shown, and to whom first."""

    role: str
    page: Page


@dataclass
class Book:
    """What was seen, by everybody together. `only_empty`: keep only what says that something is not there.

    `looked_at`: a folder with one empty file for each mark of what was looked at in a browser. Where two walks have it in common,
    at one time even, each page is looked at by one of them.
    """

    looked_at: Path
    only_empty: bool = False
    seen: dict[Shape, Sight] = field(default_factory=dict)
    sent_empty: set[FormOn] = field(default_factory=set)
    sent: set[FormOn] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    fetched: int = 0

    def note(self, shape: Shape, page: Page, role: str) -> None:
        """Keeps a page if none was like it."""
        if not self.only_empty or shape.endpoint in TELLING or EMPTY in shape.parts:
            self.seen.setdefault(shape, Sight(role, Page(page.response)))  # not parsed: they are hundreds

    def to_look_at(self) -> Iterator[tuple[Shape, Sight]]:
        """Pages that have together every part of each kind that was seen, the fullest first, so that they are few."""
        for shape in sorted(self.seen, key=lambda shape: -len(shape.parts)):
            if self.claims(shape):
                yield shape, self.seen[shape]

    def claims(self, shape: Shape) -> bool:
        """Whether it is of a kind, or has a part, that nobody has looked at: then the caller does, and no other."""
        new = [mark for mark in shape.marks if _made(self.looked_at / mark)]
        return bool(new)

    @property
    def shown(self) -> set[str]:
        """The routes that were seen with real content."""
        return {shape.endpoint for shape in self.seen if shape.is_real}

    def never_shown(self, endpoints: Iterable[str]) -> list[str]:
        """One sentence for each of these routes that was not."""
        return [NEVER_SHOWN.format(one) for one in sorted(set(endpoints) - self.shown)]

    def headings(self, endpoint: str) -> set[str]:
        """The main headings that a route of `STATES` was seen with."""
        return {shape.state for shape in self.seen if shape.endpoint == endpoint}

    def report(self, faults: Iterable[str]) -> str:
        """How much was seen, and what was wrong."""
        errors = sum(shape.errors for shape in self.seen)
        got_stuck = sorted(f"{one.endpoint} {one.button!r}" for one in self.sent_empty - self.sent)
        counts = f"{len(self.seen)} distinct pages, {errors} of them with errors; {self.fetched} answers"
        return "\n".join([counts, f"Nobody got through: {', '.join(got_stuck) or 'none'}", *faults])


def _made(path: Path) -> bool:
    """Whether the file was not there, and now is."""
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def shape_of(endpoint: str, page: Page, role: str) -> Shape:
    """What makes a page distinct."""
    state = role if endpoint == HOME else page.heading if endpoint in STATES else ""
    classes = {name for one in page.main.all() for name in one.get("class").split()}
    parts = frozenset(name.partition("__")[0].partition("--")[0] for name in classes)
    return Shape(endpoint, bool(page.errors), re.sub(r"\S*\d\S*", "", state), parts)
