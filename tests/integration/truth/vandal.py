"""Somebody with the database's own password: guards out of the way, then any statement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from catalog.releases import guards


@contextmanager
def without_guards(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that nothing refuses; the guards stand again after it, as if nobody had been there."""
    own = sa.create_engine(engine.url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with own.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET session_replication_role = replica")
        else:
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
            connection.exec_driver_sql("PRAGMA synchronous = OFF")
            for name in connection.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        yield connection
        if connection.dialect.name == "sqlite":
            guards.install(connection)
