"""Tables of checks. What was asked never changes; every later decision stands beside the first, with the facts it saw."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlmodel import Field

from tracker.decisions.vocabulary import AskedAs, CheckKind, Occasion, Verdict, WhyNotByAgreement
from tracker.policy.vocabulary import Account, Aim, Footing, Method, Outcome, Purpose, Relation, Visibility
from tracker.storage.columns import one_of, rule
from tracker.storage.tables import Table, code, instant, key, listed, reference, to, words

ASKED_BEFORE_THE_LOOK = (
    "kind = 'danger' OR (purpose_words IS NOT NULL AND why_now IS NOT NULL "
    "AND why_not_by_agreement IS NOT NULL AND less_intrusive IS NOT NULL)"
)


class Check(Table, table=True):
    """What was asked: whose page (`person_id`), by whom, who would look, why, and how. `at` is when it was asked or, late, looked.

    What danger does not wait to ask is None: it is answered with the outcome, in `SaidAfterwards`.
    """

    __tablename__ = "check_request"
    __table_args__ = (
        one_of("kind", CheckKind),
        one_of("relation", Relation),
        one_of("purpose", Purpose),
        one_of("aim", Aim),
        one_of("method", Method),
        one_of("account", Account),
        one_of("visibility", Visibility),
        one_of("why_not_by_agreement", WhyNotByAgreement),
        rule("happened_before_recorded", "at <= recorded_at"),
        rule("danger_is_immediate", "kind <> 'danger' OR immediate_risk"),
        rule("asked_before_the_look", ASKED_BEFORE_THE_LOOK),
        rule("new_event_only_in_danger", "immediate_risk OR NOT new_event"),
        rule("registered_account_named", "account <> 'corporate_registered' OR corporate_profile_id IS NOT NULL"),
        rule("withdrawn_whole", "(withdrawn_at IS NULL) = (withdrawn_why IS NULL)"),
        rule("withdrawn_by_somebody", "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)"),
        rule("struck_with_reason", "(struck_at IS NULL) = (struck_why IS NULL)"),
        rule("struck_by_somebody", "(struck_at IS NULL) = (struck_by IS NULL)"),
    )

    id: int | None = key()
    reference: str = reference()
    kind: str = code()
    person_id: int = to("person.id")
    team_id: int = to("team.id")
    requester_id: int = to("staff_member.id")
    viewer_id: int = to("staff_member.id")
    corporate_profile_id: int | None = to("corporate_profile.id", nullable=True)
    relation: str = code()
    may_lack_capacity: bool = False
    purpose: str = code()
    purpose_words: str | None = words(nullable=True)
    why_now: str | None = words(nullable=True)
    why_not_by_agreement: str | None = code(nullable=True)
    why_not_words: str | None = words(nullable=True)
    less_intrusive: str | None = words(nullable=True)
    aim: str = code()
    method: str = code()
    account: str = code()
    visibility: str = code()
    platforms: list[str] = listed(nullable=False)
    code_factors: list[str] = listed(nullable=False)
    immediate_risk: bool = False
    new_event: bool = False
    danger: str | None = words(nullable=True)
    newly_happened: str | None = words(nullable=True)
    confidential_material_likely: bool = False
    illegal_content_suspected: bool = False
    lawful_basis_id: int = to("lawful_basis.id")
    basis_does_not_fit: str | None = words(nullable=True)
    why_late: str | None = words(nullable=True)
    at: datetime = instant()
    recorded_at: datetime = instant(index=True)
    withdrawn_at: datetime | None = instant(nullable=True)
    withdrawn_by: int | None = to("staff_member.id", nullable=True)
    withdrawn_why: str | None = words(nullable=True)
    struck_at: datetime | None = instant(nullable=True)
    struck_by: int | None = to("staff_member.id", nullable=True)
    struck_why: str | None = words(nullable=True)
    version: int = 1


class SaidAfterwards(Table, table=True):
    """What danger left out, answered by the requester with the outcome. It stands beside the check, which never changes."""

    __tablename__ = "check_said_afterwards"
    __table_args__ = (one_of("relation", Relation), one_of("why_not_by_agreement", WhyNotByAgreement))

    id: int | None = key()
    check_id: int = Field(foreign_key="check_request.id", nullable=False, unique=True)
    relation: str = code()
    may_lack_capacity: bool
    purpose_words: str = words()
    why_this_person: str = words()
    why_not_by_agreement: str = code()
    why_not_words: str | None = words(nullable=True)
    less_intrusive: str = words()
    code_factors: list[str] = listed(nullable=False)
    confidential_material_likely: bool
    illegal_content_suspected: bool
    basis_does_not_fit: str | None = words(nullable=True)
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")


class CheckSubject(Table, table=True):
    """Everyone a check concerns: the person whose page it is, and whoever else it is about."""

    __tablename__ = "check_subject"

    check_id: int = Field(foreign_key="check_request.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)


class CheckInvolvement(Table, table=True):
    """A case under which a check was asked: the asking team's involvement with somebody whom the check concerns, open on the day of asking
    or, where the look was made already, on the day of the look."""

    __tablename__ = "check_involvement"

    check_id: int = Field(foreign_key="check_request.id", primary_key=True)
    involvement_id: int = Field(foreign_key="involvement.id", primary_key=True, index=True)


class CheckProfile(Table, table=True):
    """A profile on record that the check names."""

    __tablename__ = "check_profile"

    check_id: int = Field(foreign_key="check_request.id", primary_key=True)
    profile_id: int = Field(foreign_key="profile.id", primary_key=True)


class CopiedCheck(Table, table=True):
    """That a check was asked as the same as another was, for somebody else of the household. It is a check of its own all the same."""

    __tablename__ = "check_copied"
    __table_args__ = (rule("not_of_itself", "check_id <> copied_from_id"),)

    check_id: int = Field(foreign_key="check_request.id", primary_key=True)
    copied_from_id: int = to("check_request.id")


class CheckDecision(Table, table=True):
    """One decision on a check, the strictest of those for everyone it concerns. `number` counts from 1."""

    __tablename__ = "check_decision"
    __table_args__ = (
        one_of("occasion", Occasion),
        one_of("outcome", Outcome),
        one_of("footing", Footing),
        UniqueConstraint("check_id", "number"),
    )

    id: int | None = key()
    check_id: int = to("check_request.id")
    number: int
    occasion: str = code()
    outcome: str = code(index=True)
    footing: str | None = code(nullable=True)
    policy_version: str = Field(sa_type=String(60))
    limits_id: int = to("limits_proposal.id")
    at: datetime = instant()
    recorded_at: datetime = instant()
    taken_by: int = to("staff_member.id")


class PersonDecision(Table, table=True):
    """The decision for one of those concerned: the facts frozen as decided and the whole answer, both as canonical JSON.

    `relied_on`: references of the consents, notices, advice, authorisations or orders by which its ground stands (relying.py); None
    where it was decided before that was kept.
    """

    __tablename__ = "person_decision"
    __table_args__ = (one_of("outcome", Outcome), UniqueConstraint("decision_id", "person_id"))

    id: int | None = key()
    decision_id: int = to("check_decision.id")
    person_id: int = to("person.id")
    facts: dict[str, Any] = listed(nullable=False)
    answer: dict[str, Any] = listed(nullable=False)
    relied_on: list[str] | None = listed()
    outcome: str = code()


class ManagerDecision(Table, table=True):
    """What a manager decided on one check, with reasons; never the requester or the viewer (held by the service)."""

    __tablename__ = "manager_decision"
    __table_args__ = (one_of("verdict", Verdict), rule("happened_before_recorded", "at <= recorded_at"))

    id: int | None = key()
    check_id: int = to("check_request.id")
    verdict: str = code()
    reasons: str = words()
    at: datetime = instant()
    decided_by: int = to("staff_member.id")
    recorded_at: datetime = instant()


class SpokenFor(Table, table=True):
    """Somebody who stood in for whoever asked for the check: answered, asked again or reported in their place. From then on they
    are a party to it, and decide nothing about it, when the cover is long over too."""

    __tablename__ = "check_spoken_for"
    __table_args__ = (UniqueConstraint("check_id", "staff_id"),)

    id: int | None = key()
    check_id: int = to("check_request.id")
    staff_id: int = to("staff_member.id")
    recorded_at: datetime = instant()


class CheckQuestion(Table, table=True):
    """A question about a check, put before deciding, and its answer. Both stand beneath the check, which never changes."""

    __tablename__ = "check_question"
    __table_args__ = (
        one_of("asked_as", AskedAs),
        rule("answered_whole", "(answered_at IS NULL) = (answer IS NULL)"),
        rule("answered_by_somebody", "(answered_at IS NULL) = (answered_by IS NULL)"),
    )

    id: int | None = key()
    reference: str = reference()
    check_id: int = to("check_request.id")
    asked_as: str = code()
    asked_by: int = to("staff_member.id")
    asked_at: datetime = instant()
    question: str = words()
    answered_by: int | None = to("staff_member.id", nullable=True)
    answered_at: datetime | None = instant(nullable=True)
    answer: str | None = words(nullable=True)


class TelephoneApproval(Table, table=True):
    """A manager's approval as the requester recorded it after a call, and what that manager said of it when they next signed in.

    `decision_id`: the verdict by which the permit runs. What the manager answers stands beside it: it is never changed.
    """

    __tablename__ = "telephone_approval"
    __table_args__ = (
        rule("called_before_recorded", "called_at <= recorded_at"),
        rule("not_by_whom_they_name", "manager_id <> recorded_by"),
        rule("answered_whole", "(answered_at IS NULL) = (confirmed IS NULL)"),
        rule("denied_in_words", "confirmed IS NULL OR confirmed OR words IS NOT NULL"),
    )

    id: int | None = key()
    check_id: int = Field(foreign_key="check_request.id", nullable=False, unique=True)
    decision_id: int = Field(foreign_key="manager_decision.id", nullable=False, unique=True)
    manager_id: int = to("staff_member.id")
    called_at: datetime = instant()
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")
    answered_at: datetime | None = instant(nullable=True)
    confirmed: bool | None = None
    words: str | None = words(nullable=True)
