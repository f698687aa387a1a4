"""The attributes of an element are written as the GOV.UK library's own macro writes them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import ChainableUndefined, Environment, PackageLoader, Undefined
from markupsafe import Markup

from tracker.web import attributes as written_by_us
from tracker.web.attributes import written_attributes
from tracker.web.environment import LIBRARY

LIBRARYS = Environment(loader=PackageLoader(LIBRARY), autoescape=True, undefined=ChainableUndefined).from_string(
    '{% from "macros/attributes.html" import govukAttributes %}{{ govukAttributes(given) }}'
)
VALUES = st.one_of(st.text('a1 "&<>é'), st.booleans(), st.none(), st.integers(), st.just(Markup("&amp;")))
OPTIONAL = st.fixed_dictionaries({}, optional={"value": VALUES, "optional": st.booleans()})
SAFE = st.fixed_dictionaries({"val": VALUES.filter(bool)})
ATTRIBUTES = st.dictionaries(st.sampled_from(["id", "aria-describedby", "data-x", 'a"b']), VALUES | OPTIONAL | SAFE)


def differs(given_attributes: Any) -> bool:
    """Whether the two write it otherwise; blanks between attributes are no difference."""
    ours, theirs = written_attributes(given_attributes), LIBRARYS.render(given=given_attributes)
    return ours.split() != theirs.split()


@given(ATTRIBUTES)
def test_a_mapping_is_written_as_the_library_writes_it(given_attributes: dict[str, Any]) -> None:
    assert not differs(given_attributes)


@pytest.mark.parametrize("nothing", [None, {}, "", Undefined(), ChainableUndefined(), False])
def test_where_none_are_given_nothing_is_written(nothing: object) -> None:
    assert written_attributes(nothing) == ""
    assert not differs(nothing)


def test_a_text_is_taken_as_it_is() -> None:
    assert written_attributes(' data-x="1"') == ' data-x="1"'
    assert not differs(' data-x="1"')


def test_what_is_not_escaped_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    assert not differs({"id": '"><b>'})
    monkeypatch.setattr(written_by_us, "escape", Markup)
    assert differs({"id": '"><b>'})
