"""Letters of another alphabet inside a word, which hide that it is a word on record."""

import unicodedata

import pytest

from tracker.people.problems import ProblemError
from tracker.people.profiles import normalise
from tracker.policy.vocabulary import Platform
from tracker.web.text import MIXED_ALPHABETS, mixes_alphabets

MIXED = [
    "R\u043e\u0441\u0443 S\u0440\u0435\u0441im\u0435n",
    "Rae Ex\u0430mple",
    "\u039ait",
    "\u041e'Connor",
    "\u041e\u2019Connor",
    "Jean-P\u0430ul",
    "e\u0301\u0430",
    "\uff2b\u0456t",
]
WHOLE = [
    "Rae Example",
    "Se\u00e1n O'Brien-\u0141ukasz",
    "\u041e\u043b\u044c\u0433\u0430 \u0418\u0432\u0430\u043d\u043e\u0432\u0430",
    "\u041e\u043b\u044c\u0433\u0430 Example",
    "\u0393\u03b9\u03ce\u03c1\u03b3\u03bf\u03c2",
    "Smith-\u0418\u0432\u0430\u043d\u043e\u0432",
    "\u5f20\u4f1f Zhang\u4f1f",
    "",
]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("names", "mixed"), [(MIXED, True), (WHOLE, False)])
def test_a_word_of_two_alphabets_that_look_alike_is_seen(names: list[str], mixed: bool, form: str) -> None:
    assert [mixes_alphabets(unicodedata.normalize(form, name)) for name in names] == [mixed] * len(names)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("platform", "typed"),
    [
        (Platform.INSTAGRAM, "@k\u0456t"),
        (Platform.INSTAGRAM, "https://www.instagram.com/k%D1%96t/"),
        (Platform.OTHER, "https://ex\u0430mple.org/kit"),
        (Platform.GAMING, "player K\u0456t"),
    ],
)
def test_a_handle_with_such_a_word_is_refused(platform: Platform, typed: str) -> None:
    with pytest.raises(ProblemError) as refused:
        normalise(platform, typed)
    assert refused.value.message == f"The address {MIXED_ALPHABETS}"


def test_a_handle_in_one_alphabet_is_taken() -> None:
    assert normalise(Platform.DISCORD, "\u043e\u043b\u044c\u0433\u0430_kit")[0] == "\u043e\u043b\u044c\u0433\u0430_kit"
