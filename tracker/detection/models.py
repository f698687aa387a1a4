"""Tables of detection: what was found, which looks a release reviewed, and which records looked like one person."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlmodel import Field

from tracker.policy.patterns import Effect, Pattern
from tracker.storage.columns import one_of, rule
from tracker.storage.tables import Table, code, instant, key, reference, to, words


class PatternFinding(Table, table=True):
    """A pattern that was found, once: `key` is its rule and its set of looks. It opened or joined one referral or one task.

    `names_hold_id`: the released hold whose reviewed looks are among its own.
    """

    __tablename__ = "pattern_finding"
    __table_args__ = (
        one_of("pattern", Pattern),
        one_of("effect", Effect),
        rule("referral_or_task", "(effect = 'task') = (task_id IS NOT NULL)"),
        rule("referral_unless_task", "(effect = 'task') = (referral_id IS NULL)"),
    )

    id: int | None = key()
    reference: str = reference()
    pattern: str = code(index=True)
    effect: str = code()
    key: str = Field(sa_type=Text, unique=True, nullable=False)
    why: str = words()
    found_at: datetime = instant()
    referral_id: int | None = to("referral.id", nullable=True)
    task_id: int | None = to("task.id", nullable=True)
    names_hold_id: int | None = to("hold.id", nullable=True)


class FindingView(Table, table=True):
    """A look that belongs to a finding."""

    __tablename__ = "pattern_finding_view"

    finding_id: int = Field(foreign_key="pattern_finding.id", primary_key=True)
    look_id: int = Field(foreign_key="look.id", primary_key=True, index=True)


class FindingPerson(Table, table=True):
    """A person whom a finding is about."""

    __tablename__ = "pattern_finding_person"

    finding_id: int = Field(foreign_key="pattern_finding.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)


class ReviewedView(Table, table=True):
    """A look that Legal had before them when they released a hold: those looks alone never make a hold again."""

    __tablename__ = "reviewed_view"

    hold_id: int = Field(foreign_key="hold.id", primary_key=True)
    look_id: int = Field(foreign_key="look.id", primary_key=True, index=True)


class SuggestedLink(Table, table=True):
    """Two records that looked like one person when one of them was last compared with all others, for the managers' queue.

    An index of what suggestions.py finds and no record: it is written anew whenever a record changes, and says nothing of why.
    """

    __tablename__ = "suggested_link"
    __table_args__ = (rule("lower_key_first", "person_id < other_id"),)

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    other_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    found_at: datetime = instant()


class SweepMark(Table, table=True):
    """Up to which entry of the trail the sweep has followed what happened: one row a kind of sweep."""

    __tablename__ = "sweep_mark"

    name: str = Field(sa_type=String(40), primary_key=True)
    swept_seq: int
