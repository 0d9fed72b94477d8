"""Files that are written beside and swapped in one step, and what is kept of those that were read whole."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident

LOCK = ".lock"


def replace(path: Path, data: bytes) -> os.stat_result:
    """Writes beside and swaps: a reader sees the old file or the new one, whole. Its stat, once it is in place."""
    beside = path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}")
    try:
        with beside.open("wb") as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
            beside.replace(path)
            return os.fstat(target.fileno())
    except OSError:
        # What was begun must not keep a full disk full.
        with suppress(OSError):
            beside.unlink()
        raise


@contextmanager
def alone(directory: Path) -> Iterator[None]:
    """One builder at a time on a machine; the others wait, and find what it has built."""
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def vouch(path: Path, stat: os.stat_result) -> None:
    """Keeps that the file that had this stat was read whole, or written here, and found sound."""
    replace(_voucher(path), signature(stat).encode())


def vouched(path: Path) -> str | None:
    """The signature of the file of this name that was found sound."""
    try:
        return _voucher(path).read_text(errors="replace")
    except OSError:
        return None


def signature(stat: os.stat_result) -> str:
    """Another one whenever the file is another, or was touched: nobody sets the instant of change back."""
    return f"{stat.st_size} {stat.st_ino} {stat.st_ctime_ns}"


def sweep(directory: Path, newest: str, kept: int) -> None:
    """Removes all but the newest few snapshots, and what a builder that was killed has left. Only by who is alone."""
    files = sorted(directory.glob("snapshot-*.bin"), key=_changed)
    for path in [path for path in files if path.name != newest][: -(kept - 1)]:
        path.unlink(missing_ok=True)
        _voucher(path).unlink(missing_ok=True)
    for path in directory.glob(".snapshot-*.bin.*"):
        with suppress(OSError):
            path.unlink()


def _voucher(path: Path) -> Path:
    return path.with_suffix(".sound")


def _changed(path: Path) -> float:
    """When a file was written; one that somebody has just removed is the oldest."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
