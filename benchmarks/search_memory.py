"""What an index in use takes of a worker's memory: ``python -m benchmarks.search_memory FOLDER`` prints megabytes."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.search_corpus import MOMENT
from catalog.search.building import read_index
from catalog.search.engine import Engine
from catalog.search.question import Question

_ASKED = 500


def measured(folder: Path) -> float:
    """Megabytes, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.search_memory", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


def resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main(folder: str) -> None:
    gc.collect()
    before = resident()
    engine = Engine(Path(folder), read_index(Path(folder)))
    for document in engine.documents[:: len(engine.documents) // _ASKED]:
        for text in (document.title[:60], document.title[:4]):
            engine.search(Question(text), MOMENT)
            engine.suggest(text, MOMENT)
    gc.collect()
    sys.stdout.write(f"{resident() - before:.1f}")


if __name__ == "__main__":
    main(sys.argv[1])
