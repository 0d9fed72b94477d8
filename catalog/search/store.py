"""Where indexes lie: one folder a release beside its snapshot, with a manifest, and a pointer swapped in one step.

Whoosh reads parts of an index as pickles: the folder must be writable by the application alone, and a file whose
digest is not that of the manifest is never opened.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import Lock

import msgspec

from catalog.errors import CatalogError
from catalog.search import whoosh_index
from catalog.search.documents import Collection, collect
from catalog.search.engine import Engine
from catalog.search.searchable import Searchables
from catalog.snapshots.reading import Snapshot

POINTER = "INDEX"
MANIFEST = "manifest.json"
DOCUMENTS = "documents.msgpack"
FORMAT = 1
"""Raised whenever an older index would answer differently."""
KEPT = 3
"""Folders kept: the one served, and those a slow reader may still be opening."""


class NoIndexError(CatalogError):
    def __init__(self, directory: Path) -> None:
        super().__init__(f"No search index has been built in {directory}. Run `amo-catalog reindex`.")


class IndexDamagedError(CatalogError):
    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(f"The search index {folder.name} cannot be used: {why}. Run `amo-catalog reindex`.")


class IndexStore:
    """The indexes of one directory. An engine held by a reader stays good until it lets go of it."""

    def __init__(self, directory: Path, searchables: Searchables) -> None:
        self.directory = directory
        self.searchables = searchables
        self._held: dict[str, tuple[str, Engine]] = {}
        self._lock = Lock()

    def refresh(self, snapshot: Snapshot, *, force: bool = False) -> Engine:
        """The index of a snapshot: opened when it is there and sound, else built beside and swapped in."""
        held = self._held.get(_prefix(snapshot))
        if held is not None and not force and (self.directory / held[0]).is_dir():
            return held[1]
        with self._lock:
            name = None if force else self._sound(snapshot)
            return self._hold(snapshot, name or self._build(snapshot))

    def fault(self, snapshot: Snapshot) -> str | None:
        """What keeps the index of a snapshot from being served, as a sentence."""
        try:
            name = (self.directory / POINTER).read_text(errors="replace").strip()
            if not name.startswith(_prefix(snapshot)):
                return f"The search index is not that of release {snapshot.head}. Run `amo-catalog reindex`."
            check(self.directory / Path(name).name)
        except FileNotFoundError:
            return str(NoIndexError(self.directory))
        except IndexDamagedError as error:
            return str(error)
        return None

    def _sound(self, snapshot: Snapshot) -> str | None:
        """The newest folder of a snapshot whose files are those that were written."""
        found = self.directory.glob(f"{_prefix(snapshot)}*")
        for folder in sorted(found, key=lambda one: one.stat().st_mtime, reverse=True):
            with suppress(IndexDamagedError):
                check(folder)
                return folder.name
        return None

    def _hold(self, snapshot: Snapshot, name: str) -> Engine:
        prefix = _prefix(snapshot)
        held = self._held.get(prefix)
        if held is None or held[0] != name:
            folder = self.directory / name
            collection = msgspec.msgpack.decode((folder / DOCUMENTS).read_bytes(), type=Collection)
            held = (name, Engine(folder, collection))
            # The one before stays for those who still read its snapshot.
            others = [one for one in self._held.items() if one[0] != prefix]
            self._held = dict([*others[-1:], (prefix, held)])
        return held[1]

    def _build(self, snapshot: Snapshot) -> str:
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = Path(tempfile.mkdtemp(prefix=".index-", dir=self.directory))
        try:
            collection = collect(snapshot, self.searchables)
            (beside / DOCUMENTS).write_bytes(msgspec.msgpack.encode(collection))
            whoosh_index.write(beside, collection.documents)
            (beside / MANIFEST).write_text(json.dumps(_digests(beside), indent=1))
            name = f"{_prefix(snapshot)}{beside.name.removeprefix('.index-')}"
            beside.rename(self.directory / name)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        self._point(name)
        self._sweep(name)
        return name

    def _point(self, name: str) -> None:
        pointer = self.directory / f".{POINTER}.{os.getpid()}"
        pointer.write_text(name)
        pointer.replace(self.directory / POINTER)

    def _sweep(self, newest: str) -> None:
        folders = sorted(self.directory.glob("index-*"), key=lambda folder: folder.stat().st_mtime)
        for folder in [folder for folder in folders if folder.name != newest][: -(KEPT - 1)]:
            shutil.rmtree(folder, ignore_errors=True)


def check(folder: Path) -> None:
    """Raises IndexDamagedError unless every file is the one that was written."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        raise IndexDamagedError(folder, "its manifest cannot be read") from None
    if manifest != _digests(folder):
        raise IndexDamagedError(folder, "a file is not the one that was written")


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.iterdir() if path.name != MANIFEST and not path.name.endswith("LOCK"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _prefix(snapshot: Snapshot) -> str:
    """How the folders of a snapshot's indexes begin; each has an ending of its own, and none is ever written over."""
    return f"index-{FORMAT}-{snapshot.head:06d}-{snapshot.chain[:12]}-"
