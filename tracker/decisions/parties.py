"""Who had a part in checks: asked for them, spoke for who asked, would look, or decided as a manager. Source: policy.md, "Of one check"."""

from collections.abc import Iterable, Mapping

from sqlmodel import Session

from tracker.decisions.concerned import people_of_checks
from tracker.decisions.models import Check
from tracker.decisions.records import list_checks_about, verdicts_of
from tracker.decisions.speaking import who_spoke_of
from tracker.storage.tables import saved_key


def parties_of_checks(session: Session, checks: Iterable[Check]) -> dict[int, frozenset[int]]:
    """Keys of who asked for each of these checks or spoke for who did, who would look, and every manager who approved, declined,
    endorsed or closed it; by the check's key."""
    rows = {saved_key(check): check for check in checks}
    verdicts, spoke = verdicts_of(session, rows), who_spoke_of(session, rows)
    return {
        key: frozenset({check.requester_id, check.viewer_id, *(one.decided_by for one in verdicts[key])}) | spoke[key]
        for key, check in rows.items()
    }


def staff_concerned_with(session: Session, members: Iterable[int]) -> frozenset[int]:
    """Keys of everyone who is such a party to a check that concerns any of these records (keys of a group).

    None of them grants an authorisation about these people. Source: policy.md, "Of one check".
    """
    return staff_concerned_with_each(session, {0: members})[0]


def staff_concerned_with_each(session: Session, groups: Mapping[int, Iterable[int]]) -> dict[int, frozenset[int]]:
    """The same of several groups at once, each under the key that it comes with."""
    wanted = {key: frozenset(members) for key, members in groups.items()}
    everybody = frozenset[int]().union(*wanted.values())
    checks = list_checks_about(session, tuple(sorted(everybody))) if everybody else []
    parties, people = parties_of_checks(session, checks), people_of_checks(session, checks)
    return {
        key: frozenset[int]().union(*(parties[one] for one, about in people.items() if not members.isdisjoint(about)))
        for key, members in wanted.items()
    }
