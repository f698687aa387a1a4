"""Stopping the making of a demonstration half way, and what was there then."""

import signal
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from tests.commands.running import Instance, Started, until


@dataclass(frozen=True)
class Stopped:
    """A making that was stopped half way: its exit status, what it said, and how much of two tables it left."""

    status: int
    said: str
    lawful_bases: int
    staff: int


def stop_half_way(instance: Instance, command: str, sent: signal.Signals) -> Stopped:
    """Begins to make a demonstration with `run` or `demo`, and sends the signal once it is being filled."""
    with instance.started(command) as making:
        _wait_until_it_fills(instance, making)
        making.send(sent)
        status = making.ends()
        bases, staff = (count_rows(instance, table) for table in ("lawful_basis", "staff_member"))
        return Stopped(status, making.said, bases, staff)


def _wait_until_it_fills(instance: Instance, making: Started) -> None:
    """The rulebook is in, and somebody writes all the time: the council itself is made, which takes seconds."""

    def _fills() -> bool:
        assert making.process.poll() is None, making.said
        try:
            return bool(count_rows(instance, "lawful_basis")) and all(_is_being_written(instance) for _ in range(10))
        except sqlite3.OperationalError:
            return False

    until(_fills)


def _is_being_written(instance: Instance) -> bool:
    time.sleep(0.02)
    with closing(sqlite3.connect(instance.folder / "tracker.sqlite3", timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        connection.execute("ROLLBACK")
        return False


def leader_of(instance: Instance) -> str:
    """The scheduler that leads there, or led last."""
    return str(_asked(instance, "SELECT leader FROM heartbeat"))


def count_rows(instance: Instance, table: str) -> int:
    """How many rows a table of the instance has."""
    return int(_asked(instance, f"SELECT count(*) FROM {table}"))  # noqa: S608 - our own name


def _asked(instance: Instance, question: str) -> Any:
    database = instance.folder / "tracker.sqlite3"
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return connection.execute(question).fetchone()[0]
    finally:
        connection.close()
