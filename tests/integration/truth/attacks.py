"""Statements that would falsify what is published or approved, each with the guard that must refuse it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.integration.truth.ground import Ground

Statements = Callable[[Ground], list[str]]


@dataclass(frozen=True)
class Attack:
    """``attempt`` ends with the statement to refuse, as ``refusal`` (a pattern) says.

    ``sqlite`` and ``postgresql`` name the guards that refuse it: without them it must pass, or meet ``then`` as a
    second line. Where a constraint refuses, nothing can be taken away, and ``legal`` is the same attempt in a form that
    must pass. An attack that names guards of one dialect only is not tried on the other.
    """

    name: str
    attempt: Statements
    refusal: str
    sqlite: tuple[str, ...] = ()
    postgresql: tuple[str, ...] = ()
    then: str | None = None
    legal: Statements | None = None

    def is_for(self, dialect: str) -> bool:
        return bool(self.guards(dialect)) or not (self.sqlite or self.postgresql)

    def guards(self, dialect: str) -> tuple[str, ...]:
        return self.sqlite if dialect == "sqlite" else self.postgresql


def plain(*texts: str) -> Statements:
    """Statements with the names of the ground in braces."""
    return lambda ground: [ground.sql(text) for text in texts]


def new(sort: str, **changed: object) -> Statements:
    """One INSERT of a row that is legal but for what is changed."""
    return lambda ground: [ground.insert(sort, **changed)]


def replacing(sort: str, **changed: object) -> Statements:
    """INSERT OR REPLACE, which SQLite does by deleting whatever is in the way, without a word to DELETE triggers."""
    return lambda ground: [ground.insert(sort, verb="INSERT OR REPLACE", **changed)]


DELETES = "no delete|drafts are kept|open draft only"
"""The second line against REPLACE on a connection with recursive triggers; a plain shell has none."""


def upserting(sort: str, conflict: str, change: str, **changed: object) -> Statements:
    return lambda ground: [ground.insert(sort, after=f"ON CONFLICT ({conflict}) DO UPDATE SET {change}", **changed)]


def both(first: Statements, *then: Statements) -> Statements:
    return lambda ground: [text for statements in (first, *then) for text in statements(ground)]
