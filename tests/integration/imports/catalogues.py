"""A catalogue to import into, and the commands run on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from click.testing import CliRunner, Result

from catalog.database import reading, writing
from catalog.importing.running import Request, import_file
from catalog.registry import KINDS
from catalog.releases import drafts
from catalog.releases.diffing import EntryDiff, diff, touched_spans
from catalog.releases.models import Draft, Release
from catalog.releases.publishing import publish
from catalog.releases.truth import find_release, in_force
from catalog.snapshots.building import build
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment, day_in_morocco
from catalog.validation import Report
from service.cli import main

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass
class Loader:
    """Imports files and publishes them, one release a file, an hour apart."""

    engine: sa.Engine
    at: datetime = NOON - timedelta(days=30)

    def load(self, kind: str, path: Path, **told: Any) -> Report:
        self.at += timedelta(hours=1)
        with writing(self.engine) as session:
            request = Request(KINDS.find(kind), path, **told)
            draft, report = import_file(session, KINDS, request, by="amina", at=self.at)
            drafts.submit(session, KINDS, draft, by="amina", at=self.at)
            drafts.approve(session, draft, by="badr", at=self.at)
            publish(session, KINDS, draft, by="badr", at=self.at)
        return report

    def in_force(self, kind: str, day: date, release: int) -> Mapping[str, Any]:
        with reading(self.engine) as session:
            return in_force(session, KINDS.find(kind), Moment(day, release))

    def diff(self, kind: str, older: int, newer: int) -> list[EntryDiff]:
        found = KINDS.find(kind)
        with reading(self.engine) as session:
            days = {seq: day_in_morocco(find_release(session, seq).published_at) for seq in range(1, newer + 1)}
            return diff(found, touched_spans(session, found, older, newer), older, newer, days.__getitem__)

    def snapshot(self) -> Snapshot:
        with reading(self.engine) as session:
            return Snapshot(build(session, KINDS), KINDS)


@dataclass
class Commands:
    """``amo-catalog`` on a database and a data folder of its own."""

    url: str
    folder: Path

    def run(self, *words: str | Path, **told: Any) -> Result:
        environment = {"AMO_DATABASE_URL": self.url, "AMO_DATA_DIR": str(self.folder)}
        return CliRunner().invoke(main, [str(word) for word in words], env=environment, **told)

    def json(self, *words: str | Path) -> Any:
        result = self.run(*words, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)


def written(engine: sa.Engine) -> dict[str, int]:
    """How many drafts and releases a database holds: what a refusal must not change."""
    with reading(engine) as session:
        counts: dict[str, Callable[[], int | None]] = {
            model.__tablename__: lambda model=model: session.scalar(sa.select(sa.func.count()).select_from(model))
            for model in (Draft, Release)
        }
        return {name: count() or 0 for name, count in counts.items()}
