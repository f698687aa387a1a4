"""The limits as a page shows them: each with its value now, the shipped one and its range."""

from dataclasses import dataclass

from tracker.policy.catalogue import LIMIT_CATALOGUE, CatalogueLimit
from tracker.policy.limits import Limits, limits_as_json


@dataclass(frozen=True, slots=True)
class LimitNow:
    """One limit with its value in force."""

    described: CatalogueLimit
    value: str


def limits_now(limits: Limits) -> dict[str, LimitNow]:
    """Every limit by name, with its value in words."""
    values = limits_as_json(limits)
    return {one.name: LimitNow(one, value_in_words(values[one.name])) for one in LIMIT_CATALOGUE}


def value_in_words(value: int | bool) -> str:
    """A number as it stands; a switch as yes or no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
