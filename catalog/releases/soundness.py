"""What must be so before anything is published: the guards stand, and nothing waits for a release that has not come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import ConflictError
from catalog.releases import guards
from catalog.releases.tables import OPEN


class GuardsDownError(ConflictError):
    """A database that no longer refuses what it must refuse proves nothing."""

    def __init__(self, faults: list[str]) -> None:
        shown = " ".join(faults[:5]) + (f" And {len(faults) - 5} more." if len(faults) > 5 else "")
        super().__init__(f"Nothing is published on a database without its guards. {shown} Run `amo-catalog init`.")


class PlantedRowsError(ConflictError):
    """Rows of a release to come, which no release wrote: the next one would seal them unseen."""

    def __init__(self, head: int, planted: dict[str, int]) -> None:
        self.planted = planted
        told = ", ".join(f"{number} in {table}" for table, number in planted.items())
        super().__init__(
            f"Nothing is published over rows that no release wrote: beyond release {head} there are {told}. "
            "Somebody wrote to the database directly; restore it from a copy."
        )


def check_sound(session: Session, head: int) -> None:
    """Raises GuardsDownError or PlantedRowsError. Called under the lock, before the first row is written."""
    found = guards.faults(session.connection())
    if found:
        raise GuardsDownError(found)
    planted = planted_rows(session, head)
    if planted:
        raise PlantedRowsError(head, planted)


def planted_rows(session: Session, head: int) -> dict[str, int]:
    """By table, how many rows name a release after ``head``."""
    counts = list(_counts(guards.kind_names(session.connection()), head))
    if not counts:
        return {}
    found: dict[str, int] = {}
    for table, number in session.execute(sa.union_all(*counts)):
        found[table] = found.get(table, 0) + number
    return {table: number for table, number in sorted(found.items()) if number}


def _counts(kinds: list[str], head: int) -> Iterator[Any]:
    for kind in kinds:
        fact = sa.table(f"{kind}_fact", sa.column("release", sa.Integer))
        span = sa.table(f"{kind}_span", sa.column("rel_from", sa.Integer), sa.column("rel_to", sa.Integer))
        yield _count(fact, fact.c.release > head)
        yield _count(span, span.c.rel_from > head)
        # As a range, so that the index answers and the open spans are not read.
        yield _count(span, sa.and_(span.c.rel_from <= head, span.c.rel_to > head, span.c.rel_to < OPEN))


def _count(table: sa.TableClause, condition: sa.ColumnElement[bool]) -> Any:
    return sa.select(sa.literal(table.name), sa.func.count()).select_from(table).where(condition)
