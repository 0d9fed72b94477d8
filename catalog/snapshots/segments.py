"""The days of a code at which something begins or ends, and the spans over each stretch between two of them."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from catalog.snapshots.content import StoredSpan
from catalog.snapshots.layout import DAY, NUMBER


class Segments:
    """The segments of codes that are added in their order."""

    def __init__(self) -> None:
        self._at, self._days = array(NUMBER, [0]), array(DAY)
        self._held_at, self._held, self._froms = array(NUMBER, [0]), array(NUMBER), array(DAY)

    def add(self, spans: Sequence[StoredSpan], first: int) -> None:
        """The next code, its latest days first; ``first`` is the number of the first of its spans."""
        if all(later.start >= span.end for later, span in pairwise(spans)):
            self._add_one_by_one(spans, first)
        else:
            self._add_crossing(spans, first)
        self._at.append(len(self._days))

    def _add_one_by_one(self, spans: Sequence[StoredSpan], first: int) -> None:
        """The same as what follows, for days none of which was ever told twice: most codes, and much sooner."""
        ended = None
        for place in range(len(spans) - 1, -1, -1):
            span = spans[place]
            if span.start != ended and ended is not None:
                self._add_gap(ended)
            self._days.append(span.start)
            self._held.append(first + place)
            self._froms.append(span.rel_from)
            self._held_at.append(len(self._held))
            ended = span.end
        if ended is not None:
            self._add_gap(ended)

    def _add_gap(self, day: int) -> None:
        """From a day on, nothing was ever told."""
        self._days.append(day)
        self._held_at.append(len(self._held))

    def _add_crossing(self, spans: Sequence[StoredSpan], first: int) -> None:
        days = sorted({span.start for span in spans} | {span.end for span in spans})
        over: list[list[tuple[int, int]]] = [[] for _ in days]
        for number, span in enumerate(spans, start=first):
            for place in range(bisect_left(days, span.start), bisect_left(days, span.end)):
                over[place].append((span.rel_from, number))
        for day, held in zip(days, over, strict=True):
            held.sort()
            self._days.append(day)
            self._froms.extend([release for release, _ in held])
            self._held.extend([number for _, number in held])
            self._held_at.append(len(self._held))

    def arrays(self) -> dict[str, array[int]]:
        return {
            "segment_at": self._at,
            "segment_day": self._days,
            "held_at": self._held_at,
            "held": self._held,
            "held_from": self._froms,
        }
