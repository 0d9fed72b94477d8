"""What a code says of each stretch of its days, laid together: one question then reads one place of the file.

The block of a code: the first days of its segments, a record for each, the records of what was believed of them before,
and the pieces that their values begin with. Places are counted in bytes from the beginning of the block.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from itertools import pairwise
from struct import Struct
from typing import Any

from catalog.releases.tables import OPEN
from catalog.snapshots.layout import NUMBER

SHORT = 23
"""Bytes of its own values that a record has room for: of nineteen medicines in twenty."""
RECORD = Struct(f"3I{SHORT + 1}p")
"""Since which release it is believed; where the record of what was believed before lies, 0 for none; where the piece
lies with which its values begin, 0 where nothing holds, or ``ELSEWHERE``; and the rest of its values."""
LENGTH = Struct("I")
"""How long a piece is, before it."""
ELSEWHERE = 1
"""No place of a piece: the values are to be looked for among the facts."""
WORD = 4
"""Bytes of a day. Blocks begin at one, and are found by the number of days and the like before them."""
DEEPEST = 16
"""Beliefs of one stretch of days that are told here, the last ones; a reader goes through them one by one."""

_NOTHING, _ELSEWHERE = (0, b""), (ELSEWHERE, b"")
_NO_FACT, _OLDER = -1, -2
"""In place of a fact: that nothing held; that it is told elsewhere."""

Values = tuple[int, bytes]
"""Where the piece lies with which they begin, and the rest."""
Belief = tuple[int, int]
"""From which release on, and which fact was believed."""
Arrays = Mapping[str, Any]


def pack_blocks(spans: Arrays, facts: Arrays) -> dict[str, array[int] | bytearray]:
    """The blocks of codes whose spans and segments are packed, in their order; ``facts`` are those they speak of."""
    at, whole, blocks = array(NUMBER, [0]), bytearray(), _Blocks(spans, facts)
    for first, last in pairwise(spans["segment_at"]):
        if first < last:
            whole += blocks.write(first, last)
            whole.extend(bytes(-len(whole) % WORD))
        at.append(len(whole) // WORD)
    return {"block_at": at, "block": whole}


class _Blocks:
    """Writes the blocks of codes, one after another."""

    def __init__(self, spans: Arrays, facts: Arrays) -> None:
        self._days, self._held_at, self._held = spans["segment_day"], spans["held_at"], spans["held"]
        self._from, self._to, self._fact_of = spans["span_from"], spans["span_to"], spans["span_fact"]
        self._alike_of, self._alike_at, self._alike = facts["fact_alike"], facts["alike_at"], facts["alike"]
        self._own_at, self._own = facts["own_at"], facts["own"]

    def write(self, first: int, last: int) -> bytes:
        """The block of a code, of its first segment and the one after its last."""
        beliefs = [self._beliefs(segment) for segment in range(first, last)]
        self._earlier_from = (WORD + RECORD.size) * (last - first)
        self._pieces_from = self._earlier_from + RECORD.size * sum([len(one) - 1 for one in beliefs if len(one) > 1])
        self._earlier, self._pieces = bytearray(), bytearray()
        self._places: dict[tuple[int, int], int] = {}
        records = b"".join([self._record(one) for one in beliefs])
        return b"".join((self._days[first:last].tobytes(), records, self._earlier, self._pieces))

    def _beliefs(self, segment: int) -> Sequence[Belief]:
        """What was believed of a segment, the first belief first."""
        first, last = self._held_at[segment], self._held_at[segment + 1]
        if last == first + 1 and self._to[span := self._held[first]] == OPEN:
            return ((self._from[span], self._fact_of[span]),)  # Most of them, and sooner.
        told, until = list[Belief](), 0
        for span in self._held[first:last]:
            since = self._from[span]
            if told and until != since:
                told.append((until, _NO_FACT))
            told.append((since, self._fact_of[span]))
            until = self._to[span]
        if told and until != OPEN:
            told.append((until, _NO_FACT))
        return told if len(told) <= DEEPEST else [(0, _OLDER), *told[-DEEPEST:]]

    def _record(self, beliefs: Sequence[Belief]) -> bytes:
        """The record of what is believed last; those before it are kept behind all the last ones."""
        record, before = _NO_RECORD, 0
        for number, (since, fact) in enumerate(beliefs):
            if number:
                before = self._earlier_from + len(self._earlier)
                self._earlier += record
            record = RECORD.pack(since, before, *self._find_values(fact))
        return record

    def _find_values(self, fact: int) -> Values:
        if fact < 0:
            return _NOTHING if fact == _NO_FACT else _ELSEWHERE
        number, start, end = self._alike_of[fact], self._own_at[fact], self._own_at[fact + 1]
        if not number:
            return _NOTHING
        if end - start > SHORT:
            return self._place(number, start, end), b""
        return self._places.get((number, 0)) or self._place(number), self._own[start:end]

    def _place(self, number: int, start: int = 0, end: int = 0) -> int:
        """Where a piece that facts share lies in the block, once, followed by one fact's own if that is too long."""
        found = self._places.get((number, end))
        if found is None:
            piece = self._alike[self._alike_at[number - 1] : self._alike_at[number]] + self._own[start:end]
            self._places[number, end] = found = self._pieces_from + len(self._pieces) + LENGTH.size
            self._pieces += LENGTH.pack(len(piece)) + piece
        return found


_NO_RECORD = RECORD.pack(0, 0, *_NOTHING)
