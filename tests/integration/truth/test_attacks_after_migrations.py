"""After every migration, up or down, with data or without, every guard stands and every attack is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from catalog.database import alembic_config, migrate
from catalog.gmr.family import GTIN
from catalog.legal.family import LEGAL_ACT
from catalog.releases import guards
from tests.integration.truth.attacks import Attack
from tests.integration.truth.battle import ATTACKS, BEFORE_THE_JOURNAL, weaknesses
from tests.integration.truth.copies import Original, fresh
from tests.integration.truth.ground import Ground, found, found_again


def revisions() -> list[str]:
    """Oldest first."""
    script = ScriptDirectory.from_config(alembic_config())
    return [revision.revision for revision in script.walk_revisions()][::-1]


def tables(engine: sa.Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names())


def breaches(engine: sa.Engine, step: str, grounds: list[Ground]) -> Iterator[str]:
    """What an attack achieves on the schema as it now is."""
    with engine.connect() as connection:
        yield from (f"{step}: {fault}" for fault in guards.faults(connection))
        here = set(guards._expected(connection))
    has_journal = "journal" in tables(engine)
    for ground in grounds:
        field = engine, found_again(engine, ground)
        for attack in ATTACKS if has_journal else BEFORE_THE_JOURNAL:
            if attack.is_for(ground.dialect):
                known = attack if has_journal else _without_later_guards(attack, here, ground)
                yield from (f"{step}: {weakness}" for weakness in weaknesses(field, known))


def _without_later_guards(attack: Attack, here: set[str], ground: Ground) -> Attack:
    kept = {
        dialect: tuple(name for name in getattr(attack, dialect) if name.format(**ground.tables) in here)
        for dialect in ("sqlite", "postgresql")
    }
    return replace(attack, **kept)


def laid(engine: sa.Engine) -> list[Ground]:
    """The verbs know the newest schema only: rows are laid there and taken along."""
    return [found(engine, kind) for kind in (LEGAL_ACT.name, GTIN.name)]


@pytest.fixture
def engine(original: Original) -> Iterator[sa.Engine]:
    with fresh(original) as opened:
        yield opened


@pytest.mark.slow
def test_the_guards_stand_at_every_step_up_and_down(engine: sa.Engine) -> None:
    steps, grounds = revisions(), laid(engine)
    for step in steps[-2::-1]:
        migrate(engine, step)
        standing = [ground for ground in grounds if f"{ground.kind}_fact" in tables(engine)]
        assert standing
        assert list(breaches(engine, f"down to {step}", standing)) == []
    for step in steps[1:]:
        migrate(engine, step)
        assert list(breaches(engine, f"up to {step}", grounds[:1] if step != steps[-1] else laid(engine))) == []


def test_the_guards_stand_after_going_down_to_nothing_and_up_again(engine: sa.Engine) -> None:
    laid(engine)
    migrate(engine, "base")
    assert tables(engine) == {"alembic_version"}
    migrate(engine)
    assert list(breaches(engine, "up again", laid(engine))) == []


def test_a_migration_that_drops_a_guard_puts_it_back(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        on = " ON release" if connection.dialect.name == "postgresql" else ""
        names = ["guard_release_sealed"] if on else ["guard_release_update", "guard_release_delete"]
        for name in names:
            connection.exec_driver_sql(f"DROP TRIGGER {name}{on}")
        assert guards.missing(connection) == sorted(names)
    migrate(engine)
    with engine.connect() as connection:
        assert guards.missing(connection) == []


def test_what_was_published_survives_a_way_down_and_up(engine: sa.Engine) -> None:
    found(engine, LEGAL_ACT.name)
    rows = sa.text("SELECT * FROM acte_juridique_fact ORDER BY id"), sa.text("SELECT * FROM release ORDER BY seq")
    with engine.connect() as connection:
        before = [connection.execute(query).all() for query in rows]
    migrate(engine, revisions()[0])
    migrate(engine)
    with engine.connect() as connection:
        assert [connection.execute(query).all() for query in rows] == before
        assert before[0]
