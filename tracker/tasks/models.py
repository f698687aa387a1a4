"""The table of tasks."""

from datetime import datetime

from sqlalchemy import String
from sqlmodel import Field

from tracker.storage.columns import one_of, rule
from tracker.storage.tables import Table, code, instant, key, reference, to, words
from tracker.tasks.vocabulary import TaskKind, WaitsFor


class Task(Table, table=True):
    """Something that waits for somebody. `key` makes it one: its kind and what it is about. `what` carries references, no names.

    `record`: the reference of what it is about, which its link opens. `about_id`: whose own doing it is about; it never waits
    for them. `level` counts how often it was taken one level up.
    """

    __tablename__ = "task"
    __table_args__ = (
        one_of("kind", TaskKind),
        one_of("waits_for", WaitsFor),
        rule("member_named", "(waits_for = 'member') = (staff_id IS NOT NULL)"),
        rule("team_named", "(waits_for = 'managers') = (team_id IS NOT NULL)"),
        rule("done_with_reason", "(done_at IS NULL) = (done_why IS NULL)"),
        rule("done_by_when_done", "done_by IS NULL OR done_at IS NOT NULL"),
        rule("taken_up_whole", "(level = 0) = (taken_up_at IS NULL)"),
        rule("not_for_whom_it_is_about", "staff_id <> about_id"),
        rule("not_finished_by_whom_it_is_about", "done_by <> about_id"),
    )

    id: int | None = key()
    reference: str = reference()
    kind: str = code(index=True)
    key: str = Field(sa_type=String(200), unique=True, nullable=False)
    waits_for: str = code()
    staff_id: int | None = to("staff_member.id", nullable=True)
    team_id: int | None = to("team.id", nullable=True)
    record: str = Field(sa_type=String(13), index=True)
    person_id: int | None = to("person.id", nullable=True)
    about_id: int | None = to("staff_member.id", nullable=True)
    what: str = words()
    raised_at: datetime = instant()
    due_at: datetime | None = instant(nullable=True)
    level: int = 0
    taken_up_at: datetime | None = instant(nullable=True)
    done_at: datetime | None = instant(nullable=True, index=True)
    done_by: int | None = to("staff_member.id", nullable=True)
    done_why: str | None = words(nullable=True)
    version: int = 1
