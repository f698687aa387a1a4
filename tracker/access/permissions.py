"""The table that joins every permission to the roles that have it.

A permission opens the door; whether it reaches this record is for `policy/entitlement.py`. Source: policy.md, "Who may do what".
"""

from enum import StrEnum

from tracker.policy.entitlement import ON_DUTY, WORKERS, Actor, Role

_LEGAL = frozenset({Role.LEGAL_REVIEWER})
_READERS = frozenset({Role.SENIOR_RESPONSIBLE_OFFICER, Role.AUDITOR})
_MANAGERS = frozenset({Role.TEAM_MANAGER, Role.DUTY_MANAGER})


class Permission(StrEnum):
    """Something that can be done in the tracker."""

    FIND_PERSON = "find a person"
    OPEN_PERSON = "open a person's record"
    OPEN_ON_DUTY = "open a person's record on duty, with a reason"
    READ_DUTY_OPENINGS = "read what was opened on duty"
    ADD_PERSON = "add a person"
    CHANGE_PERSON = "change a person's details"
    LINK_RECORDS = "link two records as one person"
    UNLINK_RECORDS = "undo a link between two records"
    RESTRICT_PERSON = "restrict a person's record"
    NAME_READERS = "say who reads a restricted record"
    SEAL_RECORD = "seal a record, and keep what it is the same as"
    ASK_TO_SEAL = "ask Legal to seal a record"
    RECORD_CONSENT = "record consent"
    RECORD_NOTICE = "record a notice"
    SETTLE_DISAGREEMENT = "settle a disagreement about consent"
    RECORD_SIGHTING = "record something that was brought or come across"
    ASK_FOR_CHECK = "ask for a check"
    OPEN_CHECK = "open a check"
    OPEN_AUTHORITY = "open an authority"
    REPORT_LOOK = "report what was seen"
    RECORD_TELLING = "record that somebody was told of a look"
    DECIDE_CHECK = "decide on a check as a manager"
    RECORD_TELEPHONE_APPROVAL = "record a manager's approval by telephone"
    ANSWER_TELEPHONE_APPROVAL = "say whether one approved a look by telephone"
    ASK_QUESTION = "ask a question about a check"
    REPORT_COURT_ORDER = "report a court's order, sealed copy to follow"
    RECORD_COURT_ORDER = "record a court's order"
    RECORD_ADVICE = "record legal advice"
    PREPARE_APPLICATION = "prepare an application for an authorisation"
    OPEN_APPLICATION = "open an application for an authorisation"
    SEE_AUTHORISATIONS = "see what waits about authorisations"
    RECORD_JP_APPROVAL = "record the decision of a justice of the peace"
    GRANT_AUTHORISATION = "grant or cancel an authorisation"
    OPEN_REFERRAL = "open a referral"
    ANSWER_REFERRAL = "take and answer a referral"
    PLACE_HOLD = "place or release a hold"
    ASK_FOR_CORRECTION = "ask that a record be struck through"
    OPEN_CORRECTION = "open a correction"
    ANSWER_CORRECTION = "confirm that a record was in error"
    RESTART_COUNT = "set from when views count"
    READ_TRAIL = "read the audit trail"
    ERASE_WORDS = "erase words from the audit trail"
    PROPOSE_LIMITS = "propose limits"
    SIGN_LIMITS = "sign limits"
    SIGN_LIMITS_FOR_LEGAL = "sign limits as a legal reviewer"
    SIGN_LIMITS_AS_SRO = "sign limits as the Senior Responsible Officer"
    WRITE_SITE = "write the council's name and pages"
    MANAGE_STAFF = "manage staff, teams and rota"
    CONFIRM_ROLE = "confirm a role"
    IMPORT = "import from a file"
    IMPORT_PEOPLE = "import people from a file"
    NAME_DEPUTY = "name who stands in for somebody else"
    MANAGE_CORPORATE_PROFILES = "manage corporate profiles"
    FINISH_TASK = "finish a task that waits"
    READ_POLICY = "read the policy"
    OWN_SETTINGS = "change one's own settings"


