"""What the database role that the tracker runs as may do on PostgreSQL: what it needs, and no more.

It owns nothing, so it can drop no table and no trigger; it adds to the trail and changes nothing there; and rows go only from the
tables that are no record of anybody. On SQLite there are no roles: whoever can write the file can do everything.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, text

READ_ONLY = frozenset({"alembic_version", "audit_erasure"})
"""What only the owner changes: the number of the migration, and what was erased from the trail by order."""

ONLY_ADDED_TO = frozenset({"audit_entry", "audit_person", "audit_content"})
"""The trail: the role reads it and adds to it. That not even the owner changes it is for `audit/triggers.py`."""

ROWS_GO = {
    "draft": "a form that is not finished, once it is sent, thrown away or out of time",
    "import_row": "what a row of a file held, once the import is carried out or out of time",
    "job_run": "what the scheduler wrote of a run long ago",
    "person_reader": "who could read a record whose readers were named anew or that is no longer restricted",
    "sign_in_attempt": "a failed attempt to sign in that counts no more",
    "suggested_link": "records that no longer look like one person",
}
"""The tables from which rows go, and what such a row is. From every other nothing is ever deleted."""

MOST_SAID = 3
"""How many privileges or statements one line names; the rest are counted."""


class GrantsError(Exception):
    """A role has not what the tracker needs, cannot be given it, or would have more all the same; nothing was changed."""


@dataclass(frozen=True, slots=True, order=True)
class _Beyond:
    """What a role may do and the tracker does not need: through which grantee (a role, or PUBLIC), and who can take it away."""

    can_take: str
    kind: str
    of: str
    grantee: str
    what: str

    def __str__(self) -> str:
        return f"{self.what} on {'' if self.kind in ('TABLE', 'SEQUENCE') else f'{self.kind.lower()} '}{self.of}"


def privileges_on(table: str) -> tuple[str, ...]:
    """What the role may do with a table of that name."""
    if table in READ_ONLY:
        return ("SELECT",)
    if table in ONLY_ADDED_TO:
        return ("SELECT", "INSERT")
    return ("SELECT", "INSERT", "UPDATE", "DELETE") if table in ROWS_GO else ("SELECT", "INSERT", "UPDATE")


def grant_to(connection: Connection, role: str) -> None:
    """Gives the role what it needs, and takes from it what it does not. Running it twice is running it once.

    Raises `GrantsError` on SQLite, for a role that is not there, that owns something or that is more than a plain role, and where it
    may do more all the same, by another role or as everybody.
    """
    if connection.dialect.name != "postgresql":
        raise GrantsError(
            "privileges are granted on PostgreSQL; TRACKER_DATABASE_URL names a database that has no roles"
        )
    _require_plain(connection, role)
    name = connection.dialect.identifier_preparer.quote_identifier(role)
    for everything in ("ALL TABLES IN SCHEMA public", "ALL SEQUENCES IN SCHEMA public", "SCHEMA public"):
        connection.exec_driver_sql(f"REVOKE ALL ON {everything} FROM {name}")
    for table in _tables(connection):
        connection.exec_driver_sql(f'GRANT {", ".join(privileges_on(table))} ON "{table}" TO {name}')
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {name}")
    connection.exec_driver_sql(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}")
    if missing := _missing(connection, role):
        raise GrantsError(f"the role {role} still lacks {_told(missing)}; run this as the role that owns the database")
    if beyond := _beyond(connection, role):
        raise GrantsError(f"the role {role} also has {_told(beyond)}; {_how_to_take(connection, beyond)}")


def check(connection: Connection) -> None:
    """Raises `GrantsError` unless whoever is connected may do all that the tracker does; it says what to run."""
    if connection.dialect.name != "postgresql":
        return
    role = _acting(connection)
    if missing := _missing(connection, role):
        raise GrantsError(f"the database role {role} lacks {_told(missing)}; run {_GRANT_IT.format(role=role)}")


def surplus(connection: Connection) -> str:
    """What whoever is connected may do beyond what the tracker does, and what to run, in a sentence; empty where there is nothing, and on
    SQLite. The tracker works as well with it, but whoever breaks into it could do more harm."""
    if connection.dialect.name != "postgresql":
        return ""
    role = _acting(connection)
    try:
        _require_plain(connection, role)
    except GrantsError as more:
        return str(more)
    beyond = _beyond(connection, role)
    if not beyond:
        return ""
    by_itself = all(one.grantee == role and one.kind != "DATABASE" for one in beyond)
    what_helps = f"run {_GRANT_IT.format(role=role)}" if by_itself else _how_to_take(connection, beyond)
    return f"the database role {role} also has {_told(beyond)}; {what_helps}"


_GRANT_IT = "`tracker init --grant-to {role}` as the owner"


def _acting(connection: Connection) -> str:
    return str(connection.scalar(text("SELECT current_user")))


def _require_plain(connection: Connection, role: str) -> None:
    """Raises `GrantsError` for a role that is not there, to which nothing can be denied, or that could give itself more."""
    if not connection.scalar(text("SELECT count(*) FROM pg_roles WHERE rolname = :role"), {"role": role}):
        raise GrantsError(f"there is no role {role} on this server; make it first")
    found = connection.execute(_STANDS_AS, {"role": role, "too_mighty": sorted(TOO_MIGHTY)}).all()
    if any(one.rolsuper for one in found) or connection.scalar(_OWNS, {"role": role}):
        raise GrantsError(
            f"the role {role} owns the tables or is a superuser, or may act as one that is: it could delete any record; make a role "
            "that owns nothing, run `tracker init --grant-to ROLE` as the owner, and have TRACKER_DATABASE_URL name that role"
        )
    for one in found:
        if one.rolname != role and (one.too_mighty or one.attributes):
            raise GrantsError(f'the role {role} may act as {one.rolname}; run `REVOKE "{one.rolname}" FROM "{role}"`')
        if one.attributes:
            without = " ".join(f"NO{attribute}" for attribute in one.attributes)
            raise GrantsError(
                f'the role {role} has {" and ".join(one.attributes)}; run `ALTER ROLE "{role}" {without}` as a superuser'
            )


TOO_MIGHTY = frozenset(
    {"pg_write_all_data", "pg_write_server_files", "pg_read_server_files", "pg_execute_server_program"}
)
"""Roles of PostgreSQL's own that reach past all that is granted: to every table, or to the files and programs of the server."""

