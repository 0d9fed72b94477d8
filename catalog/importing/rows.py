"""The data rows of a table: quirks of the source cured and counted, widths checked, columns completed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from catalog.importing.amendments import Amendments
from catalog.importing.companions import Companion
from catalog.importing.findings import (
    AmendmentUnapplied,
    DoubtfulCell,
    Findings,
    ReadingRule,
    RowTooLong,
    RowTooShort,
)
from catalog.importing.layout import Layout, fold
from catalog.importing.profiles.model import Profile
from catalog.importing.splitting import split_cell
from catalog.importing.table import CellFault, Row, Table
from catalog.importing.xlsx_scan import column_number


class SourceRow(NamedTuple):
    """One row by column name: what is to be read, what splits and companions add to it, and what was amended."""

    number: int
    raw: dict[str, str]
    cells: dict[str, str]
    amended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads the rows of one table once."""

    table: Table
    profile: Profile
    layout: Layout
    companions: list[Companion]
    findings: Findings
    amendments: Amendments = field(default_factory=Amendments)
    skipped: list[SourceRow] = field(default_factory=list)

    def rows(self) -> Iterator[SourceRow]:
        self._report_faults()
        nulls = frozenset(map(fold, self.profile.format.null_texts))
        for row in self._without_artefacts():
            if self.amendments.skips(row.number):
                self._skip(row)
                continue
            printed = self._named(row)
            if printed is None:
                continue
            raw, amended = self.amendments.apply(row.number, printed)
            if not self.profile.rows.keeps(raw):
                self.findings.counts["rows_left_aside"] += 1
                continue
            yield SourceRow(row.number, raw, self._completed(row.number, raw, nulls), amended)
        for left in self.amendments.unapplied():
            self.findings.add(AmendmentUnapplied.broken(left.row, column=left.column, value=left.new or None))

    def _completed(self, number: int, raw: dict[str, str], nulls: frozenset[str]) -> dict[str, str]:
        cells = dict(raw)
        for companion in self.companions:
            companion.add_to(cells, number, self.findings)
        for split in self.profile.splits:
            split_cell(split, cells, nulls, number, self.findings)
        return cells

    def _skip(self, row: Row) -> None:
        """What a row left aside prints is kept: a full list must not withdraw the entry it speaks of."""
        named = dict(zip(self.layout.names, row.cells, strict=False))
        self.findings.counts["rows_skipped"] += 1
        self.skipped.append(SourceRow(row.number, named, {**dict.fromkeys(self.layout.names, ""), **named}))

    def _report_faults(self) -> None:
        """Formulas, errors and merges count from the header down; titles may hold what they like."""
        begins = self.layout.header.number if self.layout.header else 0
        for fault in self.table.faults:
            if fault.row >= begins and not self._is_cured(fault):
                detail = f"{fault.cell} holds {fault.found}. {fault.remedy}."
                self.findings.add(DoubtfulCell.broken(fault.row, detail, column=fault.cell))

    def _is_cured(self, fault: CellFault) -> bool:
        """Whether an editor has left the row aside, or told what the cell should hold."""
        position = column_number(fault.cell.rstrip("0123456789").encode()) - 1
        name = self.layout.names[position] if position < len(self.layout.names) else ""
        return self.amendments.skips(fault.row) or self.amendments.amends(fault.row, name)

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
