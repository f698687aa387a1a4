"""How the tests read a page, held to the parser of the standard library."""

from html.parser import HTMLParser

import pytest

from tests.fixtures.html import RAW, VOID, Element, parse
from tests.fixtures.rehearsal import Rehearsal

ODD = [
    "a < b &amp; c > d",
    "<p class=one id='two' hidden data-x = \"a &gt; b\">words</p >",
    "<P CLASS='x'>one<BR>two<br/>three</P>",
    "<svg><path d='M0 0'/><g/></svg> after",
    "<div><p>never closed</div>after",
    "</p>closes nothing<p>",
    "<!doctype html><!-- a <b> comment --><p>text</p>",
    "<script>if (a < b) { '<p>' }</script><p>after</p>",
    "<style>p > a { color: red }</style>",
    "<textarea>\n&lt;script&gt;</textarea>",
    '<input value="<script>alert(1)</script>"\'><img src=x onerror=alert(1)>">',
    "<a href=/people/?a=1&amp;b=2>link</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "",
]
ADDRESSES = ["/", "/people/new", "/search", "/settings", "/nowhere"]


class _Reference(HTMLParser):
    """Every element with its attributes, and every text, in the order of the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        _add_text(self.found, data)


def as_found(page: Element) -> list[object]:
    """The same of a page that the tests read."""
    found: list[object] = []
    for child in page.children:
        for one in [child] if isinstance(child, str) else [(child.tag, child.attributes), *as_found(child)]:
            _add_text(found, one) if isinstance(one, str) else found.append(one)
    return found


def _add_text(found: list[object], text: str) -> None:
    """Texts that follow each other are one."""
    if found and isinstance(found[-1], str):
        found[-1] += text
    else:
        found.append(text)


def reference(html: str) -> list[object]:
    parser = _Reference()
    parser.feed(html)
    parser.close()
    return parser.found


@pytest.mark.parametrize("html", ODD)
def test_odd_markup_is_read_as_the_standard_library_reads_it(html: str) -> None:
    assert as_found(parse(html)) == reference(html)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_of_ours_is_read_as_the_standard_library_reads_it(rehearsal: Rehearsal, address: str) -> None:
    html = rehearsal.open("worker", address).text
    assert len(as_found(parse(html))) > 10
    assert as_found(parse(html)) == reference(html)
    rehearsal.restore()


def test_what_is_open_ends_with_what_holds_it() -> None:
    page = parse("<div><p>one<b>two</div><p>three")
    assert page.one("div").text == "one two"
    assert [one.tag for one in page.children if isinstance(one, Element)] == ["div", "p"]
    assert not RAW & VOID


def test_what_was_typed_and_not_escaped_is_an_element() -> None:
    """What the tests of bad input look for."""
    typed = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    for html in (f"<p>{typed}</p>", f'<input value="{typed}">', f"<textarea>{typed}</textarea>"):
        assert any("onerror" in one.attributes for one in parse(html).all())
