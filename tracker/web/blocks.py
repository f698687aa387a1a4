"""What the larger macros are given: plain words, made by a route or a selector, never a row."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Colour = Literal["", "grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"]


@dataclass(frozen=True)
class Status:
    """Where something stands: a tag, and always a sentence as well, for those who do not see or trust the colour."""

    tag: str
    sentence: str
    colour: Colour = ""


@dataclass(frozen=True)
class SummaryRow:
    """One answer: the question, what was answered (several lines: several paragraphs), and where to change it.

    `change` completes the link for those who hear it alone: "Change *the purpose*".
    """

    key: str
    value: str
    href: str = ""
    change: str = ""


@dataclass(frozen=True)
class Reason:
    """A reason of a decision: the sentence that a parent could be shown, its rule's id, and where the rule comes from."""

    sentence: str
    source: str
    rule: str = ""


@dataclass(frozen=True)
class TimelineEntry:
    """Something that happened: what, by whom (name and team), when; a status, a link and words where there are any.

    `whole_day`: of `at` only the day is known, and no time is shown.
    """

    title: str
    at: datetime
    by: str = ""
    words: str = ""
    href: str = ""
    link: str = ""
    status: Status | None = None
    whole_day: bool = False
