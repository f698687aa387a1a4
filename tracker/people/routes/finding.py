"""Finding people. The words are posted and kept on the server, so that no address, history or log holds a name."""

from dataclasses import dataclass
from datetime import timedelta

from flask import redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, has_permission
from tracker.drafts.selectors import get_draft
from tracker.drafts.services import begin_draft
from tracker.people.ages import age_in_words
from tracker.people.forms import SearchForm
from tracker.people.routes.blueprint import carried_out, pages
from tracker.people.search import PAGE_SIZE, Found
from tracker.people.services import search_again, search_people
from tracker.storage.tables import NoSuchRecordError
from tracker.web.paging import Paging, paging
from tracker.web.request import actor, now, reading

SEARCH = "people_search"
KEPT_FOR = timedelta(hours=12)
"""How long a search may be looked at again: going back to it, or on to its next page, is not another search."""


@dataclass(frozen=True)
class Search:
    """A search that was recorded, and the page of it that is shown."""

    reference: str
    words: str
    found: Found
    paging: Paging


@pages.route("/people", methods=["GET", "POST"])
@requires(Permission.FIND_PERSON, forms=(SearchForm,))
def find() -> str | Response:
    """The search box, and what was typed into it."""
    form = SearchForm()
    if form.validate_on_submit():
        made = search_for(form)
        if made:
            return redirect(url_for("people.found", reference=made), 303)
    return render_template("people/find.html", form=form, may_add=has_permission(actor(), Permission.ADD_PERSON))


@pages.get("/people/found/<reference>")
@requires(Permission.FIND_PERSON)
def found(reference: str) -> str:
    """The people who were found, a page at a time."""
    with reading() as session:
        search = search_shown(session, reference, asked=request.args.get("page"))
    return render_template(
        "people/found.html",
        search=search,
        new_search=SearchForm(data={"words": search.words}),
        may_add=has_permission(actor(), Permission.ADD_PERSON),
        age=lambda person: age_in_words(person, at=now()),
    )


def search_for(form: SearchForm) -> str | None:
    """Records the search once, and gives the reference under which its words are kept for who searched."""

    def _search(session: Session) -> str:
        words = form.words.value
        search_people(session, words, by=actor(), now=now())
        return begin_draft(session, form=SEARCH, about=None, content={"words": words}, by=actor(), now=now()).reference

    return carried_out(form, SEARCH, _search)


def search_shown(session: Session, reference: str, *, asked: str | None) -> Search:
    """A search of the actor's, the page asked for or the last there is. Raises `NoSuchRecordError` after 12 hours."""
    draft = get_draft(session, reference, by=actor(), now=now())
    if draft.form != SEARCH or draft.saved_at + KEPT_FOR <= now():
        raise NoSuchRecordError("there is no such search")
    words = str(draft.content["words"])
    first = search_again(session, words, by=actor(), now=now())
    shown = paging(first.total, asked, PAGE_SIZE)
    page = first if shown.number == 1 else search_again(session, words, by=actor(), now=now(), page=shown.number)
    return Search(reference, words, page, shown)
