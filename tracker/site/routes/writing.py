"""The council's name and pages: every version, writing one, reading it before anybody else does, and putting it in place."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.site.forms import NameForm, PageForm, ShowForm
from tracker.site.requests import NewSiteText, SiteTextError
from tracker.site.routes.pages import blueprint
from tracker.site.selectors import find_shown, get_site_text, list_versions, version_seen
from tracker.site.services import show_site_text, write_site_text
from tracker.site.vocabulary import SITE_WORDS, SiteWords
from tracker.site.words import FootPage, rendered, text_in_folder
from tracker.storage.submissions import once
from tracker.storage.tables import NoSuchRecordError, StaleVersionError
from tracker.web.forms import VersionedForm
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
def write_name() -> str | Response | tuple[str, int]:
    """Write the council's name anew."""
    seen, text = _as_seen(SiteWords.NAME)
    form = NameForm(data={"version": seen, "text": text})
    return _write(form, SiteWords.NAME, form.request, rows=1)


@blueprint.route("/site/<part>/write", methods=["GET", "POST"])
@requires(Permission.WRITE_SITE, forms=(PageForm,))
def write_page(part: str) -> str | Response | tuple[str, int]:
    """Write a page in the foot anew; it begins with the words that everybody sees now, where they are the council's own."""
    page = _page(part)
    seen, text = _as_seen(page)
    form = PageForm(data={"version": seen, "text": text})
    return _write(form, page, lambda: form.request(page), rows=20)


@blueprint.route("/site/versions/<reference>", methods=["GET", "POST"])
@requires(Permission.WRITE_SITE, forms=(ShowForm,))
def version(reference: str) -> str | Response | tuple[str, int]:
    """A version as everybody would see it, and putting it in place."""
    with reading() as session:
        text = get_site_text(session, reference)
        part = SiteWords(text.part)
        form, status = ShowForm(data={"version": version_seen(session, part)}), 200
    if form.validate_on_submit():
        try:
            if _put_in_place(form, reference):
                flash("Everybody sees these words now.", "success")
                return redirect(url_for("site.words"), 303)
        except StaleVersionError:
            status = 409
            with reading() as session:
                form.meet(version_seen(session, part), {})
    with reading() as session:
        seen = find_shown(session, part)
    page = render_template(
        "site/version.html",
        form=form,
        text=text,
        title=SITE_WORDS[part],
        is_name=part is SiteWords.NAME,
        seen=seen,
        is_seen=seen is not None and seen.id == text.id,
        own=rendered(text.text),
    )
    return page, status


def _as_seen(part: SiteWords) -> tuple[int, str]:
    """The version of what everybody sees, and what the form begins with: those words, where they are the council's own."""
    with reading() as session:
        shown, version = find_shown(session, part), version_seen(session, part)
    if shown is not None:
        return version, shown.text
    return version, settings().council_name if part is SiteWords.NAME else _in_the_folder(part)


def _write(
    form: VersionedForm, part: SiteWords, request: Callable[[], NewSiteText], *, rows: int
) -> str | Response | tuple[str, int]:
    def _keep(session: Session) -> str:
        return write_site_text(session, request(), by=actor(), now=now()).reference

    status = 200
    if form.validate_on_submit():
        try:
            with transaction() as session:
                sent = form.submission.value
                made = once(session, sent, form="site_text", by=actor(), now=now(), do=lambda: _keep(session))
            return redirect(url_for("site.version", reference=made), 303)
        except StaleVersionError:
            status = 409
            version, text = _as_seen(part)
            form.meet(version, {"text": text})
    return render_template("site/write.html", form=form, title=SITE_WORDS[part], rows=rows), status


def _put_in_place(form: ShowForm, reference: str) -> bool:
    def _show(session: Session) -> str:
        return show_site_text(session, reference, version=form.version.value, by=actor(), now=now()).reference

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
