"""Values as they are kept, without decoding them: what is asked hundreds of thousands of times a second.

Beside the file, of which each step here touches another page, a little is kept in the memory of the worker: where the
days of a code lie, and what its facts say alike.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from catalog.snapshots.packed import Packed, PackedKind

KEPT = 10_000
"""Codes, and pieces that facts share, kept of each kind; beyond that all are let go and gathered anew."""

Ready = Callable[[str, int, int], bytes | None]
"""Values by code, day (ordinal) and release; None where nothing holds."""


def reader(packed: Packed, kind: PackedKind) -> Ready:
    """A function, whose names are bound once: looking an attribute up takes as long as reading a number."""
    data, head, own = packed.data, packed.head, packed.place(kind, "own")
    days, latest, own_at, alike_of = (kind.parts[name] for name in ("segment_day", "latest", "own_at", "fact_alike"))
    shared, stretches = _Shared(packed, kind), _Stretches(kind)
    find_fact = kind.find_held

    def ready(code: str, day: int, release: int) -> bytes | None:
        first, last = stretches[code]
        segment = bisect_right(days, day, first, last) - 1
        if segment < first:
            return None
        fact = latest[segment] - 1 if release >= head else find_fact(segment, release)
        return None if fact < 0 else shared[alike_of[fact]] + data[own + own_at[fact] : own + own_at[fact + 1]]

    return ready


class _Stretches(dict[str, tuple[int, int]]):
    """Where the segments of a code begin and end; an unknown code has none, and is not kept."""

    def __init__(self, kind: PackedKind) -> None:
        self._number, self._at = kind.number, kind.parts["segment_at"]

    def __missing__(self, code: str) -> tuple[int, int]:
        number = self._number(code)
        if number is None:
            return 0, 0
        if len(self) >= KEPT:
            self.clear()
        found = self[code] = self._at[number], self._at[number + 1]
        return found


class _Shared(dict[int, bytes]):
    """What facts say alike, by its number."""

    def __init__(self, packed: Packed, kind: PackedKind) -> None:
        self._data, self._start, self._at = packed.data, packed.place(kind, "alike"), kind.parts["alike_at"]

    def __missing__(self, number: int) -> bytes:
        if len(self) >= KEPT:
            self.clear()
        piece = self[number] = self._data[self._start + self._at[number - 1] : self._start + self._at[number]]
        return piece
