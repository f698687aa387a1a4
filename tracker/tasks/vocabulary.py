"""What a task is about, and whom it waits for."""

from enum import StrEnum


class TaskKind(StrEnum):
    """Why a task was raised; each is raised by one job or pattern."""

    FAMILY_CLUSTER = "family_cluster"
    LATE_LOGGING = "late_logging"
    HANDED_BACK = "handed_back"
    UNREVIEWED = "unreviewed"
    UNREPORTED = "unreported"
    OUTCOME_DUE = "outcome_due"
    CONSENT_ENDING = "consent_ending"
    NOTICE_ENDING = "notice_ending"
    ADVICE_ENDING = "advice_ending"
    AUTHORISATION_ENDING = "authorisation_ending"
    ORDER_ENDING = "order_ending"
    REVIEW_DUE = "review_due"
    ORDER_UNSEEN = "order_unseen"
    REFERRAL_OLD = "referral_old"
    TELEPHONE_APPROVAL_UNCONFIRMED = "telephone_approval_unconfirmed"
    SELF_CHECK_FAILED = "self_check_failed"


class WaitsFor(StrEnum):
    """Whom a task waits for: one member of staff, the managers of a team, or everybody who holds a role."""

    MEMBER = "member"
    MANAGERS = "managers"
    LEGAL = "legal"
    OFFICER = "officer"
    SRO = "sro"
