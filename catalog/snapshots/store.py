"""Where snapshots lie: one file a release, mapped by every worker, and a pointer swapped in one step.

A file is read whole once, against its digest, when it is new to the machine; that it was sound is then kept beside it
with its size, inode and instant of change, so that the next worker opens it at once. One process of a machine builds
at a time, from the file of the release before where that can be.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.apart import BuilderDiedError
from catalog.errors import CatalogError
from catalog.kinds import Kinds
from catalog.releases.models import GENESIS, Release
from catalog.snapshots.adding import NotAnAdditionError, add
from catalog.snapshots.building import build
from catalog.snapshots.content import SnapshotDamagedError
from catalog.snapshots.elsewhere import build_apart
from catalog.snapshots.files import alone, replace, signature, sweep, vouch, vouched
from catalog.snapshots.packed import decode
from catalog.snapshots.packing import encode
from catalog.snapshots.reading import Snapshot

POINTER, NEXT = "CURRENT", "NEXT"
"""The file that is served, and the one that soon will be: what is served with it is in the making."""
KEPT = 3
"""Snapshot files kept on disk: the one served, and those a slow reader may still be opening."""
COPIED = 20
"""Facts copied from the file before in the time that reading one from the database takes."""


class NoSnapshotError(CatalogError):
    def __init__(self, directory: Path) -> None:
        super().__init__(f"No snapshot has been built in {directory}. Run `amo-catalog reindex`.")


class SnapshotStore:
    """The snapshots of one directory. ``current`` answers the newest; readers keep what they were given."""

    def __init__(
        self,
        directory: Path,
        kinds: Kinds,
        prepare: Callable[[Snapshot], object] | None = None,
        *,
        told: Callable[[str], object] = str,
        apart_from: int | None = None,
    ) -> None:
        """``prepare`` is called with a new snapshot before it is served, and makes what is served with it.

        ``apart_from``: the number of facts to read from which another process builds; None: never. ``told`` is given
        a sentence when something had to be done another way.
        """
        self.directory = directory
        self.kinds = kinds
        self._prepare, self._told, self._apart_from = prepare, told, apart_from
        self._held: tuple[str, Snapshot] | None = None
        self._ahead: tuple[str, Snapshot] | None = None
        self._lock = Lock()

    def refresh(self, session: Session, *, force: bool = False) -> Snapshot:
        """Brings the directory to the newest release of the database; builds only when it is behind it.

        With ``force``, builds it, and from the tables alone.
        """
        # In this order: what is served later on may be of a release that the session does not see.
        pointed, found = self._named(POINTER), self._sound()
        chain = session.scalar(sa.select(Release.chain_digest).order_by(Release.seq.desc()).limit(1))
        if not force and found is not None and found.chain == (chain or GENESIS):
            return found
        with alone(self.directory):
            if not force and self._named(POINTER) != pointed:
                # Another process was building: its release may be newer than the one this session sees.
                found = self._sound()
                if found is not None and any(release.chain_digest == chain for release in found.releases):
                    return found
            return self._take_up(self._write(session, None if force else found))

    def write(self, session: Session, *, force: bool = False) -> str:
        """Writes the file of the newest release, without serving it; its name. Only by who is alone to build."""
        return self._write_here(session, None if force else self._sound())

    def _take_up(self, name: str) -> Snapshot:
        replace(self.directory / NEXT, name.encode())
        snapshot = self._open_ahead(name)
        if self._prepare is not None:
            self._prepare(snapshot)
        replace(self.directory / POINTER, name.encode())
        sweep(self.directory, name, KEPT)
        with self._lock:
            self._held, self._ahead = (name, snapshot), None
        return snapshot

    def _open_ahead(self, name: str) -> Snapshot:
        """The same object for who warms it up and for who serves it."""
        with self._lock:
            if self._ahead is None or self._ahead[0] != name:
                self._ahead = (name, self._open(name))
            return self._ahead[1]

    def _write(self, session: Session, before: Snapshot | None) -> str:
        if self._apart_from is not None and _work(session, before) >= self._apart_from:
            url = session.get_bind().engine.url.render_as_string(hide_password=False)
            try:
                return build_apart(url, self.directory, force=before is None)
            except BuilderDiedError as error:
                self._told(f"{error} It is built in this process instead.")
        return self._write_here(session, before)

    def _write_here(self, session: Session, before: Snapshot | None) -> str:
        data = self._add(session, before) or encode(build(session, self.kinds))
        made = decode(data, "just built", is_checked=True)
        name = f"snapshot-{made.head:06d}-{made.chain[:12]}.bin"
        vouch(self.directory / name, replace(self.directory / name, data))
        return name

    def _add(self, session: Session, before: Snapshot | None) -> bytes | None:
        """From the snapshot before; None where the whole is to be built, which is always right."""
        if before is None or not before.head:
            return None
        try:
            return add(session, self.kinds, before.packed)
        except NotAnAdditionError:
            return None
        except (LookupError, ValueError, OverflowError) as error:
            self._told(f"The snapshot is built whole, and not from the one before: {error!r}.")
            return None

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
        name = self._named(POINTER)
        if name is None:
            raise NoSnapshotError(self.directory)
        held = self._held
        if held is not None and held[0] == name:
            return held[1]
        with self._lock:
            if self._held is None or self._held[0] != name:
                ahead = self._ahead
                found = ahead[1] if ahead is not None and ahead[0] == name else self._open(name)
                self._held, self._ahead = (name, found), None
            return self._held[1]

    def ahead(self) -> Snapshot | None:
        """The snapshot that will be served soon, if any: time to warm it up. Raises SnapshotDamagedError."""
        name = self._named(NEXT)
        if name is None or name == self._named(POINTER):
            return None
        return self._open_ahead(name)

    def _named(self, pointer: str) -> str | None:
        try:
            return (self.directory / pointer).read_text(errors="replace").strip()
        except FileNotFoundError:
            return None

    def _sound(self) -> Snapshot | None:
        with suppress(SnapshotDamagedError, NoSnapshotError):
            return self.current()
        return None

    def _open(self, name: str) -> Snapshot:
        path = self.directory / Path(name).name
        try:
            with path.open("rb") as source:
                mapped = mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ)
                found = os.fstat(source.fileno())
        except (OSError, ValueError):
            raise SnapshotDamagedError(path, "its file is missing") from None
        is_known = signature(found) == vouched(path)
        snapshot = Snapshot(decode(mapped, path, is_checked=is_known), self.kinds)
        if not is_known:
            with suppress(OSError):
                vouch(path, found)
        return snapshot


def _work(session: Session, before: Snapshot | None) -> int:
    """About how many facts are to be read from the database."""
    known = before.head if before is not None else 0
    new, old = (
        session.scalar(sa.select(sa.func.coalesce(sa.func.sum(Release.n_facts), 0)).where(condition)) or 0
        for condition in (Release.seq > known, Release.seq <= known)
    )
    return int(new + old // COPIED)
