"""Carrying out an attack, and judging the defence; nothing of it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import sqlalchemy as sa

from tests.integration.truth.attacks import Attack
from tests.integration.truth.attacks_on_drafts import ON_CHANGES, ON_DRAFTS, ON_HANDS
from tests.integration.truth.attacks_on_facts import ON_ENTITIES, ON_FACTS, ON_SPANS
from tests.integration.truth.attacks_on_releases import ON_JOURNAL, ON_RELEASES
from tests.integration.truth.ground import Ground

BEFORE_THE_JOURNAL = [*ON_ENTITIES, *ON_FACTS, *ON_SPANS, *ON_RELEASES, *ON_DRAFTS, *ON_CHANGES]
"""What every schema must withstand."""
ATTACKS = [*BEFORE_THE_JOURNAL, *ON_HANDS, *ON_JOURNAL]

Battlefield = tuple[sa.Engine, Ground]


@contextmanager
def undone(engine: sa.Engine, *pragmas: str) -> Iterator[sa.Connection]:
    """A connection whose every statement is forgotten."""
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        for pragma in pragmas:
            raw.execute(f"PRAGMA {pragma}")  # type: ignore[union-attr]
        yield connection
        connection.rollback()
        if pragmas:
            connection.invalidate()


def run(connection: sa.Connection, statements: Sequence[str]) -> str | None:
    """What the database says against the last statement; None when it passes. The others must pass."""
    *before, last = statements
    for statement in before:
        connection.exec_driver_sql(statement)
    try:
        done = connection.exec_driver_sql(last)
    except sa.exc.DBAPIError as error:
        return str(error.orig)
    assert done.rowcount > 0, f"no row is concerned: {last}"
    return None


def drop(connection: sa.Connection, ground: Ground, names: Sequence[str]) -> None:
    for name in (name.format(**ground.tables) for name in names):
        if ground.dialect == "sqlite":
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
            continue
        table = connection.scalar(
            sa.text(
                "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = :name"
                " UNION SELECT conrelid::regclass::text FROM pg_constraint WHERE conname = :name"
            ),
            {"name": name},
        )
        is_constraint = name.startswith("ex_")
        connection.exec_driver_sql(
            f"ALTER TABLE {table} DROP CONSTRAINT {name}" if is_constraint else f"DROP TRIGGER {name} ON {table}"
        )


def weaknesses(field: Battlefield, attack: Attack, *pragmas: str) -> Iterator[str]:
    """Sentences: what is wrong with the defence against an attack, or with the attack itself."""
    engine, ground = field
    if not attack.is_for(ground.dialect):
        return
    if attack.legal:
        with undone(engine, *pragmas) as connection:
            said = run(connection, attack.legal(ground))
            if said is not None:
                yield f"{attack.name}: the legal form is refused: {said}"
    with undone(engine, *pragmas) as connection:
        said = run(connection, attack.attempt(ground))
        if said is None or not re.search(attack.refusal, said):
            yield f"{attack.name}: {said or 'it passes'}"
    if attack.guards(ground.dialect):
        with undone(engine, *pragmas) as connection:
            drop(connection, ground, attack.guards(ground.dialect))
            said = run(connection, attack.attempt(ground))
            if not (said is None or (attack.then and re.search(attack.then, said))):
                yield f"{attack.name}: without its guard it is refused all the same: {said}"
