"""How things are written in the book: a person put on record, a look asked for and reported, a look recorded late …"""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from tests.simulator.book import LONDON, Book, Worker, at_hour, days, minutes, next_working_day

FORENAMES = (
    *(
        "Aisha",
        "Ben",
        "Carys",
        "Dylan",
        "Ewa",
        "Farah",
        "Gethin",
        "Hana",
        "Idris",
        "Jodie",
        "Kofi",
        "Leanne",
        "Mateusz",
    ),
    *("Nia", "Owen", "Priya", "Rhian", "Sanjay", "Tegan", "Umar", "Violet", "Wojciech", "Yusuf", "Zara", "Catherine"),
    *("Mohammed", "Siobhan", "Stephen", "Geoffrey", "Philippa"),
)
SURNAMES = (
    *("Abara", "Bellwood", "Castell", "Dunmore", "Eastley", "Farrow", "Garside", "Holloway", "Ingleby", "Jessop"),
    *("Kestrel", "Lathom", "Marchetti", "Norcott", "Ogden", "Pemberton", "Quarmby", "Rushton", "Sandhu", "Tredegar"),
    *("Underhill", "Vaszary", "Wrexham", "Yardley", "Zielinska"),
)
_MISSPELT = (
    ("ph", "f"),
    ("y", "i"),
    ("ie", "y"),
    ("ck", "k"),
    ("ll", "l"),
    ("rr", "r"),
    ("a", "e"),
    ("e", "i"),
    ("o", "u"),
)


def misspelt(name: str) -> str:
    """A name as somebody else hears it."""
    for right, wrong in _MISSPELT:
        if right in name[1:]:
            return name[0] + name[1:].replace(right, wrong, 1)
    return name + name[-1]


