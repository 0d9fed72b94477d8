"""How the database looks for spans: by entry, so that a catalogue ten times as large costs no more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.gmr.family import MEDICAMENT
from catalog.releases import truth
from tests.integration.truth.desk import DOLIPRANE, JULY, JUNE, Desk, priced

Asked = list[tuple[str, Any]]


@contextmanager
def overheard(session: Session) -> Iterator[Asked]:
    """Every question about the spans of medicines, with its parameters."""
    asked: Asked = []

    def listen(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT") and "entity_id IN" in statement and "medicament_span" in statement:
            asked.append((statement, parameters))

    connection = session.connection()
    sa.event.listen(connection, "before_cursor_execute", listen)
    yield asked
    sa.event.remove(connection, "before_cursor_execute", listen)


def plans(session: Session, asked: Asked) -> str:
    driver: Any = session.connection().connection.driver_connection
    return " ".join(row[3] for text, given in asked for row in driver.execute(f"EXPLAIN QUERY PLAN {text}", given))


def looked_by_entry(session: Session, asked: Asked) -> bool:
    found = plans(session, asked)
    return "ix_medicament_span_entity_id_valid_from" in found and "ix_medicament_span_rel_to" not in found


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """PostgreSQL keeps statistics, and chooses by them."""
    return sqlite_url


@pytest.fixture
def priced_desk(desk: Desk) -> Desk:
    desk.publish(priced("29.70", JUNE))
    return desk


def test_publishing_reads_the_spans_of_the_entries_it_changes(priced_desk: Desk) -> None:
    with overheard(priced_desk.session) as asked:
        priced_desk.publish(priced("31.70", JULY))
    assert asked
    assert looked_by_entry(priced_desk.session, asked)


def test_what_stands_of_an_entry_is_not_looked_for_among_all_that_stands(priced_desk: Desk) -> None:
    with overheard(priced_desk.session) as asked:
        assert truth.standing_spans(priced_desk.session, MEDICAMENT, [DOLIPRANE])
    assert asked
    assert looked_by_entry(priced_desk.session, asked)