_STANDS_AS = text(
    "SELECT rolname, rolsuper, rolname = ANY(:too_mighty) AS too_mighty, "
    "array_remove(ARRAY[CASE WHEN rolcreaterole THEN 'CREATEROLE' END, CASE WHEN rolcreatedb THEN 'CREATEDB' END, "
    "CASE WHEN rolreplication THEN 'REPLICATION' END, CASE WHEN rolbypassrls THEN 'BYPASSRLS' END], NULL) AS attributes "
    "FROM pg_roles WHERE pg_has_role(CAST(:role AS name), oid, 'MEMBER') ORDER BY rolname"
)
"""The role, and every other as which it may act, whether or not it has its privileges at once."""

_OWNS = text(
    "SELECT count(*) FROM ("
    "SELECT datdba AS owner FROM pg_database WHERE datname = current_database() "
    "UNION ALL SELECT nspowner FROM pg_namespace WHERE nspname = 'public' "
    "UNION ALL SELECT relowner FROM pg_class WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'public') "
    "UNION ALL SELECT proowner FROM pg_proc WHERE pronamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'public')"
    ") AS owned WHERE pg_has_role(CAST(:role AS name), owner, 'MEMBER')"
)


def _missing(connection: Connection, role: str) -> list[str]:
    """What the role needs and has not, whether by itself, by another role or as everybody."""
    sequences = connection.scalars(text("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"))
    needed = {
        *((table, what) for table in _tables(connection) for what in privileges_on(table)),
        *((sequence, "USAGE") for sequence in sequences),
        ("schema public", "USAGE"),
    }
    held = {(str(of), str(what)) for of, what in connection.execute(_HELD, {"role": role})}
    return [f"{what} on {of}" for of, what in sorted(needed - held)]


