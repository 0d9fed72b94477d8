"""Importing and publishing the real CNOPS list, from the file to the served snapshot, on SQLite."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from python_calamine import CalamineWorkbook

from benchmarks.measure import Line, stopwatch, timed
from catalog.database import migrate, open_engine, reading, writing
from catalog.importing.running import Request, import_file
from catalog.registry import KINDS
from catalog.releases import drafts
from catalog.releases.publishing import publish
from catalog.snapshots.store import SnapshotStore

SHARED = Path(os.environ.get("AMO_SHARED_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")
CNOPS = SHARED / "gmr" / "ref-des-medicaments-cnops-2014.xlsx"


def load(folder: Path) -> float:
    """Seconds from the file to a snapshot that answers."""
    engine = open_engine(f"sqlite:///{folder / 'import.sqlite'}")
    migrate(engine)
    now = datetime.now(UTC)
    with stopwatch() as clock:
        with writing(engine) as session:
            draft, _ = import_file(session, KINDS, Request(KINDS.find("medicament"), CNOPS), by="bench.a", at=now)
            drafts.submit(session, KINDS, draft, by="bench.a", at=now)
            drafts.approve(session, draft, by="bench.b", at=now)
            publish(session, KINDS, draft, by="bench.b", at=now)
        with reading(engine) as session:
            SnapshotStore(folder / "import-snapshots", KINDS).refresh(session)
        return clock()


def run(folder: Path) -> list[Line]:
    if not CNOPS.is_file():
        return []
    bare = timed(lambda: CalamineWorkbook.from_path(str(CNOPS)).get_sheet_by_index(0).to_python())
    return [
        Line("import, publish and serve the CNOPS list (5,917 rows)", load(folder), "reading its cells", bare, "< 15 s")
    ]
