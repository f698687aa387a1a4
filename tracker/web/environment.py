"""How our templates are read: an unknown name is an error in ours, and forgiven in the GOV.UK library's."""

from collections import ChainMap
from collections.abc import KeysView, MutableMapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    DictLoader,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
)
from jinja2 import Environment as JinjaEnvironment
from jinja2 import Template as JinjaTemplate

from tracker.web.attributes import written_attributes

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
LIBRARY = "govuk_frontend_jinja"
ATTRIBUTES = {f"{LIBRARY}/macros/attributes.html": "{% set govukAttributes = written_attributes %}"}
"""In place of the library's macro of that name."""
OF_ANY_DICT = frozenset(dir(dict))


class _Globals(ChainMap[str, Any]):
    """The names of a template and of its environment. A page imports a hundred templates, and each import compares the names."""

    def keys(self) -> KeysView[str]:
        return {name: None for names in self.maps for name in names}.keys()


class PageEnvironment(Environment):
    """Ours is strict, so that a misspelt name fails the page instead of leaving it blank.

    The library's macros look up dozens of parameters that nobody gave: they run in an environment of their own that
    forgives. There `indent` does nothing: it would add blanks to each line of a text that is typed inside a fieldset.
    """

    _forgiving: JinjaEnvironment | None = None

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, **{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})
        self.globals["written_attributes"] = written_attributes
        forgiving = self.overlay(undefined=ChainableUndefined, trim_blocks=False, lstrip_blocks=False)
        forgiving.filters = {**self.filters, "indent": _as_it_is}
        self._read: dict[str, JinjaTemplate] = {}
        forgiving._read = {}
        self._forgiving = forgiving

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names that a template knows, its own first."""
        return _Globals(d or {}, self.globals)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A part of a value, as ever; of a dictionary without asking it for an attribute that no dictionary has."""
        if type(obj) is dict and attribute not in OF_ANY_DICT:
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def get_template(
        self, name: str | JinjaTemplate, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> JinjaTemplate:
        """The template, read by the environment that it belongs to. A page asks for a hundred, nearly always read before."""
        if not isinstance(name, str) or globals:
            return super().get_template(name, parent, globals)
        if self._forgiving is not None and name.startswith(f"{LIBRARY}/"):
            return self._forgiving.get_template(name)
        if name not in self._read or self.auto_reload:
            self._read[name] = super().get_template(name, parent)
        return self._read[name]


def use_our_templates(app: Flask) -> None:
    """Read the application's templates from `templates/` and the library's from its package.

    Raises `RuntimeError` when the application has read a template already: it would go on with the other environment.
    """
    if "jinja_env" in vars(app):
        raise RuntimeError("register_web comes before anything that uses app.jinja_env")
    app.jinja_environment = PageEnvironment  # type: ignore[assignment]  # Flask's own class is its type there
    app.jinja_loader = ChoiceLoader(
        [
            DictLoader(ATTRIBUTES),
            FileSystemLoader(TEMPLATES),
            PrefixLoader({LIBRARY: PackageLoader(LIBRARY, "templates")}),
        ]
    )


def _as_it_is(text: str, *_: object, **__: object) -> str:
    return text
