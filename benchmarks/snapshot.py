"""The snapshot of the filled database: built whole, built in part, opened by another worker, and asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks import truth
from benchmarks.measure import Target, at_most, at_most_times, timed
from catalog.database import open_engine, reading
from catalog.registry import KINDS
from catalog.snapshots.store import SnapshotStore

SERIES = 500
TURNS = 3


def part(folder: Path, *, quick: bool = False) -> Iterator[str | Target]:
    """What a publication costs until it is served, by this process alone."""
    scale = truth.TINY if quick else truth.WHOLE
    series = 5 if quick else SERIES
    engine = open_engine(f"sqlite:///{truth.filled(folder, scale)}")
    store = SnapshotStore(folder / "snapshots", KINDS)
    with reading(engine) as session:
        whole = _worked(lambda: store.refresh(session, force=True))
    added = []
    for turn in range(TURNS):
        truth.change(engine, series, 7000 + turn)
        with reading(engine) as session:
            added.append(_worked(partial(store.refresh, session)))
    partly = median(added)
    file = next(folder.glob("snapshots/snapshot-*.bin")).stat().st_size / 2**20
    opened = timed(lambda: SnapshotStore(folder / "snapshots", KINDS).current(), runs=15)
    engine.dispose()
    yield f"| {scale.spans}, SQLite | |\n|---|---|"
    yield f"| built whole, written and taken up | {whole:.2f} s of CPU |"
    yield f"| {series:,} changed series, from the one before | {partly:.2f} s of CPU |"
    yield f"| the file | {file:.1f} MB |"
    yield f"| opened by another worker, which takes it up | {1000 * opened:.2f} ms |"
    yield f"| `current()`, once it is held | {_held(store):.2f} µs |"
    yield at_most(f"the snapshot of {scale.spans}, built whole", whole, "s of CPU", 6)
    yield at_most_times(f"{series:,} changed series, built in part", partly, "s of CPU", 0.1, "built whole", whole)
    yield at_most("a worker opens a snapshot built elsewhere", 1000 * opened, "ms", 5)
    yield at_most("the file that workers share", file, "MB", 60)


def _worked(job: Callable[[], object]) -> float:
    """Seconds of CPU."""
    start = time.process_time()
    job()
    return time.process_time() - start


def _held(store: SnapshotStore) -> float:
    """Microseconds of asking for the newest snapshot where nothing has changed."""
    start = time.process_time()
    for _ in range(1000):
        store.current()
    return 1000 * (time.process_time() - start)
