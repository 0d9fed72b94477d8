"""A slow and obvious account of what was published: for each release, each entry, each day, the value or nothing.

It shares no code with the catalogue but the shape of payloads. Days are cells between consecutive bounds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from catalog.gmr.family import GTIN, MEDICAMENT
from catalog.releases.changes import Held
from catalog.temporal import DAWN, DUSK
from tests.integration.truth.desk import ACLASTA, DOLIPRANE, medicine

FIRST = date(2014, 6, 1)
BOUNDS = [DAWN, *(FIRST + timedelta(days=number) for number in range(7)), DUSK]
CELLS = range(len(BOUNDS) - 1)
Entry = tuple[str, str]
ENTRIES: list[Entry] = [(MEDICAMENT.name, DOLIPRANE), (MEDICAMENT.name, ACLASTA), (GTIN.name, DOLIPRANE)]


class Value(NamedTuple):
    """``price`` and ``maker`` are the payload, the rest its ground."""

    price: int
    maker: str | None
    act: str
    source: str | None

    def held(self, kind: str) -> Held:
        return Held(payload(kind, self), self.act, self.source)

    @property
    def fields(self) -> tuple[int, str | None]:
        return self.price, self.maker


def payload(kind: str, value: Value) -> dict[str, Any]:
    if kind == GTIN.name:
        return {"presentation": f"P{value.price}", "remarque": value.maker}
    return medicine(f"{value.price}.50", laboratoire=value.maker)


Cell = tuple[Entry, int]
Table = dict[Cell, Value]
"""What one release knows."""
Days = tuple[int, int]
"""From one bound to another, by their places in BOUNDS."""


class Line(NamedTuple):
    """A proposed change, None meaning nothing, and the hand that wrote it."""

    value: Value | None
    by: str


@dataclass
class Proposal:
    """A draft as its authors know it."""

    number: int
    author: str
    base: int
    covers: tuple[str, ...]
    status: str = "draft"
    lines: dict[tuple[Entry, Days], Line] = field(default_factory=dict)
    wrote: set[str] = field(default_factory=set)
    """Who ever added a line, be it replaced since."""

    @property
    def cells(self) -> dict[Cell, Line]:
        return {(entry, cell): line for (entry, (i, j)), line in self.lines.items() for cell in range(i, j)}

    @property
    def entries(self) -> set[Entry]:
        return {entry for entry, _ in self.lines}

    @property
    def hands(self) -> set[str]:
        return self.wrote | {self.author}

    def clashes_with(self, entry: Entry, days: Days) -> bool:
        return any(
            other == entry and theirs != days and theirs[0] < days[1] and days[0] < theirs[1]
            for other, theirs in self.lines
        )


@dataclass
class Oracle:
    """Everything published. Release n is ``tables[n]``; release 0 knew nothing."""

    tables: list[Table] = field(default_factory=lambda: [{}])
    touched: list[set[Entry]] = field(default_factory=lambda: [set()])
    instants: list[datetime] = field(default_factory=list)

    @property
    def head(self) -> int:
        return len(self.tables) - 1

    def publish(self, cells: dict[Cell, Line], touched: set[Entry], at: datetime) -> None:
        table = dict(self.tables[-1])
        for cell, line in cells.items():
            table.pop(cell, None)
            if line.value is not None:
                table[cell] = line.value
        self.tables.append(table)
        self.touched.append(touched)
        self.instants.append(at)

    def release_at(self, instant: datetime) -> int:
        return sum(published <= instant for published in self.instants)

    def stale(self, proposal: Proposal) -> set[Entry]:
        since = set().union(*self.touched[proposal.base + 1 :])
        return {entry for entry in since if entry in proposal.entries or entry[0] in proposal.covers}

    def rebased(self, proposal: Proposal) -> dict[Cell, Line]:
        """What a proposal must hold once it is brought onto the newest release."""
        base, now, stale = self.tables[proposal.base], self.tables[-1], self.stale(proposal)
        merged = {}
        for cell, line in proposal.cells.items():
            kept = line if cell[0] not in stale else _merged(base.get(cell), now.get(cell), line)
            if kept is not None:
                merged[cell] = kept
        return merged

    def changed(self, older: int, newer: int) -> dict[Cell, tuple[Value | None, Value | None, int]]:
        """By cell: what held, what holds, and the release since which it does."""
        was, now = self.tables[older], self.tables[newer]
        differing = [cell for cell in {*was, *now} if was.get(cell) != now.get(cell)]
        return {cell: (was.get(cell), now.get(cell), self._since(cell, *sorted((older, newer)))) for cell in differing}

    def _since(self, cell: Cell, low: int, high: int) -> int:
        release = high
        while release > low + 1 and self.tables[release - 1].get(cell) == self.tables[high].get(cell):
            release -= 1
        return release


def _merged(base: Value | None, theirs: Value | None, line: Line) -> Line | None:
    """None where the newest release already says all there is to say."""
    then, now, ours = (value and value.fields for value in (base, theirs, line.value))
    if then == now:
        return line
    if ours in (then, now):
        return None
    if line.value is None or now is None:
        return line
    old_price, old_maker = then or (None, None)
    price = now[0] if line.value.price == old_price else line.value.price
    maker = now[1] if line.value.maker == old_maker else line.value.maker
    if (price, maker) == now:
        return None
    return Line(line.value._replace(price=price, maker=maker), line.by)
