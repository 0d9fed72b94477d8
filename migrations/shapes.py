"""Shapes that many migrations share, frozen: change nothing here once a migration that uses it has been released."""

import sqlalchemy as sa
from alembic import op

OPEN = 2**31 - 1


def code():
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def instant():
    return sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def row_id():
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")


COLUMN_TYPES = {
    "text": code,
    "money": sa.BigInteger,
    "rate": sa.Integer,
    "number": sa.Integer,
    "flag": sa.Boolean,
    "day": sa.Date,
}


def create_kind(name, fields, required):
    """The fact and span tables of a kind; ``fields`` maps a column to a name of COLUMN_TYPES."""
    complete = " AND ".join(f"{field} IS NOT NULL" for field in required) or "1 = 1"
    fact, span = f"{name}_fact", f"{name}_span"
    op.create_table(
        fact,
        sa.Column("id", row_id(), autoincrement=False),
        sa.Column("entity_id", sa.Integer, nullable=False),
        sa.Column("release", sa.Integer, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_to", sa.Date, nullable=False),
        sa.Column("op", sa.String(1), nullable=False),
        sa.Column("legal_act_id", sa.Integer, nullable=False),
        sa.Column("provenance", sa.Text),
        sa.Column("confidence", sa.String(1)),
        *(sa.Column(field, COLUMN_TYPES[kind]()) for field, kind in fields.items()),
        sa.Column("row_digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{fact}"),
        _foreign(fact, "entity_id", "entity.id"),
        _foreign(fact, "legal_act_id", "entity.id"),
        _foreign(fact, "release", "release.seq", deferred=True),
        sa.CheckConstraint("valid_from < valid_to", name=op.f(f"ck_{fact}_period")),
        sa.CheckConstraint("op IN ('S','V')", name=op.f(f"ck_{fact}_op")),
        sa.CheckConstraint(f"op = 'V' OR ({complete})", name=op.f(f"ck_{fact}_complete")),
    )
    op.create_index(f"ix_{fact}_entity_id_release", fact, ["entity_id", "release"])
    op.create_index(f"ix_{fact}_release", fact, ["release"])
    op.create_table(
        span,
        sa.Column("id", row_id(), autoincrement=False),
        sa.Column("entity_id", sa.Integer, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_to", sa.Date, nullable=False),
        sa.Column("rel_from", sa.Integer, nullable=False),
        sa.Column("rel_to", sa.Integer, nullable=False),
        sa.Column("closed_by", sa.Integer, sa.Computed(f"NULLIF(rel_to, {OPEN})", persisted=True)),
        sa.Column("fact_id", row_id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{span}"),
        _foreign(span, "entity_id", "entity.id"),
        _foreign(span, "fact_id", f"{fact}.id"),
        _foreign(span, "rel_from", "release.seq", deferred=True),
        _foreign(span, "closed_by", "release.seq", deferred=True),
        sa.CheckConstraint("valid_from < valid_to", name=op.f(f"ck_{span}_period")),
        sa.CheckConstraint("rel_from < rel_to", name=op.f(f"ck_{span}_releases")),
    )
    op.create_index(f"ix_{span}_entity_id_valid_from", span, ["entity_id", "valid_from"])
    op.create_index(f"ix_{span}_rel_from", span, ["rel_from"])
    op.create_index(f"ix_{span}_rel_to", span, ["rel_to"])


def drop_kind(name):
    op.drop_table(f"{name}_span")
    op.drop_table(f"{name}_fact")


def _foreign(table, column, target, deferred=False):
    late = {"deferrable": True, "initially": "DEFERRED"} if deferred else {}
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}", **late)
