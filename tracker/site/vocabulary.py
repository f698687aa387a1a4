"""Which words of the site are the council's own."""

from enum import StrEnum

LONGEST_NAME = 80
LONGEST_PAGE = 30_000


class SiteWords(StrEnum):
    """The council's name in every header, and the pages in every foot."""

    NAME = "name"
    ACCESSIBILITY = "accessibility"
    PRIVACY = "privacy"
    COOKIES = "cookies"
    HELP = "help"


SITE_WORDS: dict[SiteWords, str] = {
    SiteWords.NAME: "The council's name",
    SiteWords.ACCESSIBILITY: "Accessibility statement",
    SiteWords.PRIVACY: "Privacy notice",
    SiteWords.COOKIES: "Cookies",
    SiteWords.HELP: "Help",
}
