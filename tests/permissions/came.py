"""What came of one request: the answer, and all that it left behind it. Whoever judges an answer looks at this, and asks nothing again."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.test import TestResponse

from tests.fixtures.rehearsal import Rehearsal
from tracker.audit.models import AuditEntry


@dataclass(frozen=True)
class Came:
    """Asked by somebody of the records as they were: the answer, every statement, the new entries of the trail, and the mail that is
    owed then."""

    who: str
    response: TestResponse
    heard: Sequence[str] = ()
    entries: Sequence[AuditEntry] = ()
    mail: Sequence[str] = ()

    @classmethod
    def of(cls, rehearsal: Rehearsal, who: str, response: TestResponse) -> "Came":
        """What came of the one request since the records last stood as they were."""
        heard = list(rehearsal.heard)
        if not rehearsal.wrote():
            return cls(who, response, heard)
        return cls(who, response, heard, rehearsal.new_entries(), rehearsal.mail())

    def __str__(self) -> str:
        return f"{self.response.request.method} {self.response.request.path} by {self.who}"
