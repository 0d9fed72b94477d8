"""Where a table's header is, and which of its columns are the ones a profile names."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.importing.errors import ShapeError, UnreadableFileError
from catalog.importing.profiles.model import CODE, Profile
from catalog.importing.table import Row, Table

HEADER_WITHIN = 30
"""Rows looked through for a header: official lists begin with titles."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Column names by position, in the profile's spelling where it names them; the header; where the data begins."""

    names: tuple[str, ...]
    header: Row | None
    start: int


def fold(text: str) -> str:
    """Upper case without accents, spaces folded: the form in which headers and fixed texts are compared."""
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE").replace("’", "'"))
    return " ".join("".join(letter for letter in decomposed if not unicodedata.combining(letter)).upper().split())


def find_layout(table: Table, profile: Profile) -> Layout | None:
    """None when the table lacks columns the profile needs. Raises UnreadableFileError on a doubled column."""
    if not profile.format.has_header:
        return _numbered_layout(table, profile)
    for index, row in enumerate(table.rows[:HEADER_WITHIN]):
        if _is_header(row, profile):
            _check_doubles(table, row, profile)
            return Layout(_spell(row, profile), row, index + 1)
    return None


def need_layout(table: Table, profile: Profile) -> Layout:
    """As find_layout, for a profile that was asked for by name. Raises ShapeError telling what is missing."""
    layout = find_layout(table, profile)
    if layout is None:
        raise ShapeError(
            f"{table.path.name} is not what the profile {profile.name} reads: {misfit(table, profile)}. "
            f"Its columns: {told_headers(table)}."
        )
    return layout


def _numbered_layout(table: Table, profile: Profile) -> Layout | None:
    """A file without header has exactly as many cells a row as the profile names, or more where it says so."""
    columns = profile.format.columns
    first = table.rows[0].cells if table.rows else ()
    fits = len(first) >= len(columns) if profile.format.overflow == "last" else len(first) == len(columns)
    return Layout(columns, None, 0) if fits else None


def _is_header(row: Row, profile: Profile) -> bool:
    found = {fold(cell) for cell in row.cells} - {""}
    if profile.is_canonical:
        return fold(CODE) in found and found <= _spellings(profile).keys()
    return found >= {fold(name) for name in profile.needed_columns}


def _spellings(profile: Profile) -> dict[str, str]:
    return {fold(name): name for name in profile.needed_columns}


def _spell(row: Row, profile: Profile) -> tuple[str, ...]:
    spellings = _spellings(profile)
    return tuple(spellings.get(fold(cell), " ".join(cell.split())) for cell in row.cells)


def _check_doubles(table: Table, row: Row, profile: Profile) -> None:
    counted = Counter(fold(cell) for cell in row.cells)
    doubled = [name for folded, name in _spellings(profile).items() if counted[folded] > 1]
    if doubled:
        raise UnreadableFileError(
            table.path,
            f"its header (row {row.number}) names {', '.join(doubled)} twice",
            "Rename or delete one of them",
        )


def best_header(table: Table) -> Row | None:
    """The fullest of the first rows, the first of them when several are as full."""
    return max(table.rows[:HEADER_WITHIN], key=lambda row: sum(map(bool, row.cells)), default=None)


def told_headers(table: Table) -> str:
    """The cells of the fullest row, as a message shows them."""
    best = best_header(table)
    return _listed(" ".join(cell.split())[:40] or "(blank)" for cell in best.cells) if best else "none"


def misfit(table: Table, profile: Profile) -> str:
    """Why no row of the table is the profile's header, judged by its fullest row."""
    if not profile.format.has_header:
        return f"it needs {len(profile.format.columns)} columns and no header"
    best = best_header(table)
    found = {fold(cell) for cell in best.cells} - {""} if best else set()
    if profile.is_canonical and fold(CODE) in found:
        return f"unknown columns {_listed(name.lower() for name in sorted(found - _spellings(profile).keys()))}"
    return f"it lacks {_listed(missing_columns(table, profile))}"


def missing_columns(table: Table, profile: Profile) -> list[str]:
    """The columns the profile needs that the table's fullest row lacks."""
    best = best_header(table)
    found = {fold(cell) for cell in best.cells} if best else set()
    wanted = (CODE,) if profile.is_canonical else profile.needed_columns
    return [name for name in wanted if fold(name) not in found]


def _listed(names: Iterable[str], most: int = 20) -> str:
    listed = list(names)
    return ", ".join(listed[:most]) + (f" and {len(listed) - most} more" if len(listed) > most else "")
