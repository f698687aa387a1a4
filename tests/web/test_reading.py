"""A page and what its templates ask for read in one session, and so see one moment; the next to read has one of its own."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlmodel import select

from tests.fixtures.council import START, Council
from tracker.staff.models import Team
from tracker.storage.kept import keeps
from tracker.web.request import reading, transaction


@pytest.fixture
def asked(council: Council) -> Iterator[Council]:
    """The council while somebody asks it for a page."""
    app = Flask(__name__)
    app.extensions["database"] = council.database
    with app.app_context():
        yield council


def test_what_asks_while_a_page_reads_is_given_its_session(asked: Council) -> None:
    with reading() as page:
        with reading() as part:
            assert part is page
        assert keeps(page)
        assert page.exec(select(Team)).all()  # it goes on reading


def test_what_asks_once_the_page_has_read_sees_what_was_written_since(asked: Council) -> None:
    with reading() as page:
        before = len(page.exec(select(Team)).all())
    with transaction() as session:
        session.add(Team(reference="TEA-0", name="Zz", recorded_at=START))
    with reading() as later:
        assert later is not page
        assert len(later.exec(select(Team)).all()) == before + 1


def test_a_page_that_fails_leaves_nothing_to_the_next(asked: Council) -> None:
    with pytest.raises(ValueError, match="no page"), reading() as page:
        raise ValueError("no page")
    with reading() as later:
        assert later is not page