class Pen:
    """Writes in one book. Gives keys of people and of checks."""

    def __init__(self, book: Book, *, after: int = 0) -> None:
        self.book = book
        self.rng = book.rng
        self._people = count(after + 1)
        self._checks = count(1)
        self.names = book.people  # name and date of birth

    # People ------------------------------------------------------------------------------------------------------

    def person(
        self,
        by: Worker,
        at: datetime,
        *,
        age: int = 35,
        name: str = "",
        born: str = "",
        profile: str = "",
        why: str = "A referral.",
    ) -> str:
        """Somebody is put on record by the worker's team."""
        key = f"p{next(self._people)}"
        name = name or f"{self.rng.choice(FORENAMES)} {self.rng.choice(SURNAMES)}"
        born = born or (at.date().replace(day=1) - days(365 * age + self.rng.randrange(300))).isoformat()
        self.names[key] = (name, born)
        self.book.write(at, by.key, "add_person", key, why=why, name=name, born=born, profile=profile)
        return key

    def second_record(self, by: Worker, of: str, at: datetime, *, profile: str = "") -> str:
        """Another team puts the same person on record under a misspelt name."""
        name, born = self.names[of]
        return self.person(
            by, at, name=misspelt(name), born=born, profile=profile, why=f"Nobody saw that this is {of}."
        )

    def family(self, by: Worker, at: datetime, *kinds: str) -> tuple[str, ...]:
        """A child, and relatives of these kinds: each is linked with the child only."""
        child = self.person(by, at, age=9)
        people = [child]
        for place, kind in enumerate(kinds, start=1):
            age = {"grandparent": 64, "sibling": 12}.get(kind, 36)
            other = self.person(by, at + minutes(place * 4), age=age)
            self.belong(by, child, other, kind, at + minutes(place * 4 + 2))
            people.append(other)
        return tuple(people)

    def belong(self, by: Worker, person: str, other: str, kind: str, at: datetime) -> None:
        """`other` is `kind` of `person`."""
        self.book.write(at, by.key, "belong", person, other, why="The family said so.", kind=kind)

    def same(self, by: Worker, one: str, other: str, at: datetime) -> None:
        """Two records are linked as one person."""
        self.book.write(at, by.key, "same", one, other, why="The same day of birth and address.")

    # Looks -------------------------------------------------------------------------------------------------------

    def ask(self, by: Worker, person: str, at: datetime, *, why: str, approved: bool = False, **asked: Any) -> str:
        """A look is asked for, and if it needs one approved by a manager an hour later."""
        check = f"c{next(self._checks)}"
        self.book.write(at, by.key, "ask", person, why=why, check=check, **asked)
        if approved:
            self.book.write(at + minutes(60), f"manager:{by.team}", "approve", person, why="It is needed.", check=check)
        return check

    def look(
        self,
        by: Worker,
        person: str,
        at: datetime,
        *,
        why: str,
        result: str = "looked",
        approved: bool = False,
        also_seen: tuple[tuple[str, str | None], ...] = (),
        lasts: float = 12,
        **asked: Any,
    ) -> str:
        """A look is asked for, made at once (or when approved) and reported as it ends. Counts at `at` plus two minutes."""
        check = self.ask(by, person, at, why=why, approved=approved, **asked)
        opened = at + minutes(62 if approved else 2)
        self.report(by, person, check, opened, opened + minutes(lasts), result=result, also_seen=also_seen)
        return check

    def report(
        self,
        by: Worker,
        person: str,
        check: str,
        opened: datetime | None,
        at: datetime,
        *,
        result: str = "looked",
        also_seen: tuple[tuple[str, str | None], ...] = (),
    ) -> None:
        """What came of a look that began at `opened` (None: nobody looked) is reported at `at`."""
        began = None if opened is None else opened.isoformat()
        self.book.write(
            at, by.key, "report", person, why=result, check=check, opened=began, result=result, also_seen=also_seen
        )

    def not_used(self, by: Worker, person: str, at: datetime, *, why: str, **asked: Any) -> str:
        """A look is asked for and an hour later said not to have been made."""
        check = self.ask(by, person, at, why=why, **asked)
        self.report(by, person, check, None, at + minutes(60), result="not_used")
        return check

    def search(self, by: Worker, person: str, at: datetime, *, why: str, platform: str = "facebook") -> str:
        """A search for a profile, and nothing else."""
        return self.look(
            by,
            person,
            at,
            why=why,
            result="not_found",
            aim="find_presence",
            visibility="unknown",
            platforms=(platform,),
        )

    def late(self, by: Worker, person: str, opened: datetime, recorded: datetime, *, why: str, **asked: Any) -> str:
        """A look of ten minutes that was made at `opened` without asking is recorded at `recorded`."""
        check = f"c{next(self._checks)}"
        self.book.write(
            recorded,
            by.key,
            "late",
            person,
            why=why,
            check=check,
            opened=opened.isoformat(),
            kind="late_entry",
            **asked,
        )
        self.report(by, person, check, opened, recorded + minutes(5))
        return check

    def danger(
        self,
        by: Worker,
        person: str,
        at: datetime,
        *,
        why: str,
        reviewed: str | None = "agreed",
        review_at: datetime | None = None,
    ) -> str:
        """A look in danger, at once; a manager reviews it on the next working day unless `reviewed` is None."""
        check = f"c{next(self._checks)}"
        self.book.write(at, by.key, "danger", person, why=why, check=check)
        self.report(by, person, check, at + minutes(2), at + minutes(15))
        if reviewed is not None:
            day = next_working_day(at.astimezone(LONDON).date())
            when = review_at or at_hour(day, 9 + self.rng.random() * 7)
            reviewer = f"manager:{by.team}"
            self.book.write(when, reviewer, "review", person, why="Read the record.", check=check, reviewed=reviewed)
        return check

    # What looks stand on -----------------------------------------------------------------------------------------

    def consent(
        self, by: Worker, person: str, at: datetime, *, status: str = "given", said_at: datetime | None = None
    ) -> None:
        """The person said yes, no, or no longer, at `said_at`; it is recorded at `at`."""
        said = (said_at or at - minutes(30)).isoformat()
        self.book.write(at, by.key, "consent", person, why="Asked at home.", status=status, said_at=said)

    def notice(self, by: Worker, person: str, at: datetime) -> None:
        """The person was told half an hour ago that their pages may be looked at."""
        self.book.write(at, by.key, "notice", person, why="Told by letter.", said_at=(at - minutes(30)).isoformat())

    def advice(
        self, person: str, at: datetime, conclusion: str, *, said_at: datetime | None = None, views: int = 1
    ) -> None:
        """Legal advises; `said_at`: of which moment the advice is."""
        said = (said_at or at - minutes(5)).isoformat()
        self.book.write(at, "legal", "advise", person, why=conclusion, conclusion=conclusion, said_at=said, views=views)

    def order(self, person: str, at: datetime, *, until: str | None = None) -> None:
        """Legal records a court's order, its sealed copy seen."""
        self.book.write(at, "legal", "order", person, why="The family court directed it.", until=until)

    def leave(self, worker: Worker, at: datetime) -> None:
        """Somebody leaves the council."""
        self.book.write(at, "admin", "leave", why="Left for another council.", member=worker.key)


def later(at: datetime, **by: float) -> datetime:
    """So much later."""
    return at + timedelta(**by)
