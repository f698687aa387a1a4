"""An import in the browser and at the command line: what is sent, shown, carried out and left."""

import secrets
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from flask import Flask, request
from sqlmodel import select
from werkzeug.test import TestResponse

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, Council
from tests.fixtures.trail import trail
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tests.imports.files import kept, people
from tracker.cli import main
from tracker.imports import routes, services
from tracker.imports.reading import LARGEST_FILE
from tracker.imports.services import AT_ONCE
from tracker.imports.vocabulary import Kind
from tracker.people.models import Person
from tracker.storage import references

pytestmark = ONE_DATABASE

FILE = people("R1,Kit Zzone,23/04/2014", "R2,Rae Zztwo,31/02/2001", "R3,Sam Zzthree,1/5/1980")
NAME = "Zzsecret children.csv"


@pytest.fixture
def manager(council: Council, client_for: ClientFor) -> Visitor:
    return client_for(council.manager)


def uploaded(visitor: Visitor, content: bytes, path: str = "/imports/people") -> Page:
    """A file sent as a browser sends one."""
    form = visitor.get(path).form("Try the file")
    assert form.element["enctype"] == "multipart/form-data"
    (control,) = [one for one in form.element.all("input") if one.get("type") == "file"]
    values = {name: values[0] for name, values in form.values.items()}
    return Page(posted(visitor, path, values, control["name"], content))


def posted(visitor: Visitor, path: str, values: Mapping[str, str], name: str, content: bytes) -> TestResponse:
    """A post with a file. Its body is made here: the test client would put a large one into a file of its own."""
    parts = [
        f'--zz\r\nContent-Disposition: form-data; name="{one}"\r\n\r\n{value}\r\n' for one, value in values.items()
    ]
    file = f'--zz\r\nContent-Disposition: form-data; name="{name}"; filename="{NAME}"\r\nContent-Type: text/csv\r\n\r\n'
    body = "".join([*parts, file]).encode() + content + b"\r\n--zz--\r\n"
    kind = "multipart/form-data; boundary=zz"
    return visitor.client.post(path, data=body, content_type=kind, follow_redirects=True)


def names_on_record(council: Council) -> list[str]:
    with council.database.reading() as session:
        return sorted(one.name or "" for one in session.exec(select(Person)))


def test_a_file_is_tried_then_carried_out_and_neither_it_nor_its_name_is_kept(
    council: Council, manager: Visitor
) -> None:
    page = uploaded(manager, FILE.encode())
    assert page.heading == "What becomes of each row"
    rows = [row.text for row in page.main.all("table")[1].all("tr")[1:]]
    assert [row.split()[1] for row in rows] == ["3", "2", "4"]
    assert "31 February is not a day" in rows[0]
    assert names_on_record(council) == []
    done = manager.send(page, button="Carry the import out")
    assert done.heading == "The import is done"
    assert names_on_record(council) == ["Kit Zzone", "Sam Zzthree"]
    assert "Zzone" not in done.text
    assert b"Zzsecret" not in Path(council.database.engine.url.database or "").read_bytes()
    assert [entry.event for entry in trail(council.database) if entry.event.startswith("import:")] == [
        *("import:tried", "import:begun", "import:done")
    ]


def test_no_file_ever_touches_a_disk_and_one_that_is_too_large_is_refused(app: Flask, manager: Visitor) -> None:
    streams: list[object] = []
    app.before_request_funcs[None].append(lambda: streams.extend(one.stream for one in request.files.values()))
    large = people(*(f"R{number},{'Kit ' * 29}Zzone,1/1/2001" for number in range(6_000)))
    assert uploaded(manager, large.encode()).heading == "What becomes of each row"
    assert [type(one) for one in streams] == [BytesIO]
    over = uploaded(manager, b"a" * (LARGEST_FILE + 1))
    assert over.errors == ["The file must be 8 MB or smaller"]
    too_large = uploaded(manager, b"a" * (LARGEST_FILE + 128 * 1024))
    assert (too_large.status, f"has {LARGEST_FILE // 1024**2} MB at most" in too_large.text) == (413, True)


def test_whoever_may_not_import_cannot_send_a_large_post_either(council: Council, client_for: ClientFor) -> None:
    worker = client_for(council.worker)
    token = worker.get("/settings").csrf_token
    large = posted(worker, "/imports/people", {"csrf_token": token}, "people_file", b"a" * 300 * 1024)
    assert large.status_code == 413


