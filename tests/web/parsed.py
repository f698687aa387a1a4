"""An answer's HTML as a browser's parser would see it, near enough: elements with attributes, text and what is inside."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


@dataclass
class Element:
    """One element. `text` is all text inside it, runs of blanks made one; `raw` is the text as it stands."""

    tag: str
    attributes: dict[str, str]
    children: "list[Element]" = field(default_factory=list)
    raw: str = ""

    @property
    def text(self) -> str:
        """What is read."""
        return " ".join(self.raw.split())

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return self.attributes.get("class", "").split()

    def all(self, tag: str = "", cls: str = "", **attributes: str) -> "list[Element]":
        """All elements inside it, in order, with this tag, class and these attributes (`for_`: `for`)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        found: list[Element] = []
        for child in self.children:
            fits = (not tag or child.tag == tag) and (not cls or cls in child.classes)
            if fits and all(child.attributes.get(name) == value for name, value in wanted.items()):
                found.append(child)
            found += child.all(tag, cls, **attributes)
        return found

    def one(self, tag: str = "", cls: str = "", **attributes: str) -> "Element":
        """The only such element; fails when there are none or several."""
        found = self.all(tag, cls, **attributes)
        assert len(found) == 1, f"{len(found)} of <{tag} class={cls} {attributes}>"
        return found[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#document", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute stands twice in <{tag} {attrs}>"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.raw += data


def parsed(html: str) -> Element:
    """The document. Fails on an element that is not closed, or an attribute that stands twice."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is never closed"
    return reader.root


def assert_well_joined(page: Element) -> None:
    """Fail when an id stands twice, or a label, a description or a link within the page leads nowhere."""
    ids = [element.attributes["id"] for element in page.all() if "id" in element.attributes]
    assert len(ids) == len(set(ids)), sorted({one for one in ids if ids.count(one) > 1})
    for element in page.all():
        named = element.attributes.get("aria-describedby", "").split() + element.attributes.get("for", "").split()
        link = element.attributes.get("href", "")
        named += [link[1:]] if link.startswith("#") else []
        assert set(named) <= set(ids), f"<{element.tag}> leads to {set(named) - set(ids)}, which is not there"


def values(page: Element) -> dict[str, list[str]]:
    """What the first form in the page's main part would send: every input's value as the browser would."""
    form = page.one("main").all("form")[0]
    sent: dict[str, list[str]] = {}
    for element in form.all():
        name, value = element.attributes.get("name", ""), element.attributes.get("value", "")
        if not name or (
            element.attributes.get("type") in {"radio", "checkbox"} and "checked" not in element.attributes
        ):
            continue
        if element.tag == "select":
            chosen = [one for one in element.all("option") if "selected" in one.attributes] or element.all("option")[:1]
            value = chosen[0].attributes.get("value", "") if chosen else ""
        sent.setdefault(name, []).append(element.raw.removeprefix("\n") if element.tag == "textarea" else value)
    return sent
