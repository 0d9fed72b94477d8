"""Values of key letters as a table: a row a letter and variant, a column a convention."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from catalog.releases.telling import Told

Row = tuple[str, str | None]
"""A letter as printed, and its variant."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """``columns`` are conventions by code; a cell holds the general value, then payers' own."""

    rows: list[Row]
    columns: dict[str, Told]
    cells: dict[tuple[Row, str], list[Told]]
    designations: dict[Row, str]
    notes: dict[str, list[Told]]

    @classmethod
    def of(cls, values: list[Told]) -> Matrix:
        """The table of what ``tell_lettres_cles`` tells; a letter with notes alone is a row without a value."""
        rows: dict[Row, None] = {}
        columns: dict[str, Told] = {}
        cells: dict[tuple[Row, str], list[Told]] = defaultdict(list)
        designations: dict[Row, str] = {}
        notes: dict[str, list[Told]] = defaultdict(list)
        for value in values:
            row = (value["lettre"], value["variante"])
            notes[value["lettre"]] += [note for note in value["notes"] if note not in notes[value["lettre"]]]
            if value["valeur"] is None:
                continue
            rows[row] = None
            columns[value["convention"]] = {"libelle": value["convention_libelle"], "secteur": value["secteur"]}
            cells[row, value["convention"]].append(value)
            designations.setdefault(row, value["designation"] or "")
        for name in notes:
            if not any(row[0] == name for row in rows):
                rows[name, None] = None
        for told in cells.values():
            told.sort(key=lambda each: each["organisme"] or "")
        return cls(_ordered(rows), dict(sorted(columns.items())), dict(cells), designations, dict(notes))


def _ordered(rows: dict[Row, None]) -> list[Row]:
    return sorted(rows, key=lambda row: (row[0].upper(), row[1] or ""))
