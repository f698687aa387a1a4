"""Whether a finding is so, reckoned from the book alone: the issue's table once more, written down plainly and slowly.

It shares nothing with the product, so that both would have to be wrong in the same way.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import mean, median

from tests.simulator.book import LONDON, Book, Entry, at_hour, next_working_day

MONTH, TWELVE_WEEKS, DAY = timedelta(days=28), timedelta(days=84), timedelta(days=1)
HALF_A_YEAR = timedelta(days=181)
NOTHING_SEEN = frozenset({"not_used", "would_not_load", "not_found", "not_open"})
ON_A_FOOTING = frozenset({"consent", "notice", "advise", "order"})


@dataclass
class Looked:
    """One look as the book has it."""

    check: str
    person: str
    worker: str
    team: str
    at: datetime
    asked_at: datetime
    did: str
    aim: str
    result: str | None = None
    reported_at: datetime | None = None
    reviewed: str | None = None
    reviewed_at: datetime | None = None
    seen: tuple[str, ...] = ()
    page: bool = False

    @property
    def is_search(self) -> bool:
        """Only whether there is a profile: asked so, or come to that."""
        return self.aim == "find_presence" or (
            self.aim == "find_then_view" and self.result in NOTHING_SEEN - {"not_used"}
        )

    @property
    def is_handed_back(self) -> bool:
        """A permit from which nothing came, searches included."""
        return self.did != "late" and self.result in NOTHING_SEEN


class Truth:
    """What the book says of looks, people and families when it is closed."""

    def __init__(self, book: Book, did_not_happen: Collection[str]) -> None:
        self.book = book
        self.looks: dict[str, Looked] = {}
        self.one_of: dict[str, str] = {}
        self.family: dict[str, set[str]] = {}
        self.said: dict[str, list[Entry]] = {}
        self.pages: dict[str, str] = {}
        for entry in book.in_order():
            self._read(entry)
        for check in did_not_happen:
            self.looks.pop(check, None)

    def _read(self, entry: Entry) -> None:
        if entry.did == "add_person":
            self.pages[entry.whom[0]] = _page(entry.more["profile"])
        elif entry.did == "belong" and entry.more["kind"] != "associate":
            for one, other in (entry.whom, entry.whom[::-1]):
                self.family.setdefault(one, set()).add(other)
        elif entry.did == "same":
            low, high = sorted(self.who(one) for one in entry.whom)
            self.one_of[high] = low
        elif entry.did in ON_A_FOOTING:
            self.said.setdefault(entry.whom[0], []).append(entry)
        elif entry.did in ("ask", "danger", "late"):
            self._begin(entry)
        elif entry.check:
            self._go_on(entry, self.looks[entry.check])

    def _begin(self, entry: Entry) -> None:
        at = datetime.fromisoformat(entry.more["opened"]) if entry.did == "late" else entry.at
        self.looks[entry.check] = Looked(
            entry.check,
            entry.whom[0],
            entry.who,
            self.book.staff[entry.who].team,
            at,
            entry.at,
            entry.did,
            entry.more.get("aim", "view"),
            page=bool(entry.more.get("page")),
        )

    def _go_on(self, entry: Entry, look: Looked) -> None:
        if entry.did == "report":
            look.result, look.reported_at = entry.more["result"], entry.at
            look.at = datetime.fromisoformat(entry.more["opened"]) if entry.more["opened"] else look.at
            look.seen = tuple(who for _, who in entry.more["also_seen"] if who)
        elif entry.did == "review":
            look.reviewed, look.reviewed_at = entry.more["reviewed"], entry.at

    def who(self, person: str) -> str:
        """The person, under whichever record."""
        while person in self.one_of:
            person = self.one_of[person]
        return person

    def related(self, one: str, other: str) -> bool:
        """Whether two people are one step of family apart, by any of their records."""
        return any(
            self.who(there) == self.who(other)
            for here, others in self.family.items()
            if self.who(here) == self.who(one)
            for there in others
        )

    def why_not(self, pattern: str, effect: str, checks: frozenset[str]) -> str:
        """Why a finding over these looks is not so; empty where it is."""
        unknown = checks - self.looks.keys()
        if unknown or not checks:
            return f"no such looks: {sorted(unknown)}"
        looks = sorted((self.looks[check] for check in checks), key=lambda look: look.at)
        reason: str = getattr(self, f"_{pattern}")(looks, effect)
        return reason

    # The table -----------------------------------------------------------------------------------------------------

    def _such(self, look: Looked) -> str:
        if look.result == "not_used" or look.is_search:
            return f"{look.check} is no view"
        if look.did == "danger":
            return "" if look.reviewed == "not_agreed" else f"{look.check} was danger"
        if look.did == "ask" and any(self._holds(one, look) for one in self._said_to(look.person)):
            return f"{look.check} stood on what was said or advised"
        return ""

    def _holds(self, said: Entry, look: Looked) -> bool:
        """Whether a look stands on what was said before it: an agreement while it lasts; the rest once a first look is used."""
        if not timedelta(0) <= look.asked_at - said.at < HALF_A_YEAR:
            return False
        theirs = (one for one in self.looks.values() if self.who(one.person) == self.who(look.person))
        return said.did in ("consent", "order") or any(one.asked_at < look.asked_at for one in theirs)

    def _repeat_viewing(self, looks: list[Looked], effect: str) -> str:
        if len({self.who(look.person) for look in looks}) != 1 or len(looks) < 2:
            return "not two of one person"
        return next(filter(None, map(self._such, looks)), "")

    def _family_cluster(self, looks: list[Looked], effect: str) -> str:
        if len(looks) < 3 or looks[-1].at - looks[0].at > MONTH:
            return "not three in 28 days"
        teams = {look.team for look in looks}
        holds = len(teams) > 1 or len(looks) > 3
        if holds is not (effect == "hold"):
            return f"{len(looks)} looks by {len(teams)} teams led to {effect}"
        seen = {self.who(look.person) for look in looks}
        everybody = seen | {self.who(one) for one in self.family}
        if not any(all(one == centre or self.related(one, centre) for one in seen) for centre in everybody):
            return "not of one family"
        return next(filter(None, map(self._such, looks)), "")

    def _shared_profile(self, looks: list[Looked], effect: str) -> str:
        pages = {self.pages[look.person] for look in looks}
        if len(pages) != 1 or "" in pages or not all(look.page for look in looks):
            return "not one page"
        if len({self.who(look.person) for look in looks}) < 2:
            return "one person"
        return "" if any(not self._such(look) for look in looks) else "all by agreement"

    def _presence_drip(self, looks: list[Looked], effect: str) -> str:
        if len(looks) < 6 or looks[-1].at - looks[0].at > TWELVE_WEEKS:
            return "not six in 84 days"
        return next((f"{look.check} is no search" for look in looks if not look.is_search), "")

    def _collateral(self, looks: list[Looked], effect: str) -> str:
        if len(looks) < 3 or looks[-1].at - looks[0].at > TWELVE_WEEKS:
            return "not three in 84 days"
        common = set.intersection(*({self.who(one) for one in look.seen} for look in looks))
        return "" if common - {self.who(look.person) for look in looks} else "nobody was seen in all of them"

    def _late_logging(self, looks: list[Looked], effect: str) -> str:
        if len(looks) < 3 or len({look.worker for look in looks}) != 1:
            return "not three of one worker"
        if any(look.did != "late" or look.asked_at - look.at <= DAY for look in looks):
            return "not all recorded more than 24 hours afterwards"
        recorded = sorted(look.asked_at for look in looks)
        spans = (looks[-1].at - looks[0].at, recorded[-1] - recorded[0])
        return "" if min(spans) <= MONTH else "not in 28 days"

    def _handed_back(self, looks: list[Looked], effect: str) -> str:
        if any(not look.is_handed_back for look in looks):
            return "not all handed back"
        reported = sorted(look.reported_at or look.at for look in looks)
        of_one = len({self.who(look.person) for look in looks}) == 1
        if of_one and len(looks) >= 3 and reported[-1] - reported[0] <= MONTH:
            return ""
        issued = [look.asked_at for look in looks]
        if len({look.worker for look in looks}) > 1 or len(looks) < 5 or max(issued) - min(issued) > TWELVE_WEEKS:
            return "neither three of one person nor five of one worker"
        then, since, until = reported[-1], max(issued) - TWELVE_WEEKS, max(issued)
        rates = [self._rates(looks[0].team, since, until, known_by=when) for when in (then, self.book.ends)]
        if any(one.pop(looks[0].worker) >= 3 * median(one.values() or [0.0]) for one in rates):
            return ""
        return f"the rate is not three times that of the team: {rates}"

    def _rates(self, team: str, since: datetime, until: datetime, *, known_by: datetime) -> dict[str, float]:
        """What share of their permits each worker of a team had handed back, as was known by then."""
        issued = [look for look in self.looks.values() if look.did != "late" and look.team == team]
        shares: dict[str, list[bool]] = {}
        for look in issued:
            if since <= look.asked_at <= until:
                known = look.reported_at is not None and look.reported_at <= known_by
                shares.setdefault(look.worker, []).append(known and look.is_handed_back)
        return {who: mean(each) for who, each in shares.items()}

    def _authority_gap(self, looks: list[Looked], effect: str) -> str:
        for look in looks:
            noes = [one for one in self._said_to(look.person) if _is_a_no(one)]
            came_later = (one for one in noes if one.at > look.at or one.whom[0] != look.person)
            if not any(_of(one) <= look.at for one in came_later):
                return f"nothing had ended before {look.check}"
        return ""

    def _unreviewed(self, looks: list[Looked], effect: str) -> str:
        for look in looks:
            due = at_hour(next_working_day(look.at.astimezone(LONDON).date()), 24)
            if look.did != "danger" or (look.reviewed_at is not None and look.reviewed_at < due):
                return f"{look.check} was reviewed"
        return ""

    def _unreported(self, looks: list[Looked], effect: str) -> str:
        for look in looks:
            ends = at_hour(next_working_day(look.asked_at.astimezone(LONDON).date()), 24)
            if look.did == "late" or (look.reported_at is not None and look.reported_at < ends):
                return f"{look.check} was reported"
        return ""

    def _said_to(self, person: str) -> list[Entry]:
        return [one for key, said in self.said.items() if self.who(key) == self.who(person) for one in said]


def _of(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.more["said_at"])


def _is_a_no(entry: Entry) -> bool:
    return entry.more.get("status") == "withdrawn" or entry.more.get("conclusion") == "court_order_needed"


def _page(address: str) -> str:
    """An address without how it was written."""
    bare = address.lower().removeprefix("https://").removeprefix("www.").removeprefix("m.")
    host, _, handle = bare.partition("/")
    return f"{host}:{handle.split('/')[0]}" if handle else ""
