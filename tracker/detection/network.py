"""A person's network as a page shows it: everyone within one step of family and household, and the looks at each.

Of another team's looks: that and when only. Of a restricted record that the reader may not open: that there is one, and whom to
ask. A sealed record is in no network. Source: issue 4, "A person's network"; policy.md, "Who may do what".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.people.groups import PersonGroup, groups_of
from tracker.people.models import Person
from tracker.people.networks import network_of
from tracker.people.selectors import Relative, list_family, standing_of, whom_to_ask
from tracker.people.vocabulary import FAMILY_LINK_WORDS
from tracker.policy.entitlement import Actor, PersonStanding, may_open_person, may_see_what_was_written
from tracker.policy.periods import london_day
from tracker.policy.vocabulary import ViewFooting
from tracker.staff.selectors import get_staff_by_id, get_team_by_id
from tracker.storage.tables import saved_key
from tracker.viewings.models import Look
from tracker.viewings.selectors import footing_as_recorded, list_viewings, sitting_began_at

ANOTHER_TEAM = "another team"
THEMSELF = "This person"


@dataclass(frozen=True, slots=True)
class LookInNetwork:
    """A look that counts: when, by whom as far as the reader may know, and on what ground (empty where they may not know).

    `is_unreported`: a permit of which nobody has said yet whether it was used; it counts until then.
    """

    at: datetime
    by: str
    ground: str
    is_unreported: bool


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """One person of the network: the records that count as them, none where they may not be opened, and the looks, newest first."""

    records: tuple[Person, ...]
    relation: str
    looks: tuple[LookInNetwork, ...] = ()
    ask_whom: str | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """Everyone in a network, the person themself first; `looks` and `teams` count what the rows show, each look once."""

    person: Person
    rows: tuple[NetworkRow, ...]
    looks: int
    teams: int


def network_shown(session: Session, person: Person, *, to: Actor, now: datetime) -> Network:
    """The network of a person, whom `to` may open, with the looks that count at `now`."""
    key = saved_key(person)
    around = network_of(session, [key])[key]
    groups = {group.key: group for group in groups_of(session, around).values()}
    mine = next(group for group in groups.values() if key in group.members)
    relations = _relations(list_family(session, mine.members, by=to, on=london_day(now)))
    counted: set[tuple[int, int]] = set()
    rows = []
    for group in sorted(groups.values(), key=lambda one: (one is not mine, one.members)):
        relation = THEMSELF if group is mine else _relation(group, relations)
        rows.append(_row(session, group, relation, counted, to=to, now=now))
    return Network(person, tuple(rows), len({look for look, _ in counted}), len({team for _, team in counted}))


def everyone_shown(network: Network) -> list[str]:
    """The references of the records that the page shows."""
    return sorted({one.reference for row in network.rows for one in row.records})


def _row(
    session: Session,
    group: PersonGroup,
    relation: str,
    counted: set[tuple[int, int]],
    *,
    to: Actor,
    now: datetime,
) -> NetworkRow:
    standing = standing_of(session, group.members[0], on=london_day(now))
    if not may_open_person(to, standing):
        return NetworkRow((), relation, ask_whom=whom_to_ask(session, group.members[0]))
    looks: dict[int, tuple[Look, ViewFooting]] = {}
    for viewing, look in list_viewings(session, group.members):
        footing = footing_as_recorded(viewing, look, by=now)
        if footing is not None:
            looks.setdefault(saved_key(look), (look, footing))
    counted.update((key, look.team_id) for key, (look, _) in looks.items())
    shown = [_look(session, look, footing, standing, to=to, now=now) for look, footing in looks.values()]
    return NetworkRow(group.records, relation, tuple(sorted(shown, key=lambda one: one.at, reverse=True)))


def _look(
    session: Session, look: Look, footing: ViewFooting, standing: PersonStanding, *, to: Actor, now: datetime
) -> LookInNetwork:
    reads = may_see_what_was_written(to, look.team_id, standing)
    member, team = get_staff_by_id(session, look.viewer_id), get_team_by_id(session, look.team_id)
    return LookInNetwork(
        at=sitting_began_at(look, by=now),
        by=f"{member.name}, {team.name}" if reads else ANOTHER_TEAM,
        ground=footing.label if reads else "",
        is_unreported=look.result is None,
    )


def _relations(family: Iterable[Relative]) -> dict[int, list[str]]:
    """By the key of the record at the other end of each link: what they are to the person."""
    found: dict[int, list[str]] = {}
    for one in family:
        for end in (one.link.person_id, one.link.other_id):
            found.setdefault(end, []).append(FAMILY_LINK_WORDS[one.kind])
    return found


def _relation(group: PersonGroup, relations: dict[int, list[str]]) -> str:
    words = [word for member in group.members for word in relations.get(member, ())]
    return ", ".join(dict.fromkeys(words)).capitalize()
