"""What review keeps beside a draft: accepted warnings, and the hour planned for publishing."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from catalog.orm import Base, Code, Instant


class Acceptance(Base):
    """A warning, or all those of a rule over a kind, accepted with a reason.

    It speaks of one revision of the draft and of what was found there (``fingerprint``): it is void once either
    changes. ``code`` is None where it accepts every warning of the rule; ``covered`` says how many those were.
    """

    __tablename__ = "draft_acceptance"
    __table_args__ = (
        sa.UniqueConstraint("draft_id", "revision", "fingerprint"),
        sa.CheckConstraint("reason <> ''", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("draft.id"))
    revision: Mapped[str] = mapped_column(sa.String(64))
    rule: Mapped[str] = mapped_column(sa.Text)
    kind: Mapped[str] = mapped_column(Code)
    code: Mapped[str | None] = mapped_column(Code)
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    covered: Mapped[int] = mapped_column(sa.Integer)
    reason: Mapped[str] = mapped_column(sa.Text)
    accepted_by: Mapped[str] = mapped_column(sa.Text)
    accepted_at: Mapped[datetime] = mapped_column(Instant)


class Plan(Base):
    """When an approved draft is to be published. ``failure`` says why it was not, at the hour."""

    __tablename__ = "draft_plan"
    __table_args__ = (sa.CheckConstraint("(failed_at IS NULL) = (failure IS NULL)", name="failure"),)

    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("draft.id"), primary_key=True, autoincrement=False)
    publish_at: Mapped[datetime] = mapped_column(Instant)
    revision: Mapped[str] = mapped_column(sa.String(64))
    planned_by: Mapped[str] = mapped_column(sa.Text)
    planned_at: Mapped[datetime] = mapped_column(Instant)
    failed_at: Mapped[datetime | None] = mapped_column(Instant)
    failure: Mapped[str | None] = mapped_column(sa.Text)
