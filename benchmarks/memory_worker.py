"""What one worker holds once it has answered: ``python -m benchmarks.memory_worker FOLDER``, one JSON object.

The service's own state, snapshot and search index, and 10,000 questions put to them: random medicines and days.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

from benchmarks import http_data
from benchmarks.memory import held
from catalog.gmr.lookups import medicament
from catalog.registry import KINDS
from catalog.search.question import Question
from catalog.snapshots.store import SnapshotStore
from catalog.temporal import Moment
from service.settings import Settings
from service.state import ServedCatalogue

ASKED, SEARCHED = 10_000, 500
QUESTIONS = "questions.json"


def measured(folder: Path) -> dict[str, float]:
    """Megabytes by name, in a process of its own; the folder holds a catalogue."""
    # Made here: what the child let go of again would hide what it takes afterwards.
    (folder / QUESTIONS).write_text(json.dumps(questions(folder)))
    command = [sys.executable, "-m", "benchmarks.memory_worker", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def questions(folder: Path) -> tuple[list[tuple[str, str]], list[str]]:
    """Codes with days, and names."""
    versions = http_data.medicines(SnapshotStore(folder / "snapshots", KINDS).current())
    names = [str(version.payload["nom"])[:40] for version in versions[:SEARCHED]]
    return [(code, str(day)) for code, day in http_data.codes_and_days(versions, ASKED)], names


def main(folder: str) -> None:
    place = Path(folder)
    settings = Settings(database_url=f"sqlite:///{place / 'catalog.sqlite'}", data_dir=place, log_level="ERROR")
    asked, names = json.loads((place / QUESTIONS).read_text())
    before = held()
    catalogue = ServedCatalogue(settings, KINDS)
    snapshot = catalogue.current()
    index = catalogue.indexes.refresh(snapshot)
    opened = held()
    for code, day in asked:
        medicament(snapshot, code, Moment(date.fromisoformat(day), snapshot.head))
    for name in names:
        index.search(Question(name), Moment(http_data.LAST_DAY, snapshot.head))
    answered = held()
    sys.stdout.write(json.dumps({"before": before["private"], "opened": opened["private"], **answered}))


if __name__ == "__main__":
    main(*sys.argv[1:])
