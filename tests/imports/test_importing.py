"""A file tried, carried out, cut off, sent again: what is there afterwards, and that nothing is there twice."""

import json
import random
from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Council
from tests.fixtures.faults import every_row
from tests.fixtures.settling import FAST, TEAMS
from tests.imports.files import HEADER, carried_out, fates, kept, people, tried, whose
from tests.people.making import events
from tracker.audit.chain import verify
from tracker.audit.events import Event
from tracker.audit.models import AuditEntry
from tracker.clockwork.running import run_job
from tracker.detection.jobs import SUGGEST_LINKS
from tracker.detection.models import SuggestedLink
from tracker.imports import services
from tracker.imports.jobs import IMPORTS_GO_ON, IMPORTS_RUN_OUT
from tracker.imports.models import ImportFile, ImportRow
from tracker.imports.services import begin_import, go_on_with_import
from tracker.imports.vocabulary import Fate, Kind, State
from tracker.people.models import Involvement, Person, PersonName, PersonNameKey, Profile
from tracker.people.requests import Details, NewPerson, TeamWork, TypedProfile
from tracker.people.services import add_people, add_person
from tracker.policy.entitlement import Role
from tracker.policy.vocabulary import Relation
from tracker.staff.models import RoleGrant, StaffMember, Team
from tracker.staff.selectors import find_staff_by_email, list_grants
from tracker.staff.services import end_role
from tracker.storage.tables import saved_key

NOT_TOUCHED = {"audit_entry", "audit_content", "audit_person", "audit_head", "import_file", "import_row"}
FILE = people("R1,Kit Zzone,23/04/2014", "R2,Rae Zztwo,31/02/2001", "R3,Sam Zzthree,1/5/1980")


def count(session: Session, table: type) -> int:
    return len(session.exec(select(table)).all())


@ONE_DATABASE
def test_a_dry_run_tells_each_rows_fate_and_changes_nothing_but_the_rows_kept_and_its_entry(council: Council) -> None:
    before = every_row(council.database)
    found = kept(council, FILE)
    after = every_row(council.database)
    assert {name for name in before if before[name] != after[name]} <= NOT_TOUCHED
    assert len(after["audit_entry"]) == len(before["audit_entry"]) + 1
    with council.database.reading() as session:
        rows = session.exec(select(ImportRow).order_by(col(ImportRow.number))).all()
    assert [row.fate for row in rows] == ["new", "wrong", "new"]
    assert rows[1].said == "date_of_birth: 31 February is not a day"
    assert found.ends_at - found.recorded_at <= timedelta(hours=24)


def test_what_is_new_is_put_on_record_once_and_the_rows_are_erased(council: Council) -> None:
    for _ in range(2):
        done = carried_out(council, kept(council, FILE))
        assert (done.state, done.done, done.rows) == (State.DONE, 3, 3)
        with council.database.reading() as session:
            assert sorted(one.name or "" for one in session.exec(select(Person))) == ["Kit Zzone", "Sam Zzthree"]
            assert count(session, Involvement) == 2
            cells = [row.cells for row in session.exec(select(ImportRow)) if row.import_id == done.id]
            assert cells == [None] * 3
            assert verify(session).holds
    mended = FILE.replace("31/02/2001", "28/02/2001")
    assert fates(tried(council, mended)) == ["here", "new", "here"]
    carried_out(council, kept(council, mended))
    with council.database.reading() as session:
        assert count(session, Person) == 3


@ONE_DATABASE
def test_somebody_imported_is_on_record_just_as_if_they_had_been_added_alone(council: Council) -> None:
    def _new(name: str) -> NewPerson:
        details = Details(name=f"Kit {name}", other_names=(f"Kat {name}",), date_of_birth=date(2014, 4, 23))
        work = TeamWork(
            team=council.north.reference,
            relation=Relation.SERVICE_USER,
            opened_on=START.date(),
            case_system="Z",
            case_reference=f"R {name}",
        )
        return NewPerson(details=details, involvement=work, profile=TypedProfile(address=f"https://x.com/{name}"))

    worker = council.actor(council.worker)
    teams = {council.north.reference: council.north}
    with council.database.transaction() as session:
        add_person(session, _new("Zzalpha"), by=worker, now=START)
    with council.database.transaction() as session:
        add_people(session, [_new("Zzgamma")], teams=teams, answering=worker.staff_id, by=worker, now=START)
    with council.database.reading() as session:
        alone, imported = session.exec(select(Person).order_by(col(Person.id))).all()
        apart = {"id", "reference", "name"}
        assert alone.model_dump(exclude=apart) == imported.model_dump(exclude=apart)
        apart = {
            "id",
            "reference",
            "person_id",
            "case_reference",
            "case_key",
            "handle",
            "address",
            "name",
            "searchable",
        }
        for table in (PersonName, Involvement, Profile):
            rows = session.exec(select(table).order_by(col(table.id))).all()
            half = len(rows) // 2
            assert [one.model_dump(exclude=apart) for one in rows[:half]] == [
                one.model_dump(exclude=apart) for one in rows[half:]
            ]
        named = {row.id: row for row in session.exec(select(PersonName))}
        keys = [(named[one.name_id].person_id, one.sound) for one in session.exec(select(PersonNameKey))]
        assert (
            len([one for one in keys if one[0] == alone.id]) == len([one for one in keys if one[0] == imported.id]) > 0
        )
        entries = session.exec(select(AuditEntry).where(col(AuditEntry.event).startswith("people:"))).all()
        events = [(one.event, one.actor) for one in entries]
    assert events[:3] == events[3:]


