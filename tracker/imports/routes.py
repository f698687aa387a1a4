"""Importing: a file is tried, every row's fate is shown, and then it is carried out piece by piece, with how far it is."""

import time

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response as Answer

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, has_permission, require
from tracker.drafts.services import once
from tracker.imports.columns import COLUMNS, template_of
from tracker.imports.forms import (
    LARGEST_POST,
    BeginImportForm,
    FileForm,
    GoOnForm,
    PeopleFileForm,
    StaffFileForm,
    TeamsFileForm,
)
from tracker.imports.reading import MOST_ROWS
from tracker.imports.requests import FileProblemError
from tracker.imports.rows import RELATIONS
from tracker.imports.selectors import count_fates, get_import, list_imports, list_rows
from tracker.imports.services import (
    PERMISSION,
    NothingToRunError,
    begin_import,
    go_on_with_import,
    keep_import,
    try_file,
)
from tracker.imports.vocabulary import FATE_AFTER, FATE_BEFORE, FATE_COLOURS, IN_ORDER, STATE_WORDS, Fate, Kind, State
from tracker.policy.entitlement import ROLE_WORDS
from tracker.staff.attempting import passwords
from tracker.storage.tables import NoSuchRecordError
from tracker.web.paging import paging
from tracker.web.request import actor, now, reading, transaction

pages = Blueprint("imports", __name__)

AT_A_TIME_S = 4.0
"""Seconds of work in one request; what is left goes on with the next, or with the scheduler."""

BREATH_S = 0.03
"""Between two pieces, so that others come to write too."""

LOOK_AGAIN_S = 5
NOTHING_TO_RUN = "This import was begun already, or its rows are not kept any more"


@pages.get("/imports")
@requires(Permission.IMPORT)
def imports() -> str:
    """What may be imported, and one's own imports."""
    with reading() as session:
        mine = list_imports(session, by=actor())
    kinds = [kind for kind in Kind if has_permission(actor(), PERMISSION[kind])]
    return render_template("imports/imports.html", kinds=kinds, mine=mine, states=STATE_WORDS, State=State)


@pages.get("/imports/<kind>/template")
@requires(Permission.IMPORT)
def template(kind: str) -> Response:
    """The file to fill in. Nothing in it is anybody's."""
    if kind not in set(Kind):
        raise NoSuchRecordError
    require(actor(), PERMISSION[Kind(kind)])
    answer = Response(template_of(Kind(kind)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f"attachment; filename={Kind(kind).value}.csv"
    return answer


@pages.route("/imports/teams", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF, forms=(TeamsFileForm,), largest_post=LARGEST_POST)
def teams() -> str | Answer:
    """Try a file of teams."""
    return _try(TeamsFileForm())


@pages.route("/imports/staff", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF, forms=(StaffFileForm,), largest_post=LARGEST_POST)
def staff() -> str | Answer:
    """Try a file of staff."""
    return _try(StaffFileForm())


@pages.route("/imports/people", methods=["GET", "POST"])
@requires(Permission.IMPORT_PEOPLE, forms=(PeopleFileForm,), largest_post=LARGEST_POST)
def people() -> str | Answer:
    """Try a file of people of one's own teams."""
    return _try(PeopleFileForm())


@pages.get("/imports/<reference>")
@requires(Permission.IMPORT)
def show(reference: str) -> Response:
    """What becomes of each row, and, once it was begun, how far it is. While it runs the page asks for itself again, unless the
    reader has it keep still: a page that loads anew under a screen reader begins anew (WCAG 2.2.1)."""
    still = "still" in request.args
    with reading() as session:
        found = get_import(session, reference, by=actor())
        require(actor(), PERMISSION[Kind(found.kind)], about=found.reference)
        counted = count_fates(session, found)
        shown = paging(sum(counted.by_fate.values()), request.args.get("page"))
        rows = list_rows(session, found, offset=shown.offset, most=shown.size)
    page = render_template(
        "imports/import.html",
        found=found,
        counted=counted,
        shown=shown,
        rows=rows,
        words=FATE_AFTER if found.state == State.DONE else FATE_BEFORE,
        done_words=FATE_AFTER,
        colours=FATE_COLOURS,
        order=IN_ORDER,
        begin=BeginImportForm() if found.state == State.TRIED and found.ends_at > now() else None,
        go_on=GoOnForm() if found.state == State.RUNNING else None,
        Fate=Fate,
        State=State,
        sees=_sees,
        still=still,
    )
    answer = Response(page)
    if found.state == State.RUNNING and not still:
        answer.headers["Refresh"] = str(LOOK_AGAIN_S)
    return answer


@pages.post("/imports/<reference>/begin")
@requires(Permission.IMPORT, forms=(BeginImportForm,))
def begin(reference: str) -> Answer:
    """Carry a file out that was tried."""
    form = BeginImportForm()
    if form.validate_on_submit():
        try:
            with transaction() as session:
                by, submission = actor(), form.submission.value
                once(session, submission, form="import", by=by, now=now(), do=lambda: _begun(session, reference))
                is_left = get_import(session, reference, by=by).state == State.RUNNING
        except NothingToRunError:
            flash(NOTHING_TO_RUN)
        else:
            _work_on(reference, is_left=is_left)
    return redirect(url_for("imports.show", reference=reference), 303)


@pages.post("/imports/<reference>/go-on")
@requires(Permission.IMPORT, forms=(GoOnForm,))
def go_on(reference: str) -> Answer:
    """Carry on with what was begun. However often it is posted, each row is carried out once."""
    form = GoOnForm()
    if form.validate_on_submit():
        _work_on(reference)
    return redirect(url_for("imports.show", reference=reference), 303)


def _try(form: FileForm) -> str | Answer:
    if form.validate_on_submit() and (kept := _kept(form)):
        return redirect(url_for("imports.show", reference=kept), 303)
    return render_template(
        "imports/try.html",
        form=form,
        kind=form.kind,
        columns=COLUMNS[form.kind],
        most_rows=MOST_ROWS,
        roles=ROLE_WORDS,
        relations=list(dict.fromkeys(RELATIONS.values())),
        Kind=Kind,
    )


def _kept(form: FileForm) -> str | None:
    """The reference of the import that the file made, once however often it is posted; None where the form says what is wrong."""
    try:
        with reading() as session:
            tried = try_file(session, form.kind, form.file.value, by=actor(), now=now(), passwords=passwords())
        with transaction() as session:

            def _keep() -> str:
                return keep_import(session, tried, by=actor(), now=now()).reference

            return once(session, form.submission.value, form="import_tried", by=actor(), now=now(), do=_keep)
    except FileProblemError as problem:
        form.refuse(form.file.short_name, str(problem))
        return None


def _begun(session: Session, reference: str) -> str:
    return begin_import(session, reference, by=actor(), now=now(), passwords=passwords()).reference


def _work_on(reference: str, *, is_left: bool = True) -> None:
    """Piece after piece, each in a transaction of its own, for as long as a request may take."""
    until = time.monotonic() + AT_A_TIME_S
    while is_left and time.monotonic() < until:
        with transaction() as session:
            is_left = go_on_with_import(session, reference, by=actor(), now=now(), passwords=passwords()) > 0
        time.sleep(BREATH_S if is_left else 0)


def _sees(kind: str) -> str:
    """Which column says whom a row is about."""
    return "email" if kind == Kind.STAFF else "name"
