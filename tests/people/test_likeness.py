"""How alike two names, two dates of birth and two records are."""

from datetime import date

import pytest

from tracker.people.births import Birth, BirthLikeness, compare_births, near_days
from tracker.people.likeness import Known, NameLikeness, compare, compare_names
from tracker.people.sounds import keys_of_name

BORN = date(2010, 11, 3)
SAME, FORM, SOUND, SPELLING, PART = NameLikeness

# ruff: noqa: RUF001 - letters of other scripts are what this file is about

NAMES = [
    ("Mohammed Zzkhan", "Muhammad Zzkhan", FORM),
    ("Mohd Zzkhan", "Mohammed Zzkhan", FORM),
    ("Mohammed Khan", "Muhammad Kahn", SPELLING),
    ("محمد خان", "Mohammed Khan", SPELLING),
    ("Liz Zzcarter", "Elizabeth Zzcarter", FORM),
    ("Bob Zzjones", "Robert Zzjones", FORM),
    ("Peggy Lee", "Margaret Lee", FORM),
    ("Jan Szczepański", "Jan Szczepanski", SAME),
    ("Jan Szczepański", "Szczepanski Jan", SAME),
    ("Jan Szczepański", "Jan Szczypanski", SOUND),
    ("Jan Szczepański", "Jan Szcepanski", SPELLING),
    ("Sean O'Brien", "Sean OBrien", SAME),
    ("Shaun O’Brien", "Seán O Brien", FORM),
    ("Siân Davies", "Sian Davies", SAME),
    ("Siân Davies", "Shan Davis", SOUND),
    ("Ольга Петрова", "Olga Petrova", SAME),
    ("Γιώργος Παππάς", "Giorgos Pappas", SAME),
    ("Nguyễn Văn An", "Van An Nguyen", SAME),
    ("Anne-Marie Zzjones", "Annemarie Zzjones", SAME),
    ("Abdul Rehman Zzkhan", "Abdulrahman Zzkhan", SOUND),
    ("Stephen Clark", "Steven Clarke", FORM),
    ("Ayesha Begum", "Aisha Begum", FORM),
    ("Jayden Zzcole", "Jaiden Zzcole", SOUND),
    ("Jamal Ali", "Jamil Ali", SOUND),  # two names, and one sound: a person has to say
    ("Maria Silva", "Maria Fernanda Silva", PART),
    ("Kit", "Kit Zzexample", PART),
]

NOT_ALIKE = [
    ("Liam Zzkhan", "Leanne Zzkhan"),
    ("Amina Begum", "Amira Begum"),
    ("Jane Smith", "Jean Smith"),
    ("John Smith", "Joan Smith"),
    ("Samuel Zzone", "Samantha Zzone"),
    ("Olivia Zzone", "Oliver Zzone"),
    ("Kit Zzexample", "Kit Sample"),
    ("Ben Zzone", "Ken Zzone"),
    ("", "Kit Zzexample"),
    ("!?", "Kit Zzexample"),
]


@pytest.mark.parametrize(("one", "other", "alike"), NAMES)
def test_a_name_is_known_again_however_it_is_written(one: str, other: str, alike: NameLikeness) -> None:
    worst = alike if alike is not FORM else SOUND  # a form that sounds the same may be told as either
    for pair in ((one, other), (other, one)):
        found = compare_names(*pair)
        assert found is not None, pair
        assert found in {alike, worst} - ({SAME} - {alike}), (pair, found)


@pytest.mark.parametrize(("one", "other"), NOT_ALIKE)
def test_names_of_two_people_are_not_alike(one: str, other: str) -> None:
    assert compare_names(one, other) is None
    assert compare_names(other, one) is None


