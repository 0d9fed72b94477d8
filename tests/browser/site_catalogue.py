"""What the public site tells of in these tests: the bundled pack, a medicine that left, and the real list if present.

The list only adds to the pack (a delta), so that what a test names is as the pack says it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from catalog.database import open_engine, writing
from catalog.registry import KINDS
from catalog.releases.changes import Change
from catalog.snapshots.store import SnapshotStore
from catalog.temporal import DUSK, Period
from tests.api.catalogue import publish_changes
from tests.api.golden_catalogue import entry, publish_golden, text
from tests.browser.serving import environment_of
from tests.databases import SHARED, copy_sqlite

LIST = SHARED / "gmr" / "ref-des-medicaments-cnops-2014.xlsx"
LEFT, LEFT_NAME = "6118009000038", "VALTRIMED"
"""A medicine of no list, which an arrêté takes out of the catalogue."""
LAST_DAY, LEFT_ON = date(2015, 2, 28), date(2015, 3, 1)
LISTING, LEAVING = "essai-inscription", "essai-radiation"
LEAVING_TITLE = "Arrêté d'essai portant radiation"
PUBLISHED = datetime(2026, 7, 3, 9, tzinfo=UTC), datetime(2026, 7, 3, 10, tzinfo=UTC)
"""After the pack, and before the list."""


def furnish(template: Path, folder: Path) -> None:
    """Fills an empty folder of data from a migrated database."""
    url = copy_sqlite(template, folder)
    engine = open_engine(url)
    with writing(engine) as session:
        publish_golden(session)
        for published_at, legal_act, changes in zip(PUBLISHED, (LISTING, LEAVING), (_listed(), _left()), strict=True):
            publish_changes(session, changes, label=None, legal_act=legal_act, published_at=published_at)
    if LIST.is_file():
        _import_list(folder)
    with writing(engine) as session:
        SnapshotStore(folder / "snapshots", KINDS).refresh(session)
    engine.dispose()


def _listed() -> Iterator[Change]:
    yield text(LISTING)
    told: dict[str, Any] = {"nom": LEFT_NAME, "dci": ["VALTRIMIDE"], "forme": "COMPRIME", "admis_remboursement": True}
    yield entry("medicament", LEFT, date(2014, 6, 9), DUSK, **told, ppv="50.00", pbr="50.00")


def _left() -> Iterator[Change]:
    yield text(LEAVING, title=LEAVING_TITLE, published_on="2015-02-02", effective_from=LEFT_ON.isoformat())
    yield Change("medicament", LEFT, Period(LEFT_ON, DUSK), None)


def _import_list(folder: Path) -> None:
    words = ("import", "medicaments", str(LIST), "--mode", "delta", "--publish", "--author", "amina")
    last = ("--approver", "brahim", "--published-at", "2026-07-04T09:00:00Z")
    run = [sys.executable, "-c", "from service.cli import main; main()", *words, *last]
    subprocess.run(run, env=environment_of(folder), check=True, capture_output=True)
