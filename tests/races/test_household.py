"""The same asked about a household twice at one moment, in the other order too, while another team asks about one of them."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlmodel import func, select

from tests.checks.test_same_for import Home
from tests.fixtures.casework import Casework
from tests.fixtures.council import ONLY_POSTGRES
from tests.races.racing import together
from tracker.audit.chain import verify
from tracker.checks import same_for
from tracker.checks.same_for import AskedSame
from tracker.decisions.models import CopiedCheck

pytestmark = ONLY_POSTGRES


def test_each_gets_one_look_a_second_click_none_and_nobody_waits_for_ever(
    casework: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(casework)
    clicked = [home.same(home.lee), home.same(home.sam)]
    other_window = [home.same(one, submission=f"other{one.reference}") for one in (home.sam, home.lee)]

    def another_team() -> tuple[AskedSame, ...]:
        casework.ask(home.sam, by=casework.worker2)
        return ()

    jobs: list[Callable[[], tuple[AskedSame, ...]]] = [
        *(partial(home.ask, *asked) for asked in (clicked, clicked, other_window)),
        another_team,
    ]
    first, second, other, _ = together(jobs)
    assert first == second
    assert all(one.check for one in (*first, *other))
    assert home.views_of(home.lee, home.sam) == [1, 1]
    with casework.database.reading() as session:
        assert session.exec(select(func.count()).select_from(CopiedCheck)).one() == len(first) + len(other)
        assert verify(session).holds
    monkeypatch.setattr(same_for, "once", lambda *_, do, **__: do())  # the control
    assert home.ask(*clicked) != first
