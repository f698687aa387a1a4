"""References are read however they are typed, and one that was copied wrongly is no other record's."""

from itertools import pairwise

import pytest

from tracker.storage.references import ALPHABET, new_reference, read_reference, reference_in

MANY = 300
OF_OLD = ("CHK-JEW0-QHHT", "CHK-JEWZ-QHHT")
"""Made when 0 and Z were drawn as well: the one is the other with one wrong character, and both may be somebody's."""


def one_wrong(reference: str) -> list[str]:
    """The reference with each of its eight characters exchanged for each other one."""
    kind, body = reference[:4], reference[4:].replace("-", "")
    return [
        f"{kind}{body[:place]}{other}{body[place + 1 :]}"
        for place, right in enumerate(body)
        for other in ALPHABET
        if other != right
    ]


def neighbours_exchanged(reference: str) -> list[str]:
    """The reference with each two neighbours of its eight characters that differ exchanged."""
    kind, body = reference[:4], reference[4:].replace("-", "")
    return [
        f"{kind}{body[:place]}{after}{before}{body[place + 2 :]}"
        for place, (before, after) in enumerate(pairwise(body))
        if before != after
    ]


def test_no_new_reference_with_one_wrong_character_or_two_exchanged_is_a_reference() -> None:
    for made in (new_reference("CHK") for _ in range(MANY)):
        assert read_reference("CHK", made) == reference_in(made) == made
        wrong = [*one_wrong(made), *neighbours_exchanged(made)]
        assert [one for one in wrong if read_reference("CHK", one) is not None] == []


def test_with_another_kind_it_is_none() -> None:
    made = new_reference("CHK")
    assert read_reference("PER", made) is None
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    kinds = [f"{'CHK'[:at]}{other}{'CHK'[at + 1 :]}" for at in range(3) for other in letters if other != "CHK"[at]]
    assert [kind for kind in kinds if reference_in(kind + made[3:]) is not None] == []


def test_those_of_old_stay_valid_and_are_why_new_ones_have_neither_0_nor_z() -> None:
    """The control."""
    for reference in OF_OLD:
        assert read_reference("CHK", reference) == reference
    drawn = {sign for _ in range(MANY) for sign in new_reference("CHK")[4:].replace("-", "")[:7]}
    assert drawn == set(ALPHABET) - {"0", "Z"}


@pytest.mark.parametrize("typed", ["chk-1ew0-qhhm", " CHK IEW0 QHHm ", "chkLewoqhhm"])
def test_it_is_read_however_it_is_typed(typed: str) -> None:
    assert read_reference("CHK", typed) == reference_in(typed) == "CHK-1EW0-QHHM"


@pytest.mark.parametrize(
    "typed", ["", "CHK", "CHK-JEW0-QHH", "CHK-JEW0-QHHTT", "CHK-JEWU-QHHT", "CHK-JEWé-QHHT", "C1K-JEW0-QHHT"]
)
def test_what_is_none_is_read_as_none(typed: str) -> None:
    assert read_reference("CHK", typed) is None
    assert reference_in(typed) is None
