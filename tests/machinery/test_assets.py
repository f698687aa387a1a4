"""What the application serves beside its pages: in a council's clothes, and complete."""

import re

from workshop.place import BUILT


def test_the_style_sheet_uses_nothing_that_only_central_government_may() -> None:
    sheet = (BUILT / "application.css").read_text().lower()
    assert "arial" in sheet
    assert [word for word in ("gds transport", "@font-face", "crest", ".woff", "crown.svg") if word in sheet] == []


def test_the_style_sheet_asks_for_no_further_file() -> None:
    sheet = (BUILT / "application.css").read_text()
    asked_for = re.findall(r"url\(\s*[\"']?([^)\"']+)", sheet)
    assert [address for address in asked_for if not address.startswith("data:")] == []


def test_the_style_sheet_dresses_every_borrowed_component() -> None:
    sheet = (BUILT / "application.css").read_text()
    borrowed = (".govuk-button", ".govuk-error-summary", ".govuk-generic-header", ".moj-timeline", ".moj-badge")
    assert [name for name in borrowed if name not in sheet] == []


def test_every_script_that_ours_imports_is_served() -> None:
    script = (BUILT / "application.js").read_text()
    imported = re.findall(r"from '\./([^']+)'", script)
    assert imported
    assert [name for name in imported if not (BUILT / name).is_file()] == []
