"""One walk through everything, for all tests of this folder in whichever process of the run."""

from pathlib import Path

import pytest

from tests.fixtures.once import Once
from tests.fixtures.rehearsal import Rehearsal
from tests.privacy.walk import Given, walk


@pytest.fixture(scope="session")
def walked_through(rehearsed: Rehearsal) -> Rehearsal:
    """The application that is walked through, with its records as they were."""
    rehearsed.restore()
    return rehearsed


@pytest.fixture(scope="session")
def given(walked_through: Rehearsal, once: Once) -> Given:
    """All that the walk gave away."""

    def _walk(folder: Path) -> dict[str, str]:
        walked_through.restore()
        (folder / "given.json").write_text(walk(walked_through).as_text())
        return {}

    folder, _ = once.made("walk", _walk)
    return Given.from_text((folder / "given.json").read_text())