@pytest.mark.parametrize(("one", "other", "_"), [name for name in NAMES if name[2] < SPELLING])
def test_what_sounds_the_same_is_found_by_the_same_key(one: str, other: str, _: NameLikeness) -> None:
    assert keys_of_name(one) & keys_of_name(other)


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (date(2010, 11, 3), BirthLikeness.SAME),
        (date(2010, 3, 11), BirthLikeness.SWAPPED),
        (date(2010, 11, 8), BirthLikeness.DIGIT),
        (date(2018, 11, 3), BirthLikeness.DIGIT),
        (date(2009, 11, 3), BirthLikeness.YEAR),
        (date(2011, 11, 3), BirthLikeness.DIGIT),
        (date(2010, 1, 1), BirthLikeness.JANUARY),
        (date(2010, 12, 4), BirthLikeness.APART),
        (date(2008, 11, 4), BirthLikeness.APART),
        (date(2011, 1, 1), BirthLikeness.APART),
    ],
)
def test_a_date_of_birth_is_the_same_or_near_or_apart(other: date, alike: BirthLikeness) -> None:
    assert compare_births(Birth(BORN), Birth(other)) is alike
    assert compare_births(Birth(other), Birth(BORN)) is alike
    if alike not in (BirthLikeness.JANUARY, BirthLikeness.APART):
        assert {BORN, other} <= near_days(BORN)


def test_what_is_not_known_contradicts_only_what_it_rules_out() -> None:
    about_sixteen, about_forty = Birth(age=16, age_on=date(2026, 1, 1)), Birth(age=40, age_on=date(2026, 1, 1))
    expected = Birth(unborn=True, expected_on=date(2026, 11, 1))
    for other in (Birth(), about_sixteen, Birth(BORN)):
        assert compare_births(about_sixteen, other) is BirthLikeness.UNKNOWN
    assert compare_births(about_forty, Birth(BORN)) is BirthLikeness.APART
    assert compare_births(expected, Birth(date(2026, 10, 20))) is BirthLikeness.UNKNOWN
    assert compare_births(expected, Birth(BORN)) is BirthLikeness.APART
    assert compare_births(expected, expected) is BirthLikeness.UNKNOWN


def known(name: str, born: date | None = None, *, case: str = "", profile: str = "") -> Known:
    cases = frozenset({case} if case else ())
    return Known((name,), Birth(born), cases, frozenset({("facebook", profile)} if profile else ()))


KIT = known("Kit Zzexample", BORN, case="c1", profile="zz.kit")

MAY_BE = [
    known("Kit Zzexample", BORN),
    known("Christopher Zzexample", BORN),
    known("Kit Zzexample", date(2010, 3, 11)),
    known("Kit Zzexampel", date(2009, 11, 3)),
    known("Kit Zzexample", date(2010, 1, 1)),
    known("Kit Zzexample"),
    known("Kitt Zzexample", case="c1"),
    known("Kit Zzexample", date(1999, 9, 9), case="c1"),
    known("Kit", case="c1"),
    known("Somebody Zzelse", date(1970, 5, 5), profile="zz.kit"),
]

TWO_PEOPLE = [
    known("Kit Zzexample", date(1999, 9, 9)),
    known("Kitt Zzexampel"),
    known("Kit"),
    known("Kit", date(2010, 11, 8)),
    known("Rae Zzexample", BORN),
    known("Rae Zzexample", BORN, case="c1"),
    known("Rae Zzexample", date(2012, 5, 6), case="c1"),
    known("Kitt Zzexample", date(1999, 9, 9), case="c1"),
    known("Zora Zznoise", BORN, case="c2", profile="zz.zora"),
]


@pytest.mark.parametrize("other", MAY_BE)
def test_one_person_is_suggested(other: Known) -> None:
    for likeness in (compare(KIT, other), compare(other, KIT)):
        assert likeness.suggests_one_person
        assert likeness.warns
        assert likeness.words


@pytest.mark.parametrize("other", TWO_PEOPLE)
def test_a_near_miss_is_not_suggested(other: Known) -> None:
    assert not compare(KIT, other).suggests_one_person
    assert not compare(other, KIT).suggests_one_person


def test_the_most_telling_comes_first_and_is_said_in_words() -> None:
    found = sorted((compare(KIT, other) for other in MAY_BE), key=lambda likeness: likeness.rank)
    assert found[0].words == ("the same profile",)
    assert found[1].words == ("the same name and date of birth",)
    assert "the same name and a date of birth with day and month the other way round" in {one.words[0] for one in found}
