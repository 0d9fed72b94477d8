"""Puts the packed spans of a few codes in place of those they had, among the packed spans of all the others."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from catalog.snapshots.blocks import WORD
from catalog.snapshots.layout import PARTS, SPAN_DAYS

ENDS = ("span_at", "segment_at", "held_at", "block_at")
BLOCKS = ("block_at", "block")
SPLICED = (*ENDS, *SPAN_DAYS, "span_fact", "held", "held_from", *BLOCKS)

Arrays = Mapping[str, Any]
Place = tuple[bool, int]
"""Where a code of the new file is taken from: whether it is among those packed anew, and its number there."""


def splice(old: Arrays, new: Arrays, places: Sequence[Place]) -> dict[str, array[int]]:
    """The arrays of every code, in the order of ``places``; what lies together is copied together."""
    joined = _Joined()
    for is_new, first, last in _runs(places):
        joined.take(new if is_new else old, first, last)
    return joined.arrays


def _runs(places: Sequence[Place]) -> Iterable[tuple[bool, int, int]]:
    """Stretches of codes that lie side by side where they come from: the first, and the one after the last."""
    for (is_new, _), run in groupby(enumerate(places), key=lambda one: (one[1][0], one[1][1] - one[0])):
        codes = [number for _, (_, number) in run]
        yield is_new, codes[0], codes[-1] + 1


class _Joined:
    """Three levels: a code has spans and segments, a segment has spans held over it, by number."""

    def __init__(self) -> None:
        self.arrays = {name: array(PARTS[name], [0] if name in ENDS else []) for name in SPLICED}

    def take(self, source: Arrays, first: int, last: int) -> None:
        """Appends codes ``first`` to ``last`` (excluded) of a source."""
        arrays = self.arrays
        span, end = source["span_at"][first], source["span_at"][last]
        segment, last_segment = source["segment_at"][first], source["segment_at"][last]
        held, last_held = source["held_at"][segment], source["held_at"][last_segment]
        spans_before = len(arrays["span_start"])
        _shift(arrays["held"], source["held"][held:last_held], spans_before - span)
        arrays["held_from"].frombytes(source["held_from"][held:last_held].cast("B"))
        _shift(arrays["span_at"], source["span_at"][first + 1 : last + 1], spans_before - span)
        _shift(arrays["segment_at"], source["segment_at"][first + 1 : last + 1], len(arrays["held_at"]) - 1 - segment)
        held_before = len(arrays["held"]) - (last_held - held)
        _shift(arrays["held_at"], source["held_at"][segment + 1 : last_segment + 1], held_before - held)
        for name in (*SPAN_DAYS, "span_fact"):
            arrays[name].frombytes(source[name][span:end].cast("B"))
        block, last_block = source["block_at"][first], source["block_at"][last]
        _shift(arrays["block_at"], source["block_at"][first + 1 : last + 1], len(arrays["block"]) // WORD - block)
        arrays["block"].frombytes(source["block"][WORD * block : WORD * last_block])


def _shift(target: array[int], numbers: Any, by: int) -> None:
    if by:
        target.extend([number + by for number in numbers])
    else:
        target.frombytes(numbers.cast("B"))
