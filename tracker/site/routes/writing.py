"""The council's name and pages: every version, writing one, reading it before anybody else does, and putting it in place."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.site.forms import NameForm, PageForm, ShowForm
from tracker.site.requests import NewSiteText, SiteTextError
from tracker.site.routes.pages import blueprint
from tracker.site.selectors import find_shown, get_site_text, list_versions
from tracker.site.services import show_site_text, write_site_text
from tracker.site.vocabulary import SITE_WORDS, SiteWords
from tracker.site.words import FootPage, rendered, text_in_folder
from tracker.storage.submissions import once
from tracker.storage.tables import NoSuchRecordError
from tracker.web.forms import Form
from tracker.web.request import actor, now, reading, settings, transaction


@blueprint.get("/site")
@requires(Permission.WRITE_SITE)
def words() -> str:
    """The council's name and each page in the foot: which words everybody sees, and every version that was written."""
    with reading() as session:
        return render_template(
            "site/words.html",
            parts=[
                (part, SITE_WORDS[part], find_shown(session, part), list_versions(session, part), _in_the_folder(part))
                for part in SiteWords
            ],
        )


@blueprint.route("/site/name/write", methods=["GET", "POST"])
@requires(Permission.WRITE_SITE, forms=(NameForm,))
def write_name() -> str | Response:
    """Write the council's name anew."""
    with reading() as session:
        shown = find_shown(session, SiteWords.NAME)
    form = NameForm(data={"text": shown.text if shown else settings().council_name})
    if form.validate_on_submit():
        return _written(form, form.request())
    return render_template("site/write.html", form=form, title=SITE_WORDS[SiteWords.NAME], rows=1)


@blueprint.route("/site/<part>/write", methods=["GET", "POST"])
@requires(Permission.WRITE_SITE, forms=(PageForm,))
def write_page(part: str) -> str | Response:
    """Write a page in the foot anew; it begins with the words that everybody sees now, where they are the council's own."""
    page = _page(part)
    with reading() as session:
        shown = find_shown(session, page)
    form = PageForm(data={"text": shown.text if shown else _in_the_folder(page)})
    if form.validate_on_submit():
        return _written(form, form.request(page))
    return render_template("site/write.html", form=form, title=SITE_WORDS[page], rows=20)


@blueprint.route("/site/versions/<reference>", methods=["GET", "POST"])
@requires(Permission.WRITE_SITE, forms=(ShowForm,))
def version(reference: str) -> str | Response:
    """A version as everybody would see it, and putting it in place."""
    form = ShowForm()
    with reading() as session:
        text = get_site_text(session, reference)
        part = SiteWords(text.part)
        seen = find_shown(session, part)
    if form.validate_on_submit() and _put_in_place(form, reference):
        flash("Everybody sees these words now.", "success")
        return redirect(url_for("site.words"), 303)
    return render_template(
        "site/version.html",
        form=form,
        text=text,
        title=SITE_WORDS[part],
        is_name=part is SiteWords.NAME,
        is_seen=seen is not None and seen.id == text.id,
        own=rendered(text.text),
    )


def _written(form: Form, new: NewSiteText) -> Response:
    def _write(session: Session) -> str:
        return write_site_text(session, new, by=actor(), now=now()).reference

    with transaction() as session:
        made = once(session, form.submission.value, form="site_text", by=actor(), now=now(), do=lambda: _write(session))
    return redirect(url_for("site.version", reference=made), 303)


def _put_in_place(form: Form, reference: str) -> bool:
    def _show(session: Session) -> str:
        return show_site_text(session, reference, by=actor(), now=now()).reference

    try:
        with transaction() as session:
            once(session, form.submission.value, form="site_shown", by=actor(), now=now(), do=lambda: _show(session))
    except SiteTextError as error:
        form.refuse("", str(error))
        return False
    return True


def _page(part: str) -> SiteWords:
    if part not in {page.value for page in FootPage}:
        raise NoSuchRecordError("there is no such page")
    return SiteWords(part)


def _in_the_folder(part: SiteWords) -> str:
    return "" if part is SiteWords.NAME else text_in_folder(settings().instance, FootPage(part.value))
