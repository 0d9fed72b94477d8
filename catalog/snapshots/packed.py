"""Reads a packed snapshot where it lies: in memory, or in a mapped file that every worker shares."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from mmap import mmap
from typing import Any
from zlib import crc32

import msgspec

from catalog.snapshots.content import ReleaseInfo, SnapshotDamagedError, StoredFact, StoredSpan
from catalog.snapshots.packing import HEADER, MAGIC

DAYS = frozenset(
    (
        "span_start",
        "span_end",
        "span_from",
        "span_to",
        "segment_day",
        "held_from",
        "fact_release",
        "fact_start",
        "fact_end",
    )
)
"""Parts of signed numbers: days by ordinal, and releases."""
BYTES = frozenset(("code", "has_spans", "values", "text"))


TEXTS_KEPT = 4096
"""Legal acts and sources kept decoded, of each kind: the same few stand behind most facts."""


class _Kind(msgspec.Struct, frozen=True):
    fields: list[str]
    parts: dict[str, tuple[int, int]]


class _Table(msgspec.Struct, frozen=True):
    head: int
    chain: str
    releases: list[ReleaseInfo]
    kinds: dict[str, _Kind]


_table = msgspec.msgpack.Decoder(_Table)
_values = msgspec.msgpack.Decoder(list[Any])


class PackedKind:
    """The codes, spans and facts of one kind. Numbers of codes, spans and facts count from 0."""

    def __init__(self, whole: memoryview, kind: _Kind) -> None:
        self.fields = kind.fields
        parts = {name: _view(whole, name, *place) for name, place in kind.parts.items()}
        empty: Sequence[int] = ()

        def part(name: str) -> Any:
            return parts.get(name, empty)

        self._codes, self._code_at, self._slots = parts.get("code", memoryview(b"")), part("code_at"), part("slots")
        self._mask = len(self._slots) - 1
        self._has_spans = part("has_spans")
        self._span_at, self._start, self._end = part("span_at"), part("span_start"), part("span_end")
        self._from, self._to, self._fact_of = part("span_from"), part("span_to"), part("span_fact")
        self._segment_at, self._days = part("segment_at"), part("segment_day")
        self._held_at, self._held, self._held_from = part("held_at"), part("held"), part("held_from")
        self._releases, self._fact_start, self._fact_end = part("fact_release"), part("fact_start"), part("fact_end")
        self._fact_code, self._act = part("fact_code"), part("fact_act")
        self._source, self._confidence = part("fact_source"), part("fact_confidence")
        self._values_at, self._values = part("values_at"), parts.get("values", memoryview(b""))
        self._text_at, self._texts = part("text_at"), parts.get("text", memoryview(b""))
        self._text = lru_cache(maxsize=TEXTS_KEPT)(self._read_text)

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

    @property
    def n_codes(self) -> int:
        return len(self._has_spans)

    def find(self, number: int, day: int, release: int) -> int | None:
        """The span over a day, by ordinal, as known at a release."""
        first = self._segment_at[number]
        segment = bisect_right(self._days, day, first, self._segment_at[number + 1]) - 1
        if segment < first:
            return None
        low = self._held_at[segment]
        place = bisect_right(self._held_from, release, low, self._held_at[segment + 1]) - 1
        if place < low:
            return None
        span = self._held[place]
        return int(span) if release < self._to[span] else None

    def spans(self, number: int) -> range:
        """The spans of a code, latest days first."""
        return range(self._span_at[number], self._span_at[number + 1])

    def span(self, number: int) -> StoredSpan:
        return StoredSpan(
            self._start[number], self._end[number], self._from[number], self._to[number], self._fact_of[number]
        )

    def turns(self, number: int, low: int, high: int) -> bool:
        """Whether a span opened or closed after release ``low``, up to ``high``."""
        return bool(low < self._from[number] <= high or low < self._to[number] <= high)

    def opened(self, number: int) -> int:
        return int(self._from[number])

    def first_fact_after(self, release: int) -> int:
        """The number of the first fact of a later release: facts lie in their order."""
        return bisect_right(self._releases, release)

    def fact(self, number: int) -> StoredFact:
        start, end = self._values_at[number], self._values_at[number + 1]
        return StoredFact(
            self._releases[number],
            self.code(self._fact_code[number]),
            self._fact_start[number],
            self._fact_end[number],
            self._text(self._act[number]) or "",
            self._text(self._source[number]),
            self._text(self._confidence[number]),
            _values.decode(self._values[start:end]) if end > start else None,
        )

    def _read_text(self, number: int) -> str | None:
        if number == 0:
            return None
        return str(self._texts[self._text_at[number - 1] : self._text_at[number]], "utf-8")


class Packed:
    """A whole snapshot: what it says of itself, and its kinds."""

    def __init__(self, data: bytes | mmap, table: _Table, whole: memoryview) -> None:
        self.head, self.chain, self.releases = table.head, table.chain, table.releases
        self.data = data
        """The whole file, into which the views look."""
        self.kinds: Mapping[str, PackedKind] = {name: PackedKind(whole, kind) for name, kind in table.kinds.items()}


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


def _view(whole: memoryview, name: str, start: int, length: int) -> memoryview:
    view = whole[start : start + length]
    if name in BYTES:
        return view
    return view.cast("i") if name in DAYS else view.cast("I")
