"""A file as rows of text, before anything is known of what its columns mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

Progress = Callable[[int, int | None], None]
"""Called with the rows done and the rows in all, or None while that is not known."""


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """What is told of a file: None leaves it to be found. An empty ``quote`` turns quoting off."""

    encoding: str | None = None
    separator: str | None = None
    quote: str = '"'
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Cells as text, and the number a person sees: the row of a spreadsheet, the record of a csv, the item of an array.

    The header made of a JSON file's names is row 0.
    """

    number: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell of a workbook whose value cannot be trusted: a formula, an error value, a merge over several rows."""

    row: int
    cell: str
    found: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that are not blank, and how they were read."""

    path: Path
    shape: str
    rows: list[Row]
    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    faults: list[CellFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
