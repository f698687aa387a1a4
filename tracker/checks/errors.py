"""What a use-case of this room refuses because of what was typed or because of what has happened since.

Each is shown again with what was typed, beside the field it names (`field`, or None for the whole form). None of them is a
decision: a block or a refusal is a result that is kept.
"""

from datetime import datetime


class CheckError(ValueError):
    """Base of what this room refuses. As text: one sentence for the screen."""

    field: str | None = None


class WrongViewerError(CheckError):
    """The viewer is closed, not a worker, may not open the record, or is another than the requester without the account."""

    field = "viewer"


class SealedError(CheckError):
    """A sealed record and somebody else's are in one check, or in one report: nothing crosses a sealed record."""


class NotOfferedError(CheckError):
    """The council no longer offers this purpose. Danger, and a look that was made already, are told as they are."""

    field = "purpose"


class NotWaitingError(CheckError):
    """The check does not wait for anything that could be done with it in this way."""


class NoPermitError(CheckError):
    """There is no permit to use, or it is no longer live; the page says since when and why."""


class AlreadyReportedError(CheckError):
    """The look, or what it means for the case, has been reported already."""


class AlreadyAnsweredError(CheckError):
    """The question has been answered already."""


class NotYetReportedError(CheckError):
    """The viewer has not reported the look yet, or nobody looked."""


class NotSaidYetError(CheckError):
    """What was left out in danger is asked with the outcome, and is not answered."""


class SittingError(CheckError):
    """The times of the sitting cannot be: one is missing, in the future, or the end is before the start."""

    def __init__(self, sentence: str, field: str) -> None:
        super().__init__(sentence)
        self.field = field


class OutsidePermitError(CheckError):
    """The sitting began before the permit was issued, or after it was dead: it can only be recorded as a late entry."""

    field = "opened_at"

    def __init__(self, *, since: datetime | None, why: tuple[str, ...]) -> None:
        super().__init__("This look was not made while the permit was live. Record it as a look already made.")
        self.since = since
        self.why = why


class WrongDayError(CheckError):
    """A day cannot be: it is missing, in the future, or before the look."""

    def __init__(self, sentence: str, field: str) -> None:
        super().__init__(sentence)
        self.field = field


class NothingSaidError(CheckError):
    """What has to be said in words is empty."""

    def __init__(self, sentence: str, field: str) -> None:
        super().__init__(sentence)
        self.field = field


class NotPromisedError(CheckError):
    """The report of the check did not say that the person will be told, or the check was recorded in error."""


class NothingToConfirmError(CheckError):
    """There is no result here that waits for a manager."""
