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
    TELLING_DUE = "telling_due"
    CONSENT_ENDING = "consent_ending"
    NOTICE_ENDING = "notice_ending"
    ADVICE_ENDING = "advice_ending"
    AUTHORISATION_ENDING = "authorisation_ending"
    AUTHORISATION_ENDED = "authorisation_ended"
    ORDER_ENDING = "order_ending"
    REVIEW_DUE = "review_due"
    ORDER_UNSEEN = "order_unseen"
    REFERRAL_OLD = "referral_old"
    TELEPHONE_APPROVAL_UNCONFIRMED = "telephone_approval_unconfirmed"
    SELF_CHECK_FAILED = "self_check_failed"
    DUTY_OPENINGS = "duty_openings"
    FAMILY_LINK_ENDED = "family_link_ended"


class WaitsFor(StrEnum):
    """Whom a task waits for: one member of staff, the managers of a team, or everybody who holds a role."""

    MEMBER = "member"
    MANAGERS = "managers"
    LEGAL = "legal"
    OFFICER = "officer"
    SRO = "sro"


TASK_KIND_WORDS: dict[TaskKind, str] = {
    TaskKind.FAMILY_CLUSTER: "Looks at one family",
    TaskKind.LATE_LOGGING: "Looks recorded late",
    TaskKind.HANDED_BACK: "Permits handed back",
    TaskKind.UNREVIEWED: "Look in danger not reviewed",
    TaskKind.UNREPORTED: "Permit run out, no outcome",
    TaskKind.OUTCOME_DUE: "Outcome due",
    TaskKind.TELLING_DUE: "To be told of a look",
    TaskKind.CONSENT_ENDING: "Consent ends",
    TaskKind.NOTICE_ENDING: "Notice ends",
    TaskKind.ADVICE_ENDING: "Legal advice ends",
    TaskKind.AUTHORISATION_ENDING: "Authorisation ends",
    TaskKind.AUTHORISATION_ENDED: "Authorisation to be cancelled",
    TaskKind.ORDER_ENDING: "Court's order ends",
    TaskKind.REVIEW_DUE: "Review due",
    TaskKind.ORDER_UNSEEN: "Sealed copy never seen",
    TaskKind.REFERRAL_OLD: "Case growing old",
    TaskKind.TELEPHONE_APPROVAL_UNCONFIRMED: "Telephone approval not confirmed",
    TaskKind.SELF_CHECK_FAILED: "Self-check failed",
    TaskKind.DUTY_OPENINGS: "Opened on duty",
    TaskKind.FAMILY_LINK_ENDED: "Family link ended",
}

FINISHED_BY_HAND = frozenset(
    {
        TaskKind.FAMILY_CLUSTER,
        TaskKind.LATE_LOGGING,
        TaskKind.HANDED_BACK,
        TaskKind.CONSENT_ENDING,
        TaskKind.NOTICE_ENDING,
        TaskKind.ADVICE_ENDING,
        TaskKind.AUTHORISATION_ENDING,
        TaskKind.ORDER_ENDING,
        TaskKind.DUTY_OPENINGS,
        TaskKind.FAMILY_LINK_ENDED,
    }
)
"""What somebody has to know and weigh, and then says what came of it. Everything else ends only when the thing is done."""

FINISHED_BY_THE_SRO = frozenset({TaskKind.TELEPHONE_APPROVAL_UNCONFIRMED})
"""What the Senior Responsible Officer can end by saying what came of it, since whoever was to do it may have left."""
