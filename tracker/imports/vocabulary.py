"""Words that only this room uses, with what the screens say for them."""

from enum import StrEnum


class Kind(StrEnum):
    """What a file holds."""

    TEAMS = "teams"
    STAFF = "staff"
    PEOPLE = "people"


class Fate(StrEnum):
    """What becomes of a row."""

    WRONG = "wrong"
    ALIKE = "alike"
    NEW = "new"
    HERE = "here"


class State(StrEnum):
    """How far an import is. `ended`: it was replaced, not run in time, or whoever began it may not any more."""

    TRIED = "tried"
    RUNNING = "running"
    DONE = "done"
    ENDED = "ended"


FATE_BEFORE: dict[Fate, str] = {
    Fate.WRONG: "Cannot be taken",
    Fate.ALIKE: "Left out for now",
    Fate.NEW: "Will be added",
    Fate.HERE: "Nothing changes",
}
FATE_AFTER: dict[Fate, str] = {
    Fate.WRONG: "Was not taken",
    Fate.ALIKE: "Was left out",
    Fate.NEW: "Was added",
    Fate.HERE: "Nothing changed",
}
FATE_COLOURS: dict[Fate, str] = {Fate.WRONG: "red", Fate.ALIKE: "yellow", Fate.NEW: "green", Fate.HERE: "grey"}

IN_ORDER: tuple[Fate, ...] = (Fate.WRONG, Fate.ALIKE, Fate.NEW, Fate.HERE)
"""What needs somebody first."""

STATE_WORDS: dict[State, str] = {
    State.TRIED: "Tried: nothing was changed yet",
    State.RUNNING: "Being carried out",
    State.DONE: "Done",
    State.ENDED: "Ended: its rows were erased",
}
