"""Reads a packed snapshot where it lies: in memory, or in a mapped file that every worker shares."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from mmap import mmap
from typing import Any
from zlib import crc32

import msgspec

from catalog.snapshots.columns import Ground
from catalog.snapshots.content import ReleaseInfo, SnapshotDamagedError, StoredFact
from catalog.snapshots.layout import DAY, PARTS
from catalog.snapshots.packing import HEADER, MAGIC

GROUNDS_KEPT = 4096
"""Legal acts and sources kept decoded, of each kind: the same few stand behind most facts."""


class _Kind(msgspec.Struct, frozen=True):
    fields: list[str]
    alike: int
    parts: dict[str, tuple[int, int]]


class _Table(msgspec.Struct, frozen=True):
    head: int
    chain: str
    releases: list[ReleaseInfo]
    kinds: dict[str, _Kind]


_table = msgspec.msgpack.Decoder(_Table)
_values = msgspec.msgpack.Decoder(list[Any])
_ground: msgspec.msgpack.Decoder[Ground] = msgspec.msgpack.Decoder(Ground)


class PackedKind:
    """The codes, spans and facts of one kind. Numbers of codes, spans and facts count from 0."""

    def __init__(self, whole: memoryview, kind: _Kind) -> None:
        self.places = kind.parts
        self.fields, self.alike = kind.fields, kind.alike
        self.parts = {name: _view(whole, name, *kind.parts.get(name, (0, 0))) for name in PARTS}
        """Its arrays as they lie in the file; a view of no bytes for one that is empty."""
        part = self.parts.__getitem__
        self._codes, self._code_at, self._slots = part("code"), part("code_at"), part("slots")
        self._mask = len(self._slots) - 1
        self._has_spans = part("has_spans")
        self._span_at, self._start, self._end = part("span_at"), part("span_start"), part("span_end")
        self._from, self._to, self._fact_of = part("span_from"), part("span_to"), part("span_fact")
        self._segment_at, self.block_at = part("segment_at"), part("block_at")
        self._days = part("block").cast(DAY)
        self._held_at, self._held, self._held_from = part("held_at"), part("held"), part("held_from")
        self._releases, self._fact_start, self._fact_end = part("fact_release"), part("fact_start"), part("fact_end")
        self._fact_code, self._fact_ground, self._fact_alike = (
            part("fact_code"),
            part("fact_ground"),
            part("fact_alike"),
        )
        self._own_at, self._own = part("own_at"), part("own")
        self._alike_at, self._alike = part("alike_at"), part("alike")
        self._ground_at, self._grounds = part("ground_at"), part("ground")
        self.ground = lru_cache(maxsize=GROUNDS_KEPT)(self._read_ground)

    @property
    def n_facts(self) -> int:
        return len(self._fact_code)

    def number(self, code: str) -> int | None:
        """The number of a code; None when it was never published."""
        wanted = code.encode(errors="surrogatepass")
        place = crc32(wanted) & self._mask
        at, codes = self._code_at, self._codes
        while found := self._slots[place]:
            if codes[at[found - 1] : at[found]] == wanted:
                return int(found - 1)
            place = (place + 1) & self._mask
        return None

    def code(self, number: int) -> str:
        return str(self._codes[self._code_at[number] : self._code_at[number + 1]], "utf-8")

    @cached_property
    def codes(self) -> Sequence[str]:
        """Codes with a span, in byte order."""
        return [self.code(number) for number, has in enumerate(self._has_spans) if has]

    def all_codes(self) -> list[str]:
        """Every code of which anything was told, in byte order."""
        return [self.code(number) for number in range(self.n_codes)]

    @property
    def n_codes(self) -> int:
        return len(self._has_spans)

    def find(self, number: int, day: int, release: int) -> int | None:
        """The span over a day, by ordinal, as known at a release."""
        first, last, begins = self._segment_at[number], self._segment_at[number + 1], self.block_at[number]
        place = bisect_right(self._days, day, begins, begins + last - first) - begins
        return self._find_span(first + place - 1, release) if place else None

    def days(self, number: int) -> memoryview[int]:
        """The first days of the segments of a code, which begin its block."""
        begins, count = self.block_at[number], self._segment_at[number + 1] - self._segment_at[number]
        days: memoryview[int] = self._days[begins : begins + count]
        return days

    def _find_span(self, segment: int, release: int) -> int | None:
        low, place = self._held_at[segment], self._held_at[segment + 1] - 1
        if place >= low and self._held_from[place] > release:
            # Most are asked as known last, or long after.
            place = bisect_right(self._held_from, release, low, place) - 1
        if place < low:
            return None
        span: int = self._held[place]
        return span if release < self._to[span] else None

    def spans(self, number: int) -> range:
        """The spans of a code, latest days first."""
        return range(self._span_at[number], self._span_at[number + 1])

    def span(self, number: int) -> tuple[int, int, int, int, int]:
        """Its first day and the one after its last, the releases it was believed from and until, its fact's number."""
        return self._start[number], self._end[number], self._from[number], self._to[number], self._fact_of[number]

    def turns(self, number: int, low: int, high: int) -> bool:
        """Whether a span opened or closed after release ``low``, up to ``high``."""
        return bool(low < self._from[number] <= high or low < self._to[number] <= high)

    def opened(self, number: int) -> int:
        return int(self._from[number])

    def first_fact_after(self, release: int) -> int:
        """The number of the first fact of a later release: facts lie in their order."""
        return bisect_right(self._releases, release)

    def changed_codes(self, low: int, high: int) -> list[int]:
        """The numbers of the codes of which releases after ``low``, up to ``high``, told anything."""
        first, last = self.first_fact_after(low), self.first_fact_after(high)
        return sorted(set(self._fact_code[first:last]))

    def fact_of(self, span: int) -> int:
        """The number of the fact a span holds."""
        fact: int = self._fact_of[span]
        return fact

    def code_of(self, fact: int) -> str:
        return self.code(self._fact_code[fact])

    def ground_of(self, fact: int) -> Ground:
        """The legal act, the source and the confidence of a fact."""
        return self.ground(self._fact_ground[fact])

    def values(self, fact: int) -> bytes | None:
        """The values of a fact as one MessagePack array, in the order of the fields; None for a void."""
        alike = self._fact_alike[fact]
        if not alike:
            return None
        at, own = self._alike_at, self._own_at
        return b"".join((self._alike[at[alike - 1] : at[alike]], self._own[own[fact] : own[fact + 1]]))

    def own_values(self, fact: int) -> bytes:
        """The values of a fact after the first ``alike``, which facts share, end to end."""
        return bytes(self._own[self._own_at[fact] : self._own_at[fact + 1]])

    def voids(self, first: int, last: int) -> list[int]:
        """Which facts from ``first`` to ``last``, excluded, say that nothing holds."""
        return [fact for fact in range(first, last) if not self._fact_alike[fact]]

    def decoded(self, fact: int) -> list[Any]:
        """The values of a fact that says what holds, in the order of the fields."""
        return _values.decode(self.values(fact) or b"")

    def fact(self, number: int) -> StoredFact:
        values = self.values(number)
        return StoredFact(
            self._releases[number],
            self.code_of(number),
            self._fact_start[number],
            self._fact_end[number],
            *self.ground_of(number),
            None if values is None else _values.decode(values),
        )

    def find_fact(self, release: int, code: int, start: int) -> int | None:
        """The fact that a release brought of a code, by number, from a day on."""
        first = bisect_left(self._releases, release)
        first = bisect_left(self._fact_code, code, first, bisect_right(self._releases, release, first))
        last = bisect_right(self._fact_code, code, first, bisect_right(self._releases, release, first))
        found = bisect_left(self._fact_start, start, first, last)
        return found if found < last and self._fact_start[found] == start else None

    def grounds(self) -> list[Ground]:
        """Every ground, in the order of their numbers."""
        return [self._read_ground(number) for number in range(len(self._ground_at) - 1)]

    def shared(self) -> list[bytes]:
        """What facts say alike, in the order of their numbers."""
        return [bytes(self._alike[at:end]) for at, end in pairwise(self._alike_at)]

    def _read_ground(self, number: int) -> Ground:
        return _ground.decode(self._grounds[self._ground_at[number] : self._ground_at[number + 1]])


