"""The table of accounts."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from catalog.orm import Base, Code, Instant


class Account(Base):
    """A person who may act on drafts. ``roles`` is a list of words."""

    __tablename__ = "account"

    name: Mapped[str] = mapped_column(Code, primary_key=True)
    full_name: Mapped[str] = mapped_column(sa.Text)
    roles: Mapped[str] = mapped_column(sa.Text)
    password_hash: Mapped[str] = mapped_column(sa.Text)
    is_disabled: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(Instant)

    @property
    def held_roles(self) -> frozenset[str]:
        return frozenset(self.roles.split())
