"""A small application that shows every field and component: empty, filled, and with errors. Only for the tests."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from enum import StrEnum
from secrets import token_hex
from typing import Any

from flask import Blueprint, Flask, abort, flash, render_template
from werkzeug.wrappers import Response

from tracker.access.decorators import public
from tracker.config import Settings
from tracker.site.routes import blueprint as site
from tracker.storage.session import Database
from tracker.web.blocks import Reason, Status, SummaryRow, TimelineEntry
from tracker.web.dates import in_london
from tracker.web.fields import (
    ChoiceField,
    ChoicesField,
    DateField,
    EmailField,
    InstantField,
    LineField,
    OfferedChoiceField,
    OfferedChoicesField,
    OnlyIf,
    PasswordField,
    TextField,
    TimeField,
    WholeNumberField,
    YesNoField,
)
from tracker.web.forms import Form, VersionedForm
from tracker.web.paging import paging
from tracker.web.register import MenuItem, Surroundings, register_web, surround_pages
from tracker.web.security import protect_forms

NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


class Shade(StrEnum):
    """Made-up answers."""

    FAMILY = "family"
    COURT = "court"
    OTHER = "other"


SHADES = {
    Shade.FAMILY: "Assess a child in need",
    Shade.COURT: "Prepare for court",
    Shade.OTHER: "Something else",
}


class GalleryForm(VersionedForm):
    """One field of each kind."""

    name = LineField(
        "Name", required="Enter the name", hint="As the person uses it", attributes={"autocomplete": "off"}
    )
    email = EmailField("Email address", required="Enter an email address")
    why = TextField("Why is it needed now, about this person?", required="Enter why it is needed now", subject="Why")
    notes = TextField("What else was tried", counted=True, most=300)
    secret = PasswordField("Password", required="Enter the password")
    looks = WholeNumberField("Number of looks", required="Enter how many looks", least=1, most=9)
    born_on = DateField("Date of birth", required="Enter the date of birth", hint="For example, 27 3 2007")
    at_time = TimeField("What time was it?", subject="The time", required="Enter the time", hint="For example, 2:15pm")
    seen_at = InstantField("When did you look?", required="Enter when you looked", subject="When you looked")
    shade = ChoiceField(
        "What is it for?", Shade, SHADES, required="Select what it is for", subject="What it is for",
        hints={Shade.COURT: "Where proceedings have been issued"},
    )  # fmt: skip
    other = LineField("What else is it for?", required="Enter what else", only_if=OnlyIf("shade", Shade.OTHER))
    detail = TextField("Say more", required="Say more", only_if=OnlyIf("shade", Shade.OTHER))
    shades = ChoicesField("What have you tried?", Shade, SHADES, required="Select what you tried", alone=Shade.OTHER)
    open_now = YesNoField("Is the profile open?", required="Select yes if the profile is open")
    account = OfferedChoiceField("Which account?", required="Select the account", listed=True)
    profiles = OfferedChoicesField("Which profiles?", required="Select a profile")

    def offer_all(self) -> None:
        """What a route would offer."""
        self.account.offer([("acc-1", "Northshire Families on Facebook"), ("acc-2", "Northshire Duty on Instagram")])
        self.profiles.offer([("p-1", "@kit.example", "Instagram, added 3 November"), ("p-2", "kit.example.9")])


FILLED: dict[str, Any] = {
    "version": 3,
    "name": "Kit O'Example-Ñandú",
    "email": "asha@demo.example",
    "why": "Kit's mother says that Kit is staying with somebody new.\nNobody has seen Kit since Monday.",
    "notes": "We rang twice.",
    "looks": 1,
    "born_on": date(2010, 2, 28),
    "at_time": time(14, 15),
    "seen_at": NOON,
    "shade": Shade.OTHER,
    "other": "Find where Kit is",
    "detail": "First line\nSecond line\n  third",
    "shades": (Shade.FAMILY, Shade.COURT),
    "open_now": True,
    "account": "acc-2",
    "profiles": ("p-1",),
}

STATUSES = [
    Status("May go ahead", "You may look once, until today at 1:15pm.", "green"),
    Status("Waiting", "With Ben Okoro, your manager, since 9:12am.", "blue"),
    Status("Blocked", "Blocked pending legal advice: with Legal since 3 November.", "red"),
    Status("No longer live", "Consent was withdrawn today at 10:00am.", "grey"),
]
ROWS = [
    SummaryRow("Whose page", "Kit Example", "/form", "whose page"),
    SummaryRow(
        "Why", "First reason.\nSecond reason, with averyveryverylongwordwithoutanyspacesinitwhatsoever.", "/form"
    ),
    SummaryRow("Reference", "CHK-7K3M-9QXT"),
]
REASONS = [
    Reason(
        "Another team has already made the single open-source viewing.", "Home Office Code, paragraph 3.15", "repeat"
    ),
    Reason("Kit has not agreed and has not been told.", "Home Office Code, paragraph 3.12"),
]
ENTRIES = [
    TimelineEntry("Look reported", NOON, "Asha Shah, Family Help North", "Looked for a new address.\nNot found.", "/form",
                  "Open the check", STATUSES[0]),
    TimelineEntry("A check was asked for", datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "another team"),
]  # fmt: skip

gallery = Blueprint("gallery", __name__, template_folder="gallery_templates")


@gallery.route("/form", methods=["GET", "POST"])
@public(forms=(GalleryForm,))
def form() -> str | Response:
    """Every field, empty; with errors after a post."""
    shown = GalleryForm(data={"version": 3})
    shown.offer_all()
    if shown.validate_on_submit():
        return render_template("gallery/answers.html", form=shown)
    return render_template("gallery/form.html", form=shown)


@gallery.get("/filled")
@public()
def filled() -> str:
    """Every field, filled."""
    shown = GalleryForm(data=FILLED)
    shown.offer_all()
    return render_template("gallery/form.html", form=shown)


@gallery.get("/components")
@public()
def components() -> str:
    """Every component that is not a field."""
    flash("The consent was recorded", "success")
    flash("Your limits change on Monday", "message")
    return render_template(
        "gallery/components.html", statuses=STATUSES, rows=ROWS, reasons_shown=REASONS, entries=ENTRIES,
        shown=paging(412, "4"), now=NOON, note=NoteForm(),
    )  # fmt: skip


@gallery.route("/stale", methods=["GET", "POST"])
@public(forms=(GalleryForm,))
def stale() -> str | tuple[str, int]:
    """Every field, filled; whoever sends it finds that somebody was there before."""
    shown = GalleryForm(data=FILLED)
    shown.offer_all()
    if shown.is_submitted():
        shown.meet(4, {**FILLED, "why": "Kit was seen.\nOn Tuesday.", "born_on": date(2010, 3, 1), "open_now": False})
        return render_template("gallery/form.html", form=shown), 409
    return render_template("gallery/form.html", form=shown)


class NoteForm(Form):
    """The form of the worked example in templates/README.md."""

    words = TextField("What did you find?", required="Enter what you found")


@gallery.route("/note", methods=["GET", "POST"])
@public(forms=(NoteForm,))
def note() -> str:
    """One question on a page."""
    shown = NoteForm()
    shown.validate_on_submit()
    return render_template("gallery/note.html", form=shown)


@gallery.get("/fails/<int:code>")
@public()
def fails(code: int) -> str:
    """An error page."""
    abort(code)


@gallery.get("/raises")
@public()
def raises() -> str:
    """An unexpected failure whose words carry what was typed."""
    raise RuntimeError("Zebedee Unmistakable")


@gallery.get("/raises-in-ours")
@public()
def raises_in_ours() -> str:
    """An unexpected failure in our own code."""
    return in_london(NOON.replace(tzinfo=None)).isoformat()


def make_gallery(settings: Settings | None = None) -> Flask:
    """The application; with settings of its own, or those of a demonstration council."""
    app = Flask("gallery", static_folder=None)
    given = settings or Settings(demonstration=True, insecure_cookies=True)
    app.config.update(SECRET_KEY=token_hex(32), SESSION_COOKIE_NAME="tracker")
    app.extensions.update(settings=given, database=Database("sqlite:////nowhere/at/all"))  # pages in the foot need none
    register_web(app)
    protect_forms(app)
    surround_pages(app, _somebody)
    app.register_blueprint(site)
    app.register_blueprint(gallery)
    for code in (400, 403, 404, 405, 409, 413, 429, 500, 503):
        app.register_error_handler(code, _page(code))
    return app


def _page(code: int) -> Callable[[Exception], tuple[str, int]]:
    return lambda _: (render_template(f"site/error_{code}.html"), code)


def _somebody() -> Surroundings:
    menu = (
        MenuItem("Home", "/form", current=True),
        MenuItem("People", "/filled"),
        MenuItem("The rules", "/components"),
    )
    return Surroundings("Asha Shah", "Family Help North", "/filled", "/note", menu)
