"""The migrations make the tables that the kinds describe: columns, keys, checks, indexes, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from catalog.database import check_schema, migrate, open_engine
from catalog.errors import DatabaseBehindError, InvalidError
from catalog.orm import Base
from catalog.registry import KINDS
from catalog.releases import guards
from catalog.releases.tables import tables_of
from tests.integration.truth.copies import Original, fresh

TABLES = {table.name for kind in KINDS for table in (tables_of(kind).fact, tables_of(kind).span)}


@pytest.fixture
def engine(original: Original) -> Iterator[sa.Engine]:
    with fresh(original) as opened:
        yield opened


def test_autogenerate_finds_nothing_to_do(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def shape(engine: sa.Engine, table: str) -> dict[str, Any]:
    """What autogenerate overlooks too: checks, computed columns, names and deferral of keys."""
    inspector = sa.inspect(engine)
    columns = {
        column["name"]: (str(column["type"]), column["nullable"], column["default"], _computed(column))
        for column in inspector.get_columns(table)
    }
    return {
        "columns": columns,
        "primary key": inspector.get_pk_constraint(table),
        "foreign keys": _by_name(inspector.get_foreign_keys(table)),
        "unique": _by_name(inspector.get_unique_constraints(table)),
        "checks": {
            found["name"]: " ".join(str(found["sqltext"]).split()) for found in inspector.get_check_constraints(table)
        },
        "indexes": _by_name([_in_words(index) for index in inspector.get_indexes(table)]),
    }


def _computed(column: Any) -> str | None:
    computed = column.get("computed")
    return None if computed is None else f"{computed['sqltext']} {computed['persisted']}"


def _by_name(found: list[Any]) -> dict[str, Any]:
    return {one["name"]: one for one in found}


def _in_words(index: Any) -> Any:
    """The condition of a partial index as its text: two clauses are never equal."""
    options = index.get("dialect_options", {})
    return {**index, "dialect_options": {name: str(value) for name, value in options.items()}}


def collations(engine: sa.Engine) -> set[tuple[str, str, str]]:
    """How PostgreSQL orders each text, by column."""
    query = (
        "SELECT attrelid::regclass::text, attname, collname FROM pg_attribute JOIN pg_collation ON"
        " pg_collation.oid = attcollation JOIN pg_class ON pg_class.oid = attrelid"
        " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'"
    )
    with engine.connect() as connection:
        return {(table, column, collation) for table, column, collation in connection.execute(sa.text(query))}


def test_the_migrated_schema_is_the_described_one(engine: sa.Engine, tmp_path_factory: Any) -> None:
    migrated = {table: shape(engine, table) for table in Base.metadata.tables}
    orders = collations(engine) if engine.dialect.name == "postgresql" else None
    migrate(engine, "base")
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        guards.install(connection)
    for table, found in migrated.items():
        assert found == shape(engine, table)
    if orders is not None:
        assert orders == collations(engine)
    assert set(migrated) > TABLES


def test_going_down_leaves_nothing(engine: sa.Engine) -> None:
    migrate(engine, "base")
    assert sa.inspect(engine).get_table_names() == ["alembic_version"]
    with pytest.raises(DatabaseBehindError, match="its schema is at nothing"):
        check_schema(engine)
    migrate(engine, "0001")
    with pytest.raises(DatabaseBehindError, match="its schema is at 0001"):
        check_schema(engine)
    migrate(engine)
    check_schema(engine)


def test_a_migration_that_fails_leaves_the_schema_as_it_was(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate(engine, "0001")
    before = set(sa.inspect(engine).get_table_names())

    def fails(_: sa.Connection) -> None:
        raise RuntimeError("the power is cut")

    monkeypatch.setattr(guards, "install", fails)
    with pytest.raises(RuntimeError):
        migrate(engine)
    monkeypatch.undo()
    assert set(sa.inspect(engine).get_table_names()) == before
    with pytest.raises(DatabaseBehindError, match="0001"):
        check_schema(engine)


@pytest.mark.parametrize("url", ["", "catalog.sqlite", "mysql://amo@localhost/amo", "postgresql://amo@localhost/amo"])
def test_only_the_two_databases_are_opened(url: str) -> None:
    with pytest.raises(InvalidError):
        open_engine(url)


def test_sqlite_is_opened_so_that_what_is_committed_stays(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "busy_timeout")
        }
    engine.dispose()
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "busy_timeout": 15000,
    }
