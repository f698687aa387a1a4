"""One page of a long list."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.web.paging import page_links, paging


def link(number: int) -> str:
    """A page's address."""
    return f"/?page={number}"


def shown(params: dict[str, Any]) -> list[Any]:
    """The numbers of the links, "…" where some are left out."""
    return ["…" if item.get("ellipsis") else item["number"] for item in params["items"]]


@pytest.mark.parametrize("nonsense", [None, "", "0", "-1", "x", "1.5", "٣", "²", "1\0", "9" * 10_000, "1 "])
def test_nonsense_is_the_first_page(nonsense: str | None) -> None:
    assert paging(500, nonsense).number == 1


def test_too_far_is_the_last_page() -> None:
    assert paging(101, "99").number == 3
    assert paging(0, "2").number == 1


def test_a_page_knows_its_rows() -> None:
    last = paging(101, "3")
    assert (last.offset, last.first, last.last, last.pages) == (100, 101, 101, 3)
    empty = paging(0, None)
    assert (empty.offset, empty.first, empty.last, empty.pages) == (0, 0, 0, 1)


def test_the_links_are_the_ends_and_the_neighbours() -> None:
    assert shown(page_links(paging(1000, "10"), link)) == [1, "…", 9, 10, 11, "…", 20]
    assert shown(page_links(paging(150, "2"), link)) == [1, 2, 3]
    params = page_links(paging(1000, "10"), link)
    assert params["previous"] == {"href": "/?page=9"}
    assert params["next"] == {"href": "/?page=11"}
    assert [item["number"] for item in params["items"] if item.get("current")] == [10]


def test_the_first_page_has_no_previous_and_the_last_no_next() -> None:
    assert "previous" not in page_links(paging(1000, "1"), link)
    assert "next" not in page_links(paging(1000, "20"), link)


@given(st.integers(0, 5000), st.integers(1, 120))
def test_every_row_stands_on_one_page(total: int, size: int) -> None:
    rows = [row for page in range(1, paging(total, None, size).pages + 1) for row in rows_of(total, page, size)]
    assert rows == list(range(1, total + 1))


def rows_of(total: int, page: int, size: int) -> range:
    """The places in the list of the rows on a page."""
    there = paging(total, str(page), size)
    assert there.number == page
    return range(there.first, there.last + 1) if total else range(0)
