"""Where indexes lie: one folder a release beside its snapshot, signed, and a pointer swapped in one step."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import NamedTuple
from weakref import ref

from catalog.apart import BuilderDiedError
from catalog.errors import CatalogError
from catalog.search.building import build, build_apart, read_index
from catalog.search.dated import DatedFacet, DatedFacets
from catalog.search.engine import Engine
from catalog.search.searchable import Searchables
from catalog.search.signing import IndexDamagedError, Stamp, check, sign, stamp
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment

POINTER = "INDEX"
FORMAT = 5
"""Raised whenever an older index would answer differently."""
KEPT = 3
"""Folders kept: the one served, and those a slow reader may still be opening."""
FEW = 2000
"""Entries below which an index is built where it is needed: starting another process would take longer."""


class NoIndexError(CatalogError):
    def __init__(self, directory: Path) -> None:
        super().__init__(f"No search index has been built in {directory}. Run `amo-catalog reindex`.")


class Held(NamedTuple):
    """An index opened, and the files that were found sound."""

    name: str
    engine: Engine
    stamp: Stamp


class IndexStore:
    """The indexes of one directory. An engine held by a reader stays good until it lets go of it.

    ``key`` signs what is built; ``told`` is given a sentence when something had to be done another way.
    """

    def __init__(
        self,
        directory: Path,
        searchables: Searchables,
        dated: Mapping[str, DatedFacet] | None = None,
        *,
        key: str,
        told: Callable[[str], object] = str,
        apart_from: int | None = None,
    ) -> None:
        """``apart_from``: the number of entries from which another process builds; None: never."""
        self.directory = directory
        self.searchables = searchables
        self._dated = dated or {}
        self._key = key.encode()
        self._told = told
        self._apart_from = apart_from
        self._held: Held | None = None
        self._before: Callable[[], Engine | None] = lambda: None
        self._before_prefix = ""
        self._lock = Lock()

    def refresh(self, snapshot: Snapshot, *, force: bool = False) -> Engine:
        """The index of a snapshot: opened when it is there and sound, else built beside and swapped in."""
        if not force and (found := self._find_held(snapshot)) is not None:
            return found
        with self._lock:
            return self._take_up(snapshot, force=force)

    def mend(self, snapshot: Snapshot) -> str | None:
        """Builds again what is missing or damaged. One caller at once does; the others are told the fault."""
        fault = self.fault(snapshot)
        if fault is None or not self._lock.acquire(blocking=False):
            return fault
        try:
            self._held = None
            self._take_up(snapshot, blocking=False)
            self._point_to_held()
        except BlockingIOError:
            return fault
        finally:
            self._lock.release()
        return self.fault(snapshot)

    def fault(self, snapshot: Snapshot) -> str | None:
        """What keeps the index of a snapshot from being served, as a sentence.

        Files are read whole when they are first seen; from then on, as long as their times and sizes stay.
        """
        try:
            name = Path((self.directory / POINTER).read_text(errors="replace").strip()).name
            if not name.startswith(_prefix(snapshot)):
                return f"The search index is not that of release {snapshot.head}. Run `amo-catalog reindex`."
            held = self._held
            if held is None or held.name != name or held.stamp != stamp(self.directory / name):
                check(self.directory / name, self._key)
        except FileNotFoundError:
            return str(NoIndexError(self.directory))
        except IndexDamagedError as error:
            return str(error)
        return None

    def _find_held(self, snapshot: Snapshot) -> Engine | None:
        held, prefix = self._held, _prefix(snapshot)
        if held is not None and held.name.startswith(prefix) and (self.directory / held.name).is_dir():
            return held.engine
        return self._before() if self._before_prefix == prefix else None

    def _take_up(self, snapshot: Snapshot, *, force: bool = False, blocking: bool = True) -> Engine:
        """Raises BlockingIOError where it would have to wait for another process and may not."""
        found = None if force else self._find_held(snapshot) or self._open_sound(snapshot)
        if found is not None:
            return found
        with self._alone(blocking=blocking):
            found = None if force else self._open_sound(snapshot)
            return found or self._open(snapshot, self._build(snapshot))

    def _open_sound(self, snapshot: Snapshot) -> Engine | None:
        """The newest folder of a snapshot whose files are those that were written."""
        found = self.directory.glob(f"{_prefix(snapshot)}*")
        for folder in sorted(found, key=lambda one: one.stat().st_mtime, reverse=True):
            with suppress(IndexDamagedError):
                return self._open(snapshot, folder.name)
        return None

    def _open(self, snapshot: Snapshot, name: str) -> Engine:
        """Opens a folder once every byte of it is found to be what was signed. Raises IndexDamagedError."""
        folder = self.directory / name
        seen = stamp(folder)
        check(folder, self._key)
        engine = Engine(folder, read_index(folder), DatedFacets(snapshot, self._dated))
        if snapshot.head:
            engine.warm(Moment(snapshot.published_on(snapshot.head), snapshot.head))
        if self._held is not None and not self._held.name.startswith(_prefix(snapshot)):
            # Whoever still reads the snapshot before holds its index; nobody else needs it.
            self._before, self._before_prefix = ref(self._held.engine), self._held.name.rpartition("-")[0] + "-"
        self._held = Held(name, engine, seen)
        return engine

    def _build(self, snapshot: Snapshot) -> str:
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = Path(tempfile.mkdtemp(prefix=".index-", dir=self.directory))
        try:
            self._write(beside, snapshot)
            name = f"{_prefix(snapshot)}{beside.name.removeprefix('.index-')}"
            sign(beside, name, self._key)
            beside.rename(self.directory / name)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        self._point(name)
        self._sweep(name)
        return name

    def _write(self, beside: Path, snapshot: Snapshot) -> None:
        entries = sum(len(snapshot.codes(kind)) for kind in self.searchables)
        if self._apart_from is not None and entries >= self._apart_from:
            try:
                build_apart(beside, snapshot)
            except BuilderDiedError as error:
                self._told(f"{error} It is built in this process instead.")
                for path in beside.iterdir():
                    path.unlink()
            else:
                return
        build(beside, snapshot, self.searchables)

    def _point_to_held(self) -> None:
        if self._held is not None:
            self._point(self._held.name)

    def _point(self, name: str) -> None:
        pointer = self.directory / f".{POINTER}.{os.getpid()}"
        pointer.write_text(name)
        pointer.replace(self.directory / POINTER)

    def _sweep(self, newest: str) -> None:
        folders = sorted(self.directory.glob("index-*"), key=lambda folder: folder.stat().st_mtime)
        for folder in [folder for folder in folders if folder.name != newest][: -(KEPT - 1)]:
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _alone(self, *, blocking: bool) -> Iterator[None]:
        """One process at a time: the others find what it has built. Raises BlockingIOError."""
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.directory / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if blocking else fcntl.LOCK_NB))
            yield


def _prefix(snapshot: Snapshot) -> str:
    """How the folders of a snapshot's indexes begin; each has an ending of its own, and none is ever written over."""
    return f"index-{FORMAT}-{snapshot.head:06d}-{snapshot.chain[:12]}-"
