"""Raw SQL against what is published and approved: refused by the database itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from catalog.gmr.family import GTIN
from catalog.legal.family import LEGAL_ACT
from catalog.releases import guards
from tests.integration.truth.attacks import Attack
from tests.integration.truth.battle import ATTACKS, Battlefield, drop, run, undone, weaknesses
from tests.integration.truth.copies import Original, fresh
from tests.integration.truth.ground import Ground, found


@pytest.fixture(scope="module", params=[LEGAL_ACT.name, GTIN.name])
def battlefield(original: Original, request: pytest.FixtureRequest) -> Iterator[Battlefield]:
    with fresh(original) as engine:
        yield engine, found(engine, request.param)


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.name for attack in ATTACKS])
def test_an_attack_is_refused_and_by_its_guard(battlefield: Battlefield, attack: Attack) -> None:
    assert list(weaknesses(battlefield, attack)) == []


SHELL = ("recursive_triggers = OFF", "foreign_keys = OFF")
"""How SQLite's own shell opens the file."""


@pytest.mark.slow
@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.name for attack in ATTACKS])
def test_an_attack_from_a_plain_shell_is_refused(battlefield: Battlefield, attack: Attack) -> None:
    if battlefield[1].dialect == "sqlite" and "foreign key" not in attack.refusal:
        assert list(weaknesses(battlefield, attack, *SHELL)) == []


def test_from_a_plain_shell_only_the_guards_stop_a_replacement(battlefield: Battlefield) -> None:
    """What the guards of INSERT are for: without them REPLACE deletes what is sealed, and no DELETE trigger speaks."""
    engine, ground = battlefield
    if ground.dialect != "sqlite":
        return
    replacements = [attack for attack in ATTACKS if attack.name.startswith("replace ")]
    assert len(replacements) > 8
    for attack in replacements:
        with undone(engine, *SHELL) as connection:
            drop(connection, ground, attack.guards("sqlite"))
            assert run(connection, attack.attempt(ground)) is None, attack.name


def guards_here(connection: sa.Connection, ground: Ground) -> list[str]:
    """Those of the tables that all kinds share, and of the kind attacked."""
    names = guards._expected(connection)
    return sorted(name for name in names if ground.kind in name or not ("_fact" in name or "_span" in name))


def test_every_guard_is_attacked(battlefield: Battlefield) -> None:
    engine, ground = battlefield
    tried = {name.format(**ground.tables) for attack in ATTACKS for name in attack.guards(ground.dialect)}
    with engine.connect() as connection:
        here = {name for name in guards_here(connection, ground) if not name.endswith("_truncate")}
    assert here - tried == set()
    assert len(here) > 12


TABLES = (
    "entity", "release", "draft", "draft_change", "draft_hand", "publication_lock", "journal", "gtin_fact", "gtin_span",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.parametrize("table", TABLES)
def test_no_table_is_emptied_at_a_stroke(postgres_url: str, table: str) -> None:
    engine = sa.create_engine(postgres_url)
    with engine.begin() as connection:
        said = run(connection, [f"TRUNCATE {table} CASCADE"])
        assert said
        assert "is sealed, no truncate" in said
    guarded = "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%\\_truncate'"
    with engine.begin() as connection:
        others = [(name, owner) for name, owner in connection.execute(sa.text(guarded)) if owner != table]
        for name, owner in others:
            connection.exec_driver_sql(f"DROP TRIGGER {name} ON {owner}")
        said = run(connection, [f"TRUNCATE {table} CASCADE"])
        assert said
        assert f"{table} is sealed" in said
    engine.dispose()


def test_each_guard_that_falls_is_missed(battlefield: Battlefield) -> None:
    engine, ground = battlefield
    with engine.connect() as connection:
        assert guards.missing(connection) == []
        here = guards_here(connection, ground)
    for name in here:
        with undone(engine) as connection:
            drop(connection, ground, [name])
            assert guards.missing(connection) == [name]
    with undone(engine) as connection:
        drop(connection, ground, here)
        guards.install(connection)
        assert guards.missing(connection) == []


@pytest.mark.slow
@pytest.mark.postgres
def test_a_guard_put_to_sleep_is_missed(postgres_url: str) -> None:
    engine = sa.create_engine(postgres_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE release DISABLE TRIGGER guard_release_sealed")
        assert guards.missing(connection) == ["guard_release_sealed"]
    engine.dispose()
