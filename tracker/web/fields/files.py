"""A file of text: the one thing that is uploaded, an import. It is read once, as text, and neither it nor its name is kept.

A browser without a file to choose from may send the text itself under the same name.
"""

from typing import Any

from flask import request

from tracker.web.fields.base import OwnField, Refusal


class FileField(OwnField[bytes]):
    """A question answered by choosing a file; `data` is what is in it. `most`: bytes."""

    kind = "file"
    keeps_typed = False

    def __init__(self, label: str = "", *, most: int, accept: str = "", **rest: Any) -> None:
        super().__init__(label, **rest)
        self.most = most
        self.accept = accept

    @property
    def is_empty(self) -> bool:
        """Whether no file was chosen, or an empty one."""
        return not self.data

    def write(self, data: bytes | None) -> dict[str, list[str]]:
        """Nothing: a browser chooses files, a page cannot."""
        return {"": []}

    def shown(self, part: str = "") -> str:
        """Nothing, for the same reason."""
        return ""

    def words(self, data: bytes | None) -> str:
        """Nothing: what is in a file is not shown again."""
        return ""

    def read(self) -> bytes:
        """What is in the file. Raises `Refusal` where there are several, or it is too large."""
        text = self.one()
        sent = [one for one in request.files.getlist(self.name) if one.filename]
        if len(sent) + bool(text) > 1:
            raise Refusal(f"{self.subject}: choose one file only")
        data = sent[0].stream.read(self.most + 1) if sent else text.encode("utf-8", "replace")
        if len(data) > self.most:
            raise Refusal(f"{self.subject} must be {self.most // 1024 // 1024} MB or smaller")
        return data

    def params(self, size: str = "", heading: bool = False) -> dict[str, Any]:
        """Adds which files a browser offers."""
        return (
            {**super().params(size, heading), "attributes": {"accept": self.accept}}
            if self.accept
            else super().params(size, heading)
        )
