"""What stands around every page: the menu of what this person may open, and the alarm when the scheduler is dead."""

from dataclasses import replace
from datetime import datetime, timedelta

from flask import Flask, current_app, request, url_for
from sqlalchemy.exc import SQLAlchemyError

from tracker.access.permissions import Permission, has_permission
from tracker.clockwork.selectors import is_silent
from tracker.policy.entitlement import Actor
from tracker.site.selectors import find_shown
from tracker.site.vocabulary import SiteWords
from tracker.staff.current import signed_in
from tracker.staff.sign_in import surroundings
from tracker.web.dates import in_words
from tracker.web.register import MenuItem, Surroundings, council_last_read, keep_council, surround_pages
from tracker.web.request import now, reading, settings

ITEMS = (
    ("Home", "overview.home", Permission.OWN_SETTINGS),
    ("Find a person", "people.find", Permission.FIND_PERSON),
    ("Your checks", "overview.checks", Permission.ASK_FOR_CHECK),
    ("Referrals", "review.referrals", Permission.OPEN_REFERRAL),
    ("Authorisations", "review.authorisations", Permission.SEE_AUTHORISATIONS),
    ("Your queue", "review.queue", Permission.DECIDE_CHECK),
    ("Staff", "staff.members", Permission.MANAGE_STAFF),
    ("Import", "imports.imports", Permission.IMPORT),
    ("The trail", "audit.trail", Permission.READ_TRAIL),
    ("Corporate profiles", "corporate_accounts.register", Permission.READ_POLICY),
    ("The policy", "rulebook.policy", Permission.READ_POLICY),
)

STARTING = timedelta(minutes=1)
MEANWHILE = (
    "Checks are still decided, counted and blocked as always. The nightly search for repeat viewing does not run, and nobody is "
    "reminded of what is due. Tell whoever looks after this service."
)


def register(app: Flask) -> None:
    """Puts the menu and the alarm round every page."""
    app.extensions["began_at"] = app.extensions["clock"]()
    surround_pages(app, _surroundings)


def _surroundings() -> Surroundings:
    entered = signed_in()
    around = replace(surroundings(), council=_council())
    if entered is None:
        return around
    return replace(around, menu=_menu(entered.actor), alarm="" if _is_starting() else alarm(entered.beat_at, now()))


def _council() -> str:
    """The council's name as it set it; "" where it has not. Where the database cannot say, the one that it said last: pages are shown
    all the same."""
    try:
        with reading() as session:
            shown = find_shown(session, SiteWords.NAME)
    except SQLAlchemyError:
        return council_last_read()
    name = shown.text if shown else ""
    keep_council(name)
    return name


def alarm(beat_at: datetime | None, at: datetime) -> str:
    """Since when detection has not run, and what that does and does not mean; empty while the scheduler lives."""
    if not is_silent(beat_at, at):
        return ""
    since = f"Detection has not run since {in_words(beat_at)}." if beat_at else "Detection has never run."
    return f"{since} {MEANWHILE}"


def _is_starting() -> bool:
    """A demonstration starts its scheduler with itself; nobody is to be alarmed before that had time to beat."""
    return settings().demonstration and now() - current_app.extensions["began_at"] < STARTING


def _menu(actor: Actor) -> tuple[MenuItem, ...]:
    return tuple(
        MenuItem(words, url_for(endpoint), current=request.endpoint == endpoint)
        for words, endpoint, permission in ITEMS
        if has_permission(actor, permission)
    )
