"""Values as they are kept, without decoding them: what is asked hundreds of thousands of times a second.

Each step here that touches another page of the file costs as much as ten lines of Python: the answer lies in the block
of its code. Where that block is, is kept in the memory of the worker.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence

from catalog.kinds import Kinds
from catalog.snapshots.blocks import ELSEWHERE, LENGTH, RECORD, WORD
from catalog.snapshots.layout import DAY
from catalog.snapshots.packed import Packed, PackedKind
from catalog.temporal import Moment

KEPT = 10_000
"""Codes kept of each kind, with the place of their block; beyond that all are let go and gathered anew."""

FEW_DAYS = 64
"""Days of a code kept with it, 256 bytes at most; more are read in the file."""

Ready = Callable[[str, str, Moment], bytes | None]
"""Values by kind, code and moment; None where nothing holds."""

NO_PIECE = -1
Place = tuple[Sequence[int], int, int, int, bytes]
_UNKNOWN: Place = ((), 0, 0, NO_PIECE, b"")


def reader(packed: Packed, kinds: Kinds) -> Ready:
    """A function, whose names are bound once: looking an attribute up takes as long as reading a number."""
    data, unpack, size = packed.data, RECORD.unpack_from, RECORD.size
    places = {name: Places(packed, kind) for name, kind in packed.kinds.items()}
    find_kind = kinds.find

    def ready(kind: str, code: str, moment: Moment) -> bytes | None:
        try:
            of_kind = places[kind]
        except KeyError:
            of_kind = places[find_kind(kind).name]
        days, block, records, piece_at, piece = of_kind[code]
        place = bisect_right(days, moment.as_of.toordinal())
        if not place:
            return None
        own: bytes
        since, before, at, own = unpack(data, records + size * place)
        while moment.release < since:
            if not before:
                return None
            since, before, at, own = unpack(data, block + before)
        if at == piece_at:
            return piece + own
        if at <= ELSEWHERE:
            return of_kind.look_elsewhere(code, moment) if at else None
        return of_kind.piece(block + at) + own

    return ready


class Places(dict[str, Place]):
    """Where the block of a code lies in the file; an unknown code has no days, and is not kept.

    The first days of its segments, in memory where they are few; the place of its block, and that from which records
    are counted, beginning with 1; where in the block the piece lies with which most of its values begin; that piece.
    """

    def __init__(self, packed: Packed, kind: PackedKind) -> None:
        self._data, self._kind, self._start = packed.data, kind, packed.place(kind, "block")

    def __missing__(self, code: str) -> Place:
        number = self._kind.number(code)
        if number is None:
            return _UNKNOWN
        if len(self) >= KEPT:
            self.clear()
        days = self._kind.days(number)
        block = self._start + WORD * self._kind.block_at[number]
        records = block + WORD * len(days) - RECORD.size
        near = array(DAY, days) if len(days) <= FEW_DAYS else days
        found = self[code] = near, block, records, *self._find_piece(len(days), block, records)
        return found

    def _find_piece(self, count: int, block: int, records: int) -> tuple[int, bytes]:
        """Where the piece lies in the block with which the values of its last days begin, and that piece."""
        for place in range(count, 0, -1):
            _, _, at, _ = RECORD.unpack_from(self._data, records + RECORD.size * place)
            if at > ELSEWHERE:
                return at, self.piece(block + at)
        return NO_PIECE, b""

    def piece(self, at: int) -> bytes:
        """The piece that begins at a place of the file, where its length comes before it."""
        return self._data[at : at + LENGTH.unpack_from(self._data, at - LENGTH.size)[0]]

    def look_elsewhere(self, code: str, moment: Moment) -> bytes | None:
        """The same answer from the facts, where a block does not tell it."""
        number = self._kind.number(code)
        span = None if number is None else self._kind.find(number, moment.as_of.toordinal(), moment.release)
        return None if span is None else self._kind.values(self._kind.fact_of(span))
