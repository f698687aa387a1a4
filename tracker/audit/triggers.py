"""The triggers that let the trail only grow. Installed by a migration, looked for at every start.

Changing one needs a new migration that drops and installs it again. The application's role owns nothing on PostgreSQL, so it
cannot drop them; on SQLite whoever can write the file can, and the chain shows it.
"""

from sqlalchemy import Connection, text

_TOLD_BY_POSTGRESQL = text(
    "SELECT pg_get_triggerdef(oid) AS trigger, pg_get_functiondef(tgfoid) AS function FROM pg_trigger "
    "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
)
UNCHANGEABLE = ("audit_entry", "audit_person", "audit_erasure")
"""The tables whose rows nobody changes or deletes, the owner included. Words go from `audit_content` where an erasure names them, and
`audit_head` moves forward; what the tracker's own role may do with each is for `tracker/grants.py`."""


class TrailUnprotectedError(Exception):
    """A trigger that protects the trail is missing or was changed; the tracker does not start."""


def install(connection: Connection) -> None:
    """Creates every trigger on this database."""
    for statement in _statements(connection.dialect.name):
        connection.exec_driver_sql(statement)


def check(connection: Connection) -> None:
    """Raises `TrailUnprotectedError` unless every trigger is there, enabled and as it was installed."""
    missing = (
        _missing_on_postgresql(connection)
        if connection.dialect.name == "postgresql"
        else _missing_on_sqlite(connection)
    )
    if missing:
        raise TrailUnprotectedError(f"the audit trail is not protected: {', '.join(sorted(missing))}")


def _missing_on_sqlite(connection: Connection) -> set[str]:
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    found = {row.name: row.sql for row in rows}
    return {_name_of(wanted) for wanted in _sqlite() if found.get(_name_of(wanted)) != wanted}


def _missing_on_postgresql(connection: Connection) -> set[str]:
    """As PostgreSQL tells what each trigger and the function behind it are: a name says nothing of the table that it stands on."""
    rows = connection.execute(_TOLD_BY_POSTGRESQL).all()
    behind = {row.trigger: row.function for row in rows}
    functions = {_name_of(wanted): _as_told(wanted) for wanted in _postgresql() if wanted.startswith("CREATE FUNCTION")}
    missing = set()
    for wanted in _postgresql():
        if wanted.startswith("CREATE FUNCTION"):
            continue
        name, function = _name_of(wanted), wanted.split()[-1]
        if _as_told(wanted) not in behind:
            missing.add(name)
        elif behind[_as_told(wanted)] != functions[function]:
            missing.add(function)
    return missing


def _as_told(statement: str) -> str:
    """The statement as PostgreSQL tells what came of it."""
    if statement.startswith("CREATE FUNCTION"):
        body = statement.split("$$")[1]
        head = f"CREATE OR REPLACE FUNCTION public.{_name_of(statement)}\n RETURNS trigger\n LANGUAGE plpgsql"
        return f"{head}\nAS $function${body}$function$\n"
    return statement.replace("UPDATE OR DELETE", "DELETE OR UPDATE").replace(" ON ", " ON public.", 1)


def _name_of(statement: str) -> str:
    return statement.split()[2]


def _statements(dialect: str) -> list[str]:
    return _postgresql() if dialect == "postgresql" else _sqlite()


def _sqlite() -> list[str]:
    refuse = "BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END"
    made = []
    for table in UNCHANGEABLE:
        made.append(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}")
        made.append(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")
    for table in ("audit_entry", "audit_content", "audit_erasure"):
        taken = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE seq = NEW.seq)"
        made.append(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} {taken} {refuse}")
    made += [
        "CREATE TRIGGER audit_entry_in_order BEFORE INSERT ON audit_entry "
        f"WHEN NEW.seq <> (SELECT seq FROM audit_head) + 1 {refuse}",
        f"CREATE TRIGGER audit_content_no_update BEFORE UPDATE ON audit_content {refuse}",
        "CREATE TRIGGER audit_content_no_delete BEFORE DELETE ON audit_content "
        f"WHEN NOT EXISTS (SELECT 1 FROM audit_erasure WHERE seq = OLD.seq) {refuse}",
        "CREATE TRIGGER audit_person_no_replace BEFORE INSERT ON audit_person "
        f"WHEN EXISTS (SELECT 1 FROM audit_person WHERE seq = NEW.seq AND person = NEW.person) {refuse}",
        f"CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head {refuse}",
        f"CREATE TRIGGER audit_head_no_second BEFORE INSERT ON audit_head WHEN EXISTS (SELECT 1 FROM audit_head) {refuse}",
        "CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head WHEN NEW.seq <> OLD.seq + 1 "
        f"OR NEW.hash <> (SELECT hash FROM audit_entry WHERE seq = NEW.seq) {refuse}",
    ]
    return made


def _postgresql() -> list[str]:
    refuse = "BEGIN RAISE EXCEPTION 'the audit trail only grows'; END"
    made = [f"CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ {refuse} $$"]
    for table in UNCHANGEABLE:
        made.append(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
        )
    for table in (*UNCHANGEABLE, "audit_content", "audit_head"):
        made.append(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        )
    made += [
        "CREATE TRIGGER audit_content_no_update BEFORE UPDATE ON audit_content FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        "CREATE FUNCTION audit_content_erasure() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NOT EXISTS (SELECT 1 FROM audit_erasure WHERE seq = OLD.seq) THEN "
        "RAISE EXCEPTION 'the audit trail only grows'; END IF; RETURN OLD; END $$",
        "CREATE TRIGGER audit_content_no_delete BEFORE DELETE ON audit_content "
        "FOR EACH ROW EXECUTE FUNCTION audit_content_erasure()",
        "CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        "CREATE FUNCTION audit_in_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.seq <> (SELECT seq FROM audit_head) + 1 THEN "
        "RAISE EXCEPTION 'the audit trail only grows'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER audit_entry_in_order BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_in_order()",
        "CREATE FUNCTION audit_forward() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.seq <> OLD.seq + 1 OR NEW.hash <> (SELECT hash FROM audit_entry WHERE seq = NEW.seq) THEN "
        "RAISE EXCEPTION 'the audit trail only grows'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_forward()",
    ]
    return made
