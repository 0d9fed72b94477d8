"""Publishing 5,000 changes into 500,000 spans, the diff of neighbours, and the snapshot, on SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from benchmarks.measure import Line, stopwatch, timed
from catalog.database import migrate, open_engine, reading, writing
from catalog.gmr.codes import has_valid_check_digit
from catalog.kinds import Payload
from catalog.legal.family import LEGAL_ACT
from catalog.registry import KINDS
from catalog.releases import drafts
from catalog.releases.changes import Change
from catalog.releases.diffing import EntryDiff, diff, touched_spans
from catalog.releases.publishing import publish
from catalog.releases.truth import head
from catalog.snapshots.store import SnapshotStore
from catalog.temporal import DAWN, Period

ENTRIES = 50_000
YEARS = 10
CHANGES = 5_000
MEDICAMENT = KINDS.find("medicament")


def gtins() -> Iterator[str]:
    """Made-up GTINs with their check digit."""
    for number in range(ENTRIES):
        stem = f"611899{number:06d}"
        yield next(stem + digit for digit in "0123456789" if has_valid_check_digit(stem + digit))


def payload(number: int, centimes: int) -> Payload:
    data = {
        "nom": f"ESSAI {number}",
        "dci": f"SUBSTANCE {number % 900}",
        "dosages": "500",
        "unites": "MG",
        "forme": "COMPRIME",
        "presentation": "1 BOITE 30 COMPRIME",
        "princeps_generique": "G",
        "admis_remboursement": True,
    }
    return MEDICAMENT.load("essai", data) | {"ppv": centimes, "pbr": centimes}


def release(engine: sa.Engine, changes: list[Change], at: datetime) -> float:
    """Publishes changes as one release; seconds of the publishing alone."""
    with writing(engine) as session:
        draft = drafts.open_draft(session, title="essai", author="bench.a", at=at, legal_act="essai-1")
        drafts.stage(session, KINDS, draft, changes, by="bench.a", at=at)
        drafts.submit(session, KINDS, draft, by="bench.a", at=at)
        drafts.approve(session, draft, by="bench.b", at=at)
        number = draft.id
    with stopwatch() as clock:
        with writing(engine) as session:
            publish(session, KINDS, drafts.find_draft(session, number), by="bench.b", at=at)
        return clock()


def fill(engine: sa.Engine) -> datetime:
    """500,000 spans: 50,000 entries with a price a year over ten years, in ten releases."""
    at = datetime.now(UTC) - timedelta(days=1)
    act = LEGAL_ACT.load("essai-1", {"type": "arrete", "title": "Essai", "statut": "EN_VIGUEUR"})
    codes = list(gtins())
    for year in range(YEARS):
        period = Period(date(2010 + year, 1, 1), date(2011 + year, 1, 1))
        changes = [Change("medicament", code, period, payload(n, 1000 + n + year)) for n, code in enumerate(codes)]
        if year == 0:
            changes.append(Change("acte_juridique", "essai-1", Period(DAWN), act))
        release(engine, changes, at)
        at += timedelta(minutes=1)
    return at


def plain_insert(folder: Path) -> float:
    """The limit: 5,000 rows of the same width into a plain SQLite table, in one durable transaction."""
    connection = sqlite3.connect(folder / "plain.sqlite", isolation_level=None)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS t (a, b, c)")
    rows = [(n, "x" * 200, n) for n in range(CHANGES)]

    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
        connection.execute("COMMIT")

    seconds = timed(insert, runs=5)
    connection.close()
    return seconds


def _newest_diff(session: Session) -> list[EntryDiff]:
    newest = head(session)
    touched = touched_spans(session, MEDICAMENT, newest - 1, newest)
    return diff(MEDICAMENT, touched, newest - 1, newest, lambda _: date(2026, 1, 1))


def run(folder: Path) -> list[Line]:
    engine = open_engine(f"sqlite:///{folder / 'truth.sqlite'}")
    migrate(engine)
    at = fill(engine)
    base = plain_insert(folder)
    codes = list(gtins())[:CHANGES]
    published = []
    for turn in range(3):
        period = Period(date(2015, 3, 1), date(2015, 9, 1))
        changes = [Change("medicament", code, period, payload(n, 5000 + turn)) for n, code in enumerate(codes)]
        published.append(release(engine, changes, at + timedelta(minutes=turn)))
    with reading(engine) as session:
        assert len(_newest_diff(session)) == CHANGES
        compared = timed(lambda: _newest_diff(session))
        build = timed(lambda: SnapshotStore(folder / "snapshots", KINDS).refresh(session, force=True), runs=1)
    opened = timed(lambda: SnapshotStore(folder / "snapshots", KINDS).current(), runs=3)
    against = "plain SQLite insert of 5,000 rows"
    line = Line("publish 5,000 changes into 500,000 spans", sorted(published)[1], against, base, "< 5 s")
    return [
        line,
        replace(line, what="diff of neighbouring releases of 5,000 changes", seconds=compared, target="< 1 s"),
        replace(line, what="build the snapshot of 530,000 spans", seconds=build, target="issue: as fast as memory"),
        replace(line, what="open that snapshot", seconds=opened, target="issue: as fast as memory"),
    ]
