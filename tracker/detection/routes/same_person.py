"""Two records side by side: what is alike, what would follow from linking them, and the answer of whoever compared them."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.detection.comparison import Comparison
from tracker.detection.forms import SamePersonForm
from tracker.detection.routes.blueprint import pages
from tracker.detection.services import foresee_link, link_records, open_comparison, tell_apart
from tracker.detection.suggestions import SuggestedPair, list_suggested
from tracker.detection.vocabulary import EFFECT_WORDS, AreThey
from tracker.people.doubts import find_doubt
from tracker.people.problems import ProblemError
from tracker.people.requests import LinkedRecords
from tracker.people.routes.blueprint import carried_out
from tracker.policy.patterns import Effect
from tracker.policy.periods import london_day
from tracker.web.request import actor, now, reading, transaction

WAITS = "waits"
MOST = 50
"""How many suggestions a manager is shown at a time; those that are answered make place for the next."""


@dataclass(frozen=True)
class Foreseen:
    """What would follow from linking the records, in words; `problem` where they cannot be linked."""

    effects: tuple[str, ...]
    problem: str | None = None


@pages.route("/people/<reference>/links/with/<other>", methods=["GET", "POST"])
@requires(Permission.LINK_RECORDS, forms=(SamePersonForm,))
def same_person(reference: str, other: str) -> str | Response:
    """Compare two records, and say whether they are one person. Showing it is recorded for both."""
    form = SamePersonForm()
    back = url_for("detection.links", reference=reference)
    if form.validate_on_submit() and _answered(form, reference, other):
        return redirect(back, 303)
    comparison, foreseen = _compared(reference, other)
    return render_template("detection/same_person.html", form=form, comparison=comparison, foreseen=foreseen, back=back)


@pages.get("/people/may-be-one-person")
@requires(Permission.DECIDE_CHECK)
def suggested() -> str:
    """Records of the people of a manager's teams that may be one person, as they were found overnight."""
    with reading() as session:
        pairs = suggested_to_manager(session, most=MOST + 1)
    return render_template("detection/suggested.html", pairs=pairs[:MOST], more=len(pairs) > MOST)


def suggested_to_manager(session: Session, *, most: int) -> list[SuggestedPair]:
    """What the teams of whoever is signed in have to compare."""
    return list_suggested(session, actor().work_teams, by=actor(), on=london_day(now()), most=most)


def _answered(form: SamePersonForm, person: str, other: str) -> bool:
    def _do(session: Session) -> str:
        if form.are_they.value is AreThey.ONE_PERSON:
            return link_records(session, form.link(person, other), by=actor(), now=now()).reference
        told = tell_apart(session, form.told_apart(person, other), by=actor(), now=now())
        return WAITS if find_doubt(session, told.person_id, told.other_id) is not None else other

    done = carried_out(form, "same_person", _do)
    if done is None:
        return False
    if form.are_they.value is AreThey.ONE_PERSON:
        flash("The records now count as one person.", "success")
    elif done == WAITS:
        flash("It was recorded. A manager has to agree: until then looks at either count for both.", "success")
    else:
        flash("It is on record that they are different people. It is not suggested again.", "success")
    return True


def _compared(person: str, other: str) -> tuple[Comparison, Foreseen]:
    """Both records as they are now, and what would follow: worked out by linking them and undoing it."""
    with transaction() as session:
        comparison = open_comparison(session, person, other, by=actor(), now=now())
        try:
            linked = LinkedRecords(person=person, other=other, why="")
            effects = foresee_link(session, linked, by=actor(), now=now())
        except ProblemError as problem:
            return comparison, Foreseen((), problem.message)
    return comparison, Foreseen(tuple(EFFECT_WORDS[one] for one in Effect if one in effects))
