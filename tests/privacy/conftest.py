"""One walk through everything, for all tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.fixtures.furnished import Furnished
from tests.fixtures.rehearsal import Rehearsal, rehearsing
from tests.privacy.walk import Given, walk


@pytest.fixture(scope="session")
def walked_through(furnished: Furnished, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rehearsal]:
    """The application that is walked through."""
    yield from rehearsing(furnished, tmp_path_factory.mktemp("walked"))


@pytest.fixture(scope="session")
def given(walked_through: Rehearsal) -> Given:
    """All that the walk gave away."""
    return walk(walked_through)
