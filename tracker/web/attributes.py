"""The attributes of an element, written as the GOV.UK library writes them. A page of questions has two hundred such places, most of them
empty, and the library's own macro takes longer for them than for all else on the page."""

from collections.abc import Mapping

from jinja2 import Undefined
from markupsafe import Markup, escape

NONE = Markup()


def written_attributes(attributes: object) -> Markup:
    """What stands in a tag after its name, each attribute with a blank before it; nothing where none are given.

    A text is taken as it is. Of a mapping each value is written escaped, true and false in small letters; one that is a mapping itself
    says its `value`, and whether it is `optional`: then it is left out where there is none or it is false, and has only its name where
    it is true. Source: the macro `govukAttributes` of govuk-frontend-jinja.
    """
    if not attributes:
        return NONE
    if isinstance(attributes, str):
        return Markup(attributes)  # noqa: S704 - as the library takes it: our templates write it
    if not isinstance(attributes, Mapping):
        return NONE
    return Markup("".join(_written(name, value) for name, value in attributes.items()))  # noqa: S704 - each escaped by `_pair`


def _written(name: str, given: object) -> str:
    if isinstance(given, Mapping) and not _is_nothing(given.get("val")):  # marked as safe in the library's own way
        given = given["val"]
    if not isinstance(given, Mapping):
        return _pair(name, str(given).lower() if isinstance(given, bool) else given)
    value = given.get("value", Undefined())
    if given.get("optional") is not True:
        return _pair(name, value)
    if value is True:
        return f" {escape(name)}"
    return "" if value is False or _is_nothing(value) else _pair(name, value)


def _pair(name: str, value: object) -> str:
    return f' {escape(name)}="{escape(value)}"'


def _is_nothing(value: object) -> bool:
    return value is None or isinstance(value, Undefined)
