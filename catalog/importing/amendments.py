"""What an editor corrects in the rows of a file, without touching the file: cells read otherwise, rows left aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Amendment:
    """In ``row``, ``column`` reads ``new`` where the file prints ``old``; without column the whole row is left aside.

    Rows carry the numbers the report shows. ``at`` is an aware UTC instant.
    """

    row: int
    by: str
    at: datetime
    reason: str
    column: str | None = None
    old: str = ""
    new: str = ""

    @property
    def is_skip(self) -> bool:
        return self.column is None

    def told(self) -> str:
        """In French, for the reason of the change it leads to."""
        if self.is_skip:
            return f"ligne {self.row} écartée ({self.reason})"
        return f"ligne {self.row} corrigée : {self.column} « {self.old} » → « {self.new} » ({self.reason}, {self.by})"


class Amendments:
    """The amendments of one file. Of several on one cell the last one holds."""

    def __init__(self, amendments: Iterable[Amendment] = ()) -> None:
        self._cells: dict[int, dict[str, Amendment]] = {}
        self._skips: dict[int, Amendment] = {}
        self._met: set[tuple[int, str | None]] = set()
        for amendment in amendments:
            if amendment.column is None:
                self._skips[amendment.row] = amendment
            else:
                self._cells.setdefault(amendment.row, {})[amendment.column] = amendment

    def skips(self, row: int) -> bool:
        """Whether the row is left aside."""
        if row in self._skips:
            self._met.add((row, None))
        return row in self._skips

    def amends(self, row: int, column: str) -> bool:
        """Whether that cell is read otherwise than it is printed."""
        return column in self._cells.get(row, {})

    def apply(self, row: int, cells: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
        """The cells as they are to be read, and a sentence for each that is not as printed."""
        own = {column: found for column, found in self._cells.get(row, {}).items() if column in cells}
        self._met.update((row, column) for column in own)
        read = {**cells, **{column: found.new for column, found in own.items()}}
        return read, tuple(found.told() for found in own.values())

    def unapplied(self) -> Iterator[Amendment]:
        """Those whose row or column was not met: the caller must not let them pass in silence."""
        everything = [*self._skips.values(), *(one for found in self._cells.values() for one in found.values())]
        yield from (found for found in everything if (found.row, found.column) not in self._met)
