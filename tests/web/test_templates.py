"""How templates are read, and what stands around a page."""

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from jinja2 import UndefinedError

from tests.web.parsed import parsed
from tracker.config import Settings
from tracker.web.environment import TEMPLATES
from tracker.web.register import Surroundings, register_web

INPUT = '{% from "govuk_frontend_jinja/components/input/macro.html" import govukInput %}'
AREA = """
{% from "govuk_frontend_jinja/components/radios/macro.html" import govukRadios %}
{% from "govuk_frontend_jinja/components/textarea/macro.html" import govukTextarea %}
{% set more = govukTextarea({"name": "x", "label": {"text": "X"}, "value": "one\ntwo"}) %}
{{ govukRadios({"name": "y", "fieldset": {"legend": {"text": "Y"}},
                "items": [{"value": "z", "text": "Z", "conditional": {"html": more}}]}) }}"""


def rendered(app: Flask, source: str, **given: object) -> str:
    """A template given as text."""
    with app.test_request_context("/"):
        return render_template_string(source, **given)


@pytest.mark.parametrize(
    "source", ["{{ nobody }}", "{{ somebody.surname }}", "{% if nobody %}{% endif %}", "{{ somebody['x'] }}"]
)
def test_a_name_that_nobody_gave_fails_the_page(gallery: Flask, source: str) -> None:
    with pytest.raises(UndefinedError):
        rendered(gallery, source, somebody={"name": "Kit"})


def test_a_misspelt_name_fails_even_as_a_parameter_of_the_library(gallery: Flask) -> None:
    with pytest.raises(UndefinedError):
        rendered(gallery, INPUT + '{{ govukInput({"name": "x", "label": {"text": labell}}) }}')


def test_the_library_forgives_the_parameters_that_were_left_out(gallery: Flask) -> None:
    page = parsed(rendered(gallery, INPUT + '{{ govukInput({"name": "x", "label": {"text": "X"}}) }}'))
    assert page.one("input").attributes == {"class": "govuk-input", "id": "x", "name": "x", "type": "text"}


def test_a_text_in_a_further_question_keeps_its_lines_as_they_are(gallery: Flask) -> None:
    assert parsed(rendered(gallery, AREA)).one("textarea").raw_text == "one\ntwo"


def test_the_library_itself_would_move_the_lines_of_a_text(gallery: Flask) -> None:
    """The control of the test above: with `indent` as Jinja has it, the lines move."""
    forgiving = gallery.jinja_env._forgiving  # type: ignore[attr-defined]
    ours, forgiving.filters = forgiving.filters, gallery.jinja_env.filters
    forgiving.cache.clear()
    forgiving._read.clear()
    try:
        assert parsed(rendered(gallery, AREA)).one("textarea").raw_text != "one\ntwo"
    finally:
        forgiving.filters = ours
        forgiving.cache.clear()
        forgiving._read.clear()


def test_an_application_that_has_read_a_template_is_refused() -> None:
    app = Flask("late")
    app.extensions["settings"] = Settings()
    assert app.jinja_env
    with pytest.raises(RuntimeError, match="register_web comes before"):
        register_web(app)


def test_a_page_says_whose_service_it_is_who_is_signed_in_and_that_all_is_made_up(visitor: FlaskClient) -> None:
    header = parsed(visitor.get("/form").text).one("header")
    for words in ("Northshire Council", "Social media checks", "Asha Shah, Family Help North", "Demonstration data"):
        assert words in header.text


def test_signing_out_is_a_button_that_posts_with_our_token(visitor: FlaskClient) -> None:
    form = parsed(visitor.get("/form").text).one("header").one("form")
    assert form.attributes["method"] == "post"
    assert form.one("button").text == "Sign out"
    assert form.one("input", name="csrf_token").attributes["value"]


def test_nobody_signed_in_is_shown_no_name_and_no_button(gallery: Flask) -> None:
    page = '{% extends "layout/page.html" %}{% block title %}T{% endblock %}{% block content %}{% endblock %}'
    asked = gallery.jinja_env.globals["surroundings"]
    gallery.jinja_env.globals["surroundings"] = Surroundings
    try:
        header = parsed(rendered(gallery, page)).one("header")
    finally:
        gallery.jinja_env.globals["surroundings"] = asked
    assert header.all("form") == []
    assert "Settings" not in header.text


def test_a_council_has_no_crown_and_no_name_of_the_government(visitor: FlaskClient) -> None:
    page = visitor.get("/components").text
    assert "GOV.UK" not in page
    assert "crown" not in page.lower()


def test_the_foot_of_every_page_leads_to_the_four_pages(visitor: FlaskClient) -> None:
    foot = parsed(visitor.get("/components").text).one("footer")
    for link in foot.all("a"):
        assert visitor.get(link.attributes["href"]).status_code == 200
    assert [link.text for link in foot.all("a")] == ["Accessibility statement", "Privacy notice", "Cookies", "Help"]


def test_no_template_of_ours_takes_markup_as_data() -> None:
    for template in TEMPLATES.rglob("*.html"):
        source = template.read_text()
        assert "| safe" not in source, template
        assert "|safe" not in source, template
        assert "style=" not in source, template
        assert "autoescape false" not in source, template