@ONE_DATABASE
def test_whoever_looks_like_somebody_on_record_is_left_out_until_somebody_says_otherwise(
    casework: Casework, council: Council
) -> None:
    person = casework.person("Mohammed", born=date(1988, 2, 29))
    surname = (person.name or "").split()[1]
    line = f"R9,Muhamed {surname},29/02/1988"
    (told,) = tried(council, people(line)).told
    assert (told.fate, told.record) == ("alike", person.reference)
    assert told.said.startswith("Looks like a person already recorded")
    assert carried_out(council, kept(council, people(line))).state == State.DONE
    with council.database.reading() as session:
        assert count(session, Person) == 1
    said = people(f"{line}").replace("relation", "relation,somebody_else").replace("service_user", "service_user,yes")
    assert fates(tried(council, said)) == ["new"]
    nameless = people(f"R8,Mohammed {surname},")
    assert fates(tried(council, nameless)) == ["alike"]
    twice = people("R1,Kit Zzone,23/04/2014", "R2,Kitty Zzone,23/04/2014", "R1,Lee Zznone,1/1/2001")
    found = tried(council, twice).told
    assert [one.said.split(".")[0] for one in found[1:]] == [
        "Looks like row 2 of this file",
        "It has the same case reference as row 2",
    ]


@pytest.mark.parametrize("at_once", [1, 7])
@ONE_DATABASE
def test_what_a_dry_run_tells_is_what_becomes_of_each_row_however_many_are_carried_out_at_once(
    council: Council, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    chance = random.Random(at_once)  # noqa: S311 - the same file each time
    born = ["03/11/2010", "04/11/2010", *[""] * 6]
    first, last = (
        ("Kit", "Kitty", "Christopher", "Mohammed", "Muhamad"),
        ("Zzone", "Zztwo", "Zztoo", "Zzthree", "Zzfour"),
    )
    names = [f"{one} {other} {third}" for one in first for other in last for third in last]
    rows = [f"R{one},{chance.choice(names)},{chance.choice(born)}" for one in range(60)]
    said = [f"{line},{chance.choice(['yes', *[''] * 5])}" for line in people(*rows).splitlines()[1:]]
    text = "\n".join([f"{HEADER},somebody_else", *said])
    monkeypatch.setitem(services.AT_ONCE, Kind.PEOPLE, at_once)
    carried_out(council, kept(council, "\n".join(text.splitlines()[:20])))
    told = fates(tried(council, text))
    assert min(told[19:].count(fate) for fate in ("alike", "new")) > 5
    done = carried_out(council, kept(council, text))
    with council.database.reading() as session:
        became = select(ImportRow).where(ImportRow.import_id == done.id).order_by(col(ImportRow.number))
        assert [row.fate for row in session.exec(became)] == told
    assert fates(tried(council, text)) == ["here" if fate == "new" else fate for fate in told]


@ONE_DATABASE
@pytest.mark.parametrize("column", ["name", "other_names", "known_by", "profile"])
def test_a_row_with_letters_that_look_alike_is_not_taken_and_it_is_said_why(council: Council, column: str) -> None:
    header = f"case_system,case_reference,team,relation,opened_on,{column}" + (",name" if column != "name" else "")
    row = "Zzsystem,{},Family Help North,service_user,2026-01-01,{}" + (",Zzkit" if column != "name" else "")
    values = [
        f"{start}zzk{i}tty"
        for start in ["https://www.instagram.com/" if column == "profile" else ""]
        for i in ("\u0456", "i")
    ]
    text = "\n".join([header, *(row.format(f"R{number}", value) for number, value in enumerate(values))]) + "\n"
    mixed, latin = tried(council, text).told
    assert (mixed.fate, latin.fate) == (Fate.WRONG, Fate.NEW)
    assert "mixes Latin letters with Cyrillic or Greek ones" in mixed.said


@ONE_DATABASE
def test_of_a_restricted_or_sealed_record_only_whom_to_ask_is_told(casework: Casework, council: Council) -> None:
    person = casework.person("Noor", born=date(1990, 1, 2))
    with council.database.transaction() as session:
        row = session.get_one(Person, person.id)
        row.restricted, row.ask_whom = True, "the head of service"
        session.add(row)
        case = session.exec(select(Involvement.case_reference).where(Involvement.person_id == person.id)).first()
    exact, near = f"R1,{person.name},2/1/1990", f"R2,Nour {(person.name or '').split()[1]},2/1/1990"
    told = tried(council, people(exact) + people(near).split("\n")[1]).told
    assert [one.fate for one in told] == ["alike", "new"]
    assert "Ask the head of service" in told[0].said
    assert told[0].record is None
    (here,) = tried(council, people(f"{case},Somebody Zzelse,1/1/2001").replace("Zzsystem", "Zzmosaic")).told
    assert (here.fate, here.record) == ("here", None)
    with council.database.transaction() as session:
        row = session.get_one(Person, person.id)
        row.sealed = True
        session.add(row)
    sealed = tried(council, people(exact, f"{case},Somebody Zzelse,1/1/2001")).told
    assert [(one.fate, one.record) for one in sealed] == [("alike", None)] * 2


@ONE_DATABASE
def test_a_case_reference_is_one_however_it_is_spelled_and_stays_as_it_was_typed(council: Council) -> None:
    carried_out(council, kept(council, people("M-12 a,Kit Zzone,23/04/2014")))
    again = people(" m-12 A,Kit Zzone,23/04/2014", "N-1,Rae Zztwo,1/1/2001", "n-1,Sam Zzthree,1/5/1980")
    found = tried(council, again.replace("Zzsystem,", "ZZ system,", 1)).told
    assert [(one.fate, one.said) for one in found] == [
        ("here", "Is here already."),
        ("new", "A new record."),
        ("wrong", "It has the same case reference as row 3"),
    ]
    with council.database.reading() as session:
        work = session.exec(select(Involvement)).one()
        assert (work.case_system, work.case_reference) == ("Zzsystem", "M-12 a")


@ONE_DATABASE
def test_the_trail_says_whose_records_a_file_was_told_of_and_of_which_only_whom_to_ask(
    casework: Casework, council: Council
) -> None:
    alike, here, shut = (casework.person(name, born=date(1990, 1, 2)) for name in ("Noor", "Ines", "Olu"))
    with council.database.transaction() as session:
        case = session.exec(select(Involvement.case_reference).where(Involvement.person_id == here.id)).first()
        row = session.get_one(Person, shut.id)
        row.restricted, row.ask_whom = True, "the head of service"
        session.add(row)
    lines = (
        f"R1,{alike.name},2/1/1990",
        f"{case},{here.name},2/1/1990",
        f"R2,{shut.name},1/1/1991",
        "R3,Kit Zzone,",
    )
    done = carried_out(council, kept(council, people(*lines).replace(f"Zzsystem,{case}", f"ZZmosaic,{case}")))
    with council.database.reading() as session:
        said = [*events(session, Event.IMPORT_TRIED), *events(session, Event.IMPORT_DONE)]
    named = {"looked_like": [alike.reference], "were_here": [here.reference]}
    tried_it, did_it = (json.loads(content[content.index("{") :]) for _, content in said)
    assert (tried_it, did_it) == ({**named, "to_ask_about": [shut.reference]}, named)
    assert all(alike.reference not in entry.text and done.reference in entry.text for entry, _ in said)


@ONE_DATABASE
def test_only_people_of_teams_that_one_manages_can_be_imported(council: Council) -> None:
    text = people("R1,Kit Zzone,23/04/2014").replace(TEAMS["north"], TEAMS["south"])
    (told,) = tried(council, text).told
    assert told.said == "You do not manage that team"


def test_cut_off_in_the_middle_it_goes_on_where_it_was_and_doubles_nobody(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(services.AT_ONCE, Kind.PEOPLE, 2)
    text = people(*(f"R{number},Kit Zz{'abcdefg'[number]},{number + 1}/04/2014" for number in range(5)))
    found, by = kept(council, text), whose(council, Kind.PEOPLE)
    with council.database.transaction() as session:
        begin_import(session, found.reference, by=by, now=START, passwords=FAST)

    def _killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(services, "count_fates", _killed)
    with council.database.transaction() as session:
        go_on_with_import(session, found.reference, by=by, now=START, passwords=FAST)
    with pytest.raises(KeyboardInterrupt), council.database.transaction() as session:  # after the rows were written
        go_on_with_import(session, found.reference, by=by, now=START, passwords=FAST)
    monkeypatch.undo()
    with council.database.reading() as session:
        assert count(session, Person) == 4
        assert session.get_one(ImportFile, found.id).done == 4
    assert fates(tried(council, text)) == ["here"] * 4 + ["new"]
    ran = run_job(council.database, IMPORTS_GO_ON, lambda: START, leader="tests")
    assert (ran.done, ran.failure) == (1, None)
    with council.database.reading() as session:
        assert count(session, Person) == 5
        assert session.get_one(ImportFile, found.id).state == State.DONE
        assert verify(session).holds


@ONE_DATABASE
def test_what_nobody_may_any_more_is_ended_and_what_is_too_old_is_erased(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(services.AT_ONCE, Kind.PEOPLE, 1)
    found, other = kept(council, FILE), kept(council, FILE, by=council.actor(council.head))
    with council.database.transaction() as session:
        begin_import(session, found.reference, by=whose(council, Kind.PEOPLE), now=START, passwords=FAST)
        for grant, _ in list_grants(session, staff_id=saved_key(council.manager), now=START):
            end_role(session, saved_key(grant), by=council.actor(council.admin), now=START)
    later = START + timedelta(minutes=1)
    assert run_job(council.database, IMPORTS_GO_ON, lambda: later, leader="tests").failure is None
    run_job(council.database, IMPORTS_RUN_OUT, lambda: START + timedelta(hours=23), leader="tests")
    with council.database.reading() as session:
        assert [session.get_one(ImportFile, one.id).state for one in (found, other)] == [State.ENDED] * 2
        assert count(session, ImportRow) == 0
        assert count(session, Person) == 1


@ONE_DATABASE
def test_who_was_imported_is_compared_with_all_others_at_night(casework: Casework, council: Council) -> None:
    surname = (casework.person("Mohammed", born=date(1988, 2, 29)).name or "").split()[1]
    carried_out(council, kept(council, people(f"R1,Muhammad {surname},28/02/1988")))
    run_job(council.database, SUGGEST_LINKS, lambda: START, leader="tests")
    with council.database.reading() as session:
        assert count(session, SuggestedLink) == 1


# Staff and teams -----------------------------------------------------------------------------------------------------

STAFF = f"""email,name,job_title,role,team
Zznew@northshire.example,Nia Zznew,Social worker,social worker,{TEAMS["north"]}
zznew@northshire.example,Nia Zznew,Social worker,Legal reviewer,
zznew@northshire.example,Nia Zznew,Social worker,administrator,
zzadministrator@northshire.example,Ada Zzadministrator,Administrator,auditor,
zzworker@northshire.example,Wanda Zzworker,Else,social worker,{TEAMS["north"]}
zzother@northshire.example,Oz Zzother,Worker,duty worker,{TEAMS["north"]}
zzother@northshire.example,Oz Zzother,Worker,social worker,Nowhere
"""


@ONE_DATABASE
def test_staff_get_roles_as_if_granted_on_a_page_and_no_password(council: Council) -> None:
    carried_out(
        council, kept(council, "name,parent\nZz West,Family Help\nZz West Two,zz  west\n", kind=Kind.TEAMS), by=None
    )
    found = tried(council, STAFF, kind=Kind.STAFF)
    assert fates(found) == ["new", "new", "wrong", "wrong", "here", "wrong", "wrong"]
    assert [found.told[place].said for place in (2, 3, 5, 6)] == [
        "An administrator has no other role: they see no cases",
        "Nobody gives themself a role",
        "Duty roles are held in a duty team, all other roles in other teams",
        "There is no team of that name. Import teams first",
    ]
    for _ in range(2):
        carried_out(council, kept(council, STAFF, kind=Kind.STAFF))
    with council.database.reading() as session:
        member = find_staff_by_email(session, "zznew@northshire.example")
        assert member is not None
        assert member.must_change_password
        assert not any(FAST.matches(member.password_hash, one) for one in ("", "password"))
        grants = session.exec(select(RoleGrant).where(RoleGrant.staff_id == member.id)).all()
        assert {(one.role, one.confirmed_at) for one in grants} == {
            (Role.SOCIAL_WORKER, None),
            (Role.LEGAL_REVIEWER, None),
        }
        assert not council.actor(member).roles - {Role.SOCIAL_WORKER}
        two = session.exec(select(Team).where(Team.name == "Zz West Two")).one()
        assert session.get_one(Team, two.parent_id).name == "Zz West"
        assert count(session, StaffMember) == 13


@ONE_DATABASE
def test_teams_need_the_one_above_first_and_stay_as_they_are(council: Council) -> None:
    text = "name,parent,on_duty\nZz Below,Zz Above,\nZz Above,,\nfamily help NORTH,Zz Above,\nZz Night,,yes\nZz Night,,yes\n"
    found = tried(council, text, kind=Kind.TEAMS)
    assert fates(found) == ["wrong", "new", "here", "new", "wrong"]
    assert "stands elsewhere" in found.told[2].said
