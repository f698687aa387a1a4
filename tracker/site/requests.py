"""The council's own words, as they are written: frozen and whole."""

from dataclasses import dataclass

from tracker.site.vocabulary import LONGEST_NAME, LONGEST_PAGE, SiteWords


class SiteTextError(ValueError):
    """The words cannot be taken. As text: one plain sentence."""


@dataclass(frozen=True, slots=True)
class NewSiteText:
    """A new version of the council's name (one line) or of a page (a small part of Markdown), and why it is written.

    `seen`: the version of what everybody saw (`version_seen` in selectors.py) when it was begun.
    """

    part: SiteWords
    text: str
    why: str
    seen: int

    def __post_init__(self) -> None:
        longest = LONGEST_NAME if self.part is SiteWords.NAME else LONGEST_PAGE
        if not self.text.strip() or len(self.text) > longest:
            raise SiteTextError(f"The words need between 1 and {longest:,} characters.")
        if self.part is SiteWords.NAME and "\n" in self.text:
            raise SiteTextError("The council's name is one line.")
        if not self.why.strip():
            raise SiteTextError("Say why the words are changed.")
