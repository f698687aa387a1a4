"""The pages in every foot, and the files that the pages load. Open to anybody."""

from datetime import timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, current_app, render_template, request, send_from_directory, url_for
from flask.blueprints import BlueprintSetupState
from sqlalchemy.exc import SQLAlchemyError

from tracker.access.decorators import public
from tracker.config import Settings
from tracker.site.selectors import find_shown
from tracker.site.vocabulary import SiteWords
from tracker.site.words import FootPage, OwnWords, own_words, rendered
from tracker.web.request import reading

BUILT = Path(__file__).resolve().parents[3] / "assets" / "built"
LONG = timedelta(days=365)
HASH_DIGITS = 12

blueprint = Blueprint("site", __name__)


@blueprint.get("/accessibility")
@public()
def accessibility() -> str:
    """The accessibility statement that the law asks of a council's website."""
    return _foot_page(FootPage.ACCESSIBILITY)


@blueprint.get("/privacy")
@public()
def privacy() -> str:
    """What is kept about staff and about the people in the records."""
    return _foot_page(FootPage.PRIVACY)


@blueprint.get("/cookies")
@public()
def cookies() -> str:
    """What the browser keeps."""
    return _foot_page(FootPage.COOKIES)


@blueprint.get("/help")
@public()
def help() -> str:
    """How the tracker is used, and whom to ask."""
    return _foot_page(FootPage.HELP)


@blueprint.get("/assets/<path:name>")
@public()
def asset(name: str) -> Response:
    """A built file. Asked for by its content's hash it may be kept for a year; otherwise the browser asks each time."""
    answer = send_from_directory(BUILT, name)
    if request.args.get("v") == _hash(name):
        answer.cache_control.no_cache = None
        answer.cache_control.public = True
        answer.cache_control.max_age = int(LONG.total_seconds())
        answer.cache_control.immutable = True
    return answer


def asset_url(name: str) -> str:
    """The address of a built file, which changes when its content does. Raises `FileNotFoundError` before `make setup`."""
    return url_for("site.asset", name=name, v=_hash(name))


@cache
def _hash(name: str) -> str:
    return sha256((BUILT / name).read_bytes()).hexdigest()[:HASH_DIGITS]


@blueprint.record_once
def _give_templates_their_addresses(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals["asset_url"] = asset_url


def _foot_page(page: FootPage) -> str:
    return render_template(f"site/{page.value}.html", own=_put_in_place(page) or _in_the_folder(page))


def _put_in_place(page: FootPage) -> OwnWords | None:
    """What an administrator put in place; None where nobody did, or the database cannot be read: these pages are shown all the same."""
    try:
        with reading() as session:
            shown = find_shown(session, SiteWords(page.value))
    except SQLAlchemyError:
        return None
    return rendered(shown.text) if shown else None


def _in_the_folder(page: FootPage) -> OwnWords | None:
    settings: Settings = current_app.extensions["settings"]
    return own_words(settings.instance, page)
