"""The snapshot on each machine of a cluster: shipped as a file, opened once by each Python worker."""

from __future__ import annotations

import mmap
from functools import cache
from pathlib import Path
from typing import Any

from pyspark import SparkFiles

from catalog.pricing.spark.intervals import Appraiser
from catalog.pricing.tarification import Tarification
from catalog.registry import KINDS
from catalog.snapshots.packed import decode
from catalog.snapshots.reading import Snapshot


def open_snapshot(path: Path) -> Snapshot:
    """A snapshot file, mapped. Raises SnapshotDamagedError."""
    with path.open("rb") as source:
        mapped = mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ)
    return Snapshot(decode(mapped, path), KINDS)


def ship(spark: Any, path: Path) -> str:
    """Sends a snapshot file to every worker, under the name answered. A name stands for one content for ever."""
    spark.sparkContext.addFile(str(path))
    return path.name


@cache
def shipped_snapshot(name: str) -> Snapshot:
    """A snapshot that was shipped, in a worker."""
    return open_snapshot(Path(SparkFiles.get(name)))


@cache
def tarification_of(name: str, release: int) -> Tarification:
    """The pricer of a worker: it remembers from one task to the next."""
    return Tarification(shipped_snapshot(name), release)


@cache
def appraiser_of(name: str, release: int) -> Appraiser:
    """The maker of intervals of a worker."""
    return Appraiser(shipped_snapshot(name), release)
