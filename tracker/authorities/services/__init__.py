"""Recording authorities. Legal prepares applications and records advice, hearings and orders; the authorising officer grants,
reviews and cancels."""

from tracker.authorities.services.advice import record_advice
from tracker.authorities.services.applications import (
    prepare_application,
    prepare_non_ripa_application,
    withdraw_application,
)
from tracker.authorities.services.non_ripa import cancel_non_ripa, grant_non_ripa
from tracker.authorities.services.orders import (
    correct_court_order,
    record_court_order,
    record_order_seen,
    report_court_order,
)
from tracker.authorities.services.reviews import review_authorisation
from tracker.authorities.services.ripa import cancel_ripa, grant_ripa, record_jp_hearing

__all__ = [
    "cancel_non_ripa",
    "cancel_ripa",
    "correct_court_order",
    "grant_non_ripa",
    "grant_ripa",
    "prepare_application",
    "prepare_non_ripa_application",
    "record_advice",
    "record_court_order",
    "record_jp_hearing",
    "record_order_seen",
    "report_court_order",
    "review_authorisation",
    "withdraw_application",
]
