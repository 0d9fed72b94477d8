"""What a snapshot takes of a worker's memory: ``python -m benchmarks.memory FILE CODES VERSIONS``, one JSON object."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from pathlib import Path

from benchmarks.lookup import map_bytes
from benchmarks.lookup_data import RELEASES, Size, moments, questions
from benchmarks.measure import timed

SMAPS = Path("/proc/self/smaps_rollup")
ASKED = 20_000


def measured(path: Path, size: Size) -> dict[str, float]:
    """Of a packed file that a process of its own opens and asks: milliseconds to open it, and megabytes."""
    command = [sys.executable, "-m", "benchmarks.memory", str(path), str(size.codes), str(size.versions)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def held() -> dict[str, float]:
    """Megabytes of this process: its own, and those it shares or could share, being pages of files."""
    gc.collect()
    found = {}
    for line in SMAPS.read_text().splitlines()[1:]:
        name, value = line.split()[:2]
        found[name.rstrip(":")] = int(value) / 1024
    private = found["Anonymous"]
    return {"private": private, "shared": found["Rss"] - private}


def is_told() -> bool:
    """Whether this system tells what a process holds."""
    return SMAPS.exists()


def main(path: str, codes: str, versions: str) -> None:
    asked = moments(questions(Size(int(codes), int(versions)), ASKED), RELEASES)
    before = held() if is_told() else {}
    snapshot = map_bytes(Path(path))
    for code, moment in asked:
        snapshot.ready("medicament", code, moment)
    grown = {name: value - before[name] for name, value in held().items()} if before else {}
    opened = 1000 * timed(lambda: map_bytes(Path(path)), runs=15)
    sys.stdout.write(json.dumps({"open": opened, **grown}))


if __name__ == "__main__":
    main(*sys.argv[1:])
