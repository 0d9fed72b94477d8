"""The limit of a lookup in Python: flat arrays, one dictionary, bisection. Nothing of the catalogue's own code."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any, Protocol

from benchmarks.lookup_data import Row


class Ask(Protocol):
    """The price of a code on a day, by ordinal, as known at a release; 0 where nothing holds."""

    def __call__(self, code: str, day: int, release: int) -> int: ...


def at_head(rows: Iterable[Row], head: int) -> Ask:
    """Only what is believed now: a dictionary of codes, and one bisection over days."""
    places, at, starts, ends, prices = {}, array("I", [0]), array("i"), array("i"), array("q")
    for row in rows:
        if not row.rel_from <= head < row.rel_to:
            continue
        if row.code not in places:
            places[row.code] = len(places)
            at.append(len(starts))
        starts.append(row.start)
        ends.append(row.end)
        prices.append(row.price)
        at[-1] = len(starts)

    def ask(code: str, day: int, release: int) -> int:
        number = places[code]
        first = at[number]
        place = bisect_right(starts, day, first, at[number + 1]) - 1
        return prices[place] if place >= first and day < ends[place] else 0

    return ask


def at_any_release(rows: Iterable[Row]) -> Ask:
    """Both clocks: bisection over the days of a code, then over what was believed of that stretch of days.

    The rows of this benchmark have no other bounds than those of their stretches, so that two levels suffice.
    """
    places, at, starts, ends = {}, array("I", [0]), array("i"), array("i")
    held_at, froms, tos, prices = array("I", [0]), array("i"), array("i"), array("q")
    for row in rows:
        if row.code not in places:
            places[row.code] = len(places)
            at.append(len(starts))
        if at[-1] == at[-2] or starts[-1] != row.start:
            starts.append(row.start)
            ends.append(row.end)
            at[-1] = len(starts)
            held_at.append(len(froms))
        froms.append(row.rel_from)
        tos.append(row.rel_to)
        prices.append(row.price)
        held_at[-1] = len(froms)

    def ask(code: str, day: int, release: int) -> int:
        number = places[code]
        first = at[number]
        segment = bisect_right(starts, day, first, at[number + 1]) - 1
        if segment < first or day >= ends[segment]:
            return 0
        low = held_at[segment]
        place = bisect_right(froms, release, low, held_at[segment + 1]) - 1
        return prices[place] if place >= low and release < tos[place] else 0

    return ask


class InNumpy:
    """The same arrays in numpy: one sorted key of code and day, one by one or a whole batch at once."""

    def __init__(self, numpy: Any, rows: Iterable[Row], head: int) -> None:
        kept = [row for row in rows if row.rel_from <= head < row.rel_to]
        self.numpy = numpy
        self.places = {code: number for number, code in enumerate(dict.fromkeys(row.code for row in kept))}
        self.keys = numpy.array([self.places[row.code] << 22 | row.start for row in kept], dtype=numpy.int64)
        self.prices = numpy.array([row.price for row in kept], dtype=numpy.int64)

    def ask(self, code: str, day: int, release: int) -> int:
        place = self.keys.searchsorted(self.places[code] << 22 | day, side="right") - 1
        return int(self.prices[place])

    def ask_all(self, asked: list[tuple[str, int]]) -> Any:
        wanted = self.numpy.array([self.places[code] << 22 | day for code, day in asked], dtype=self.numpy.int64)
        return self.prices[self.keys.searchsorted(wanted, side="right") - 1]
