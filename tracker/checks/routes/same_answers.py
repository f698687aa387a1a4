"""The same for others of the household: what cannot be copied is answered about each on one page, and each is then asked for."""

from collections.abc import Iterable, Mapping

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.checks.forms.same_for import SameAnswersForm, SameForPersonForm
from tracker.checks.routes.blueprint import pages
from tracker.checks.routes.same_for import require_page
from tracker.checks.routes.same_pages import Block, SamePage, draft_of_same, same_page
from tracker.checks.same_for import AskedSame
from tracker.checks.services import ask_same_for
from tracker.decisions.selectors import get_check
from tracker.drafts.services import save_draft
from tracker.people.services import open_in_passing
from tracker.web.forms import RESTORED
from tracker.web.request import actor, now, reading, transaction


@pages.route("/checks/drafts/<reference>/same-for", methods=["GET", "POST"])
@requires(Permission.ASK_FOR_CHECK, forms=(SameAnswersForm, SameForPersonForm))
def same_answers(reference: str) -> str | Response:
    """What is copied, what is asked about each by themself, and one button: each is then a check of its own."""
    with transaction() as session:
        draft, check, chosen = draft_of_same(session, reference)
        if not draft.content["people"]:
            return redirect(url_for("checks.same_asked", reference=check.reference), 303)
        require_page(session, check)
        for one in chosen:  # the page shows who they are: an opening of each, once a session
            open_in_passing(session, one.person.reference, Permission.ASK_FOR_CHECK, by=actor(), now=now())
    form = SameAnswersForm()
    with reading() as session:
        page = same_page(session, reference)
    if not form.is_submitted():
        _say_why_not(page.blocks, page.draft.content["why_not"])
    elif not page.blocks:
        form.refuse("", "None of those you chose can still be asked about")
    elif RESTORED not in request.form and all([form.validate(), *_whole(page.blocks)]):
        came = _asked(page)
        if any(one.check for one in came):
            return redirect(url_for("checks.same_asked", reference=check.reference), 303)
        _say_why_not(page.blocks, {one.person: one.why_not for one in came})
    forms = [form, *(block.form for block in page.blocks)]
    return render_template("checks/same_answers.html", form=form, forms=forms, page=page)


def _whole(blocks: Iterable[Block]) -> list[bool]:
    return [block.is_whole() for block in blocks]


def _asked(page: SamePage) -> tuple[AskedSame, ...]:
    """Each is asked for. Of those for whom that could not be done what was typed is kept, once it was done for others."""
    typed = {block.person.reference: block.form.raw_values() for block in page.blocks}
    with transaction() as session:
        check = get_check(session, page.check.reference)
        came = ask_same_for(session, check, page.new_checks(), by=actor(), now=now())
        left = {one.person: one.why_not for one in came if one.check is None}
        if len(left) < len(came):
            kept = {person: typed[person] for person in left}
            content = {"people": list(left), "typed": kept, "why_not": left}
            save_draft(session, page.draft.reference, content=content, by=actor(), now=now())
    if left and len(left) < len(came):
        flash("Not everybody could be asked about. What you typed about them is kept", "important")
    return came


def _say_why_not(blocks: Iterable[Block], why_not: Mapping[str, str]) -> None:
    for block in blocks:
        if block.person.reference in why_not:
            block.form.refuse("", f"{block.form.called}: {why_not[block.person.reference]}")
