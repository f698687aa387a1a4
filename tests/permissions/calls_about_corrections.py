"""How each use-case of a correction is called: whole, so that only who acts can be in the way."""

from collections.abc import Callable

from tests.fixtures.rehearsal import NOW
from tests.permissions.stage import Stage
from tracker.corrections import services as corrections
from tracker.corrections.records import kind_of
from tracker.corrections.requests import NewAnswer, NewCorrection

WHY = "Compared with the case file."


def _ask(at: Stage) -> object:
    new = NewCorrection(kind=kind_of(at.reference()), record=at.reference(), why=WHY)
    return corrections.ask_for_correction(at.session, new, by=at.by, now=NOW)


def _answer(at: Stage) -> NewAnswer:
    return NewAnswer(correction=at.reference(), version=1, words=WHY)


CALLS: dict[str, Callable[[Stage], object]] = {
    "ask_for_correction": _ask,
    "confirm_correction": lambda at: corrections.confirm_correction(at.session, _answer(at), by=at.by, now=NOW),
    "decline_correction": lambda at: corrections.decline_correction(at.session, _answer(at), by=at.by, now=NOW),
}
"""Each use-case by its name, as a call with what the line of the table names."""
