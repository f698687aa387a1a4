"""Files that are sent to learn something, or to get round something."""

from datetime import date

import pytest
from sqlmodel import Session, select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, Council
from tests.imports.files import fates, people, tried
from tracker.imports.requests import Told
from tracker.people import crowd
from tracker.people.likeness import Known, Likeness, compare
from tracker.people.models import Involvement, Person

pytestmark = ONE_DATABASE
BORN, GUESSES = date(1990, 1, 2), ("1/1/1990", "2/1/1990", "3/1/1990", "")


def shut(council: Council, person: Person, **how: bool) -> str:
    """Restricts or seals a record; the case reference that the north team has for it."""
    with council.database.transaction() as session:
        row = session.get_one(Person, person.id)
        row.ask_whom = "the head of service"
        for name, value in how.items():
            setattr(row, name, value)
        session.add(row)
        return case_of(session, person)


def case_of(session: Session, person: Person) -> str:
    return session.exec(select(Involvement.case_reference).where(Involvement.person_id == person.id)).first() or ""


def told_of(council: Council, name: str | None) -> list[Told]:
    """What is told of somebody of that name, for each guess when they were born."""
    return [tried(council, people(f"R{place},{name},{guess}")).told[0] for place, guess in enumerate(GUESSES)]


def test_a_file_of_guesses_does_not_tell_when_somebody_was_born_whose_record_may_not_be_opened(
    casework: Casework, council: Council
) -> None:
    person, open_one = casework.person("Noor", born=BORN), casework.person("Ines", born=BORN)
    assert len({one.fate for one in told_of(council, open_one.name)}) > 1  # the control: a guess is told from another
    for how in ({"restricted": True}, {"sealed": True}):
        shut(council, person, **how)
        told = told_of(council, person.name)
        assert len(set(told)) == 1
        assert (told[0].fate, told[0].record) == ("alike", None)


def test_who_is_sealed_is_not_doubled_by_a_file_that_says_that_they_are_somebody_else(
    casework: Casework, council: Council
) -> None:
    person = casework.person("Noor", born=BORN)
    case = shut(council, person, restricted=True, sealed=True)
    header = "case_system,case_reference,team,name,date_of_birth,relation,somebody_else"
    text = people(f"{case},{person.name},2/1/1990", header=header).replace("service_user", "service_user,yes")
    assert fates(tried(council, text)) == ["new"]  # in another case system
    (told,) = tried(council, text.replace("Zzsystem", "Zzmosaic")).told
    assert (told.fate, told.said) == ("wrong", "May be on record already. Ask the head of service first")


def test_a_file_of_hundreds_of_one_name_compares_each_with_the_first_of_them_and_not_with_all(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[Known] = []

    def _compare(one: Known, other: Known) -> Likeness:
        compared.append(other)
        return compare(one, other)

    monkeypatch.setattr(crowd, "compare", _compare)
    lines = people(*(f"R{one},Kit Zzone," for one in range(400))).splitlines()
    said = [f"{line},{'yes' if place % 2 else ''}" for place, line in enumerate(lines[1:])]
    found = fates(tried(council, "\n".join([f"{lines[0]},somebody_else", *said])))
    assert found == ["new", "new", *["alike", "new"] * 199]
    assert len(compared) == 199
