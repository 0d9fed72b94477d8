"""Where snapshots lie: one file a release, mapped by every worker, and a pointer swapped in one step.

A file is read whole once, against its digest, when it is new to the machine; that it was sound is then kept beside it
with its size, inode and instant of change, so that the next worker opens it at once.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock, get_ident

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import CatalogError
from catalog.kinds import Kinds
from catalog.releases.models import Release
from catalog.snapshots.building import build
from catalog.snapshots.content import SnapshotDamagedError
from catalog.snapshots.packed import decode
from catalog.snapshots.packing import encode
from catalog.snapshots.reading import Snapshot

POINTER = "CURRENT"
KEPT = 3
"""Snapshot files kept on disk: the one served, and those a slow reader may still be opening."""


class NoSnapshotError(CatalogError):
    def __init__(self, directory: Path) -> None:
        super().__init__(f"No snapshot has been built in {directory}. Run `amo-catalog reindex`.")


class SnapshotStore:
    """The snapshots of one directory. ``current`` answers the newest; readers keep what they were given."""

    def __init__(self, directory: Path, kinds: Kinds, prepare: Callable[[Snapshot], object] | None = None) -> None:
        """``prepare`` is called with a new snapshot before it is served, and makes what is served with it."""
        self.directory = directory
        self.kinds = kinds
        self._prepare = prepare
        self._held: tuple[str, Snapshot] | None = None
        self._lock = Lock()

    def refresh(self, session: Session, *, force: bool = False) -> Snapshot:
        """Brings the directory to the newest release of the database; builds only when it is behind it."""
        chain = session.scalar(sa.select(Release.chain_digest).order_by(Release.seq.desc()).limit(1))
        if not force:
            with suppress(SnapshotDamagedError, NoSnapshotError):
                current = self.current()
                if current.head and current.chain == chain:
                    return current
        return self._write(session)

    def _write(self, session: Session) -> Snapshot:
        content = build(session, self.kinds)
        data = encode(content)
        self.directory.mkdir(parents=True, exist_ok=True)
        name = f"snapshot-{content.head:06d}-{content.chain[:12]}.bin"
        _vouch(self.directory / name, _replace(self.directory / name, data))
        snapshot = self._open(name)
        if self._prepare is not None:
            self._prepare(snapshot)
        _replace(self.directory / POINTER, name.encode())
        self._sweep(name)
        self._held = (name, snapshot)
        return snapshot

    def faults(self, session: Session) -> list[str]:
        """What is wrong with the snapshot served, against the tables of truth; sentences, none when all is well."""
        try:
            current = self.current()
        except CatalogError as error:
            return [str(error)]
        fresh = build(session, self.kinds)
        if fresh.head != current.head:
            return [f"The snapshot is at release {current.head}, the database at {fresh.head}."]
        name = (self.directory / POINTER).read_text().strip()
        if (self.directory / name).read_bytes() != encode(fresh):
            return [f"The snapshot {name} does not say what the database says."]
        return []

    def current(self) -> Snapshot:
        """The newest snapshot on disk. Raises NoSnapshotError or SnapshotDamagedError."""
        try:
            name = (self.directory / POINTER).read_text(errors="replace").strip()
        except FileNotFoundError:
            raise NoSnapshotError(self.directory) from None
        held = self._held
        if held is not None and held[0] == name:
            return held[1]
        with self._lock:
            if self._held is None or self._held[0] != name:
                self._held = (name, self._open(name))
            return self._held[1]

    def _open(self, name: str) -> Snapshot:
        path = self.directory / Path(name).name
        try:
            with path.open("rb") as source:
                mapped = mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ)
                found = os.fstat(source.fileno())
        except (OSError, ValueError):
            raise SnapshotDamagedError(path, "its file is missing") from None
        is_known = _signature(found) == _vouched(path)
        snapshot = Snapshot(decode(mapped, path, is_checked=is_known), self.kinds)
        if not is_known:
            with suppress(OSError):
                _vouch(path, found)
        return snapshot

    def _sweep(self, newest: str) -> None:
        files = sorted(self.directory.glob("snapshot-*.bin"), key=_changed)
        for path in [path for path in files if path.name != newest][: -(KEPT - 1)]:
            path.unlink(missing_ok=True)
            _voucher(path).unlink(missing_ok=True)


def _voucher(path: Path) -> Path:
    return path.with_suffix(".sound")


def _vouched(path: Path) -> str | None:
    try:
        return _voucher(path).read_text(errors="replace")
    except OSError:
        return None


def _vouch(path: Path, stat: os.stat_result) -> None:
    """Keeps that the file that had this stat was read whole, or written here, and found sound."""
    _replace(_voucher(path), _signature(stat).encode())


def _signature(stat: os.stat_result) -> str:
    """Another one whenever the file is another, or was touched: nobody sets the instant of change back."""
    return f"{stat.st_size} {stat.st_ino} {stat.st_ctime_ns}"


def _changed(path: Path) -> float:
    """When a file was written; one that another process has just swept away is the oldest."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _replace(path: Path, data: bytes) -> os.stat_result:
    """Writes beside and swaps: a reader sees the old file or the new one, whole. Its stat, once it is in place."""
    beside = path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}")
    with beside.open("wb") as target:
        target.write(data)
        target.flush()
        os.fsync(target.fileno())
        beside.replace(path)
        return os.fstat(target.fileno())
