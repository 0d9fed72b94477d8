"""The conventions part of the bundled pack, read straight from its files, apart from the real loader."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import catalog.reference_pack
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DAWN, DUSK, Period, parse_day
from tests.unit.conventions.builders import KINDS, Fact, snapshot

PACK = Path(catalog.reference_pack.__file__).parent
FOLDERS = sorted(path.parent.name for path in (PACK / "releases").glob("*/actes-juridiques.csv"))
"""Each brings an act of its own, but the last of the pack, which holds the glossary alone."""
FRAME = ("code", "valid_from", "valid_to", "op", "legal_act", "source", "confidence")
NEWEST = len(FOLDERS)


def facts_of(folder: str) -> Iterator[Fact]:
    """The facts of a release that concern acts and this family, acts first."""
    for kind in KINDS:
        for place in ("releases", "conventions_stage"):
            for name in (kind.plural, f"{kind.plural}-conventions"):
                yield from _read(kind.name, PACK / place / folder / f"{name}.csv")


def _read(kind: str, path: Path) -> Iterator[Fact]:
    if not path.is_file():
        return
    with path.open(encoding="utf-8", newline="") as text:
        for cells in csv.DictReader(text, strict=True):
            start, end = cells["valid_from"], cells["valid_to"]
            period = Period(parse_day(start) if start else DAWN, parse_day(end) if end else DUSK)
            fields = {name: told for name, told in cells.items() if told and name not in FRAME}
            kept = None if cells["op"] == "void" else fields
            yield Fact(kind, cells["code"], period, kept, cells["legal_act"], cells["source"], cells["confidence"])


@cache
def pack() -> Snapshot:
    """The bundled pack as published, one release a folder."""
    return snapshot(*(facts_of(folder) for folder in FOLDERS))
