"""What this room refuses because of what has happened since the page was shown."""


class ChangedMeanwhileError(ValueError):
    """The facts are not those that the page showed; nothing was decided. As text: one sentence for the screen."""
