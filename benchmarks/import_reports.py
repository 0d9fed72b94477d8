"""The report of an import of 6,000 rows: any page of it through HTTP, with and without a filter, on SQLite."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from itertools import count
from pathlib import Path

from admin.accounts.verbs import add_account
from admin.imports.lines import Line as ReportLine
from admin.imports.reports import Filter, ReportFile, write_report
from admin.imports.uploads import Sent, State, Upload, Uploads
from benchmarks.measure import Line, timed
from catalog.database import migrate, open_engine, writing
from catalog.registry import KINDS
from catalog.temporal import format_instant
from service import create_app
from service.settings import Settings
from tests.admin.desk import PASSWORD, Desk, Editor

ROWS = 6_000
LAST_PAGE = ROWS // 100
META = {
    "profile": "cnops-2014", "profile_title": "Essai", "mode": "full", "act": "essai-1", "effective": "2014-06-09",
    "title": "Essai", "counts": {"records": ROWS}, "errors": ROWS // 10, "warnings": 0, "by_rule": [], "notes": [],
    "changes": ROWS, "columns": [], "amendments": 0, "standing": "0",
}  # fmt: skip


def line(row: int) -> ReportLine:
    """A row of a list as long and as faulty as those met."""
    found = {
        "rule": "AmountUnreadable", "severity": "error", "column": "PPV", "value": "neuf",
        "message": "La cellule n’est pas, sans aucun doute, un seul montant.", "remedy": "Corrigez la cellule.",
    }  # fmt: skip
    cells = {f"COLONNE {number}": f"TEXTE {row} {number}" for number in range(12)}
    changes = [(f"Champ {number}", "", f"VALEUR {row} {number}") for number in range(12)]
    is_bad = row % 10 == 0
    verdict, severity = ("refused", "error") if is_bad else ("added", "")
    return ReportLine(
        row, f"611800{row:07}", f"ESSAI {row}", verdict, severity, [found] * is_bad, [] if is_bad else changes, cells
    )


def fill(folder: Path) -> Upload:
    """An application with one account and one judged upload."""
    at = datetime.now(UTC)
    engine = open_engine(f"sqlite:///{folder / 'reports.sqlite'}")
    migrate(engine)
    with writing(engine) as session:
        add_account(session, "redacteur", password=PASSWORD, roles=["redacteur"], at=at)
    engine.dispose()
    sent = Sent("liste.csv", BytesIO(b"code\n"))
    upload = Uploads(folder / "imports").receive(sent, [], by="redacteur", at=at, kind="medicaments")
    write_report(upload.report, KINDS, META, map(line, range(1, ROWS + 1)), [])
    upload.become(State("judged", format_instant(at), "redacteur"))
    return upload


def run(folder: Path) -> list[Line]:
    upload = fill(folder)
    settings = Settings(database_url=f"sqlite:///{folder / 'reports.sqlite'}", data_dir=folder, log_level="ERROR")
    editor: Editor = Desk(create_app(settings)).as_("redacteur")
    address, pages = f"/admin/imports/{upload.folder.name}", count(1)
    bare = timed(lambda: ReportFile(upload.report).page(Filter(), LAST_PAGE), runs=9)
    walked = timed(lambda: editor.get(f"{address}?page={next(pages) * 7 % LAST_PAGE + 1}", 200), runs=9)
    filtered = timed(lambda: editor.get(f"{address}?q=texte+5{next(pages)}&verdict=added", 200), runs=9)
    against = "reading the last page's rows"
    return [
        Line("a page of an import report of 6,000 rows, by HTTP", walked, against, bare, "< 0.1 s"),
        Line("the same, searched and filtered", filtered, against, bare, "< 0.1 s"),
    ]
