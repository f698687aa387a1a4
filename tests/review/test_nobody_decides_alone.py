"""Whatever somebody holds, themself or for those whom they cover: by calling a service they decide on nothing of their own.

Random holdings of random staff call every service of a manager; what goes through must have gone through on a manager's role of
somebody who neither asked, would look nor advised.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from tests.fixtures.rehearsal import NOW, Rehearsal
from tracker.access.permissions import NotAllowedError
from tracker.authorities.requests import NewAdvice
from tracker.authorities.services import record_advice
from tracker.checks.services import ask_question
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.people.selectors import get_person_by_id
from tracker.policy.entitlement import Actor, CheckStanding, Holding, Role, may_decide_on_check
from tracker.policy.vocabulary import Conclusion, Reviewed
from tracker.review import services
from tracker.review.services import afterwards, verdicts
from tracker.storage.tables import saved_key

WHY = "Weighed."
ACTS: dict[str, tuple[str, Callable[..., Any]]] = {
    "approve": ("waiting", lambda *a, **k: services.approve_check(*a, reasons=WHY, **k)),
    "decline": ("waiting", lambda *a, **k: services.decline_check(*a, reasons=WHY, **k)),
    "endorse": ("blocked", lambda *a, **k: services.endorse_check(*a, reasons=WHY, **k)),
    "close": ("blocked", lambda *a, **k: services.close_check(*a, reasons=WHY, **k)),
    "review": (
        "in_danger",
        lambda *a, **k: services.review_immediate_response(*a, reviewed=Reviewed.AGREED, why=WHY, **k),
    ),
    "confirm": ("said_late", services.confirm_result),
    "see": ("recorded_late", lambda *a, **k: services.see_late_entry(*a, reasons=WHY, **k)),
    "ask": ("waiting", lambda *a, **k: ask_question(*a, question=WHY, **k)),
}
"""Every service of a manager, and the check of the furnished council that waits for it; the worker asked for each and looks."""

WHO = ("worker", "colleague", "manager", "manager2", "head", "duty", "legal", "officer")
MANAGING = {Role.TEAM_MANAGER, Role.DUTY_MANAGER}


@dataclass(frozen=True)
class Trial:
    """Who acts, what they hold (role, team, whom they cover), what they do, and who has advised before, if anybody."""

    who: str
    held: tuple[tuple[Role, str | None, str | None], ...]
    act: str
    adviser: str | None


HELD = st.tuples(
    st.sampled_from([*MANAGING, *MANAGING, *Role]),
    st.sampled_from([None, "north", "south", "department"]),
    st.sampled_from([None, *WHO]),
)
TRIALS = st.builds(
    Trial,
    who=st.sampled_from(WHO),
    held=st.lists(HELD, max_size=4).map(tuple),
    act=st.sampled_from(sorted(ACTS)),
    adviser=st.sampled_from([None, *WHO]),
)


class UndoneError(Exception):
    """Takes back what an example did."""


def holdings(rehearsal: Rehearsal, trial: Trial) -> tuple[Holding, ...]:
    teams: dict[str | None, int] = {
        name: saved_key(getattr(rehearsal.council, name)) for name in ("north", "south", "department")
    }
    staff: dict[str | None, int] = {name: saved_key(rehearsal.staff[name]) for name in WHO}
    return tuple(Holding(role, teams.get(team), staff.get(covered)) for role, team, covered in trial.held)


def advise(session: Session, rehearsal: Rehearsal, check: Check, adviser: str) -> None:
    """Somebody advises on the person of the check, as Legal."""
    legal = replace(rehearsal.actor(adviser), holdings=(Holding(Role.LEGAL_REVIEWER),))
    new = NewAdvice(
        person=get_person_by_id(session, check.person_id).reference,
        conclusion=Conclusion.THRESHOLD_NOT_MET,
        at=NOW,
        question="May we?",
        facts_relied_on="As recorded.",
        wording="No.",
    )
    record_advice(session, new, apart_from=frozenset(), by=legal, now=NOW)


def goes_through(rehearsal: Rehearsal, trial: Trial) -> bool:
    """Whether the service did it for them; nothing of it is kept."""
    name, act = ACTS[trial.act]
    by = replace(rehearsal.actor(trial.who), holdings=holdings(rehearsal, trial))
    try:
        with rehearsal.database.transaction() as session:
            check = get_check(session, rehearsal.records[name])
            if trial.adviser:
                advise(session, rehearsal, check, trial.adviser)
            act(session, check, by=by, now=NOW)
            raise UndoneError
    except UndoneError:
        return True
    except NotAllowedError:
        return False


def assert_decided_by_somebody_else(trial: Trial) -> None:
    barred = {"worker", trial.adviser} - {None}
    assert trial.who not in barred
    assert any(role in MANAGING and (covered or trial.who) not in barred for role, _, covered in trial.held)


def test_what_goes_through_was_decided_by_who_neither_asked_would_look_nor_advised(rehearsal: Rehearsal) -> None:
    went_through: list[Trial] = []

    @settings(max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(trial=TRIALS)
    def _one(trial: Trial) -> None:
        if goes_through(rehearsal, trial):
            went_through.append(trial)
            assert_decided_by_somebody_else(trial)

    _one()
    assert len(went_through) >= 10


@pytest.mark.parametrize("act", sorted(ACTS))
def test_each_goes_through_for_a_manager_who_had_no_part_and_not_for_who_had(rehearsal: Rehearsal, act: str) -> None:
    manages = (Role.TEAM_MANAGER, "north", None)
    assert goes_through(rehearsal, Trial("colleague", (manages,), act, None))
    assert not goes_through(rehearsal, Trial("worker", (manages,), act, None))
    assert not goes_through(rehearsal, Trial("colleague", (manages,), act, "colleague"))
    for_who_asked = (Role.TEAM_MANAGER, "north", "worker")
    assert not goes_through(rehearsal, Trial("colleague", (for_who_asked,), act, None))
    for_who_advised = (Role.TEAM_MANAGER, "north", "legal")
    assert not goes_through(rehearsal, Trial("colleague", (for_who_advised,), act, "legal"))


def test_a_rule_that_forgot_whom_a_holding_covers_would_be_caught(
    rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the entitlement without the cover, at the two places where the services ask it."""

    def _forgets(actor: Actor, check: CheckStanding) -> bool:
        own = tuple(replace(holding, covers=None) for holding in actor.holdings)
        return may_decide_on_check(replace(actor, holdings=own), check)

    for module in (verdicts, afterwards):
        monkeypatch.setattr(module, "may_give_verdict", _forgets)
    caught = Trial("colleague", ((Role.TEAM_MANAGER, "north", "worker"),), "approve", None)
    assert goes_through(rehearsal, caught)
    with pytest.raises(AssertionError):
        assert_decided_by_somebody_else(caught)
