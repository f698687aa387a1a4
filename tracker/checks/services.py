"""The use-cases of a check. Each does all of it: locks, entitlement, facts, decision, rows and audit event, in one transaction.

`by` is the signed-in member of staff, `now` an aware UTC instant. All raise `NotAllowedError` where the actor may not, and the
errors of `errors.py` where what was typed cannot be or the check has moved on; then nothing has changed. Once-only is the
caller's (`drafts.services.once`). Rows that are given are read again once the locks are held.
"""

from tracker.checks.again import ask_again, decide_again, withdraw_check
from tracker.checks.late import record_late_entry
from tracker.checks.looking import report_look, start_look
from tracker.checks.questions import answer_question, ask_question
from tracker.checks.same_for import ask_same_for
from tracker.checks.settling import report_for_case
from tracker.checks.submit import submit_check
from tracker.checks.telling import record_telling

__all__ = [
    "answer_question",
    "ask_again",
    "ask_question",
    "ask_same_for",
    "decide_again",
    "record_late_entry",
    "record_telling",
    "report_for_case",
    "report_look",
    "start_look",
    "submit_check",
    "withdraw_check",
]
