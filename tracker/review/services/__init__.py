"""The use-cases of those who decide on what others asked for. Each decides again under the locks, records and audits in one transaction.

`by` is the signed-in member of staff, `now` an aware UTC instant. All raise `NotAllowedError` where the actor may not, and the
errors of `checks.errors` and `referrals.errors` where the check or the case has moved on; then nothing has changed.
"""

from tracker.review.services.advising import advise_on_person
from tracker.review.services.afterwards import (
    confirm_result,
    review_immediate_response,
    see_late_entry,
    see_nobody_left,
)
from tracker.review.services.asking_to_seal import ask_to_seal
from tracker.review.services.authorisations import grant_application, refuse_application, review_granted
from tracker.review.services.holding import hold_people, release_held, restart_count_of
from tracker.review.services.readers import name_readers
from tracker.review.services.recording import (
    enter_corrected_order,
    enter_court_order,
    enter_jp_hearing,
    enter_order_seen,
)
from tracker.review.services.referrals import Resolved, give_back_referral, resolve_referral, take_referral
from tracker.review.services.sealing import (
    answer_counterpart,
    end_counterpart,
    record_counterpart,
    seal_person,
    unseal_person,
)
from tracker.review.services.telephone import (
    confirm_telephone_approval,
    deny_telephone_approval,
    record_telephone_approval,
)
from tracker.review.services.verdicts import approve_check, close_check, decline_check, endorse_check

__all__ = [
    "Resolved",
    "advise_on_person",
    "answer_counterpart",
    "approve_check",
    "ask_to_seal",
    "close_check",
    "confirm_result",
    "confirm_telephone_approval",
    "decline_check",
    "deny_telephone_approval",
    "end_counterpart",
    "endorse_check",
    "enter_corrected_order",
    "enter_court_order",
    "enter_jp_hearing",
    "enter_order_seen",
    "give_back_referral",
    "grant_application",
    "hold_people",
    "name_readers",
    "record_counterpart",
    "record_telephone_approval",
    "refuse_application",
    "release_held",
    "resolve_referral",
    "restart_count_of",
    "review_granted",
    "review_immediate_response",
    "seal_person",
    "see_late_entry",
    "see_nobody_left",
    "take_referral",
    "unseal_person",
]
