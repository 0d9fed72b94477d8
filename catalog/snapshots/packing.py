"""Packs a snapshot into one flat file: arrays that are read where they lie, without being decoded.

A code is found by a hash table, the day by bisection over the elementary segments of its days (within one, nothing
begins or ends), the release by bisection over what was believed of that segment. A reader maps the file and touches
only the pages it needs, which every worker of a machine shares.
"""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias
from zlib import crc32

import msgspec

from catalog.snapshots.blocks import pack_blocks
from catalog.snapshots.columns import Facts
from catalog.snapshots.content import Content, ReleaseInfo, StoredKind, StoredSpan
from catalog.snapshots.layout import DAY, NUMBER, PARTS
from catalog.snapshots.segments import Segments

MAGIC = b"AMO-SNAPSHOT-4\n" + sys.byteorder[:1].encode()
HEADER = len(MAGIC) + 32 + 16
"""The magic, the SHA-256 of all that follows it, then where the table of contents lies and how long it is."""
ALIGNED = 8

Part: TypeAlias = "bytes | bytearray | memoryview | array[int]"

_table = msgspec.msgpack.Encoder()


class Parts(NamedTuple):
    """A kind packed: its fields, how many of the first are kept once, and its arrays by name."""

    fields: list[str]
    alike: int
    arrays: Mapping[str, Part]


def encode(content: Content) -> bytes:
    """The whole file."""
    kinds = {name: pack_kind(stored) for name, stored in content.kinds.items()}
    return assemble(content.head, content.chain, content.releases, kinds)


def assemble(head: int, chain: str, releases: Sequence[ReleaseInfo], kinds: Mapping[str, Parts]) -> bytes:
    """The whole file, of kinds that are packed."""
    body = bytearray(HEADER)
    placed = {
        name: {
            "fields": kind.fields,
            "alike": kind.alike,
            "parts": {part: _place(body, kind.arrays[part]) for part in PARTS if len(kind.arrays[part])},
        }
        for name, kind in kinds.items()
    }
    table = _table.encode({"head": head, "chain": chain, "releases": releases, "kinds": placed})
    start, length = _place(body, table)
    body[HEADER - 16 : HEADER] = (HEADER - 16 + start).to_bytes(8, "little") + length.to_bytes(8, "little")
    digested = len(MAGIC) + 32
    with memoryview(body) as whole:
        body[:digested] = MAGIC + hashlib.sha256(whole[digested:]).digest()
    return bytes(body)


def _place(body: bytearray, part: Part) -> tuple[int, int]:
    """Puts a part at the end; where it lies, counted from behind the digest, and how long it is, in bytes."""
    body.extend(bytes(-len(body) % ALIGNED))
    start = len(body)
    body.extend(memoryview(part).cast("B"))
    return start - (HEADER - 16), len(body) - start


def pack_kind(stored: StoredKind) -> Parts:
    """A kind as its arrays."""
    codes = sorted({fact.code for fact in stored.facts} | set(stored.spans))
    numbers = {code: number for number, code in enumerate(codes)}
    facts = Facts(stored.alike, len(stored.fields))
    facts.extend(stored.facts, numbers)
    told = facts.arrays()
    spans = pack_spans([stored.spans.get(code, ()) for code in codes], told)
    return Parts(stored.fields, stored.alike, arrange(pack_codes(codes), spans, told))


def arrange(codes: Mapping[str, Part], spans: Mapping[str, Part], facts: Mapping[str, Part]) -> dict[str, Part]:
    """All the arrays of a kind."""
    span_at = memoryview(spans["span_at"])
    return {**codes, "has_spans": bytes(after > at for at, after in pairwise(span_at)), **spans, **facts}


def pack_codes(codes: Sequence[str]) -> dict[str, Part]:
    """Codes in byte order, and the hash table that finds them."""
    return {**_texts("code", codes), "slots": _slots(codes)}


def _texts(name: str, texts: Iterable[str]) -> dict[str, Part]:
    """Texts end to end, and where each begins."""
    at, blob = array(NUMBER, [0]), bytearray()
    for text in texts:
        blob += text.encode()
        at.append(len(blob))
    return {f"{name}_at": at, name: blob}


def _slots(codes: Sequence[str]) -> array[int]:
    """An open hash table at most half full: the number of a code, plus one, at or after the place of its CRC-32."""
    size = 1 << max(3, (2 * len(codes)).bit_length())
    slots = array(NUMBER, bytes(4 * size))
    for number, code in enumerate(codes):
        place = crc32(code.encode()) & (size - 1)
        while slots[place]:
            place = (place + 1) & (size - 1)
        slots[place] = number + 1
    return slots


def pack_spans(by_code: Sequence[Sequence[StoredSpan]], facts: Mapping[str, Part]) -> dict[str, Part]:
    """The spans of codes that follow each other, the segments of their days, and their blocks."""
    span_at, segments = array(NUMBER, [0]), Segments()
    first = 0
    for of_code in by_code:
        segments.add(of_code, first)
        first += len(of_code)
        span_at.append(first)
    every = [span for of_code in by_code for span in of_code]
    spans: dict[str, Part] = {
        "span_at": span_at,
        "span_start": array(DAY, [span.start for span in every]),
        "span_end": array(DAY, [span.end for span in every]),
        "span_from": array(DAY, [span.rel_from for span in every]),
        "span_to": array(DAY, [span.rel_to for span in every]),
        "span_fact": array(NUMBER, [span.fact for span in every]),
        **segments.arrays(),
    }
    spans |= pack_blocks(spans, facts)
    del spans["segment_day"]  # They begin the blocks.
    return spans
