"""Writing the council's name and pages, and putting a version in place."""

from tracker.site.requests import NewSiteText
from tracker.site.vocabulary import LONGEST_NAME, LONGEST_PAGE, SiteWords
from tracker.web.fields import LineField, TextField
from tracker.web.forms import VersionedForm


def _why() -> TextField:
    return TextField("Why is it changed?", required="Enter why it is changed", subject="Why it is changed")


class NameForm(VersionedForm):
    """The council's name, as every header and title has it."""

    text = LineField(
        "What is the council's name?",
        most=LONGEST_NAME,
        required="Enter the council's name",
        subject="The council's name",
    )
    why = _why()

    def request(self) -> NewSiteText:
        """After it was found valid."""
        return NewSiteText(SiteWords.NAME, self.text.value, self.why.value, self.version.value)


class PageForm(VersionedForm):
    """The words of a page in the foot."""

    text = TextField(
        "What does the page say?",
        most=LONGEST_PAGE,
        hint="A line that begins with ## is a heading, one that begins with - belongs to a list. [words](https://address) is a link.",
        required="Enter what the page says",
        subject="What the page says",
    )
    why = _why()

    def request(self, part: SiteWords) -> NewSiteText:
        """After it was found valid."""
        return NewSiteText(part, self.text.value, self.why.value, self.version.value)


class ShowForm(VersionedForm):
    """One button: show this version to everybody."""
