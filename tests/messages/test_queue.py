"""Mail is owed in the transaction of what it is about."""

import pytest
from sqlmodel import select

from tests.fixtures.council import ONE_DATABASE, START, Council
from tracker.messages.models import Message
from tracker.messages.services import queue_message
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE


def owed(council: Council) -> list[Message]:
    with council.database.reading() as session:
        return list(session.exec(select(Message)))


def owe(council: Council, *, then_fail: bool) -> None:
    with council.database.transaction() as session:
        to = saved_key(council.manager)
        queue_message(session, to_staff_id=to, subject="A check waits", body="See CHK-0000-0000.", now=START)
        if then_fail:
            raise ZeroDivisionError


def test_a_queued_message_is_owed_and_not_yet_sent(council: Council) -> None:
    owe(council, then_fail=False)
    (message,) = owed(council)
    assert (message.to_staff_id, message.recorded_at, message.sent_at) == (council.manager.id, START, None)
    assert (message.subject, message.body, message.failed_times) == ("A check waits", "See CHK-0000-0000.", 0)


def test_nothing_is_owed_for_a_change_that_failed(council: Council) -> None:
    with pytest.raises(ZeroDivisionError):
        owe(council, then_fail=True)
    assert owed(council) == []