HELD_BY: dict[Permission, frozenset[Role]] = {
    Permission.FIND_PERSON: WORKERS | _LEGAL | _READERS,
    Permission.OPEN_PERSON: WORKERS | _LEGAL | _READERS,
    Permission.OPEN_ON_DUTY: ON_DUTY,
    Permission.READ_DUTY_OPENINGS: WORKERS | _READERS,
    Permission.ADD_PERSON: WORKERS,
    Permission.CHANGE_PERSON: WORKERS,
    Permission.LINK_RECORDS: WORKERS,
    Permission.UNLINK_RECORDS: _MANAGERS,
    Permission.RESTRICT_PERSON: _MANAGERS,
    Permission.NAME_READERS: _LEGAL,
    Permission.SEAL_RECORD: _LEGAL,
    Permission.ASK_TO_SEAL: _MANAGERS,
    Permission.RECORD_CONSENT: WORKERS,
    Permission.RECORD_NOTICE: WORKERS,
    Permission.SETTLE_DISAGREEMENT: _LEGAL,
    Permission.RECORD_SIGHTING: WORKERS,
    Permission.ASK_FOR_CHECK: WORKERS,
    Permission.OPEN_CHECK: WORKERS | _LEGAL | _READERS,
    Permission.OPEN_AUTHORITY: WORKERS | _LEGAL | _READERS | {Role.AUTHORISING_OFFICER},
    Permission.REPORT_LOOK: WORKERS,
    Permission.RECORD_TELLING: WORKERS,
    Permission.DECIDE_CHECK: _MANAGERS,
    Permission.RECORD_TELEPHONE_APPROVAL: WORKERS,
    Permission.ANSWER_TELEPHONE_APPROVAL: frozenset(Role),
    Permission.ASK_QUESTION: _MANAGERS | _LEGAL,
    Permission.REPORT_COURT_ORDER: WORKERS,
    Permission.RECORD_COURT_ORDER: _LEGAL,
    Permission.RECORD_ADVICE: _LEGAL,
    Permission.PREPARE_APPLICATION: _LEGAL,
    Permission.OPEN_APPLICATION: _LEGAL | _READERS | {Role.AUTHORISING_OFFICER},
    Permission.SEE_AUTHORISATIONS: _LEGAL | _READERS | {Role.AUTHORISING_OFFICER},
    Permission.RECORD_JP_APPROVAL: _LEGAL,
    Permission.GRANT_AUTHORISATION: frozenset({Role.AUTHORISING_OFFICER}),
    Permission.OPEN_REFERRAL: _LEGAL | _READERS,
    Permission.ANSWER_REFERRAL: _LEGAL,
    Permission.PLACE_HOLD: _LEGAL,
    Permission.ASK_FOR_CORRECTION: WORKERS | _LEGAL | {Role.AUTHORISING_OFFICER},
    Permission.OPEN_CORRECTION: WORKERS | _LEGAL | _READERS | {Role.AUTHORISING_OFFICER},
    Permission.ANSWER_CORRECTION: _MANAGERS | _LEGAL,
    Permission.RESTART_COUNT: _LEGAL,
    Permission.READ_TRAIL: _READERS,
    Permission.ERASE_WORDS: frozenset({Role.SENIOR_RESPONSIBLE_OFFICER}),
    Permission.PROPOSE_LIMITS: _LEGAL | {Role.ADMINISTRATOR},
    Permission.SIGN_LIMITS: _LEGAL | {Role.SENIOR_RESPONSIBLE_OFFICER},
    Permission.SIGN_LIMITS_FOR_LEGAL: _LEGAL,
    Permission.SIGN_LIMITS_AS_SRO: frozenset({Role.SENIOR_RESPONSIBLE_OFFICER}),
    Permission.WRITE_SITE: frozenset({Role.ADMINISTRATOR}),
    Permission.MANAGE_STAFF: frozenset({Role.ADMINISTRATOR}),
    Permission.CONFIRM_ROLE: _LEGAL | _MANAGERS | _READERS | {Role.AUTHORISING_OFFICER},
    Permission.NAME_DEPUTY: _LEGAL | _MANAGERS | _READERS | {Role.AUTHORISING_OFFICER, Role.ADMINISTRATOR},
    Permission.MANAGE_CORPORATE_PROFILES: frozenset({Role.ADMINISTRATOR}),
    Permission.FINISH_TASK: WORKERS | _LEGAL | {Role.AUTHORISING_OFFICER, Role.SENIOR_RESPONSIBLE_OFFICER},
    Permission.IMPORT: frozenset({Role.TEAM_MANAGER, Role.ADMINISTRATOR}),
    Permission.IMPORT_PEOPLE: frozenset({Role.TEAM_MANAGER}),
    Permission.READ_POLICY: frozenset(Role),
    Permission.OWN_SETTINGS: frozenset(Role),
}


class NotAllowedError(Exception):
    """The actor may not do this. Carries no name: what is shown and audited is made from these."""

    def __init__(self, permission: Permission, *, about: str | None = None) -> None:
        super().__init__(f"may not {permission.value}")
        self.permission = permission
        self.about = about


OF_EVERYBODY = frozenset({Permission.OWN_SETTINGS, Permission.ANSWER_TELEPHONE_APPROVAL})
"""Permissions that signing in gives: so that somebody whose role still waits for confirmation can choose a password, and that a duty
manager whose shift is over can still say whether they approved a look by telephone in it."""


def has_permission(actor: Actor, permission: Permission) -> bool:
    """Whether any role that the actor holds now has this permission."""
    return permission in OF_EVERYBODY or bool(actor.roles & HELD_BY.get(permission, frozenset()))


def require(actor: Actor, permission: Permission, *, allowed: bool = True, about: str | None = None) -> None:
    """Raises `NotAllowedError` unless the actor has the permission and `allowed` (the entitlement to this record) holds."""
    if not (allowed and has_permission(actor, permission)):
        raise NotAllowedError(permission, about=about)
