"""The columns of each kind of file, and the file to fill in."""

from dataclasses import dataclass

from tracker.imports.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the header, whether the file must have it, what goes in it, and what the file to fill in shows."""

    name: str
    needed: bool
    hint: str
    example: str = ""


COLUMNS: dict[Kind, tuple[Column, ...]] = {
    Kind.TEAMS: (
        Column("name", True, "What the team is called. By this it is known again.", "Family Help West"),
        Column(
            "parent", False, "The team above it: one that is here already, or in an earlier row.", "Children's Services"
        ),
        Column("on_duty", False, "yes for a team that works by rota for everybody. Empty means no.", "no"),
    ),
    Kind.STAFF: (
        Column(
            "email", True, "The address that they sign in with. By this they are known again.", "kit@example.gov.uk"
        ),
        Column("name", True, "Their name, as colleagues know them.", "Kit Example"),
        Column("job_title", True, "What they are at the council.", "Social worker"),
        Column("role", False, "One role, such as social worker. For another role, add another row.", "social worker"),
        Column("team", False, "The team in which they hold the role. Empty means all teams.", "Family Help West"),
    ),
    Kind.PEOPLE: (
        Column("case_system", True, "The case system. With the reference, by this a person is known again.", "Mosaic"),
        Column("case_reference", True, "Their reference in the case system.", "EX-1001"),
        Column("team", True, "Your team that works with them, by its name.", "Family Help West"),
        Column("name", False, "Their name. Where it is not known, a handle in known_by.", "Sam Specimen"),
        Column("known_by", False, "A handle, where the name is not known."),
        Column("other_names", False, "Earlier names and other spellings, with | between them.", "Sam Sample|Sammy"),
        Column("date_of_birth", False, "Day, month and year: 23/04/2014 or 2014-04-23.", "23/04/2014"),
        Column("approximate_age", False, "In years, where the date of birth is not known."),
        Column("relation", True, "What they are to the council. One of the words below.", "service_user"),
        Column("opened_on", False, "The day your team's work began. Empty means today.", "01/09/2026"),
        Column("profile", False, "The address of a profile, where one is known. Nothing is opened."),
        Column(
            "somebody_else", False, "yes where a dry run said that somebody looks like them and they are not the same."
        ),
    ),
}


def template_of(kind: Kind) -> str:
    """The file to fill in: the header and one invented row, as a spreadsheet opens it. Nothing in it is anybody's."""
    lines = ([one.name for one in COLUMNS[kind]], [one.example for one in COLUMNS[kind]])
    return "\ufeff" + "".join(",".join(line) + "\r\n" for line in lines)
