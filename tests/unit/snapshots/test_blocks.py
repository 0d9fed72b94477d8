"""A block answers, of each day and release, what looking through all the spans of its code would."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.registry import KINDS
from catalog.releases.tables import OPEN
from catalog.snapshots import blocks, ready
from catalog.snapshots.blocks import SHORT
from catalog.snapshots.content import Content, StoredFact, StoredKind, StoredSpan
from catalog.snapshots.packed import PackedKind, decode
from catalog.snapshots.packing import encode
from catalog.temporal import Moment
from tests.unit.snapshots.test_segments import HEAD, LAST_DAY, Spans, rectangles

CODE, KIND = "118001", "medicament"
BEFORE = StoredSpan(1, 2, 1, OPEN, 0)
LENGTHS = (0, 1, SHORT - 2, SHORT - 1, SHORT, 80, 70_000)


def _content(spans: Spans) -> Content:
    """A hundred facts, whose own values are short, long, or as long as a record has room for."""
    facts = [
        StoredFact(1, CODE, 1 + place, 2 + place, "act", None, None, ["x" * (place % 3), "y" * LENGTHS[place % 7]])
        for place in range(100)
    ]
    stored = StoredKind(["x", "y"], facts, {CODE: spans, "other": [BEFORE]}, 1)
    return Content(HEAD, "chain", [], {KIND: stored})


@pytest.mark.parametrize("deepest", [1, 2, blocks.DEEPEST])
@given(rectangles(), st.integers(0, 64))
def test_a_block_tells_what_looking_through_all_spans_finds(deepest: int, spans: Spans, few: int) -> None:
    moved = [StoredSpan(span.start + 1, span.end + 1, *msgspec.structs.astuple(span)[2:]) for span in spans]
    with patch.object(blocks, "DEEPEST", deepest), patch.object(ready, "FEW_DAYS", few):
        packed = decode(encode(_content(moved)), "memory")
        find = ready.reader(packed, KINDS)
        for day in range(1, LAST_DAY + 3):
            for release in range(1, HEAD + 2):
                over = [s for s in moved if s.start <= day < s.end and s.rel_from <= release < s.rel_to]
                found = find(KIND, CODE, Moment(date.fromordinal(day), release))
                assert ([] if found is None else [found]) == [packed.kinds[KIND].values(span.fact) for span in over]


def test_what_was_believed_long_ago_is_found_among_the_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    spans = [StoredSpan(5, 9, place, place + 1, place) for place in range(90, 0, -1)]
    packed = decode(encode(_content(spans)), "memory")
    asked: list[int] = []
    values = PackedKind.values
    monkeypatch.setattr(PackedKind, "values", lambda kind, fact: asked.append(fact) or values(kind, fact))
    find = ready.reader(packed, KINDS)
    told = [find(KIND, CODE, Moment(date.fromordinal(6), release)) for release in range(1, 92)]
    assert told == [values(packed.kinds[KIND], place) for place in range(1, 91)] + [None]
    assert asked == list(range(1, 90 - blocks.DEEPEST + 2))
