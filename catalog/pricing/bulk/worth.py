"""What each line of a frame is worth, whichever way it was found."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from catalog.pricing.answers import Quote
from catalog.pricing.bulk.columns import NONE, Facts, Lines, Numbers
from catalog.pricing.bulk.entries import Entries
from catalog.pricing.bulk.settling import Billed, Quoted, Settled, settle

Rows = NDArray[np.intp]
"""Numbers of lines in a frame."""


class Worth(NamedTuple):
    """The quotes of some lines in columns: amounts in centimes, days by ordinal, NONE where there is none.

    ``entry`` and ``act`` are numbers of the entries of the frame.
    """

    unit_price: Numbers
    ceiling: Numbers
    mutuelle: Numbers
    start: Numbers
    end: Numbers
    act: Numbers
    entry: Numbers

    def put(self, rows: Rows, other: Worth) -> None:
        """Writes what these lines are worth."""
        for column, values in zip(self, other, strict=True):
            column[rows] = values

    def take(self, places: Numbers) -> Worth:
        """What the lines at these places are worth."""
        return Worth._make(column[places] for column in self)

    def settled(self, lines: Billed, entries: Entries) -> Settled:
        """The amounts of the lines."""
        quoted = Quoted(
            entries.column("paying")[self.entry],
            self.unit_price,
            self.ceiling,
            entries.column("rate")[self.entry],
            entries.column("mutuelle_rate")[self.entry],
            self.mutuelle,
            entries.column("until")[self.entry],
        )
        return settle(lines, quoted)


def blank(count: int) -> Worth:
    """Of lines that are not priced yet."""
    return Worth._make(np.full(count, NONE, dtype=np.int64) for _ in Worth._fields)


def worth_of(quotes: list[Quote], entries: Entries) -> Worth:
    """Quotes in columns."""
    rows = [_figures(quote, entries) for quote in quotes]
    return Worth._make(np.array(rows, dtype=np.int64).reshape(len(rows), len(Worth._fields)).T)


def _figures(quote: Quote, entries: Entries) -> tuple[int, ...]:
    amounts = (quote.unit_price, quote.ceiling, quote.mutuelle.ceiling if quote.mutuelle else None)
    period = quote.period
    return (
        *(NONE if amount is None else amount for amount in amounts),
        period.start.toordinal() if period else NONE,
        period.end.toordinal() if period else NONE,
        entries.act(quote.legal_act),
        entries.entry(quote),
    )


def billed_of(lines: Lines, rows: Rows | slice) -> Billed:
    """What of some lines weighs on their amounts."""
    return Billed(lines.day[rows], lines.quantity[rows], lines.billed[rows], lines.mutuelle[rows])


def differ(now: tuple[Numbers, Settled], then: tuple[Numbers, Settled]) -> Facts:
    """Which lines have another status or other amounts; of each, the number of its status, and what it comes to."""
    found: Facts = now[0] != then[0]
    for name in ("unit_price", "base", "amo", "mutuelle", "patient"):
        found |= getattr(now[1], name) != getattr(then[1], name)
    return found
