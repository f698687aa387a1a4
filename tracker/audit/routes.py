"""The trail, for the auditor and the Senior Responsible Officer: newest first, filtered, each entry opened, the chain verified."""

import re
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.audit.chain import verify
from tracker.audit.forms import Kind, TrailForm, VerifyForm, events_of
from tracker.audit.selectors import (
    PAGE,
    Wanted,
    count_entries,
    find_erasure,
    find_hash,
    find_verification,
    get_entry,
    list_actors,
    list_entries,
    names_in_trail,
)
from tracker.audit.services import open_trail, record_verification
from tracker.audit.showing import fact_rows, line_of, references_in, sentence_of
from tracker.storage.references import reference_in
from tracker.web.request import actor, now, reading, transaction

pages = Blueprint("audit", __name__)

_PLACE = re.compile(r"[0-9]{1,15}")


@pages.route("/trail", methods=["GET", "POST"])
@requires(Permission.READ_TRAIL, forms=(TrailForm,))
def trail() -> str | Response:
    """One line an event, newest first. What is filtered by stands in the address as references, a day and a kind."""
    wanted, kind = _wanted()
    form = TrailForm(data={"about": wanted.about or "", "by": wanted.by, "day": wanted.day, "kind": kind})
    with reading() as session:
        form.by.offer(list_actors(session))
    if form.validate_on_submit():
        return redirect(_address(_asked_for(form)), 303)
    with transaction() as session:
        open_trail(session, people=[wanted.person] if wanted.person else [], by=actor(), now=now())
    with reading() as session:
        found = list_entries(session, wanted, before=_before())
        shown = found[:PAGE]
        names = names_in_trail(session, references_in(shown))
        total, verified = count_entries(session), find_verification(session)
    older = {**_in_address(wanted, kind), "before": shown[-1].row.seq} if len(found) > PAGE else None
    return render_template(
        "audit/trail.html",
        form=form,
        lines=[line_of(entry, names) for entry in shown],
        filtered=bool(_in_address(wanted, kind)),
        newest=_in_address(wanted, kind) if _before() is not None else None,
        older=older,
        total=total,
        verified=verified,
    )


@pages.get("/trail/entries/<digest>")
@requires(Permission.READ_TRAIL)
def entry(digest: str) -> str:
    """One entry: its facts, its content or when and why that was erased, its hash and its place in the chain."""
    with reading() as session:
        people = get_entry(session, digest).said["people"]
    with transaction() as session:
        open_trail(session, people=people, by=actor(), now=now())
    with reading() as session:
        shown = get_entry(session, digest)
        erasure = find_erasure(session, shown) if shown.content is None else None
        names = names_in_trail(session, references_in([shown]))
        beside = {"before": find_hash(session, shown.row.seq - 1), "after": find_hash(session, shown.row.seq + 1)}
    return render_template(
        "audit/entry.html",
        entry=shown,
        words=sentence_of(shown, names),
        names=names,
        facts=fact_rows(shown.said["facts"]),
        content=fact_rows(shown.content) if shown.content is not None else None,
        erasure=erasure,
        beside=beside,
    )


@pages.route("/trail/verify", methods=["GET", "POST"])
@requires(Permission.READ_TRAIL, forms=(VerifyForm,))
def verify_chain() -> str | Response:
    """Read the whole chain, from the first entry to the last. What came of it is an entry of the trail itself."""
    form = VerifyForm()
    if form.validate_on_submit():
        with reading() as session:
            found = verify(session)
        with transaction() as session:
            record_verification(session, found, by=actor(), now=now())
        if found.holds:
            flash(f"The chain holds: all {found.entries:,} entries are as they were written.", "success")
        else:
            flash(f"The chain does not hold. Entry {found.bad_entry:,}: {found.why}.")
        return redirect(url_for("audit.verify_chain"), 303)
    with reading() as session:
        total, verified = count_entries(session), find_verification(session)
    return render_template("audit/verify.html", form=form, total=total, verified=verified)


def _wanted() -> tuple[Wanted, Kind | None]:
    """What the address asks for. Nothing but our own redirect makes such an address: one that cannot be read is not found."""
    about, by = request.args.get("about"), request.args.get("by")
    if any(one is not None and reference_in(one) != one for one in (about, by)):
        abort(404)
    try:
        day = date.fromisoformat(request.args["day"]) if "day" in request.args else None
        kind = Kind(request.args["kind"]) if "kind" in request.args else None
    except ValueError:
        abort(404)
    return Wanted(about=about, by=by, day=day, events=events_of(kind) if kind else None), kind


def _address(asked: dict[str, str]) -> str:
    return url_for("audit.trail", **asked)  # type: ignore[arg-type]  # its own arguments begin with an underscore


def _before() -> int | None:
    """The place in the chain before which the page begins; nonsense is the newest page."""
    asked = request.args.get("before", "")
    return int(asked) if _PLACE.fullmatch(asked) else None


def _in_address(wanted: Wanted, kind: Kind | None) -> dict[str, str]:
    day = wanted.day.isoformat() if wanted.day else None
    asked = {"about": wanted.about, "by": wanted.by, "day": day, "kind": kind.value if kind else None}
    return {name: value for name, value in asked.items() if value}


def _asked_for(form: TrailForm) -> dict[str, str]:
    return _in_address(Wanted(about=form.about.data, by=form.by.data, day=form.day.data), form.kind.data)
