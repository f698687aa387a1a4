"""An answer's HTML, read strictly: every element is closed where it was opened, and no attribute stands twice."""

from html.parser import HTMLParser

from tests.fixtures.html import VOID, Element, parse, values_of


class _Strict(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute stands twice in <{tag} {attrs}>"
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opened and closed at once."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another element"


def parsed(html: str) -> Element:
    """The document. Fails on an element that is not closed, or an attribute that stands twice."""
    strict = _Strict()
    strict.feed(html)
    strict.close()
    assert strict.open == [], f"never closed: {strict.open}"
    return parse(html)


def assert_well_joined(page: Element) -> None:
    """Fail when an id stands twice, or a label, a description or a link within the page leads nowhere."""
    ids = [element["id"] for element in page.all() if "id" in element.attributes]
    assert len(ids) == len(set(ids)), sorted({one for one in ids if ids.count(one) > 1})
    for element in page.all():
        named = element.get("aria-describedby").split() + element.get("for").split()
        link = element.get("href")
        named += [link[1:]] if link.startswith("#") else []
        assert set(named) <= set(ids), f"<{element.tag}> leads to {set(named) - set(ids)}, which is not there"


def values(page: Element) -> dict[str, list[str]]:
    """What the first form in the page's main part would send."""
    return values_of(page.one("main").all("form")[0])
