"""A page of the console's list of 20,000 medicines: searched, filtered and sorted, through HTTP, on SQLite."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median
from time import sleep

from flask import Flask

from admin.accounts.verbs import add_account
from benchmarks.measure import Line, stopwatch, timed
from benchmarks.truth import gtins, payload, release
from catalog.database import migrate, open_engine, reading, writing
from catalog.gmr.codes import fold
from catalog.legal.family import LEGAL_ACT
from catalog.registry import KINDS
from catalog.releases.changes import Change
from catalog.snapshots.reading import Snapshot
from catalog.snapshots.store import SnapshotStore
from catalog.temporal import DAWN, Moment, Period
from service import create_app
from service.settings import Settings
from service.state import REREAD_SECONDS
from tests.admin.desk import PASSWORD, Desk, Editor

ROWS = 20_000
DAY = date(2026, 1, 1)
PAGE = "/admin/fiches/medicaments/?size=100"
ASKED = ("q=essai+substance+1{n}&sort=-ppv", "q=comprime+{n}7&f.ppv.min=50&sort=dci", "f.ppv.max=1{n}0&sort=-nom")
"""Three sorts of questions; ``n`` makes each of them new, so that no answer is one already given."""


def fill(folder: Path) -> None:
    """A catalogue of 20,000 medicines, its snapshot, and an account."""
    engine = open_engine(f"sqlite:///{folder / 'lists.sqlite'}")
    migrate(engine)
    at = datetime.now(UTC) - timedelta(days=1)
    act = LEGAL_ACT.load("essai-1", {"type": "arrete", "title": "Essai", "statut": "EN_VIGUEUR"})
    codes = [code for code, _ in zip(gtins(), range(ROWS), strict=False)]
    period = Period(date(2014, 1, 1))
    changes = [Change("medicament", code, period, payload(n, 1000 + n * 7919 % ROWS)) for n, code in enumerate(codes)]
    release(engine, [*changes, Change("acte_juridique", "essai-1", Period(DAWN), act)], at)
    with writing(engine) as session:
        add_account(session, "redacteur", password=PASSWORD, roles=["redacteur"], at=at)
    with reading(engine) as session:
        SnapshotStore(folder / "snapshots", KINDS).refresh(session)
    engine.dispose()


def open_app(folder: Path) -> Flask:
    """The application as started: nothing of the lists is remembered yet."""
    settings = Settings(database_url=f"sqlite:///{folder / 'lists.sqlite'}", data_dir=folder, log_level="ERROR")
    return create_app(settings)


def ask(editor: Editor, number: int, day: date = DAY) -> None:
    question = ASKED[number % len(ASKED)].format(n=number)
    editor.get(f"{PAGE}&as_of={day}&{question}", 200)


def plain_scan(snapshot: Snapshot) -> list[str]:
    """What a list would do without remembering: fold the texts of every row, keep those that match, sort them."""
    kept = []
    for version in snapshot.in_force("medicament", Moment(DAY, snapshot.head)):
        told = version.payload
        text = fold(" ".join((version.code, told["nom"], *told["dci"], told["forme"], told["presentation"])))
        if "COMPRIME" in text and "17" in text and told["ppv"] >= 5000:
            kept.append((told["ppv"], version.code))
    return [code for _, code in sorted(kept)]


def first_after_publishing(app: Flask, editor: Editor) -> float:
    """Seconds of the first list that a new snapshot answers."""
    catalogue = app.extensions["catalogue"]
    with reading(catalogue.engine) as session:
        catalogue.store.refresh(session, force=True)
    sleep(2 * REREAD_SECONDS)
    with stopwatch() as clock:
        ask(editor, 0)
        return clock()


def run(folder: Path) -> list[Line]:
    fill(folder)
    bare = Flask("bare")
    bare.add_url_rule("/", view_func=lambda: "x" * 100_000)
    route = timed(lambda: bare.test_client().get("/"), runs=50)
    app = open_app(folder)
    editor, numbers, days = Desk(app).as_("redacteur"), count(), count(1)
    for number in range(len(ASKED)):
        ask(editor, number)
    warm = timed(lambda: ask(editor, next(numbers)), runs=60)
    dated = timed(lambda: ask(editor, 0, DAY + timedelta(days=next(days))), runs=9)
    snapshot: Snapshot = app.extensions["catalogue"].current()
    scan = timed(lambda: plain_scan(snapshot), runs=5)
    renewed = median(first_after_publishing(app, editor) for _ in range(3))
    what = "a page of 100 of 20,000 medicines in the console, searched, filtered, sorted"
    return [
        Line(what, warm, "a bare Flask route of as many bytes", route, "< 0.1 s"),
        Line(what, warm, "a plain scan of the snapshot", scan, "< 1 ×"),
        Line(f"{what}, on a date not asked before", dated, "a plain scan of the snapshot", scan, "< 0.1 s"),
        Line(f"{what}, the first after a publication", renewed, "a plain scan of the snapshot", scan),
    ]
