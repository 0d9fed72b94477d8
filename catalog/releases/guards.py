"""Triggers that refuse, in the database itself, to alter what is published or to approve alone.

They are set again after every migration, because Alembic's table rebuilds drop triggers without a word.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from catalog.releases.guards_postgresql import postgresql_guards
from catalog.releases.guards_sqlite import sqlite_guards
from catalog.releases.guards_standing import (
    Standing,
    postgresql_expected,
    postgresql_standing,
    sqlite_expected,
    sqlite_standing,
)

CORE_TABLES = ("entity", "release", "draft", "draft_change", "publication_lock")


def install(connection: sa.Connection) -> None:
    """Sets every guard of the tables that exist, replacing those there."""
    for statement in _statements(connection):
        connection.exec_driver_sql(statement)


def missing(connection: sa.Connection) -> list[str]:
    """Names of the guards that should stand as this program sets them and do not: gone, asleep or altered."""
    standing = _standing(connection)
    return sorted(name for name, made in _expected(connection).items() if standing.get(name) != made)


def faults(connection: sa.Connection) -> list[str]:
    """Sentences: guards that are missing or altered, and triggers beside them that could get round them."""
    standing, expected = _standing(connection), _expected(connection)
    told = [
        f"The guard {name} {'is not as this program sets it' if name in standing else 'is missing'}."
        for name, made in sorted(expected.items())
        if standing.get(name) != made
    ]
    guarded = {table for table, _ in expected.values()}
    strange = sorted(name for name, (table, _) in standing.items() if table in guarded and name not in expected)
    return told + [f"The trigger {name} on a guarded table is none of this program's." for name in strange]


def kind_names(connection: sa.Connection) -> list[str]:
    """The kinds that have tables here, by name."""
    return _kinds(sa.inspect(connection).get_table_names())


def _kinds(tables: list[str]) -> list[str]:
    return sorted(name.removesuffix("_fact") for name in tables if name.endswith("_fact"))


def _statements(connection: sa.Connection) -> Iterator[str]:
    tables = sa.inspect(connection).get_table_names()
    if not set(CORE_TABLES) <= set(tables):
        return
    kinds, has_journal = _kinds(tables), "journal" in tables
    if connection.dialect.name == "postgresql":
        yield from postgresql_guards(kinds, has_journal=has_journal)
        return
    for name, body in sqlite_guards(kinds, has_journal=has_journal):
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"CREATE TRIGGER {name} {body}"


def _expected(connection: sa.Connection) -> Standing:
    tables = sa.inspect(connection).get_table_names()
    if not set(CORE_TABLES) <= set(tables):
        return {name: (name, "the tables of releases") for name in CORE_TABLES}
    kinds, has_journal = _kinds(tables), "journal" in tables
    if connection.dialect.name == "postgresql":
        return postgresql_expected(kinds, has_journal)
    return sqlite_expected(kinds, has_journal)


def _standing(connection: sa.Connection) -> Standing:
    return postgresql_standing(connection) if connection.dialect.name == "postgresql" else sqlite_standing(connection)
