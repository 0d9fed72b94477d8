"""The pack read straight from its files, and painted day by day: slow, obvious, and apart from the real loader."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import catalog.reference_pack
from catalog.gmr.codes import fold
from catalog.kinds import Kind
from catalog.registry import KINDS
from catalog.temporal import DAWN, DUSK, Period, parse_day

RELEASES = Path(catalog.reference_pack.__file__).parent / "releases"
COMMON = ("valid_from", "valid_to", "op", "legal_act", "source", "confidence")


@dataclass(frozen=True)
class Row:
    """One line of one file: where it stands, what it says, and over which days."""

    release: int
    kind: Kind
    code: str
    period: Period
    cells: dict[str, str]
    payload: dict[str, Any]

    @property
    def source(self) -> str:
        return self.cells["source"]

    @property
    def place(self) -> str:
        return f"{self.release:02d} {self.kind.plural} {self.code}"


def folders() -> list[Path]:
    return sorted(path for path in RELEASES.iterdir() if path.is_dir())


@cache
def cards() -> tuple[dict[str, Any], ...]:
    """The release.toml of each folder, in order."""
    return tuple(tomllib.loads((path / "release.toml").read_text(encoding="utf-8")) for path in folders())


def lines() -> Iterator[tuple[int, Path, dict[str, str]]]:
    """(release, file, cells) of every line of the pack, unread."""
    for number, folder in enumerate(folders(), start=1):
        for path in sorted(folder.glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as text:
                for cells in csv.DictReader(text, strict=True):
                    yield number, path, cells


@cache
def rows(plural: str | None = None) -> tuple[Row, ...]:
    """Every row of the pack, or those of one kind, each loaded through its kind."""
    return tuple(_row(number, path, cells) for number, path, cells in lines() if plural in (None, path.stem))


def _row(release: int, path: Path, cells: dict[str, str]) -> Row:
    kind = KINDS.find(path.stem)
    start, end = cells["valid_from"], cells["valid_to"]
    period = Period(parse_day(start) if start else DAWN, parse_day(end) if end else DUSK)
    fields = {name: text for name, text in cells.items() if text and name not in ("code", *COMMON)}
    is_void = cells["op"] == "void"
    payload = dict.fromkeys(kind.fields) if is_void else kind.load(cells["code"], fields)
    return Row(release, kind, cells["code"], period, cells, payload)


def in_force(plural: str, day: date, release: int | None = None) -> dict[str, Row]:
    """What holds on a day as known at a release: the last release that speaks of the day is right."""
    known = [row for row in rows(plural) if row.period.covers(day) and row.release <= (release or len(folders()))]
    latest = {row.code: row for row in sorted(known, key=lambda row: row.release)}
    return {code: row for code, row in latest.items() if row.cells["op"] != "void"}


def known_codes(plural: str, release: int) -> set[str]:
    """Codes that the pack has published at a release or before it."""
    return {row.code for row in rows(plural) if row.release <= release}


def concerns(avis: dict[str, Any], medicament: dict[str, Any]) -> bool:
    """Whether an opinion is about a presentation: each field it gives is the same, folded; a name may go on with a
    strength."""
    named = ("specialite", "dci", "dosages", "unites", "forme")
    is_same = all(_folded(medicament[name]) == _folded(avis[name]) for name in named if avis[name] is not None)
    asked, own = _folded(avis["nom"]), _folded(medicament["nom"])
    return is_same and (not asked or own == asked or bool(re.match(rf"{re.escape(asked)} \d", own)))


def _folded(value: Any) -> str:
    return fold(" / ".join(value) if isinstance(value, tuple) else value or "")
