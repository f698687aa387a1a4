"""What this room refuses because the case or hold has moved on since the page was shown."""


class NotOpenError(ValueError):
    """The referral does not lie where this could be done with it, or the hold is released already."""
