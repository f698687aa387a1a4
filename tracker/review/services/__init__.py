"""The use-cases of those who decide on what others asked for. Each decides again under the locks, records and audits in one transaction.

`by` is the signed-in member of staff, `now` an aware UTC instant. All raise `NotAllowedError` where the actor may not, and the
errors of `checks.errors` and `referrals.errors` where the check or the case has moved on; then nothing has changed.
"""

from tracker.review.services.afterwards import confirm_result, review_immediate_response
from tracker.review.services.verdicts import approve_check, decline_check, endorse_check

__all__ = [
    "approve_check",
    "confirm_result",
    "decline_check",
    "endorse_check",
    "review_immediate_response",
]
