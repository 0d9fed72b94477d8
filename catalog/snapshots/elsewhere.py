"""Builds the file of a snapshot in a process of its own; who asked for it serves it."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import msgspec

from catalog.apart import BuilderDiedError, give_way, run_apart

WHAT = "the snapshot"


class Asked(msgspec.Struct, frozen=True):
    """What is built, where. The address of the database may hold a password: it comes on standard input."""

    database_url: str
    directory: str
    force: bool


def build_apart(database_url: str, directory: Path, *, force: bool) -> str:
    """The name of the file of the newest release of the catalogue's own kinds. Raises BuilderDiedError."""
    asked = Asked(database_url, str(directory), force)
    told = run_apart(WHAT, "catalog.snapshots.elsewhere", given=msgspec.json.encode(asked)).decode().strip()
    name = Path(told).name
    if not name or name != told or not (directory / name).is_file():
        raise BuilderDiedError(WHAT, f"{told!r} is no file of it")
    return name


def main() -> None:
    """Builds what is asked for on standard input, and prints its name."""
    from catalog.database import open_engine, reading
    from catalog.registry import KINDS
    from catalog.snapshots.store import SnapshotStore

    give_way()
    gc.disable()
    asked = msgspec.json.decode(sys.stdin.buffer.read(), type=Asked)
    with reading(open_engine(asked.database_url)) as session:
        sys.stdout.write(SnapshotStore(Path(asked.directory), KINDS).write(session, force=asked.force))


if __name__ == "__main__":
    main()
