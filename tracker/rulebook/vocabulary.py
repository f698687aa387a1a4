"""Words that only the rulebook uses."""

from enum import StrEnum


class Capacity(StrEnum):
    """In which of the two capacities limits are signed."""

    LEGAL = "legal"
    SRO = "sro"


CAPACITY_WORDS: dict[Capacity, str] = {
    Capacity.LEGAL: "legal reviewer",
    Capacity.SRO: "Senior Responsible Officer",
}
