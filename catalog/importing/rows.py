"""The data rows of a table: quirks of the source cured and counted, widths checked, columns completed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from catalog.importing.companions import Companion
from catalog.importing.findings import DoubtfulCell, Findings, ReadingRule, RowTooLong, RowTooShort
from catalog.importing.layout import Layout, fold
from catalog.importing.profiles.model import Profile
from catalog.importing.splitting import split_cell
from catalog.importing.table import Row, Table


class SourceRow(NamedTuple):
    """One row by column name: what is printed, and what splits and companions add to it."""

    number: int
    raw: dict[str, str]
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads the rows of one table once."""

    table: Table
    profile: Profile
    layout: Layout
    companions: list[Companion]
    findings: Findings

    def rows(self) -> Iterator[SourceRow]:
        self._report_faults()
        nulls = frozenset(map(fold, self.profile.format.null_texts))
        for row in self._without_artefacts():
            raw = self._named(row)
            if raw is None:
                continue
            if not self.profile.rows.keeps(raw):
                self.findings.counts["rows_left_aside"] += 1
                continue
            cells = dict(raw)
            for companion in self.companions:
                companion.add_to(cells, row.number, self.findings)
            for split in self.profile.splits:
                split_cell(split, cells, nulls, row.number, self.findings)
            yield SourceRow(row.number, raw, cells)

    def _report_faults(self) -> None:
        """Formulas, errors and merges count from the header down; titles may hold what they like."""
        begins = self.layout.header.number if self.layout.header else 0
        for fault in self.table.faults:
            if fault.row >= begins:
                detail = f"{fault.cell} holds {fault.found}. {fault.remedy}."
                self.findings.add(DoubtfulCell.broken(fault.row, detail, column=fault.cell))

    def _without_artefacts(self) -> Iterator[Row]:
        quirks, counts = self.profile.quirks, self.findings.counts
        data = self.table.rows[self.layout.start :]
        used = self._used_positions()
        first = tuple(data[0].cells[at : at + 1] for at in used)
        header = tuple(map(fold, self.layout.header.cells)) if self.layout.header and quirks.repeated_headers else None
        after_header = False
        for row in data:
            if header and tuple(map(fold, row.cells)) == header:
                counts["repeated_headers"] += 1
                after_header = True
                continue
            dropped = (after_header and quirks.drop_after_header == "first_product") or quirks.copies_of_first
            after_header = False
            if dropped and row is not data[0] and tuple(row.cells[at : at + 1] for at in used) == first:
                counts["page_break_copies"] += 1
                continue
            yield row

    def _used_positions(self) -> list[int]:
        """A copy of the first product may differ in a column nobody reads, such as a row number."""
        needed = set(self.profile.needed_columns)
        return [at for at, name in enumerate(self.layout.names) if name in needed]

    def _named(self, row: Row) -> dict[str, str] | None:
        """The cells by name; None, and a violation, when their number is not that of the columns."""
        names, cells = self.layout.names, row.cells
        if len(cells) > len(names) and self.profile.format.overflow == "last":
            cells = (*cells[: len(names) - 1], " ".join(cells[len(names) - 1 :]))
        if broken := self._misfit(cells):
            self.findings.add(broken.broken(row.number, f"({len(cells)} for {len(names)})"))
            self.findings.counts["refused_rows"] += 1
            return None
        named = dict.fromkeys(filter(None, names), "")
        named.update((name, cell) for name, cell in zip(names, cells, strict=False) if name)
        return named

    def _misfit(self, cells: tuple[str, ...]) -> type[ReadingRule] | None:
        width = len(self.layout.names)
        if any(cell.strip() for cell in cells[width:]):
            return RowTooLong
        is_cut = len(cells) < width and self.table.shape == "delimited" and not self.profile.format.short_rows
        return RowTooShort if is_cut else None
