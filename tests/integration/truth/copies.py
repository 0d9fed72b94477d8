"""A catalogue made once and copied for each test that wants to spoil it: cheaper by far than making it again."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.database import open_engine
from tests.integration.truth.desk import Desk
from tests.servers import PostgresServer


class Original(Protocol):
    """A database nobody is connected to."""

    dialect: str

    def copy(self) -> str:
        """The URL of a new copy."""

    def discard(self, url: str) -> None: ...


class SqliteOriginal:
    dialect = "sqlite"

    def __init__(self, source: Path, folder: Path) -> None:
        self.source, self.folder = source, folder
        self._numbers = itertools.count(1)

    def copy(self) -> str:
        path = self.folder / f"copy-{next(self._numbers)}.sqlite"
        shutil.copyfile(self.source, path)
        return f"sqlite:///{path}"

    def discard(self, url: str) -> None:
        path = Path(url.removeprefix("sqlite:///"))
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink()


class PostgresOriginal:
    dialect = "postgresql"

    def __init__(self, server: PostgresServer, source: str) -> None:
        self.server, self.source = server, source

    def copy(self) -> str:
        return self.server.url(self.server.create_database(self.source))

    def discard(self, url: str) -> None:
        self.server.drop_database(str(sa.make_url(url).database))


def empty_original(request: pytest.FixtureRequest, dialect: str) -> Original:
    """The migrated, empty database of the whole run."""
    if dialect == "sqlite":
        folder = request.getfixturevalue("tmp_path_factory").mktemp("copies")
        return SqliteOriginal(request.getfixturevalue("sqlite_template"), folder)
    return PostgresOriginal(request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_template"))


@contextmanager
def fresh(original: Original) -> Iterator[sa.Engine]:
    """An engine over a copy that is thrown away afterwards."""
    url = original.copy()
    engine = open_engine(url)
    if original.dialect == "sqlite":
        # Nobody pulls the plug on a copy: its disk need not be waited for.
        sa.event.listen(engine, "connect", lambda dbapi, _: dbapi.execute("PRAGMA synchronous=OFF"))
    try:
        yield engine
    finally:
        engine.dispose()
        original.discard(url)


def derive(original: Original, make: Callable[[Desk], None], folder: Path) -> Original:
    """An original that holds what ``make`` published."""
    url = original.copy()
    engine = open_engine(url)
    with Session(engine.execution_options(amo_writes=True), expire_on_commit=False) as session:
        make(Desk(session))
        session.commit()
    engine.dispose()
    if isinstance(original, PostgresOriginal):
        return PostgresOriginal(original.server, str(sa.make_url(url).database))
    return SqliteOriginal(Path(url.removeprefix("sqlite:///")), folder)


BOTH = ("sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.slow]))
"""Parameters of a fixture: SQLite always, PostgreSQL among the slow tests."""
