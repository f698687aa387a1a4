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
    "person_name": "a name that a record no longer has; the trail says which it had",
    "person_name_key": "the keys by which such a name was found",
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


def check(connection: Connection) -> None:
    """Raises `GrantsError` unless whoever is connected may do all that the tracker does; it says what is missing."""
    if connection.dialect.name != "postgresql":
        return
    if missing := _missing(connection):
        role = connection.scalar(text("SELECT current_user"))
        lacks = ", ".join(missing[:3]) + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
        raise GrantsError(f"the database role {role} lacks {lacks}; run `tracker init --grant-to {role}` as the owner")


def _missing(connection: Connection) -> list[str]:
    held = text(
        "SELECT tablename, privilege FROM pg_tables CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS privilege "
        "WHERE schemaname = 'public' AND has_table_privilege(format('%I.%I', schemaname, tablename), privilege)"
    )
    found = {(row.tablename, row.privilege) for row in connection.execute(held)}
    return [
        f"{one} on {table}"
        for table in _tables(connection)
        for one in privileges_on(table)
        if (table, one) not in found
    ]


def _tables(connection: Connection) -> list[str]:
    found = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"))
    return list(found)


def _require_plain(connection: Connection, role: str) -> None:
    """Raises `GrantsError` for a role that is not there, or to which nothing can be denied."""
    found = connection.execute(
        text("SELECT oid, rolsuper FROM pg_roles WHERE rolname = :role"), {"role": role}
    ).one_or_none()
    if found is None:
        raise GrantsError(f"there is no role {role} on this server; make it first")
    owned = "SELECT count(*) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'public' AND relowner = :role"
    if found.rolsuper or connection.scalar(text(owned), {"role": found.oid}):
        raise GrantsError(
            f"the role {role} owns the tables or is a superuser; give the tracker a role that owns nothing"
        )
