"""The menu under the header: what this person may open."""

from dataclasses import replace

from flask import Flask, request, url_for

from tracker.access.permissions import Permission, has_permission
from tracker.policy.entitlement import Actor
from tracker.staff.current import signed_in
from tracker.staff.sign_in import surroundings
from tracker.web import MenuItem, Surroundings, surround_pages

ITEMS = (
    ("Home", "overview.home", Permission.OWN_SETTINGS),
    ("Find a person", "people.find", Permission.FIND_PERSON),
    ("Your checks", "overview.checks", Permission.ASK_FOR_CHECK),
    ("Referrals", "review.referrals", Permission.OPEN_REFERRAL),
    ("Authorisations", "review.authorisations", Permission.SEE_AUTHORISATIONS),
    ("Your queue", "review.queue", Permission.DECIDE_CHECK),
    ("Staff", "staff.members", Permission.MANAGE_STAFF),
    ("The trail", "audit.trail", Permission.READ_TRAIL),
    ("Corporate profiles", "corporate_accounts.register", Permission.READ_POLICY),
    ("The policy", "rulebook.policy", Permission.READ_POLICY),
)


def register(app: Flask) -> None:
    """Puts the menu round every page."""
    surround_pages(app, _surroundings)


def _surroundings() -> Surroundings:
    entered = signed_in()
    around = surroundings()
    return replace(around, menu=_menu(entered.actor)) if entered else around


def _menu(actor: Actor) -> tuple[MenuItem, ...]:
    return tuple(
        MenuItem(words, url_for(endpoint), current=request.endpoint == endpoint)
        for words, endpoint, permission in ITEMS
        if has_permission(actor, permission)
    )