def test_what_takes_longer_than_a_request_shows_how_far_it_is_and_goes_on(
    council: Council, manager: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(services.AT_ONCE, Kind.PEOPLE, 1)
    monkeypatch.setattr(routes, "AT_A_TIME_S", 0.0)
    page = manager.send(uploaded(manager, FILE.encode()), button="Carry the import out")
    assert page.heading == "1 of 3 rows done"
    assert page.response.headers["Refresh"] == "5"
    still = manager.get(next(one["href"] for one in page.main.all("a") if one.text == "Have it keep still"))
    assert (still.heading, "Refresh" in still.response.headers) == (page.heading, False)
    again = uploaded(manager, FILE.encode())
    assert again.errors == [services.STILL_RUNNING]
    monkeypatch.setattr(routes, "AT_A_TIME_S", 60.0)
    monkeypatch.setattr(routes, "BREATH_S", 0.0)
    done = manager.send(page, button="Go on now")
    assert (done.heading, names_on_record(council)) == ("The import is done", ["Kit Zzone", "Sam Zzthree"])
    assert "Refresh" not in done.response.headers


def test_the_file_to_fill_in_is_downloaded(manager: Visitor) -> None:
    answer = manager.client.get("/imports/people/template")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == "attachment; filename=people.csv"
    assert answer.text.startswith("\ufeffcase_system,case_reference,team,")


def test_another_file_takes_the_place_of_one_that_was_only_tried(council: Council, manager: Visitor) -> None:
    first = kept(council, FILE)
    uploaded(manager, FILE.encode())
    ended = manager.get(f"/imports/{first.reference}")
    assert ended.heading == "This import has ended"
    assert "Zzone" not in ended.text


# The command line ----------------------------------------------------------------------------------------------------


@pytest.fixture
def at_the_command_line(database_url: str, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("TRACKER_DATABASE_URL", database_url)
    return CliRunner()


def test_the_operator_imports_for_every_team_and_is_told_what_was_left_out(
    council: Council, at_the_command_line: CliRunner, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(FILE.replace("Family Help North,Sam", "Family Help South,Sam"))
    asked = ["import", "people", str(file), "--answering", council.worker.email]
    dry = at_the_command_line.invoke(main, [*asked, "--dry-run"])
    assert (dry.exit_code, names_on_record(council)) == (3, [])
    assert "Row 3: date_of_birth: 31 February is not a day." in dry.output
    for words in ("Was added: 2", "Was added: 0"):
        done = at_the_command_line.invoke(main, asked)
        assert (done.exit_code, words in done.output) == (3, True)
        assert "Zz" not in done.output
    assert names_on_record(council) == ["Kit Zzone", "Sam Zzthree"]
    file.write_text(FILE.replace("31/02", "28/02"))
    assert at_the_command_line.invoke(main, asked).exit_code == 0


def test_a_new_reference_that_is_taken_does_not_end_an_import(
    casework: Casework, at_the_command_line: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, file = casework.person("Noor"), tmp_path / "people.csv"
    file.write_text(FILE)
    letters = list("".join(person.reference.split("-")[1:])[:-1])
    dice = SimpleNamespace(choice=lambda these: letters.pop(0) if letters else secrets.choice(these))
    monkeypatch.setattr(references, "secrets", dice)
    done = at_the_command_line.invoke(
        main, ["import", "people", str(file), "--answering", casework.council.worker.email]
    )
    assert (letters, "Was added: 2" in done.output) == ([], True)
    assert names_on_record(casework.council) == ["Kit Zzone", person.name, "Sam Zzthree"]


def test_the_command_says_why_it_did_nothing(council: Council, at_the_command_line: CliRunner, tmp_path: Path) -> None:
    file = tmp_path / "staff.csv"
    file.write_bytes(b"\xff\xfe")
    assert at_the_command_line.invoke(main, ["import", "staff", str(file)]).exit_code == 1
    file.write_text(FILE)
    nobody = at_the_command_line.invoke(main, ["import", "people", str(file), "--answering", "x@example.gov.uk"])
    assert (nobody.exit_code, "Nobody who works here" in nobody.output) == (1, True)
    assert at_the_command_line.invoke(main, ["import", "people", str(file)]).exit_code == 2
    assert AT_ONCE[Kind.PEOPLE] > 2
