"""What of the ledger is read to find who may be in a pattern: all of it, or what lies around that which has changed.

Around a change nothing is left out that could make a pattern with it. Around a person about whom anything may have changed that is all
that ever was recorded of them and their families. Around a look that has changed it is
- of its person, under every record of theirs, all that they were looked at (repeat viewing has no days) or that was handed back;
- of their families, the looks within the days of a cluster or a drip of searches before and after it;
- all that whoever was also seen in it was seen in, and all that its viewer handed back or entered late; where it was struck through,
  all that anybody handed back in its team;
- whoever shares an address that its check named.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.detection import statements
from tracker.detection.changes import ChangedLook, Changes
from tracker.detection.crowds import least_in_one_family, within
from tracker.detection.links import Links, read_links, read_links_near
from tracker.detection.rows import Row, expect_few, instant, rows
from tracker.policy.limits import Limits


@dataclass(frozen=True, slots=True)
class Read:
    """Rows as the statements of the same names give them. `in_any_case`: those of whom it is read that they may be in a pattern that
    has no number of looks. The last two are of whole members of staff."""

    links: Links
    counted: Sequence[Row]
    handed_back: Sequence[Row]
    also_seen: Sequence[Row]
    in_any_case: set[int]
    handed_back_by: Sequence[Row]
    late_by: Sequence[Row]


def read_everything(session: Session) -> Read:
    """Everything."""
    links = read_links(session)
    counted, handed_back, late, also_seen = (
        rows(session, one, None)
        for one in (statements.COUNTED, statements.HANDED_BACK, statements.LATE, statements.ALSO_SEEN)
    )
    in_any_case = _first_of(
        *(rows(session, one, None) for one in (statements.SHARED_PROFILES, *statements.AUTHORITY_GAPS.values())),
        rows(session, statements.STANDS_ON_AN_AUTHORITY, links.linked),
    )
    return Read(links, counted, handed_back, also_seen, in_any_case, handed_back, late)


def read_around(session: Session, changes: Changes, limits: Limits) -> Read:
    """What lies around these changes."""
    expect_few(session)
    looks, people = changes.looks, changes.people
    viewed = {one.person for one in looks if one.counts_as == "view"}
    counting = {one.person for one in looks if one.counts_as}
    back = people | {one.person for one in looks if one.handed_back}
    resting = {footing: people | _on(footing, looks) for footing in statements.AUTHORITY_GAPS}
    on_authority = people.union(*resting.values())
    seen = people | _first_of(
        rows(session, statements.SEEN_WITH, people),
        rows(session, statements.SEEN_IN, {one.look for one in looks}, column="a.look_id"),
    )
    links = read_links_near(session, people | counting, back | on_authority | seen)
    crowd = links.with_groups(viewed) | _crowded(session, links, changes, counting, limits)
    in_any_case = _first_of(
        rows(session, statements.SHARED_PROFILES, links.with_groups(people)),
        rows(session, statements.SHARED_PROFILES, {one.check for one in looks}, column="c.check_id"),
        *(
            rows(session, statements.AUTHORITY_GAPS[footing], links.with_groups(those), column="p.person_id")
            for footing, those in resting.items()
        ),
        rows(session, statements.STANDS_ON_AN_AUTHORITY, links.with_groups(on_authority) & links.linked),
    )
    handed_back, workers = _handed_back(session, links.with_groups(back))
    workers |= {one.viewer for one in looks if one.handed_back or one.late}
    workers |= _with_another_share(session, people)
    return Read(
        links,
        rows(session, statements.COUNTED, crowd),
        handed_back,
        rows(session, statements.ALSO_SEEN, links.with_groups(seen), column="a.person_id"),
        in_any_case,
        rows(session, statements.HANDED_BACK, workers, column="l.viewer_id"),
        rows(session, statements.LATE, workers, column="l.viewer_id"),
    )


def _crowded(session: Session, links: Links, changes: Changes, counting: Collection[int], limits: Limits) -> set[int]:
    """Of those around what has changed, whoever has looks enough for a pattern, whatever became of each look, which is not read for it:
    with their family, within its days, for a cluster or a drip of searches; or for a repeat viewing.

    Of the families of people, by all their looks; of the families of those `counting` since a look of theirs has changed, by the looks
    that can be in one pattern with one that has.
    """
    whole = links.with_families(changes.people)
    looks = [
        *rows(session, statements.LOOKS_AROUND, whole),
        *_looks_between(session, links.with_families(counting) - whole, changes, limits),
    ]
    views_of: Counter[int] = Counter()
    around: defaultdict[int, list[tuple[datetime | str, bool]]] = defaultdict(list)
    person: int
    for person, at, may_be_view in looks:
        around[links.family.get(person, person)].append((at, may_be_view))
        if may_be_view:
            views_of[links.group.get(person, person)] += 1
    families = {family for family, theirs in around.items() if _is_crowded(theirs, limits)}
    groups = {group for group, views in views_of.items() if views >= limits.repeat_viewing_views}
    return links.with_families(families) | links.with_groups(groups)


def _looks_between(session: Session, people: Collection[int], changes: Changes, limits: Limits) -> Sequence[Row]:
    """The looks at these people so near in time to some look that has changed that both can be in one pattern."""
    if not people:
        return ()
    times = [instant(one.at) for one in changes.looks if one.counts_as]
    reach = timedelta(days=max(limits.family_cluster_days, limits.presence_drip_days))
    return rows(session, statements.LOOKS_BETWEEN, people, since=min(times) - reach, until=max(times) + reach)


def _is_crowded(looks: list[tuple[datetime | str, bool]], limits: Limits) -> bool:
    least = least_in_one_family(limits)
    if len(looks) < min(least, limits.presence_drip_searches):
        return False
    moments = [(instant(at), may_be_view) for at, may_be_view in looks]
    return within(
        [at for at, _ in moments], limits.presence_drip_searches, timedelta(days=limits.presence_drip_days)
    ) or within([at for at, may_be_view in moments if may_be_view], least, timedelta(days=limits.family_cluster_days))


def _handed_back(session: Session, people: Collection[int]) -> tuple[list[Row], set[int]]:
    """The looks at these people that were handed back, and the viewers of those and of the ones that were entered late."""
    found = rows(session, statements.BACK_OR_LATE, people)
    return [row for row in found if row[5]], {row[3] for row in found}


def _with_another_share(session: Session, people: Collection[int]) -> set[int]:
    """Whose share of permits handed back may have grown since a permit at these people was struck through: its viewer's, and that of
    whoever handed back in the same team, which is compared with its viewer's."""
    struck = rows(session, statements.STRUCK_PERMITS, people)
    of_team = rows(session, statements.HANDED_BACK, {row[0] for row in struck}, column="l.team_id")
    return {row[1] for row in struck} | {row[3] for row in of_team}


def _on(footing: str, looks: Iterable[ChangedLook]) -> set[int]:
    return {one.person for one in looks if one.footing == footing}


def _first_of(*found: Iterable[Row]) -> set[int]:
    return {row[0] for some in found for row in some}
