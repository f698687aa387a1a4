"""The process that forks schedulers, for the tests that kill them."""

from collections.abc import Iterator

import pytest

from tests.clockwork.victims import Forker


@pytest.fixture(scope="session")
def forker() -> Iterator[Forker]:
    """The process that forks schedulers, once for all tests."""
    with Forker() as forker:
        yield forker
