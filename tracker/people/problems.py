"""What stands in the way of a use-case, in words for the person who asked, at the field where it can be put right."""


class ProblemError(Exception):
    """What was asked cannot be done as asked; nothing was changed. `field` names the part of the request, or is empty.

    The exception's own text names only the field, so that nothing typed gets into a log.
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"cannot be done as asked: {field or 'the whole'}")
        self.field = field
        self.message = message
