"""Danger now: one page, an answer at once; the rest is asked with the outcome."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.checks.danger import find_earlier_danger
from tracker.checks.errors import CheckError
from tracker.checks.forms.asking import DangerForm
from tracker.checks.routes.blueprint import pages
from tracker.checks.routes.offers import choose_the_only, offer_accounts, offer_teams, open_involvements
from tracker.checks.services import submit_check
from tracker.drafts.services import once
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.people.requests import Details, NewInvolvement, NewPerson, TeamWork
from tracker.people.search import Found
from tracker.people.selectors import get_person
from tracker.people.services import add_involvement, add_person, open_in_passing, search_people
from tracker.policy.vocabulary import Relation
from tracker.staff.selectors import get_team
from tracker.web.dates import day_in_words, in_london
from tracker.web.request import actor, now, reading, transaction

SOMEBODY_NEW = "new"
TO_FOLLOW = ("Recorded in danger", "To follow")


@dataclass(frozen=True)
class Who:
    """Whom the danger is about: a record on file, or a new one in this name."""

    person: str | None
    name: str


@pages.route("/danger", methods=["GET", "POST"], defaults={"reference": None})
@pages.route("/people/<reference>/danger", methods=["GET", "POST"])
@requires(Permission.ASK_FOR_CHECK, forms=(DangerForm,))
def danger(reference: str | None) -> str | Response:
    """Who, where, why now; from a person's page it is known already who."""
    form = DangerForm()
    known = _known(reference) if reference else None
    _offer_people(form, known)
    with reading() as session:
        offer_teams(session, form.team, by=actor(), involved=False, person=None)
        offer_accounts(session, form, now=now())
    teams = list(form.team.options.meaning)
    if not form.is_submitted():
        choose_the_only(form.team)
    _ask_what_is_new(form, known)
    who = _who(form, known) if form.validate_on_submit() else None
    if who is not None:
        made = _asked(form, who)
        if made:
            return redirect(url_for("checks.show", reference=made), 303)
    return render_template("checks/danger.html", form=form, known=known, teams=teams, choose=form.which.options.choices)


def _known(reference: str) -> Person:
    with transaction() as session:
        return open_in_passing(session, reference, Permission.ASK_FOR_CHECK, by=actor(), now=now())


def _offer_people(form: DangerForm, known: Person | None) -> None:
    """Once a name was typed: the people it may be, and a new record. It is a search like any other, and recorded as one."""
    if known is not None:
        return
    form.who.required = "Enter who it is about"
    if not form.who.data:
        return
    with transaction() as session:
        found = search_people(session, form.who.data, by=actor(), now=now())
    if found.people:
        offered = [(one.person.reference, _words(one.person), ", ".join(one.teams)) for one in found.people]
        form.which.offer([*offered, (SOMEBODY_NEW, "None of these: make a new record", "")])
        form.which.required = "Select which of these people it is, or a new record"
    elif found.ask_whom:
        form.refuse("who", _restricted(found))


def _ask_what_is_new(form: DangerForm, known: Person | None) -> None:
    """Once it is known who it is: whether somebody has looked in danger before, and then what has newly happened."""
    chosen = known.reference if known is not None else form.which.data
    if chosen in (None, SOMEBODY_NEW):
        return
    with reading() as session:
        earlier = find_earlier_danger(session, get_person(session, str(chosen)), by=actor(), now=now())
    if earlier is not None:
        form.ask_what_is_new(earlier.sentence, required=not earlier.running)


def _who(form: DangerForm, known: Person | None) -> Who | None:
    """Whom it is about, once the form is valid; None where the record is restricted, and the form says whom to ask."""
    if known is not None:
        return Who(known.reference, "")
    if form.who.errors:
        return None
    name = form.who.value
    return Who(None, name) if form.which.data in (None, SOMEBODY_NEW) else Who(form.which.data, "")


def _asked(form: DangerForm, who: Who) -> str | None:
    try:
        with transaction() as session:
            return once(
                session,
                form.submission.value,
                form="danger",
                by=actor(),
                now=now(),
                do=lambda: _submitted(session, form, who),
            )
    except CheckError as error:
        form.refuse("", str(error))
    except ProblemError as error:
        form.refuse("", error.message)
    return None


def _submitted(session: Session, form: DangerForm, who: Who) -> str:
    person = get_person(session, who.person) if who.person else _new_person(session, form, who.name)
    team = get_team(session, form.team.value)
    involved = dict(open_involvements(session, person))
    if team.id not in involved and not team.on_duty:
        new = NewInvolvement(person=person.reference, work=_work(form.team.value))
        add_involvement(session, new, by=actor(), now=now())
    others = (
        next(iter(involved.values()), Relation.REFERRAL_OR_ENQUIRY) if team.on_duty else Relation.REFERRAL_OR_ENQUIRY
    )
    relation = involved.get(team.id or 0, others)
    check = form.new_check(person=person.reference, viewer=actor().reference, relation=relation)
    made = submit_check(session, check, by=actor(), now=now())
    if made.recorded_at < now():
        flash("You have asked about this danger already. This is the check that stands.", "important")
    return made.reference


def _new_person(session: Session, form: DangerForm, name: str) -> Person:
    offered = tuple(one for one in form.which.options.meaning if one != SOMEBODY_NEW)
    new = NewPerson(details=Details(name=name), involvement=_work(form.team.value), somebody_else=offered)
    return add_person(session, new, by=actor(), now=now(), why=form.danger.value)


def _work(team: str) -> TeamWork:
    system, reference = TO_FOLLOW
    return TeamWork(
        team=team,
        relation=Relation.REFERRAL_OR_ENQUIRY,
        opened_on=in_london(now()).date(),
        case_system=system,
        case_reference=reference,
    )


def _words(person: Person) -> str:
    born = f", born {day_in_words(person.date_of_birth)}" if person.date_of_birth else ""
    return f"{person.name or person.known_by}{born}"


def _restricted(found: Found) -> str:
    return f"There is a restricted record. Ask {found.ask_whom[0]}, or your duty manager"
