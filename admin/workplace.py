"""What the console works with: the database, the newest snapshot, the clock; handed over by whoever serves it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import cast

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Session

from catalog.database import reading, writing
from catalog.kinds import Kinds
from catalog.snapshots.reading import Snapshot
from catalog.temporal import day_in_morocco

EXTENSION = "console"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """``current`` answers the newest snapshot, ``refresh`` builds and swaps it after a publication.

    ``oidc_roles`` names the claim of the identity provider that holds roles; ``require_totp``: roles that decide need
    a second factor.
    """

    engine: sa.Engine
    kinds: Kinds
    current: Callable[[], Snapshot]
    refresh: Callable[[], None]
    clock: Callable[[], datetime]
    data_dir: Path
    oidc: tuple[str, str, str] | None = None
    oidc_roles: str = "roles"
    require_totp: bool = False

    def now(self) -> datetime:
        return self.clock()

    def today(self) -> date:
        """The day in Morocco."""
        return day_in_morocco(self.clock())

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with reading(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: all of it is kept, or nothing."""
        with writing(self.engine) as session:
            yield session


def workplace() -> Workplace:
    """That of the application which answers the request."""
    return cast(Workplace, current_app.extensions[EXTENSION])
