"""Tables of the workshop. What a proposal says never changes: it is withdrawn, and proposed anew."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from catalog.ngap_ccam.codes import Target, correspondance_code
from catalog.orm import Base, Code, Instant

PROPOSED, ONCE, VALIDATED, REFUSED, WITHDRAWN = "proposee", "une_validation", "validee", "refusee", "retiree"
STATUSES = (PROPOSED, ONCE, VALIDATED, REFUSED, WITHDRAWN)
OPEN = (PROPOSED, ONCE)
"""Statuses in which experts may still decide."""
_OPEN = sa.text(f"status IN ('{PROPOSED}','{ONCE}')")


class Proposition(Base):
    """A mapping as somebody proposes it, and the two experts who agreed. ``code`` is that of the mapping.

    The database holds to it that proposer and experts are three people, and that nothing is validated by fewer.
    """

    __tablename__ = "proposition"
    __table_args__ = (
        sa.CheckConstraint(f"status IN {STATUSES}", name="status"),
        sa.CheckConstraint("lower(first_expert) <> lower(proposed_by)", name="first_is_another"),
        sa.CheckConstraint("lower(second_expert) <> lower(proposed_by)", name="second_is_another"),
        sa.CheckConstraint("lower(second_expert) <> lower(first_expert)", name="two_experts"),
        sa.CheckConstraint("second_expert IS NULL OR first_expert IS NOT NULL", name="first_comes_first"),
        sa.CheckConstraint(f"(status = '{VALIDATED}') = (second_expert IS NOT NULL)", name="validated_twice"),
        sa.CheckConstraint(f"status <> '{PROPOSED}' OR first_expert IS NULL", name="not_yet_validated"),
        sa.CheckConstraint(f"status <> '{ONCE}' OR first_expert IS NOT NULL", name="validated_once"),
        sa.CheckConstraint(
            "(relation = 'no-map') = (acte_ccam IS NULL) AND (relation <> 'no-map' OR motif IS NOT NULL)",
            name="absence_has_its_reason",
        ),
        sa.Index("uq_proposition_open", "code", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Code, index=True)
    acte_ngap: Mapped[str] = mapped_column(Code, index=True)
    acte_ccam: Mapped[str | None] = mapped_column(Code)
    activite: Mapped[str | None] = mapped_column(sa.String(1))
    phase: Mapped[str | None] = mapped_column(sa.String(1))
    relation: Mapped[str] = mapped_column(Code)
    version_ngap: Mapped[str] = mapped_column(sa.Text)
    version_ccam: Mapped[str] = mapped_column(sa.Text)
    motif: Mapped[str | None] = mapped_column(sa.Text)
    condition: Mapped[str | None] = mapped_column(sa.Text)
    status: Mapped[str] = mapped_column(sa.String(14), index=True)
    proposed_by: Mapped[str] = mapped_column(Code)
    proposed_at: Mapped[datetime] = mapped_column(Instant)
    first_expert: Mapped[str | None] = mapped_column(Code)
    first_at: Mapped[datetime | None] = mapped_column(Instant)
    second_expert: Mapped[str | None] = mapped_column(Code)
    second_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_by: Mapped[str | None] = mapped_column(Code)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closing_reason: Mapped[str | None] = mapped_column(sa.Text)
    draft_id: Mapped[int | None] = mapped_column(sa.ForeignKey("draft.id"))

    @property
    def target(self) -> Target | None:
        """The CCAM side; None for an act said to have no corresponding one."""
        if self.acte_ccam is None or self.activite is None or self.phase is None:
            return None
        return Target(self.acte_ccam, self.activite, self.phase)

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def told(self) -> dict[str, Any]:
        """What it proposes, for the journal."""
        names = ("relation", "version_ngap", "version_ccam", "motif", "condition")
        told = {"code": correspondance_code(self.acte_ngap, self.target)}
        return told | {name: getattr(self, name) for name in names if getattr(self, name)}


class Remarque(Base):
    """A comment on a proposal."""

    __tablename__ = "proposition_remarque"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposition_id: Mapped[int] = mapped_column(sa.ForeignKey("proposition.id"), index=True)
    author: Mapped[str] = mapped_column(Code)
    at: Mapped[datetime] = mapped_column(Instant)
    text: Mapped[str] = mapped_column(sa.Text)
