"""One walk through everything, for all tests of this folder in whichever process of the run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures.furnished import Furnished
from tests.fixtures.once import Once
from tests.fixtures.rehearsal import Rehearsal, rehearsing
from tests.privacy.walk import Given, walk


@pytest.fixture(scope="session")
def walked_through(furnished: Furnished, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rehearsal]:
    """The application that is walked through."""
    yield from rehearsing(furnished, tmp_path_factory.mktemp("walked"))


@pytest.fixture(scope="session")
def given(walked_through: Rehearsal, once: Once) -> Given:
    """All that the walk gave away."""

    def _walk(folder: Path) -> dict[str, str]:
        (folder / "given.json").write_text(walk(walked_through).as_text())
        return {}

    folder, _ = once.made("walk", _walk)
    return Given.from_text((folder / "given.json").read_text())
