"""What was opened on duty: all that one's teams were told of, and one morning's list, which a manager has read."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, require
from tracker.drafts.services import once
from tracker.policy.entitlement import READERS_OF_EVERYTHING
from tracker.review.duty_lists import morning_of_task, team_of_task
from tracker.review.forms.looks import OpeningsReadForm
from tracker.review.routes.blueprint import pages
from tracker.review.selectors.duty import SHOWN_FOR, list_openings_for
from tracker.staff.selectors import get_team_by_id, list_teams
from tracker.storage.tables import NoSuchRecordError, saved_key
from tracker.tasks.entitlement import may_finish_task
from tracker.tasks.errors import NotByHandError, TaskDoneError
from tracker.tasks.selectors import get_task, standing_of_task
from tracker.tasks.services import finish_task
from tracker.tasks.vocabulary import TaskKind
from tracker.web.request import actor, now, reading, transaction

READ = "Read."


@pages.get("/duty/openings")
@requires(Permission.READ_DUTY_OPENINGS)
def openings() -> str:
    """What the teams of whoever is signed in were told of in the last 28 days; every team's, for those who read everything."""
    with reading() as session:
        everything = actor().roles & READERS_OF_EVERYTHING
        teams = [saved_key(one) for one in list_teams(session)] if everything else actor().work_teams
        rows = list_openings_for(session, teams, to=actor(), since=now() - SHOWN_FOR, now=now())
    return render_template("review/openings.html", rows=rows, team="", done=False, now=now())


@pages.route("/duty/openings/<reference>", methods=["GET", "POST"])
@requires(Permission.FINISH_TASK, forms=(OpeningsReadForm,))
def openings_read(reference: str) -> str | Response:
    """One morning's list of a team, which waits for its managers as a task; it is finished by having been read."""
    form = OpeningsReadForm()
    if form.validate_on_submit() and _finished(form, reference):
        flash("It was recorded that you have read what was opened on duty.", "success")
        return redirect(url_for("overview.home"), 303)
    with reading() as session:
        task = get_task(session, reference)
        if task.kind != TaskKind.DUTY_OPENINGS:
            raise NoSuchRecordError("this task is not about what was opened on duty")
        require(
            actor(), Permission.FINISH_TASK, allowed=may_finish_task(actor(), standing_of_task(task)), about=reference
        )
        since, until = morning_of_task(task)
        team = team_of_task(session, task)
        rows = list_openings_for(session, [team], to=actor(), since=since, until=until, now=now())
        name = get_team_by_id(session, team).name
    done = task.done_at is not None
    return render_template("review/openings.html", rows=rows, form=form, team=name, done=done, now=now())


def _finished(form: OpeningsReadForm, reference: str) -> bool:
    """Whether it was finished, once however often it is posted; otherwise the form says why not."""

    def _finish(session: Session) -> str:
        return finish_task(session, get_task(session, reference), READ, by=actor(), now=now()).reference

    try:
        with transaction() as session:
            once(session, form.submission.value, form="openings", by=actor(), now=now(), do=lambda: _finish(session))
    except (NotByHandError, TaskDoneError) as error:
        form.refuse("", str(error))
        return False
    return True
