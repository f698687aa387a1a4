"""The people of the council of the tests."""

import pytest

from tests.consent.world import World
from tests.fixtures.council import Council


@pytest.fixture
def world(council: Council) -> World:
    """The council of the tests, and people whom it knows."""
    return World(council)
