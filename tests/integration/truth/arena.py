"""Where the state machine runs: a migrated database, new for each example at the least cost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa

from catalog.database import open_engine
from tests.servers import PostgresServer


class Arena(Protocol):
    """``engine`` stays the same, so that compiled statements are kept; ``renew`` empties what is behind it."""

    engine: sa.Engine

    def renew(self) -> None: ...


class SqliteArena:
    """A database in memory, overwritten with the bytes of the template."""

    def __init__(self, template: Path, spoil: Callable[[sqlite3.Connection], object] = lambda _: None) -> None:
        self.engine = open_engine("sqlite://")
        self.spoil = spoil
        with sqlite3.connect(":memory:") as copy, sqlite3.connect(template) as source:
            source.backup(copy)
            self.image = _without_wal(copy.serialize())

    def renew(self) -> None:
        raw = self.engine.raw_connection()
        assert isinstance(raw.dbapi_connection, sqlite3.Connection)
        raw.dbapi_connection.deserialize(self.image)
        self.spoil(raw.dbapi_connection)
        raw.close()


def _without_wal(image: bytes) -> bytes:
    """Bytes 18 and 19 ask for a write-ahead log, which memory cannot have."""
    return image[:18] + b"\x01\x01" + image[20:]


class PostgresArena:
    """A copy of the template at a time, under one engine that is told where to connect."""

    def __init__(self, server: PostgresServer, template: str) -> None:
        self.server, self.template = server, template
        self.engine = open_engine(server.url(template))
        self.current: str | None = None
        sa.event.listen(self.engine, "do_connect", self._direct)

    def _direct(self, _dialect: Any, _record: Any, _args: Any, parameters: dict[str, Any]) -> None:
        parameters["dbname"] = self.current

    def renew(self) -> None:
        self.close()
        self.current = self.server.create_database(self.template)

    def close(self) -> None:
        self.engine.dispose()
        if self.current is not None:
            self.server.drop_database(self.current)
            self.current = None


@contextmanager
def postgres_arena(server: PostgresServer, template: str) -> Iterator[PostgresArena]:
    arena = PostgresArena(server, template)
    yield arena
    arena.close()
