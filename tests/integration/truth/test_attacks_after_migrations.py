"""After every migration, up or down, with data or without, every guard stands and every attack is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from catalog.database import alembic_config, migrate
from catalog.gmr.family import GTIN
from catalog.legal.family import LEGAL_ACT
from catalog.releases import guards
from tests.integration.truth.battle import ATTACKS, weaknesses
from tests.integration.truth.copies import Original, fresh
from tests.integration.truth.ground import found


def revisions() -> list[str]:
    """Oldest first."""
    script = ScriptDirectory.from_config(alembic_config())
    return [revision.revision for revision in script.walk_revisions()][::-1]


def tables(engine: sa.Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names())


def breaches(engine: sa.Engine, step: str) -> Iterator[str]:
    """What an attack achieves on the schema as it now is; each time on a ground laid over what was there."""
    with engine.connect() as connection:
        yield from (f"{step}: {name} is missing" for name in guards.missing(connection))
    for kind in (LEGAL_ACT.name, GTIN.name):
        if f"{kind}_fact" in tables(engine):
            field = engine, found(engine, kind)
            for attack in ATTACKS:
                if attack.is_for(field[1].dialect):
                    yield from (f"{step}: {weakness}" for weakness in weaknesses(field, attack))


@pytest.fixture
def engine(original: Original) -> Iterator[sa.Engine]:
    with fresh(original) as opened:
        yield opened


@pytest.mark.slow
def test_the_guards_stand_at_every_step_up_and_down(engine: sa.Engine) -> None:
    steps = revisions()
    path = [steps[0], *steps[1:], *steps[-2::-1], "head"]
    migrate(engine, "base")
    seen = []
    for step in path:
        migrate(engine, step)
        seen.append(f"{LEGAL_ACT.name}_fact" in tables(engine))
        assert list(breaches(engine, step)) == []
    assert all(seen)
    assert len(seen) > 2


def test_the_guards_stand_after_going_down_to_nothing_and_up_again(engine: sa.Engine) -> None:
    found(engine, GTIN.name)
    migrate(engine, "base")
    assert tables(engine) == {"alembic_version"}
    migrate(engine)
    assert list(breaches(engine, "up again")) == []


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
