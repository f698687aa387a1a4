"""Which passwords are taken, and how they are kept."""

import pytest

from tests.fixtures.settling import FAST
from tracker.staff.passwords import (
    Passwords,
    WeakPasswordError,
    choose_password,
    one_time_password,
    why_weak,
)

PERSONAL = ("wanda.zzworker@northshire.example", "Wanda Zzworker", "Northshire Council")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("eleven char", "at least 12"),
        ("a" * 201, "at most 200"),
        ("ask wanda for it", "must not contain"),
        ("ask WANDA for it", "must not contain"),
        ("the zzworker files", "must not contain"),
        ("wanda.zzworker@northshire.example", "must not contain"),
        ("northshire rain today", "must not contain"),
        ("password12345", "too easy"),
        ("P@ssw0rd!2026", "too easy"),
        ("socialworker1", "too easy"),
        ("123456789012", "too easy"),
        ("aaaaaaaaaaaaaa", "too easy"),
        ("abababababab", "too easy"),
    ],
)
def test_a_weak_password_is_refused_with_a_reason(password: str, why: str) -> None:
    reason = why_weak(password, personal=PERSONAL)
    assert reason is not None
    assert why in reason


@pytest.mark.parametrize(
    "password",
    ["three wooden lighthouses", "Tr0ub4dor&3-bridge", "żółta łódka na rzece", "exactly 12 c", "x9 q4 k2 v7 ."],
)
def test_a_password_that_is_long_and_not_personal_is_taken(password: str) -> None:
    assert why_weak(password, personal=PERSONAL) is None


def test_short_parts_of_a_name_do_not_forbid_a_password() -> None:
    assert why_weak("a bottle of lightning", personal=("bo.li@x.example", "Bo Li", "A Council")) is None


def test_choosing_a_weak_password_raises_and_a_good_one_is_kept_as_a_hash() -> None:
    with pytest.raises(WeakPasswordError):
        choose_password("short", passwords=FAST, personal=PERSONAL)
    chosen = choose_password("three wooden lighthouses", passwords=FAST, personal=PERSONAL)
    assert FAST.matches(chosen.hash, "three wooden lighthouses")
    assert "wooden" not in chosen.hash
    assert chosen.hash not in repr(chosen)


def test_only_the_very_password_matches() -> None:
    kept = FAST.hash("three wooden lighthouses")
    assert FAST.matches(kept, "three wooden lighthouses")
    assert not FAST.matches(kept, "three wooden lighthouse")
    assert not FAST.matches(kept, "Three wooden lighthouses")


def test_a_password_typed_on_another_keyboard_is_the_same() -> None:
    assert FAST.matches(FAST.hash("caf\u00e9 au lait noir"), "cafe\u0301 au lait noir")


def test_nothing_matches_an_account_that_does_not_exist() -> None:
    assert not FAST.matches(None, "")
    assert not FAST.matches(None, "three wooden lighthouses")


def test_a_hash_that_cannot_be_read_matches_nothing() -> None:
    assert not FAST.matches("no hash at all", "three wooden lighthouses")


def test_passwords_are_hashed_with_argon2id_in_two_passes_over_19_mebibytes() -> None:
    assert Passwords().hash("three wooden lighthouses").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_one_time_passwords_are_long_readable_and_never_the_same() -> None:
    made = {one_time_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(one) == 14 and not set(one) & set("ILOU") for one in made)
