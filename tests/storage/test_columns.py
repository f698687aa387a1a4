"""An instant is kept in UTC, and one that does not say where it stands is refused."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any

import pytest
from sqlalchemy import Column, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from tests.fixtures.council import AS_OWNER
from tracker.storage.columns import UtcInstant
from tracker.storage.session import Database

INSTANTS = Table("instants", MetaData(), Column("at", UtcInstant(), nullable=True))
NAIVE = datetime(2026, 11, 21, 10)  # noqa: DTZ001 - what is refused
SUMMER = timezone(timedelta(hours=1))

pytestmark = AS_OWNER


class Nowhere(tzinfo):
    """A zone that does not know its offset: what carries it is naive all the same."""

    def utcoffset(self, dt: datetime | None) -> None:
        return None

    def dst(self, dt: datetime | None) -> None:
        return None

    def tzname(self, dt: datetime | None) -> None:
        return None


@pytest.fixture
def instants(database: Database) -> Database:
    """A database with a table of instants."""
    with database.transaction() as session:
        INSTANTS.create(session.connection())
    return database


def kept(database: Database) -> list[Any]:
    with database.reading() as session:
        return list(session.execute(select(INSTANTS.c.at).order_by(INSTANTS.c.at.is_(None))).scalars())


@pytest.mark.parametrize("naive", [NAIVE, NAIVE.replace(tzinfo=Nowhere())], ids=["no zone", "a zone without an offset"])
def test_a_naive_instant_is_refused_and_nothing_is_kept(instants: Database, naive: datetime) -> None:
    with pytest.raises(StatementError, match="must carry its offset from UTC"), instants.transaction() as session:
        session.execute(insert(INSTANTS), [{"at": NAIVE.replace(tzinfo=UTC)}, {"at": naive}])
    assert kept(instants) == []


def test_a_naive_instant_is_not_asked_for_either(instants: Database) -> None:
    with pytest.raises(StatementError, match="must carry its offset from UTC"), instants.reading() as session:
        session.execute(select(INSTANTS.c.at).where(INSTANTS.c.at > NAIVE))


def test_one_that_says_where_it_stands_comes_back_in_utc_to_the_microsecond(instants: Database) -> None:
    given = datetime(2026, 7, 1, 0, 30, 0, 7, tzinfo=SUMMER)
    with instants.transaction() as session:
        session.execute(insert(INSTANTS), [{"at": given}, {"at": None}])
    assert kept(instants) == [datetime(2026, 6, 30, 23, 30, 0, 7, tzinfo=UTC), None]
    assert kept(instants)[0].tzinfo is UTC
