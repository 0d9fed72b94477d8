"""Opening a database and bringing it to the newest migration; SQLite and PostgreSQL by one code path."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from catalog.errors import DatabaseBehindError, InvalidError

BUSY_MILLISECONDS = 15_000


def open_engine(url: str) -> sa.Engine:
    """An engine over ``sqlite:///…`` or ``postgresql+psycopg://…``. Raises InvalidError for anything else."""
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except sa.exc.ArgumentError:
        raise InvalidError(f"{url!r} is not a database address, such as sqlite:///var/catalog.sqlite.") from None
    if backend == "sqlite":
        return _open_sqlite(parsed)
    if parsed.drivername != "postgresql+psycopg":
        raise InvalidError(f"Databases are sqlite:// or postgresql+psycopg://, not {parsed.drivername}://.")
    return sa.create_engine(parsed, pool_pre_ping=True)


def _open_sqlite(url: sa.URL) -> sa.Engine:
    engine = sa.create_engine(url)

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # The driver must not open transactions of its own: publishing relies on BEGIN IMMEDIATE.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={BUSY_MILLISECONDS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "recursive_triggers=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("amo_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def reading(engine: sa.Engine) -> Iterator[Session]:
    """A session for questions; nothing it does is kept."""
    with Session(engine, expire_on_commit=False) as session:
        yield session


@contextmanager
def writing(engine: sa.Engine) -> Iterator[Session]:
    """A session in one transaction: all of it is kept, or nothing."""
    writer = engine.execution_options(amo_writes=True)
    with Session(writer, expire_on_commit=False) as session, session.begin():
        yield session


def alembic_config() -> Config:
    """Alembic's settings for the migrations that ship with the program."""
    config = Config()
    config.set_main_option("script_location", str(Path(str(files("migrations")))))
    return config


def migrate(engine: sa.Engine, revision: str = "head") -> None:
    """Brings the schema to ``revision`` (up, or down when it is older) and sets the guards again."""
    with engine.execution_options(amo_writes=True).begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        current = MigrationContext.configure(connection).get_current_revision()
        if _is_down(config, current, revision):
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)


def _is_down(config: Config, current: str | None, revision: str) -> bool:
    if revision == "base":
        return True
    if current is None or revision == "head":
        return False
    script = ScriptDirectory.from_config(config)
    older = {found.revision for found in script.iterate_revisions(current, "base")}
    return revision in older and revision != current


def check_schema(engine: sa.Engine) -> None:
    """Raises DatabaseBehindError unless the database is at the newest migration."""
    newest = ScriptDirectory.from_config(alembic_config()).get_current_head()
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current != newest:
        raise DatabaseBehindError(f"its schema is at {current or 'nothing'}, this program needs {newest}")
