"""What this room refuses because of what was typed; each is shown beside the field it names."""


class SightingTimeError(ValueError):
    """Something seen cannot have been seen in the future."""

    field = "at"
