"""A catalogue of chosen families on a database of its own, and releases printed one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from catalog.database import open_engine, reading
from catalog.kinds import Kinds
from catalog.legal.family import LEGAL_ACT
from catalog.orm import Base
from catalog.releases import drafts, guards, publishing
from catalog.releases.changes import Change
from catalog.releases.models import PublicationLock, Release
from catalog.releases.tables import tables_of
from catalog.snapshots.building import build
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DAWN, Period

NOW = datetime(2026, 11, 1, tzinfo=UTC)


class Press:
    """Publishes on an empty SQLite file with all its guards; ``releases`` tells the day of each release."""

    def __init__(self, folder: Path, kinds: Kinds) -> None:
        self.kinds = kinds
        self.engine = open_engine(f"sqlite:///{folder / 'catalog.sqlite'}")
        self.releases: list[date] = []
        tables = [table for kind in kinds for table in (tables_of(kind).fact, tables_of(kind).span)]
        core = [table for name, table in Base.metadata.tables.items() if not name.endswith(("_fact", "_span"))]
        with self._writing() as session:
            Base.metadata.create_all(session.connection(), [*core, *tables])
            guards.install(session.connection())
            session.add(PublicationLock(id=1, taken=0))
            session.commit()

    def publish(self, changes: Iterable[Change], *, on: date, legal_act: str) -> Release:
        """A release of these changes, a minute after midnight of a day later than that of the one before."""
        instant = datetime.combine(on, time(0, 1), UTC)
        with self._writing() as session:
            draft = drafts.open_draft(
                session, title=f"Publication du {on}", author="a", at=instant, legal_act=legal_act
            )
            drafts.stage(session, self.kinds, draft, changes, by="a", at=instant)
            drafts.submit(session, self.kinds, draft, by="a", at=instant)
            drafts.approve(session, draft, by="b", at=instant)
            release = publishing.publish(session, self.kinds, draft, by="b", at=NOW, published_at=instant)
            session.commit()
        self.releases.append(on)
        return release

    def snapshot(self) -> Snapshot:
        with reading(self.engine) as session:
            return Snapshot(build(session, self.kinds), self.kinds)

    def close(self) -> None:
        self.engine.dispose()

    def _writing(self) -> Session:
        return Session(self.engine.execution_options(amo_writes=True), expire_on_commit=False)


def legal_act(code: str, title: str, **dates: date | None) -> Change:
    """A legal act in force, told at all times."""
    told = {name: day.isoformat() for name, day in dates.items() if day}
    payload = LEGAL_ACT.load(code, {"type": "arrete", "title": title, "statut": "EN_VIGUEUR", **told})
    return Change(LEGAL_ACT.name, code, Period(DAWN), payload)


def day_before(day: date) -> date:
    return day - timedelta(days=1)
