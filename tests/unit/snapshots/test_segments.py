"""Segments tell, of each day and release, what looking through all the spans of a code would tell."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from catalog.releases.tables import OPEN
from catalog.snapshots.blocks import WORD
from catalog.snapshots.columns import Facts
from catalog.snapshots.content import StoredFact, StoredSpan
from catalog.snapshots.packing import pack_spans
from catalog.snapshots.segments import Segments
from catalog.snapshots.splicing import splice

Spans = list[StoredSpan]
LAST_DAY, HEAD = 12, 6


@st.composite
def one_after_another(draw: st.DrawFn) -> Spans:
    """Days none of which was told of twice, latest first, some with nothing between."""
    days = sorted(draw(st.sets(st.integers(0, LAST_DAY), max_size=8)), reverse=True)
    made = []
    for start, end in zip(days[1:], days, strict=False):
        if draw(st.booleans()):
            made.append(StoredSpan(start, end, draw(st.integers(1, HEAD)), draw(st.sampled_from([HEAD + 1, OPEN])), 7))
    return made


@st.composite
def rectangles(draw: st.DrawFn) -> Spans:
    """Spans of days and releases, none over another: a grid of which some cells are filled."""
    made = []
    for start, end in pairwise(sorted(draw(st.sets(st.integers(0, LAST_DAY), max_size=6)))):
        for since, until in pairwise([*sorted(draw(st.sets(st.integers(1, HEAD), max_size=4))), OPEN]):
            if draw(st.booleans()):
                made.append(StoredSpan(start, end, since, until, draw(st.integers(0, 99))))
    return sorted(made, key=lambda span: (span.start, span.rel_from), reverse=True)


@given(one_after_another())
def test_the_sooner_way_gives_what_the_general_one_gives(spans: Spans) -> None:
    sooner, general = Segments(), Segments()
    sooner._add_one_by_one(spans, 5)
    general._add_crossing(spans, 5)
    assert sooner.arrays() == general.arrays()


@given(st.lists(rectangles() | one_after_another(), max_size=4))
def test_what_is_held_is_what_looking_through_all_finds(codes: list[Spans]) -> None:
    arrays = _packed(codes)
    every = [span for spans in codes for span in spans]
    for number, spans in enumerate(codes):
        first, last = arrays["segment_at"][number], arrays["segment_at"][number + 1]
        for day in range(LAST_DAY + 1):
            segment = first + bisect_right(_days(arrays, number, last - first), day) - 1
            for release in range(1, HEAD + 1):
                over = [s for s in spans if s.start <= day < s.end and s.rel_from <= release < s.rel_to]
                found = [] if segment < first else _held(arrays, segment, release, every)
                assert found == over


def _packed(codes: list[Spans]) -> dict:
    """Packed beside a hundred facts, each of values of its own."""
    facts = Facts(1, 2)
    facts.extend([StoredFact(1, "a", 0, 1, "act", None, None, [place % 3, place]) for place in range(100)], {"a": 0})
    return pack_spans(codes, facts.arrays())


def _days(arrays: dict, number: int, count: int) -> memoryview:
    """The first days of the segments of a code."""
    block = WORD * arrays["block_at"][number]
    return memoryview(arrays["block"])[block : block + WORD * count].cast("i")


def _held(arrays: dict, segment: int, release: int, every: Spans) -> Spans:
    numbers = arrays["held"][arrays["held_at"][segment] : arrays["held_at"][segment + 1]]
    return [every[number] for number in numbers if every[number].rel_from <= release < every[number].rel_to]


@given(st.data(), st.lists(rectangles(), max_size=6))
def test_codes_packed_anew_take_their_place_among_the_others(data: st.DataObject, codes: list[Spans]) -> None:
    """Some are replaced, some are new; the arrays are those of packing all of them."""
    anew: list[Spans] = []
    places, expected = [], []
    for number, spans in enumerate(codes):
        for _ in range(data.draw(st.integers(0, 2))):
            anew.append(data.draw(rectangles()))
            places.append((True, len(anew) - 1))
            expected.append(anew[-1])
        if data.draw(st.booleans()):
            places.append((False, number))
            expected.append(spans)
    old, new = ({name: memoryview(part) for name, part in _packed(some).items()} for some in (codes, anew))
    assert splice(old, new, places) == _packed(expected)
