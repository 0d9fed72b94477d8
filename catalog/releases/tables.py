"""The fact and span tables of each kind, derived from its schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from catalog.fields import EntryField
from catalog.kinds import Kind
from catalog.orm import Base, Code

OPEN = 2**31 - 1
"""``rel_to`` of a span no release has closed."""

RowId = sa.BigInteger().with_variant(sa.Integer, "sqlite")


@dataclass(frozen=True, eq=False)
class KindTables:
    """The two tables of a kind."""

    fact: sa.Table
    span: sa.Table


def tables_of(kind: Kind, metadata: sa.MetaData = Base.metadata) -> KindTables:
    """The tables of a kind, made on first call."""
    fact_name, span_name = f"{kind.name}_fact", f"{kind.name}_span"
    if fact_name not in metadata.tables:
        _fact_table(kind, fact_name, metadata)
        _span_table(fact_name, span_name, metadata)
    return KindTables(metadata.tables[fact_name], metadata.tables[span_name])


def is_open(span: sa.Table) -> sa.ColumnElement[bool]:
    """The condition that no release has closed a span.

    As a range: SQLite, which keeps no statistics, takes an equality to choose few rows, and would look for the spans
    of one entry among all that are open, whatever else is asked of them.
    """
    return span.c.rel_to >= OPEN


def _to_release(column: str) -> sa.ForeignKeyConstraint:
    # Deferred: the release row goes in last and seals what came before it; without it nothing commits.
    return sa.ForeignKeyConstraint([column], ["release.seq"], deferrable=True, initially="DEFERRED")


def _fact_table(kind: Kind, name: str, metadata: sa.MetaData) -> None:
    payload = [sa.Column(field, _column_type(entry), nullable=True) for field, entry in kind.fields.items()]
    required = [field for field, entry in kind.fields.items() if entry.required]
    complete = " AND ".join(f"{field} IS NOT NULL" for field in required) or "1 = 1"
    sa.Table(
        name,
        metadata,
        sa.Column("id", RowId, primary_key=True, autoincrement=False),
        sa.Column("entity_id", sa.Integer, sa.ForeignKey("entity.id"), nullable=False),
        sa.Column("release", sa.Integer, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_to", sa.Date, nullable=False),
        sa.Column("op", sa.String(1), nullable=False),
        sa.Column("legal_act_id", sa.Integer, sa.ForeignKey("entity.id"), nullable=False),
        sa.Column("provenance", sa.Text),
        sa.Column("confidence", sa.String(1)),
        *payload,
        sa.Column("row_digest", sa.String(64), nullable=False),
        _to_release("release"),
        sa.CheckConstraint("valid_from < valid_to", name="period"),
        sa.CheckConstraint("op IN ('S','V')", name="op"),
        sa.CheckConstraint(f"op = 'V' OR ({complete})", name="complete"),
        sa.Index(None, "entity_id", "release"),
        sa.Index(None, "release"),
    )


def _column_type(entry: EntryField) -> Any:
    made = entry.column_type
    return Code if made is sa.Text else made()


def _span_table(fact_name: str, name: str, metadata: sa.MetaData) -> None:
    sa.Table(
        name,
        metadata,
        sa.Column("id", RowId, primary_key=True, autoincrement=False),
        sa.Column("entity_id", sa.Integer, sa.ForeignKey("entity.id"), nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_to", sa.Date, nullable=False),
        sa.Column("rel_from", sa.Integer, nullable=False),
        sa.Column("rel_to", sa.Integer, nullable=False),
        sa.Column("closed_by", sa.Integer, sa.Computed(f"NULLIF(rel_to, {OPEN})", persisted=True)),
        sa.Column("fact_id", RowId, sa.ForeignKey(f"{fact_name}.id"), nullable=False),
        _to_release("rel_from"),
        _to_release("closed_by"),
        sa.CheckConstraint("valid_from < valid_to", name="period"),
        sa.CheckConstraint("rel_from < rel_to", name="releases"),
        sa.Index(None, "entity_id", "valid_from"),
        sa.Index(None, "rel_from"),
        sa.Index(None, "rel_to"),
    )
