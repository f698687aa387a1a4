"""The list of blueprints: every page of the tracker hangs on one of these."""

from flask import Blueprint

from tracker.audit import routes as audit
from tracker.authorities import routes as authorities
from tracker.checks import routes as checks
from tracker.consent import routes as consent
from tracker.corporate_accounts import routes as corporate_accounts
from tracker.corrections import routes as corrections
from tracker.detection import routes as detection
from tracker.drafts import routes as drafts
from tracker.health import routes as health
from tracker.imports import routes as imports
from tracker.leavers import routes as leavers
from tracker.overview import routes as overview
from tracker.people import routes as people
from tracker.proposals import routes as proposals
from tracker.review import routes as review
from tracker.rulebook import routes as rulebook
from tracker.site import routes as site
from tracker.staff import routes as staff

ALL: tuple[Blueprint, ...] = (
    site.blueprint,
    staff.pages,
    audit.pages,
    rulebook.pages,
    drafts.pages,
    corporate_accounts.pages,
    people.pages,
    consent.pages,
    imports.pages,
    authorities.pages,
    detection.pages,
    checks.pages,
    proposals.pages,
    corrections.pages,
    review.pages,
    leavers.pages,
    overview.pages,
    health.pages,
)
