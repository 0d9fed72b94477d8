"""Packs a snapshot into one flat file: arrays that are read where they lie, without being decoded.

A code is found by a hash table, the day by bisection over the elementary segments of its days (within one, nothing
begins or ends), the release by bisection over what was believed of that segment. A reader maps the file and touches
only the pages it needs, which every worker of a machine shares.
"""

from __future__ import annotations

import hashlib
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zlib import crc32

import msgspec

from catalog.snapshots.content import Content, StoredFact, StoredKind, StoredSpan

MAGIC = b"AMO-SNAPSHOT-2\n" + sys.byteorder[:1].encode()
HEADER = len(MAGIC) + 32 + 16
"""The magic, the SHA-256 of all that follows it, then where the table of contents lies and how long it is."""
ALIGNED = 8
NUMBER, DAY = "I", "i"

_values = msgspec.msgpack.Encoder()


def encode(content: Content) -> bytes:
    """The whole file."""
    body = bytearray(16)
    kinds = {name: _pack_kind(body, stored) for name, stored in content.kinds.items()}
    told = {"head": content.head, "chain": content.chain, "releases": content.releases, "kinds": kinds}
    table = _values.encode(told)
    start = _place(body, table)
    body[:16] = (len(MAGIC) + 32 + start[0]).to_bytes(8, "little") + len(table).to_bytes(8, "little")
    return MAGIC + hashlib.sha256(body).digest() + bytes(body)


def _place(body: bytearray, part: bytes | bytearray | array[int]) -> tuple[int, int]:
    """Puts a part at the end of the body; where it lies and how long it is, in bytes."""
    body.extend(bytes(-len(body) % ALIGNED))
    start = len(body)
    body.extend(memoryview(part).cast("B"))
    return start, len(body) - start


def _pack_kind(body: bytearray, stored: StoredKind) -> dict[str, Any]:
    codes = sorted({fact.code for fact in stored.facts} | set(stored.spans))
    numbers = {code: number for number, code in enumerate(codes)}
    parts: dict[str, bytes | bytearray | array[int]] = {
        **_texts("code", codes),
        "slots": _slots(codes),
        "has_spans": bytearray(code in stored.spans for code in codes),
        **_spans([stored.spans.get(code, ()) for code in codes]),
        **_facts(stored.facts, numbers),
    }
    return {"fields": stored.fields, "parts": {name: _place(body, part) for name, part in parts.items() if len(part)}}


def _texts(name: str, texts: Iterable[str]) -> dict[str, bytearray | array[int]]:
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


def _spans(by_code: Sequence[Sequence[StoredSpan]]) -> dict[str, array[int]]:
    starts, ends, froms, tos, facts = (array(kind) for kind in (DAY, DAY, DAY, DAY, NUMBER))
    span_at, segments = array(NUMBER, [0]), _Segments()
    for spans in by_code:
        segments.add(spans, len(starts))
        for span in spans:
            starts.append(span.start)
            ends.append(span.end)
            froms.append(span.rel_from)
            tos.append(span.rel_to)
            facts.append(span.fact)
        span_at.append(len(starts))
    return {
        "span_at": span_at,
        "span_start": starts,
        "span_end": ends,
        "span_from": froms,
        "span_to": tos,
        "span_fact": facts,
        **segments.parts(),
    }


class _Segments:
    """For each code, the days at which something begins or ends, and the spans over each stretch between two."""

    def __init__(self) -> None:
        self._at, self._days = array(NUMBER, [0]), array(DAY)
        self._held_at, self._held, self._froms = array(NUMBER, [0]), array(NUMBER), array(DAY)

    def add(self, spans: Sequence[StoredSpan], first: int) -> None:
        """The next code; ``first`` is the number of the first of its spans."""
        days = sorted({span.start for span in spans} | {span.end for span in spans})
        over: list[list[tuple[int, int]]] = [[] for _ in days]
        for number, span in enumerate(spans, start=first):
            for place in range(bisect_left(days, span.start), bisect_left(days, span.end)):
                over[place].append((span.rel_from, number))
        for day, held in zip(days, over, strict=True):
            held.sort()
            self._days.append(day)
            self._froms.extend(release for release, _ in held)
            self._held.extend(number for _, number in held)
            self._held_at.append(len(self._held))
        self._at.append(len(self._days))

    def parts(self) -> Mapping[str, array[int]]:
        return {
            "segment_at": self._at,
            "segment_day": self._days,
            "held_at": self._held_at,
            "held": self._held,
            "held_from": self._froms,
        }


def _facts(facts: Sequence[StoredFact], numbers: Mapping[str, int]) -> dict[str, bytearray | array[int]]:
    texts: dict[str, int] = {}
    columns = {name: array(DAY) for name in ("fact_release", "fact_start", "fact_end")}
    named = {name: array(NUMBER) for name in ("fact_code", "fact_act", "fact_source", "fact_confidence")}
    at, blob = array(NUMBER, [0]), bytearray()
    for fact in facts:
        columns["fact_release"].append(fact.release)
        columns["fact_start"].append(fact.start)
        columns["fact_end"].append(fact.end)
        named["fact_code"].append(numbers[fact.code])
        named["fact_act"].append(_numbered(texts, fact.legal_act))
        named["fact_source"].append(_numbered(texts, fact.source))
        named["fact_confidence"].append(_numbered(texts, fact.confidence))
        if fact.values is not None:
            blob += _values.encode(fact.values)
        at.append(len(blob))
    return {**columns, **named, "values_at": at, "values": blob, **_texts("text", texts)}


def _numbered(texts: dict[str, int], text: str | None) -> int:
    """The number of a text, from 1; 0 for none."""
    return 0 if text is None else texts.setdefault(text, len(texts) + 1)