class Packed:
    """A whole snapshot: what it says of itself, and its kinds."""

    def __init__(self, data: bytes | mmap, table: _Table, whole: memoryview) -> None:
        self.head, self.chain, self.releases = table.head, table.chain, table.releases
        self.data = data
        """The whole file, into which the views look."""
        self.kinds: Mapping[str, PackedKind] = {name: PackedKind(whole, kind) for name, kind in table.kinds.items()}

    def place(self, kind: PackedKind, part: str) -> int:
        """Where a part begins, from the beginning of the file."""
        return len(MAGIC) + 32 + kind.places.get(part, (0, 0))[0]


def is_whole(data: bytes | mmap) -> bool:
    """Whether every byte is what was written: reads them all."""
    with memoryview(data) as whole:
        start = len(MAGIC) + 32
        return len(whole) > HEADER and hashlib.sha256(whole[start:]).digest() == whole[len(MAGIC) : start]


def decode(data: bytes | mmap, name: object, *, is_checked: bool = False) -> Packed:
    """Opens a snapshot, all of whose bytes are read unless that was done before. Raises SnapshotDamagedError."""
    if data[: len(MAGIC)] != MAGIC:
        raise SnapshotDamagedError(name, "it is not a snapshot file of this version")
    if not is_checked and not is_whole(data):
        raise SnapshotDamagedError(name, "its digest does not match its content")
    whole = memoryview(data)
    try:
        start, length = (int.from_bytes(whole[HEADER - 16 + n : HEADER - 8 + n], "little") for n in (0, 8))
        return Packed(data, _table.decode(whole[start : start + length]), whole[len(MAGIC) + 32 :])
    except (msgspec.DecodeError, ValueError, TypeError) as error:
        raise SnapshotDamagedError(name, f"it was written by another version ({error})") from error


def _view(whole: memoryview, name: str, start: int, length: int) -> Any:
    numbers: Any = PARTS[name]
    return whole[start : start + length].cast(numbers)
