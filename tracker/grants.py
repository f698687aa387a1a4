"""What the database role that the tracker runs as may do on PostgreSQL: what it needs, and no more.

It owns nothing, so it can drop no table and no trigger; it adds to the trail and changes nothing there; and rows go only from the
tables that are no record of anybody. On SQLite there are no roles: whoever can write the file can do everything.
"""

from sqlalchemy import Connection, text

READ_ONLY = frozenset({"alembic_version", "audit_erasure"})
"""What only the owner changes: the number of the migration, and what was erased from the trail by order."""

GROWING = frozenset({"audit_entry", "audit_person", "audit_content"})
"""The trail."""

ROWS_GO = {
    "draft": "a form that is not finished, once it is sent, thrown away or out of time",
    "import_row": "what a row of a file held, once the import is carried out or out of time",
    "job_run": "what the scheduler wrote of a run long ago",
    "person_reader": "who could read a record whose readers were named anew or that is no longer restricted",
    "sign_in_attempt": "a failed attempt to sign in that counts no more",
    "suggested_link": "records that no longer look like one person",
}
"""The tables from which rows go, and what such a row is. From every other nothing is ever deleted."""


class GrantsError(Exception):
    """A role has not what the tracker needs, or cannot be given it; nothing was changed."""


def privileges_on(table: str) -> tuple[str, ...]:
    """What the role may do with a table of that name."""
    if table in READ_ONLY:
        return ("SELECT",)
    if table in GROWING:
        return ("SELECT", "INSERT")
    return ("SELECT", "INSERT", "UPDATE", "DELETE") if table in ROWS_GO else ("SELECT", "INSERT", "UPDATE")


def grant_to(connection: Connection, role: str) -> None:
    """Gives the role on every table what it needs, and takes from it what it does not. Running it twice is running it once.

    Raises `GrantsError` on SQLite, and for a role that is not there or that owns what it should not.
    """
    if connection.dialect.name != "postgresql":
        raise GrantsError(
            "privileges are granted on PostgreSQL; TRACKER_DATABASE_URL names a database that has no roles"
        )
    _require_plain(connection, role)
    name = connection.dialect.identifier_preparer.quote_identifier(role)
    connection.exec_driver_sql(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}")
    for table in _tables(connection):
        connection.exec_driver_sql(f'GRANT {", ".join(privileges_on(table))} ON "{table}" TO {name}')
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {name}")
    connection.exec_driver_sql(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}")
    _require_exactly(connection, role)


def check(connection: Connection) -> None:
    """Raises `GrantsError` unless whoever is connected may do all that the tracker does; it says what is missing."""
    if connection.dialect.name != "postgresql":
        return
    role = str(connection.scalar(text("SELECT current_user")))
    if missing := sorted(_needed(connection) - _held(connection, role)):
        raise GrantsError(
            f"the database role {role} lacks {_told(missing)}; run `tracker init --grant-to {role}` as the owner"
        )


def _require_plain(connection: Connection, role: str) -> None:
    """Raises `GrantsError` for a role that is not there, or to which nothing can be denied."""
    roles = text("SELECT rolsuper FROM pg_roles WHERE rolname = :role")
    found = connection.execute(roles, {"role": role}).one_or_none()
    if found is None:
        raise GrantsError(f"there is no role {role} on this server; make it first")
    owned = text(
        "SELECT count(*) FROM pg_tables "
        "WHERE schemaname = 'public' AND pg_has_role(CAST(:role AS name), tableowner, 'MEMBER')"
    )
    if found.rolsuper or connection.scalar(owned, {"role": role}):
        raise GrantsError(
            f"the role {role} owns the tables or is a superuser; give the tracker a role that owns nothing"
        )


def _require_exactly(connection: Connection, role: str) -> None:
    """Raises `GrantsError` where granting did not come to what was wanted: PostgreSQL only warns whoever may not grant."""
    needed, held = _needed(connection), _held(connection, role)
    if missing := sorted(needed - held):
        raise GrantsError(f"the role {role} still lacks {_told(missing)}; run this as the role that owns the database")
    if more := sorted(held - needed):
        raise GrantsError(
            f"the role {role} also has {_told(more)}, by another role or as everybody; take that away first"
        )


def _needed(connection: Connection) -> set[tuple[str, str]]:
    """What the role needs: pairs of a table, sequence or schema and a privilege."""
    sequences = connection.scalars(text("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"))
    return {
        *((table, what) for table in _tables(connection) for what in privileges_on(table)),
        *((sequence, "USAGE") for sequence in sequences),
        ("schema public", "USAGE"),
    }


def _held(connection: Connection, role: str) -> set[tuple[str, str]]:
    """The same pairs of what a role has, by itself, by another or as everybody has it."""
    rows = connection.execute(_HELD, {"role": role})
    return {(str(of), str(what)) for of, what in rows}


_HELD = text(
    "SELECT tablename, what FROM pg_tables CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS what "
    "WHERE schemaname = 'public' AND has_table_privilege(:role, format('%I.%I', schemaname, tablename), what) "
    "UNION ALL SELECT sequencename, 'USAGE' FROM pg_sequences "
    "WHERE schemaname = 'public' AND has_sequence_privilege(:role, format('%I.%I', schemaname, sequencename), 'USAGE') "
    "UNION ALL SELECT 'schema public', 'USAGE' WHERE has_schema_privilege(:role, 'public', 'USAGE')"
)


def _tables(connection: Connection) -> list[str]:
    found = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"))
    return list(found)


def _told(privileges: list[tuple[str, str]]) -> str:
    words = ", ".join(f"{what} on {of}" for of, what in privileges[:3])
    return f"{words} and {len(privileges) - 3} more" if len(privileges) > 3 else words
