"""The filled tables of truth once more, in a PostgreSQL server of the benchmark's own: copied, not published again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg
import sqlalchemy as sa

from catalog.database import migrate, open_engine
from tests import servers
from tests.databases import running_postgres

LEFT_OUT = {"alembic_version", "draft_change"}
"""Proposals of drafts published long ago are not read again."""


@contextmanager
def copied(path: Path) -> Iterator[sa.Engine]:
    """An engine over a copy of a SQLite file. Raises NoServerError where no server can be started."""
    # The server of the tests does not write through to the disk; this one does, for publishing is measured here.
    with patch.object(servers, "FAST", ()), running_postgres() as server:
        url = server.url(server.create_database())
        engine = open_engine(url)
        migrate(engine)
        with psycopg.connect(url.replace("+psycopg", "")) as target, sqlite3.connect(path) as source:
            _copy(source, target)
        yield engine
        engine.dispose()


def _copy(source: sqlite3.Connection, target: psycopg.Connection[Any]) -> None:
    """Every row, past the guards, which would have each published anew; then the counters go on behind them."""
    target.execute("SET session_replication_role = replica")
    for (table,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        columns = _columns(target, table)
        if table in LEFT_OUT or not columns:
            continue
        target.execute(f'DELETE FROM "{table}"'.encode())
        names = ", ".join(f'"{name}"' for name in columns)
        with target.cursor().copy(f'COPY "{table}" ({names}) FROM STDIN'.encode()) as copy:
            for row in source.execute(f'SELECT {names} FROM "{table}"'):
                copy.write_row(row)
        for name in columns:
            _go_on(target, table, name)
    target.commit()
    target.autocommit = True
    target.execute("VACUUM ANALYZE")


def _columns(target: psycopg.Connection[Any], table: str) -> list[str]:
    """Those that are written, not worked out."""
    told = "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"
    return [name for (name,) in target.execute(told + " ORDER BY ordinal_position", (table,))]


def _go_on(target: psycopg.Connection[Any], table: str, column: str) -> None:
    found = target.execute("SELECT pg_get_serial_sequence(%s, %s)", (table, column)).fetchone()
    if found and found[0]:
        target.execute(
            f'SELECT setval(\'{found[0]}\', coalesce(max("{column}"), 0) + 1, false) FROM "{table}"'.encode()
        )
