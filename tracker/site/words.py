"""The council's own words for the pages in the foot, in a small part of Markdown: as an administrator put them in place, or, until
somebody did, from the file `instance/pages/<page>.md`.

Headings, paragraphs, lists, emphasis and links are read. HTML in them is shown as text, pictures are not loaded and
a link goes only to the web, to an e-mail address or to a telephone.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import Markup

LARGEST_BYTES = 200_000
_CLASSES = {
    "h1": "govuk-heading-l",
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
    "p": "govuk-body",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
}
_LOWER = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
_LINKS = ("https://", "http://", "mailto:", "tel:", "/", "#")


class FootPage(StrEnum):
    """The pages in every foot."""

    ACCESSIBILITY = "accessibility"
    PRIVACY = "privacy"
    COOKIES = "cookies"
    HELP = "help"


@dataclass(frozen=True)
class OwnWords:
    """What the council wrote, as safe HTML."""

    html: Markup


def own_words(instance: Path, page: FootPage) -> OwnWords | None:
    """The words in the council's folder; None when it gave none, or its file cannot be read as text."""
    text = text_in_folder(instance, page)
    return rendered(text) if text.strip() else None


def text_in_folder(instance: Path, page: FootPage) -> str:
    """The same as it was typed, "" for none."""
    file = instance / "pages" / f"{page.value}.md"
    try:
        if file.stat().st_size > LARGEST_BYTES:
            return ""
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def rendered(text: str) -> OwnWords:
    """What somebody wrote, as safe HTML."""
    reader = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])
    reader.validateLink = _may_link  # type: ignore[method-assign]  # the library's own way to change it
    tokens = reader.parse(text)
    for token in [*tokens, *(child for one in tokens for child in one.children or [])]:
        if token.tag in _LOWER:
            token.tag = _LOWER[token.tag]  # the page has its h1 already
        if token.tag in _CLASSES and token.nesting >= 0:
            token.attrSet("class", _CLASSES[token.tag])
    return OwnWords(Markup(reader.renderer.render(tokens, reader.options, {})))  # noqa: S704 - html is off, links are checked


def _may_link(url: str) -> bool:
    return url.strip().lower().startswith(_LINKS) and not url.strip().startswith("//")
