"""One page of a long list, and the links to the others."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

SIZE = 50
_LARGEST_DIGITS = 6


@dataclass(frozen=True)
class Paging:
    """Which page of a list is shown. `number` counts from 1; an empty list has one page."""

    total: int
    number: int
    size: int = SIZE

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """How many rows come before this page."""
        return (self.number - 1) * self.size

    @property
    def first(self) -> int:
        """The place in the list, from 1, of the first row shown; 0 for an empty list."""
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        """The place in the list of the last row shown."""
        return min(self.offset + self.size, self.total)


def paging(total: int, asked: str | None, size: int = SIZE) -> Paging:
    """The page that was asked for (`request.args.get("page")`); nonsense is the first page, too far is the last."""
    readable = asked is not None and asked.isascii() and asked.isdecimal() and len(asked) <= _LARGEST_DIGITS
    number = int(asked) if readable and asked is not None else 1
    return Paging(total, min(max(1, number), Paging(total, 1, size).pages), size)


def page_links(shown: Paging, link: Callable[[int], str] | None = None) -> dict[str, Any]:
    """The parameters of GOV.UK's pagination: the first page, the last, this one and its neighbours.

    `link` makes a page's address; without it, the address of this request with another `page`.
    """
    address = link or _this_address
    near = {1, shown.number - 1, shown.number, shown.number + 1, shown.pages}
    params: dict[str, Any] = {"items": _items(sorted(n for n in near if 1 <= n <= shown.pages), shown.number, address)}
    if shown.number > 1:
        params["previous"] = {"href": address(shown.number - 1)}
    if shown.number < shown.pages:
        params["next"] = {"href": address(shown.number + 1)}
    return params


def _items(numbers: list[int], current: int, address: Callable[[int], str]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    for before, number in zip([0, *numbers], numbers, strict=False):
        if number - before > 1:
            items.append({"ellipsis": True})
        items.append({"number": number, "href": address(number), "current": number == current})
    return items


def _this_address(number: int) -> str:
    kept = {name: value for name, value in request.args.items() if not name.startswith("_")}
    return url_for(request.endpoint or "", **{**kept, **(request.view_args or {}), "page": number})
