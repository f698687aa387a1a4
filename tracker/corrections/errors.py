"""What this room refuses because of what has happened since. As text: one sentence for the screen."""


class CorrectionError(ValueError):
    """Base of what this room refuses."""


class AlreadyStruckError(CorrectionError):
    """The record was struck through already, or somebody has asked for it already."""


class NotWaitingForAnswerError(CorrectionError):
    """The correction was answered already."""
