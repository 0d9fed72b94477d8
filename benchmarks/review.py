"""The review of a draft of 5,000 changes over 20,000 medicines, through HTTP, on SQLite: cold, and once worked out."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from admin.accounts.verbs import add_account
from admin.revue import reading as worked_out
from benchmarks.measure import Line, timed
from benchmarks.truth import gtins, payload, release
from catalog.database import migrate, open_engine, reading, writing
from catalog.legal.family import LEGAL_ACT
from catalog.registry import KINDS
from catalog.releases import drafts
from catalog.releases.changes import Change
from catalog.snapshots.store import SnapshotStore
from catalog.temporal import DAWN, Period
from service import create_app
from service.settings import Settings
from tests.admin.desk import PASSWORD, Desk

ENTRIES, CHANGES = 20_000, 5_000
LISTED, NEXT = Period(date(2020, 1, 1)), Period(date(2026, 12, 1))


def fill(folder: Path) -> int:
    """A catalogue of 20,000 medicines and a draft that moves the prices of 5,000; answers the draft's number."""
    engine = open_engine(f"sqlite:///{folder / 'review.sqlite'}")
    migrate(engine)
    at = datetime.now(UTC) - timedelta(days=1)
    act = LEGAL_ACT.load("essai-1", {"type": "arrete", "title": "Essai", "statut": "EN_VIGUEUR"})
    codes = [code for code, _ in zip(gtins(), range(ENTRIES), strict=False)]
    listed = [Change("medicament", code, LISTED, payload(n, 1000 + n)) for n, code in enumerate(codes)]
    release(engine, [*listed, Change("acte_juridique", "essai-1", Period(DAWN), act)], at)
    moved = [Change("medicament", code, NEXT, payload(n, 900 + n + n % 7)) for n, code in enumerate(codes[:CHANGES])]
    with writing(engine) as session:
        add_account(session, "valideur", password=PASSWORD, roles=["valideur"], at=at)
        draft = drafts.open_draft(session, title="Essai", author="bench.a", at=at, legal_act="essai-1", label="07-07")
        drafts.stage(session, KINDS, draft, moved, by="bench.a", at=at)
        number = draft.id
    with reading(engine) as session:
        SnapshotStore(folder / "snapshots", KINDS).refresh(session)
    engine.dispose()
    return number


def plain_read(path: Path) -> int:
    """The limit: the same proposals read by bare sqlite3 and parsed."""
    connection = sqlite3.connect(path)
    rows = [json.loads(text) for (text,) in connection.execute("SELECT payload FROM draft_change")]
    connection.close()
    return len(rows)


def forgetting(job: Callable[[], object]) -> Callable[[], object]:
    """The job as the first reader of a changed draft meets it."""

    def cold() -> object:
        worked_out.forget()
        return job()

    return cold


def run(folder: Path) -> list[Line]:
    number = fill(folder)
    settings = Settings(database_url=f"sqlite:///{folder / 'review.sqlite'}", data_dir=folder, log_level="ERROR")
    reader = Desk(create_app(settings)).as_("valideur")
    base = timed(lambda: plain_read(folder / "review.sqlite"), runs=5)
    against = "plain sqlite3 read of 5,000 proposals, parsed"
    page, rules = f"/admin/revue/{number}", f"/admin/revue/{number}/anomalies"

    def line(what: str, seconds: float, target: str) -> Line:
        return Line(what, seconds, against, base, target)

    return [
        line("open the review of 5,000 changes, cold", timed(forgetting(lambda: reader.get(page, 200))), "< 1 s"),
        line("put them to the rules, cold", timed(forgetting(lambda: reader.get(rules, 200))), "a page of its own"),
        line("page 20 of the review", timed(lambda: reader.get(f"{page}?page=20", 200)), "< 1 s"),
        line("only alerts", timed(lambda: reader.get(f"{page}?alertes=1", 200)), "< 1 s"),
    ]
