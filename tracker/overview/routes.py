"""Home, the page of a person, every check that one asked for, and every task that waits for one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, has_permission, require
from tracker.drafts.services import once
from tracker.overview.home import checks_of, count_checks_of, home_of
from tracker.overview.person import person_page
from tracker.overview.tasks import line_of, tasks_of
from tracker.people.forms import SearchForm
from tracker.people.groups import group_of
from tracker.people.selectors import get_person
from tracker.people.services.opening import open_person
from tracker.people.vocabulary import FAMILY_LINK_WORDS
from tracker.policy.entitlement import ROLE_WORDS
from tracker.review.selectors.holds import list_holds_that_stand
from tracker.rulebook.selectors import limits_in_force
from tracker.tasks.entitlement import may_finish_task
from tracker.tasks.errors import NotByHandError, TaskDoneError
from tracker.tasks.forms import FinishForm
from tracker.tasks.selectors import count_tasks_for, get_task, standing_of_task
from tracker.tasks.services import finish_task
from tracker.web.paging import paging
from tracker.web.request import actor, now, reading, transaction

pages = Blueprint("overview", __name__)


@pages.get("/")
@requires(Permission.OWN_SETTINGS)
def home() -> str:
    """What waits for whoever is signed in."""
    with reading() as session:
        limits = limits_in_force(session, at=now())
        page = home_of(session, actor(), limits.limits, now=now())
    return render_template(
        "overview/home.html",
        page=page,
        limits=limits,
        roles=sorted({ROLE_WORDS[role] for role in actor().roles}),
        works=bool(actor().work_teams),
        now=now(),
        search=SearchForm() if has_permission(actor(), Permission.FIND_PERSON) else None,
    )


@pages.get("/checks")
@requires(Permission.ASK_FOR_CHECK)
def checks() -> str:
    """Every check that the member of staff asked for."""
    with reading() as session:
        limits = limits_in_force(session, at=now())
        total = count_checks_of(session, actor())
        shown = paging(total, request.args.get("page"))
        items = checks_of(session, actor(), limits.limits, shown, now=now())
    return render_template("overview/checks.html", items=items, shown=shown)


@pages.get("/tasks")
@requires(Permission.FINISH_TASK)
def tasks() -> str:
    """Everything that is due or overdue and waits for whoever is signed in."""
    with reading() as session:
        shown = paging(count_tasks_for(session, actor()), request.args.get("page"))
        lines = tasks_of(session, actor(), shown, now=now())
    return render_template("overview/tasks.html", lines=lines, shown=shown)


@pages.route("/tasks/<reference>", methods=["GET", "POST"])
@requires(Permission.FINISH_TASK, forms=(FinishForm,))
def task(reference: str) -> str | Response:
    """One task, and finishing it where it does not end by itself."""
    form = FinishForm()
    if form.validate_on_submit() and _finished(form, reference):
        flash("The task is finished.", "success")
        return redirect(url_for("overview.tasks"), 303)
    with reading() as session:
        row = get_task(session, reference)
        allowed = may_finish_task(actor(), standing_of_task(row))
        require(actor(), Permission.FINISH_TASK, allowed=allowed, about=reference)
        line = line_of(session, row, actor(), now=now())
    return render_template("overview/task.html", form=form, line=line, open=row.done_at is None)


def _finished(form: FinishForm, reference: str) -> bool:
    """Whether it was finished, once however often it is posted; otherwise the form says why not."""

    def _finish(session: Session) -> str:
        return finish_task(session, get_task(session, reference), form.why.value, by=actor(), now=now()).reference

    try:
        with transaction() as session:
            once(session, form.submission.value, form="task", by=actor(), now=now(), do=lambda: _finish(session))
    except (NotByHandError, TaskDoneError) as error:
        form.refuse("", str(error))
        return False
    return True


@pages.get("/people/<reference>")
@requires(Permission.OPEN_PERSON)
def show_person(reference: str) -> str:
    """Where this person stands, what would change it, and what happened."""
    with transaction() as session:
        open_person(session, reference, by=actor(), now=now())
    with reading() as session:
        page = person_page(session, get_person(session, reference), to=actor(), now=now())
        for_legal = has_permission(actor(), Permission.PREPARE_APPLICATION)
        members = group_of(session, page.person.id or 0).members
        return render_template(
            "overview/person.html",
            page=page,
            family_words=FAMILY_LINK_WORDS,
            for_legal=for_legal,
            holds=list_holds_that_stand(session, members) if for_legal else [],
        )
