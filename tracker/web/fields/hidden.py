"""What a form carries without asking: its one-time id, the version of the record it was made from, a reference."""

import re
import secrets
from typing import Any

from tracker.web.fields.base import Refusal
from tracker.web.fields.writing import LINE_MOST, LineField, WholeNumberField

NOT_AS_SENT = "This page was not received as it was sent. Check your answers and send it again"


class HiddenField(LineField):
    """A line that the page carries and nobody types. Its error, which a person cannot mend, has no link."""

    kind = "hidden"
    visible = False

    def __init__(self, *, most: int = LINE_MOST, required: str = NOT_AS_SENT, **rest: Any) -> None:
        super().__init__("This page", most=most, required=required, **rest)


class SubmissionField(HiddenField):
    """The form's one-time id: 32 hexadecimal digits, new on each empty form, the same when it is shown with errors."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(default=lambda: secrets.token_hex(16), **rest)

    def take_typed(self) -> None:
        """Read the id; when it is missing or no such id, give the page a new one and say that it must be sent again."""
        super().take_typed()
        if self.is_empty:
            self.data = secrets.token_hex(16)
            self.typed = {"": [self.data]}

    def read(self) -> str:
        """The id. Raises `Refusal` when it is none."""
        text = self.one()
        if not re.fullmatch("[0-9a-f]{32}", text):
            raise Refusal(NOT_AS_SENT)
        return text


class VersionField(WholeNumberField):
    """The version of the record that the form was made from."""

    kind = "hidden"
    visible = False

    def __init__(self, **rest: Any) -> None:
        super().__init__("This page", required=NOT_AS_SENT, most=10**9, **rest)
