"""The manifest of an index: digests of its files, signed with the service's key, so that none made elsewhere is opened.

Whoosh reads parts of an index as pickles, and a pickle may run what it likes.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path

from catalog.errors import CatalogError

MANIFEST = "manifest.json"
_PURPOSE = b"amo-catalog search index\n"
"""Keeps a signature from being good for anything else that the key signs."""

Stamp = frozenset[tuple[str, int, int, int]]


class IndexDamagedError(CatalogError):
    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(f"The search index {folder.name} cannot be used: {why}. Run `amo-catalog reindex`.")


def sign(folder: Path, name: str, key: bytes) -> None:
    """Writes the manifest of a folder that is to bear ``name``."""
    digests = _digests(folder)
    told = {"files": digests, "signature": _signature(name, digests, key)}
    (folder / MANIFEST).write_text(json.dumps(told, indent=1))


def check(folder: Path, key: bytes) -> None:
    """Raises IndexDamagedError unless every file is the one that was written, by a holder of the key."""
    try:
        told = json.loads((folder / MANIFEST).read_bytes())
        files, signature = dict(told["files"]), str(told["signature"])
    except (OSError, ValueError, KeyError, TypeError):
        raise IndexDamagedError(folder, "its manifest cannot be read") from None
    if not hmac.compare_digest(signature, _signature(folder.name, files, key)):
        raise IndexDamagedError(folder, "its manifest was not signed with the key of this service")
    if files != _digests(folder):
        raise IndexDamagedError(folder, "a file is not the one that was written")


def stamp(folder: Path) -> Stamp:
    """What changes when a file is written: enough to notice damage again and again, without reading every byte.

    Raises IndexDamagedError when the folder is gone.
    """
    try:
        seen = [(path.name, path.stat()) for path in _files(folder)]
    except OSError:
        raise IndexDamagedError(folder, "its folder cannot be read") from None
    return frozenset((name, stat.st_ino, stat.st_size, stat.st_mtime_ns) for name, stat in seen)


def _signature(name: str, digests: dict[str, str], key: bytes) -> str:
    message = _PURPOSE + json.dumps([name, digests], sort_keys=True).encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def _digests(folder: Path) -> dict[str, str]:
    files = [path for path in _files(folder) if path.name != MANIFEST]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.endswith("LOCK"))
