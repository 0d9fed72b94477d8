"""The table of the journal. Rows enter in order and never change: the database refuses anything else."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from catalog.orm import Base, Code, Instant

GENESIS = "0" * 64
"""What the first entry gives as the digest of the one before it."""


class JournalEntry(Base):
    """One act of one person. ``before``, ``after`` and ``detail`` are canonical JSON, or None."""

    __tablename__ = "journal"
    __table_args__ = (sa.CheckConstraint("seq > 0", name="seq"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    actor: Mapped[str] = mapped_column(Code, index=True)
    action: Mapped[str] = mapped_column(Code, index=True)
    subject: Mapped[str] = mapped_column(Code, index=True)
    before: Mapped[str | None] = mapped_column(sa.Text)
    after: Mapped[str | None] = mapped_column(sa.Text)
    detail: Mapped[str | None] = mapped_column(sa.Text)
    prev_digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
