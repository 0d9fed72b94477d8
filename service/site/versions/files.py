"""What there is to download of a release: rows, sizes, addresses and names of files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from flask import url_for

from catalog.export_rows import file_name
from catalog.exporting import FORMATS, export
from catalog.kinds import Kind
from catalog.snapshots.content import ReleaseInfo
from catalog.snapshots.memory import remembering
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment
from service.site.languages import gettext
from service.site.versions.words import kind_name
from service.site.visits import Visit, absolute

KEPT = 4
ORDER = ("csv", "xlsx", "jsonl", "parquet")


@dataclass(frozen=True, slots=True)
class File:
    """A file of the API: its address says release, kind, day and format, so that it never changes."""

    format: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """The entries of a kind in force: how many, how large as csv, and the files."""

    name: str
    plural: str
    rows: int
    size: str
    files: Sequence[File]


def formats() -> list[str]:
    """The formats that can be written here: parquet needs a library that is an option."""
    known = [name for name in ORDER if name in FORMATS]
    return [name for name in known if name != "parquet" or find_spec("polars")]


def rows(visit: Visit, info: ReleaseInfo) -> list[Row]:
    """Every kind, in the order of the registry, at the day and the release of the visit."""
    measured = _measured(visit.snapshot, Moment(visit.as_of, info.seq))
    return [_row(visit, info, kind, *measured[kind.name]) for kind in visit.snapshot.kinds]


@remembering(KEPT)
def _measured(snapshot: Snapshot, moment: Moment) -> dict[str, tuple[int, int]]:
    """By kind, the entries in force and the bytes of their csv file, which is made to be weighed."""
    found = {}
    for kind in snapshot.kinds:
        target = BytesIO()
        found[kind.name] = export(snapshot, kind, moment, "csv", target), target.tell()
    return found


def _row(visit: Visit, info: ReleaseInfo, kind: Kind, count: int, size: int) -> Row:
    made = []
    for name in formats():
        asked: dict[str, Any] = {"kind": kind.plural, "format": name, "as_of": visit.as_of.isoformat()}
        address = absolute(url_for("api.release_export", release=info.seq, **asked))
        made.append(File(name, file_name(kind, info.seq, info.label, visit.as_of, name), address))
    return Row(kind_name(kind.name, plural=True), kind.plural, count, write_size(size), made)


def write_size(size: int) -> str:
    """``2,9 Mo``, ``12 ko``, ``80 octets``."""
    if size >= 10**6:
        return gettext("%(n)s Mo") % {"n": f"{size / 10**6:.1f}".replace(".", ",")}
    if size >= 1000:
        return gettext("%(n)s ko") % {"n": round(size / 1000)}
    return gettext("%(n)s octets") % {"n": size}
