"""Publishing 5,000 changes, and 200, into 500,000 spans, and what differs then; on SQLite and on PostgreSQL."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median

import sqlalchemy as sa
from sqlalchemy.orm import Session

from benchmarks import truth_postgres
from benchmarks.measure import Target, at_most, not_measured, shown, stopwatch, timed
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
from catalog.temporal import DAWN, Period
from tests.servers import NoServerError

ENTRIES = 50_000
MEDICAMENT = KINDS.find("medicament")
TURNS = 3


@dataclass(frozen=True)
class Scale:
    """Entries with a price a year, and how many prices a large and a small release change."""

    entries: int = ENTRIES
    years: int = 10
    many: int = 5_000
    few: int = 200

    @property
    def spans(self) -> str:
        return f"{self.entries * self.years:,} spans"


WHOLE, TINY = Scale(), Scale(300, 2, 50, 5)


def gtins(count: int = ENTRIES) -> Iterator[str]:
    """Made-up GTINs with their check digit."""
    for number in range(count):
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


def release(engine: sa.Engine, changes: list[Change], at: datetime) -> tuple[float, float]:
    """Publishes changes as one release; seconds of the publishing alone, and those of CPU in this process."""
    with writing(engine) as session:
        draft = drafts.open_draft(session, title="essai", author="bench.a", at=at, legal_act="essai-1")
        drafts.stage(session, KINDS, draft, changes, by="bench.a", at=at)
        drafts.submit(session, KINDS, draft, by="bench.a", at=at)
        drafts.approve(session, draft, by="bench.b", at=at)
        number = draft.id
    spent = time.process_time()
    with stopwatch() as clock:
        with writing(engine) as session:
            publish(session, KINDS, drafts.find_draft(session, number), by="bench.b", at=at)
        return clock(), time.process_time() - spent


def filled(folder: Path, scale: Scale) -> Path:
    """A database with a price a year for every entry, one release a year; made once for all parts of a run."""
    path = folder / "truth.sqlite"
    if not path.exists():
        engine = open_engine(f"sqlite:///{path}")
        migrate(engine)
        fill(engine, scale)
        engine.dispose()
    return path


def fill(engine: sa.Engine, scale: Scale = WHOLE) -> None:
    at = datetime.now(UTC) - timedelta(days=1)
    act = LEGAL_ACT.load("essai-1", {"type": "arrete", "title": "Essai", "statut": "EN_VIGUEUR"})
    codes = list(gtins(scale.entries))
    for year in range(scale.years):
        period = Period(date(2010 + year, 1, 1), date(2011 + year, 1, 1))
        changes = [Change("medicament", code, period, payload(n, 1000 + n + year)) for n, code in enumerate(codes)]
        if year == 0:
            changes.append(Change("acte_juridique", "essai-1", Period(DAWN), act))
        release(engine, changes, at)
        at += timedelta(minutes=1)


def change(engine: sa.Engine, count: int, centimes: int) -> tuple[float, float]:
    """Publishes another price of so many entries over half a year; its seconds, as ``release`` tells them."""
    period = Period(date(2010, 3, 1), date(2010, 9, 1))
    codes = islice(gtins(count), count)
    changes = [Change("medicament", code, period, payload(n, centimes)) for n, code in enumerate(codes)]
    return release(engine, changes, datetime.now(UTC))


def plain_insert(folder: Path, rows: int) -> float:
    """The limit: as many rows of the same width into a plain SQLite table, in one durable transaction."""
    connection = sqlite3.connect(folder / "plain.sqlite", isolation_level=None)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS t (a, b, c)")
    told = [(n, "x" * 200, n) for n in range(rows)]

    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO t VALUES (?, ?, ?)", told)
        connection.execute("COMMIT")

    seconds = timed(insert, runs=5)
    connection.close()
    return seconds


def _newest_diff(session: Session) -> list[EntryDiff]:
    newest = head(session)
    touched = touched_spans(session, MEDICAMENT, newest - 1, newest)
    return diff(MEDICAMENT, touched, newest - 1, newest, lambda _: date(2026, 1, 1))


def part(folder: Path, *, quick: bool = False) -> Iterator[str | Target]:
    """Both databases in one table, each figure beside a plain durable insert of as many rows."""
    scale = TINY if quick else WHOLE
    path = filled(folder, scale)
    yield "The limit of a durable write is a plain SQLite insert of as many rows, without schema, triggers, digests or"
    yield f"history. Medians of {TURNS} releases. SQLite works within this process, so that its seconds of CPU, which"
    yield "neighbours do not lengthen, are held to the promise; PostgreSQL by those that pass.\n"
    yield f"| Into {scale.spans} | s | s of CPU here | Beside the plain insert |\n|---|---|---|---|"
    engine = open_engine(f"sqlite:///{path}")
    yield from _on(engine, folder, scale, "SQLite", 3)
    engine.dispose()
    if quick:
        return
    try:
        with truth_postgres.copied(path) as engine:
            yield from _on(engine, folder, scale, "PostgreSQL", 5)
    except NoServerError as error:
        yield f"\nPostgreSQL was not measured: {error}."
        yield not_measured(f"publish {scale.many:,} changes, PostgreSQL", "no server can be started here", "≤ 5 s")


def _on(engine: sa.Engine, folder: Path, scale: Scale, where: str, most: float) -> Iterator[str | Target]:
    for count, seconds in ((scale.many, most), (scale.few, 0.5)):
        spent = [change(engine, count, 5000 + count + turn) for turn in range(TURNS)]
        passed, worked = (median(taken) for taken in zip(*spent, strict=True))
        what = f"publish {count:,} changes, {where}"
        yield f"| {what} | {passed:.2f} | {worked:.2f} | {shown(passed / plain_insert(folder, count))} × |"
        yield _promise(f"{what}, into {scale.spans}", passed, worked, seconds, where)
    change(engine, scale.many, 9000)
    with reading(engine) as session:
        assert len(_newest_diff(session)) == scale.many
        start = time.process_time()
        passed = timed(lambda: _newest_diff(session), runs=TURNS)
        worked = (time.process_time() - start) / TURNS
    what = f"what differs between neighbouring releases of {scale.many:,} changes, {where}"
    yield f"| {what} | {passed:.2f} | {worked:.2f} | |"
    yield _promise(what, passed, worked, 0.7, where)


def _promise(what: str, passed: float, worked: float, most: float, where: str) -> Target:
    return at_most(what, worked, "s of CPU", most) if where == "SQLite" else at_most(what, passed, "s", most)
