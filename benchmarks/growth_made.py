"""Packs a made catalogue of a size into a file: ``python -m benchmarks.growth_made FILE CODES VERSIONS``.

In a process of its own, which gives its memory back: the rows are objects of Python until they are packed.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.lookup_data import Size, content
from catalog.snapshots.packing import encode


def make(path: Path, size: Size) -> float:
    """Seconds that the packing took; the file lies at ``path``."""
    command = [sys.executable, "-m", "benchmarks.growth_made", str(path), str(size.codes), str(size.versions)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def main(path: str, codes: str, versions: str) -> None:
    gc.disable()  # Nothing made here is let go before the end, and millions of objects would be looked through.
    made = content(Size(int(codes), int(versions)))
    start = time.perf_counter()
    data = encode(made)
    sys.stdout.write(str(time.perf_counter() - start))
    with Path(path).open("wb") as target:
        target.write(data)
        target.flush()
        # Pages not yet on the disk would be told as memory of whoever maps them.
        os.fsync(target.fileno())


if __name__ == "__main__":
    main(*sys.argv[1:])