_HELD = text(
    "SELECT tablename, what FROM pg_tables CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS what "
    "WHERE schemaname = 'public' AND has_table_privilege(:role, format('%I.%I', schemaname, tablename), what) "
    "UNION ALL SELECT sequencename, 'USAGE' FROM pg_sequences "
    "WHERE schemaname = 'public' AND has_sequence_privilege(:role, format('%I.%I', schemaname, sequencename), 'USAGE') "
    "UNION ALL SELECT 'schema public', 'USAGE' WHERE has_schema_privilege(:role, 'public', 'USAGE')"
)


def _beyond(connection: Connection, role: str) -> list[_Beyond]:
    """What the role may do and does not need: by itself, by a role as which it may act, or as everybody; on a table as a whole or on
    columns of it, on sequences, in the schema and in the database. What everybody may do in every database is left to them."""
    granted = [_Beyond(*row) for row in connection.execute(_GRANTED, {"role": role})]
    return sorted({one for one in granted if one.what not in _needed_on(one)})


def _needed_on(granted: _Beyond) -> tuple[str, ...]:
    if granted.kind == "TABLE":
        return privileges_on(granted.of)
    return ("CONNECT", "TEMPORARY") if granted.kind == "DATABASE" else ("USAGE",)


_GRANTED = text(
    "WITH here AS (SELECT oid, nspname, nspowner, nspacl FROM pg_namespace WHERE nspname = 'public'), granted AS ("
    "SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind, relname AS of, relowner AS owner, "
    "coalesce(relacl, acldefault(CAST(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END AS \"char\"), relowner)) AS acl "
    "FROM pg_class WHERE relnamespace = (SELECT oid FROM here) AND relkind IN ('r', 'p', 'S') "
    "UNION ALL SELECT 'TABLE', relname, relowner, attacl FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid "
    "WHERE relnamespace = (SELECT oid FROM here) AND relkind IN ('r', 'p') AND attacl IS NOT NULL "
    "UNION ALL SELECT 'SCHEMA', nspname, nspowner, coalesce(nspacl, acldefault('n', nspowner)) FROM here "
    "UNION ALL SELECT 'DATABASE', datname, datdba, coalesce(datacl, acldefault('d', datdba)) FROM pg_database "
    "WHERE datname = current_database()) "
    "SELECT pg_get_userbyid(owner), kind, of, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee) END, privilege_type "
    "FROM granted CROSS JOIN LATERAL aclexplode(acl) "
    "WHERE CASE grantee WHEN 0 THEN true ELSE pg_has_role(CAST(:role AS name), grantee, 'MEMBER') END"
)


def _how_to_take(connection: Connection, beyond: list[_Beyond]) -> str:
    """The statements that take it away, and the role that can run them; of several such roles the first.

    On PostgreSQL 14 and older everybody may create in the schema `public`, which a superuser owns, and whoever owns the database only by
    that: they are given it first.
    """
    can_take = beyond[0].can_take
    mine = [one for one in beyond if one.can_take == can_take]
    statements = []
    owner = str(connection.scalar(_OWNER_OF_DATABASE))
    if any((one.kind, one.grantee, one.what) == ("SCHEMA", "PUBLIC", "CREATE") for one in mine) and owner != can_take:
        statements.append(f'GRANT CREATE ON SCHEMA public TO "{owner}"')
    for (kind, of, grantee), same in groupby(mine, lambda one: (one.kind, one.of, one.grantee)):
        whom = grantee if grantee == "PUBLIC" else f'"{grantee}"'
        statements.append(f'REVOKE {", ".join(one.what for one in same)} ON {kind} "{of}" FROM {whom}')
    rest = len(statements) - MOST_SAID
    return f"run `{'; '.join(statements[:MOST_SAID])}`{f' and {rest} more like it' if rest > 0 else ''} as {can_take}"


_OWNER_OF_DATABASE = text("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()")


def _tables(connection: Connection) -> list[str]:
    found = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"))
    return list(found)


def _told(privileges: Iterable[object]) -> str:
    words = [str(one) for one in privileges]
    said = ", ".join(words[:MOST_SAID])
    return f"{said} and {len(words) - MOST_SAID} more" if len(words) > MOST_SAID else said
