"""The one lock of writers: whoever publishes or writes the journal takes it first, so no two wait for each other."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.releases.models import PublicationLock


def take_lock(session: Session) -> None:
    """Queues behind any other writer until this transaction ends; on SQLite it also takes the write lock."""
    session.execute(sa.update(PublicationLock).values(taken=PublicationLock.taken + 1))
