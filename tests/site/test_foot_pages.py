"""The pages in every foot, and the files that pages load."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.gallery import make_gallery
from tests.web.parsed import parsed
from tracker.config import Settings
from tracker.site.routes import BUILT
from tracker.site.words import FootPage, own_words

WORDS = """# Our promise

Ring **01632 960000** or [write](mailto:dpo@northshire.example).

- one
- two

[bad](javascript:alert(1)) [worse](//elsewhere.example) <script>alert(2)</script> ![spy](https://elsewhere.example/p.png)
"""


@pytest.fixture
def council(tmp_path: Path) -> Flask:
    """A council with a folder of its own."""
    return make_gallery(Settings(instance=tmp_path, council_name="Westmere Council"))


@pytest.fixture
def visitor(council: Flask) -> FlaskClient:
    """Somebody who is not signed in."""
    return council.test_client()


@pytest.mark.parametrize("page", FootPage)
def test_until_the_council_gives_its_words_a_page_says_that_it_is_a_draft(visitor: FlaskClient, page: FootPage) -> None:
    main = parsed(visitor.get(f"/{page.value}").text).one("main")
    assert "Draft Westmere Council has not yet put its own words here." in main.text
    assert len(main.all("h1")) == 1


@pytest.mark.parametrize("page", FootPage)
def test_the_council_s_own_words_take_the_place_of_the_draft(
    tmp_path: Path, visitor: FlaskClient, page: FootPage
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / f"{page.value}.md").write_text(WORDS)
    main = parsed(visitor.get(f"/{page.value}").text).one("main")
    assert "Draft" not in main.text
    assert main.one("h2").text == "Our promise"
    assert [item.text for item in main.all("li")] == ["one", "two"]
    assert len(main.all("h1")) == 1


def test_a_council_s_words_bring_no_script_no_picture_and_no_strange_link(tmp_path: Path, visitor: FlaskClient) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "help.md").write_text(WORDS)
    main = parsed(visitor.get("/help").text).one("main")
    assert main.all("script") == main.all("img") == []
    links = [link.attributes["href"] for link in main.all("a")]
    assert links == ["mailto:dpo@northshire.example", "https://elsewhere.example/p.png"]
    assert "<script>alert(2)</script>" in main.text


@pytest.mark.parametrize("content", [b"", b" \n ", b"\xff\xfe\x00", b"x" * 200_001])
def test_a_file_without_readable_words_leaves_the_draft(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "help.md").write_bytes(content)
    assert own_words(tmp_path, FootPage.HELP) is None


def test_a_folder_of_that_name_leaves_the_draft(tmp_path: Path) -> None:
    (tmp_path / "pages" / "help.md").mkdir(parents=True)
    assert own_words(tmp_path, FootPage.HELP) is None


def test_a_built_file_asked_for_by_its_hash_is_kept_for_a_year(visitor: FlaskClient) -> None:
    page = parsed(visitor.get("/help").text)
    address = page.one("link", rel="stylesheet").attributes["href"]
    answer = visitor.get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    answer.close()


@pytest.mark.parametrize("query", ["", "?v=", "?v=000000000000"])
def test_a_built_file_asked_for_otherwise_is_asked_for_again_each_time(visitor: FlaskClient, query: str) -> None:
    answer = visitor.get(f"/assets/application.css{query}")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["ETag"]
    answer.close()


@pytest.mark.parametrize("name", ["../package.json", "%2e%2e/package.json", "/etc/passwd", "none.css", "..", "a\0b"])
def test_only_built_files_are_served(visitor: FlaskClient, name: str) -> None:
    assert visitor.get(f"/assets/{name}", follow_redirects=True).status_code == 404


def test_the_files_that_pages_load_were_built() -> None:
    assert {"application.css", "application.js", "favicon.svg"} <= {file.name for file in BUILT.iterdir()}
