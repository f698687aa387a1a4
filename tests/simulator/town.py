"""Who works at the council and who lives there, drawn from the seed."""

from datetime import timedelta

from tests.simulator.book import QUIET, Book, Worker, minutes
from tests.simulator.pen import FORENAMES, SURNAMES, Pen

SHAPES = (
    ("parent",),
    ("parent", "parent"),
    ("parent", "parent", "grandparent"),
    ("parent", "sibling", "sibling"),
    ("parent", "parent", "household"),
)
"""Who there is in a family besides the child that the council works with."""


def add_staff(book: Book, *, workers: int, teams: int) -> None:
    """Teams with their workers and a manager each, a head over them, duty at night, Legal and the rest. One in ten leaves."""
    rng = book.rng
    book.teams = tuple(f"team{number}" for number in range(1, teams + 1))
    single = {
        "admin": ("administrator",),
        "sro": ("senior_responsible_officer",),
        "legal": ("legal_reviewer",),
        "officer": ("authorising_officer",),
    }
    everybody = [Worker(key, key.capitalize(), roles) for key, roles in single.items()]
    everybody.append(Worker("head", "Head of service", ("team_manager",), "department"))
    everybody += [Worker(f"manager:{team}", f"Manager of {team}", ("team_manager",), team) for team in book.teams]
    everybody += [
        Worker("night1", "Duty worker", ("duty_worker",), "night"),
        Worker("manager:night", "Duty manager", ("duty_manager",), "night"),
    ]
    quiet = min(3, workers // 3)
    workers -= quiet
    leavers = set(rng.sample(range(workers), max(1, workers // 10)))
    for number in range(workers):
        name = f"{rng.choice(FORENAMES)} {rng.choice(SURNAMES)}"
        left = book.begins + timedelta(days=rng.uniform(0.4, 0.8) * book.days) if number in leavers else None
        everybody.append(Worker(f"w{number}", name, ("social_worker",), book.teams[number % teams], left))
    everybody += [Worker(f"q{number}", f"Quiet {number}", ("social_worker",), QUIET) for number in range(quiet)]
    everybody.append(Worker(f"manager:{QUIET}", "Manager of the quiet", ("team_manager",), QUIET))
    book.staff = {one.key: one for one in everybody}


def add_leavers(pen: Pen) -> None:
    """Who leaves during the time of the book."""
    for one in pen.book.staff.values():
        if one.left_at is not None:
            pen.leave(one, one.left_at)


def add_families(pen: Pen, *, people: int) -> None:
    """Families until there are so many people on record, put there in the weeks before the book begins."""
    book, made = pen.book, 0
    while made < people:
        worker = pen.rng.choice(book.workers_of(pen.rng.choice(book.teams), book.begins))
        at = book.begins - minutes(60 * 24 * 20) + minutes(pen.rng.randrange(60 * 24 * 19))
        family = pen.family(worker, at, *pen.rng.choice(SHAPES))
        if pen.rng.random() < 0.1:
            twin = pen.second_record(worker, family[1], at + minutes(60))
            pen.same(worker, family[1], twin, at + minutes(90))
        book.families.append(family)
        made += len(family)
