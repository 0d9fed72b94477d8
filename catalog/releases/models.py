"""Releases, drafts and entities: the tables every kind shares."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from catalog.orm import Base, Code, Instant

GENESIS = "0" * 64
"""What the first release gives as the digest of the one before it."""


class Entity(Base):
    """A code of a kind, known for ever once published."""

    __tablename__ = "entity"
    __table_args__ = (sa.UniqueConstraint("kind", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(Code)
    code: Mapped[str] = mapped_column(Code)


class Release(Base):
    """A sealed set of facts. Immutable, in a chain of digests."""

    __tablename__ = "release"
    __table_args__ = (
        sa.CheckConstraint("author <> approver", name="four_eyes"),
        sa.CheckConstraint("seq > 0", name="seq"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    label: Mapped[str | None] = mapped_column(sa.Text, unique=True)
    title: Mapped[str] = mapped_column(sa.Text)
    legal_act_id: Mapped[int] = mapped_column(sa.ForeignKey("entity.id"))
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("draft.id"), unique=True)
    published_at: Mapped[datetime] = mapped_column(Instant)
    author: Mapped[str] = mapped_column(sa.Text)
    approver: Mapped[str] = mapped_column(sa.Text)
    publisher: Mapped[str] = mapped_column(sa.Text)
    n_facts: Mapped[int] = mapped_column(sa.Integer)
    content_digest: Mapped[str] = mapped_column(sa.String(64))
    prev_digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    chain_digest: Mapped[str] = mapped_column(sa.String(64), unique=True)


class PublicationLock(Base):
    """One row; taking it is how publishers queue, on both databases."""

    __tablename__ = "publication_lock"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    taken: Mapped[int] = mapped_column(sa.Integer)


class Draft(Base):
    """Proposed changes on a base release: draft, in_review, approved, published or rejected."""

    __tablename__ = "draft"
    __table_args__ = (
        sa.CheckConstraint("status IN ('draft','in_review','approved','published','rejected')", name="status"),
        sa.CheckConstraint("approver IS NULL OR approver <> author", name="four_eyes"),
        sa.CheckConstraint("status NOT IN ('approved','published') OR approver IS NOT NULL", name="approved_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(sa.Text)
    label: Mapped[str | None] = mapped_column(sa.Text)
    legal_act: Mapped[str | None] = mapped_column(Code)
    covers: Mapped[str] = mapped_column(sa.Text, default="")
    base_seq: Mapped[int] = mapped_column(sa.Integer)
    status: Mapped[str] = mapped_column(sa.String(10), default="draft")
    author: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime] = mapped_column(Instant)
    submitted_by: Mapped[str | None] = mapped_column(sa.Text)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    approver: Mapped[str | None] = mapped_column(sa.Text)
    decided_by: Mapped[str | None] = mapped_column(sa.Text)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    comment: Mapped[str | None] = mapped_column(sa.Text)

    @property
    def covered_kinds(self) -> list[str]:
        """Kinds the draft replaces as whole lists."""
        return self.covers.split()


class DraftChange(Base):
    """One proposed fact. Its payload is canonical text: nobody queries a proposal by field."""

    __tablename__ = "draft_change"
    __table_args__ = (
        sa.CheckConstraint("valid_from < valid_to", name="period"),
        sa.UniqueConstraint("draft_id", "kind", "code", "valid_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("draft.id"))
    kind: Mapped[str] = mapped_column(Code)
    code: Mapped[str] = mapped_column(Code)
    valid_from: Mapped[date] = mapped_column(sa.Date)
    valid_to: Mapped[date] = mapped_column(sa.Date)
    payload: Mapped[str | None] = mapped_column(sa.Text)
    legal_act: Mapped[str | None] = mapped_column(Code)
    source: Mapped[str | None] = mapped_column(sa.Text)
    confidence: Mapped[str | None] = mapped_column(sa.String(1))
    reason: Mapped[str | None] = mapped_column(sa.Text)
    row: Mapped[int | None] = mapped_column(sa.Integer)
    made_by: Mapped[str] = mapped_column(sa.Text)
    made_at: Mapped[datetime] = mapped_column(Instant)


class DraftHand(Base):
    """Who wrote in a draft, added, took out or re-grounded: none of them may approve it. ``name`` is folded."""

    __tablename__ = "draft_hand"

    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("draft.id"), primary_key=True)
    name: Mapped[str] = mapped_column(Code, primary_key=True)
