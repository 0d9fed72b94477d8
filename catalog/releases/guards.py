"""Triggers that refuse, in the database itself, to alter what is published or to approve alone.

They are set again after every migration, because Alembic's table rebuilds drop triggers without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from catalog.releases.guards_postgresql import postgresql_guards, postgresql_names
from catalog.releases.guards_sqlite import sqlite_guards

CORE_TABLES = ("entity", "release", "draft", "draft_change", "publication_lock")


def install(connection: sa.Connection) -> None:
    """Sets every guard of the tables that exist, replacing those there."""
    for statement in _statements(connection):
        connection.exec_driver_sql(statement)


def missing(connection: sa.Connection) -> list[str]:
    """Names of the guards that should stand and do not."""
    standing = set(_standing(connection))
    return sorted(name for name in _expected(connection) if name not in standing)


def _kind_names(connection: sa.Connection) -> list[str]:
    tables = sa.inspect(connection).get_table_names()
    return sorted(name.removesuffix("_fact") for name in tables if name.endswith("_fact"))


def _is_guarded(connection: sa.Connection) -> bool:
    return set(CORE_TABLES) <= set(sa.inspect(connection).get_table_names())


def _statements(connection: sa.Connection) -> Iterator[str]:
    if not _is_guarded(connection):
        return
    kinds = _kind_names(connection)
    if connection.dialect.name == "postgresql":
        yield from postgresql_guards(kinds)
        return
    for name, body in sqlite_guards(kinds):
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"CREATE TRIGGER {name} {body}"


def _expected(connection: sa.Connection) -> Iterable[str]:
    if not _is_guarded(connection):
        return CORE_TABLES
    kinds = _kind_names(connection)
    if connection.dialect.name == "postgresql":
        return postgresql_names(kinds)
    return [name for name, _ in sqlite_guards(kinds)]


def _standing(connection: sa.Connection) -> Iterable[str]:
    if connection.dialect.name == "postgresql":
        triggers = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
        exclusions = "SELECT conname FROM pg_constraint WHERE contype = 'x'"
        return connection.scalars(sa.text(f"{triggers} UNION ALL {exclusions}"))
    return connection.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
