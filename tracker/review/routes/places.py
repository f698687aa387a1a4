"""Where one of Legal's forms was reached from: a case, a check, or the page of the person."""

from dataclasses import dataclass

from flask import request, url_for
from sqlmodel import Session

from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.people.models import Person
from tracker.referrals.selectors import get_referral
from tracker.storage.tables import NoSuchRecordError


@dataclass(frozen=True)
class Place:
    """`at`: the reference of the case or the check in the address; "" for the person's page."""

    person: Person
    at: str
    check: Check | None

    @property
    def back(self) -> str:
        """The address of the page it was reached from."""
        if self.at.startswith("REF-"):
            return url_for("review.referral", reference=self.at)
        if self.at:
            return url_for("checks.show", reference=self.at)
        return url_for("overview.show_person", reference=self.person.reference)


def place_of(session: Session, person: Person, at: str | None = None) -> Place:
    """Where the form was reached from: `at`, or what the address says; nonsense is the person's page."""
    asked = request.args.get("at", "") if at is None else at
    try:
        if asked.startswith("REF-"):
            case = get_referral(session, asked)
            check = None if case.check_id is None else session.get_one(Check, case.check_id)
            return Place(person, case.reference, check)
        if asked.startswith("CHK-"):
            check = get_check(session, asked)
            return Place(person, check.reference, check)
    except NoSuchRecordError:
        pass
    return Place(person, "", None)
