"""What this room refuses because of what the task is, or because it has moved on since the page was shown."""


class NotByHandError(ValueError):
    """The task is done by doing what it is about, not by saying so."""


class TaskDoneError(ValueError):
    """The task was finished meanwhile, or is no longer needed."""
