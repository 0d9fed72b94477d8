"""Differences between releases, against a table of days by hand."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from catalog.gmr.family import GTIN
from catalog.releases.changes import Held
from catalog.releases.diffing import EntryDiff, Piece, Status, count, diff, differences
from catalog.releases.painting import Segment, Stroke, paint
from catalog.releases.tables import OPEN
from catalog.temporal import DAWN, DUSK, Period

FIRST = date(2014, 6, 9)
BOUNDS = [DAWN, *(FIRST + timedelta(days=number) for number in range(6)), DUSK]
DAYS = BOUNDS[:-1]
CODES = ["6118000100058", "6118000100065"]

Table = dict[tuple[str, date], Held]
"""What a release knows: the value of each code on each day that has one."""


@dataclass(frozen=True)
class Box:
    code: str
    period: Period
    rel_from: int
    rel_to: int
    held: Held


@dataclass(frozen=True)
class History:
    tables: list[Table]
    boxes: list[Box]
    days: list[date]

    def published_on(self, release: int) -> date:
        return self.days[release]


def value(number: int) -> Held:
    return Held({"presentation": f"P{number % 3}", "remarque": "x" if number > 2 else None}, f"acte-{number // 5}")


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Releases 0 to n, each painting random values over random days."""
    tables: list[Table] = [{}]
    boxes: list[Box] = []
    standing: dict[str, list[tuple[Segment, int]]] = {code: [] for code in CODES}
    values: list[Held] = []
    for release in range(1, draw(st.integers(1, 5)) + 1):
        table = dict(tables[-1])
        for code in draw(st.sets(st.sampled_from(CODES), min_size=1)):
            strokes = draw(_strokes(values))
            standing[code] = _painted(standing[code], strokes, code, release, values, boxes)
            for stroke in strokes:
                for day in filter(stroke.period.covers, DAYS):
                    table.pop((code, day), None)
                    if not stroke.is_void:
                        table[code, day] = values[stroke.fact_id]
        tables.append(table)
    still = [Box(code, s.period, since, OPEN, values[s.fact_id]) for code in CODES for s, since in standing[code]]
    return History(tables, boxes + still, [draw(st.sampled_from(BOUNDS)) for _ in tables])


@st.composite
def _strokes(draw: st.DrawFn, values: list[Held]) -> list[Stroke]:
    bounds = sorted(draw(st.sets(st.sampled_from(BOUNDS), min_size=2, max_size=4)))
    strokes = []
    for start, end in itertools.pairwise(bounds):
        values.append(value(draw(st.integers(0, 6))))
        strokes.append(Stroke(Period(start, end), len(values) - 1, draw(st.booleans())))
    return strokes


def _painted(
    standing: list[tuple[Segment, int]],
    strokes: list[Stroke],
    code: str,
    release: int,
    values: list[Held],
    boxes: list[Box],
) -> list[tuple[Segment, int]]:
    numbered = [replace(segment, span_id=number) for number, (segment, _) in enumerate(standing)]
    painted = paint(numbered, strokes)
    closed = {segment.span_id for segment in painted.closed}
    for number in sorted(number for number in closed if number is not None):
        segment, since = standing[number]
        boxes.append(Box(code, segment.period, since, release, values[segment.fact_id]))
    kept = [held for number, held in enumerate(standing) if number not in closed]
    return kept + [(segment, release) for segment in painted.opened]


def by_day(entries: list[EntryDiff]) -> dict[tuple[str, date], Piece]:
    cells = [
        ((entry.code, day), piece)
        for entry in entries
        for piece in entry.pieces
        for day in DAYS
        if piece.period.covers(day)
    ]
    assert len(dict(cells)) == len(cells)
    return dict(cells)


def brought_by(history: History, cell: tuple[str, date], low: int, high: int) -> int:
    release = high
    while release - 1 > low and history.tables[release - 1].get(cell) == history.tables[high].get(cell):
        release -= 1
    return release


@given(histories(), st.data())
def test_applying_the_difference_to_one_release_gives_the_other(history: History, data: st.DataObject) -> None:
    older, newer = (data.draw(st.integers(0, len(history.tables) - 1)) for _ in range(2))
    cells = by_day(diff(GTIN, history.boxes, older, newer, history.published_on))
    was, now = history.tables[older], history.tables[newer]
    expected = {cell for cell in {*was, *now} if was.get(cell) != now.get(cell)}
    assert set(cells) == expected
    assert all((piece.before, piece.after) == (was.get(cell), now.get(cell)) for cell, piece in cells.items())


@given(histories(), st.data())
def test_a_difference_names_its_release_and_the_days_already_past(history: History, data: st.DataObject) -> None:
    older, newer = (data.draw(st.integers(0, len(history.tables) - 1)) for _ in range(2))
    for cell, piece in by_day(diff(GTIN, history.boxes, older, newer, history.published_on)).items():
        assert piece.release == brought_by(history, cell, min(older, newer), max(older, newer))
        is_timeless = piece.before is None and piece.period == Period(DAWN)
        is_past = older < newer and cell[1] < history.published_on(piece.release) and not is_timeless
        assert bool(piece.retroactive and piece.retroactive.covers(cell[1])) == is_past


@given(histories(), st.data())
def test_pieces_are_few_and_in_order(history: History, data: st.DataObject) -> None:
    older, newer = (data.draw(st.integers(0, len(history.tables) - 1)) for _ in range(2))
    entries = diff(GTIN, history.boxes, older, newer, history.published_on)
    assert [entry.code for entry in entries] == sorted({entry.code for entry in entries})
    for entry in entries:
        for one, other in zip(entry.pieces, entry.pieces[1:], strict=False):
            assert one.period.end <= other.period.start
            touching = one.period.end == other.period.start
            assert not touching or (one.before, one.after, one.release) != (other.before, other.after, other.release)


@given(histories(), st.data())
def test_what_opened_or_closed_in_between_is_enough(history: History, data: st.DataObject) -> None:
    older, newer = (data.draw(st.integers(0, len(history.tables) - 1)) for _ in range(2))
    low, high = sorted((older, newer))
    touched = [box for box in history.boxes if low < box.rel_from <= high or low < box.rel_to <= high]
    whole = diff(GTIN, history.boxes, older, newer, history.published_on)
    assert diff(GTIN, touched, older, newer, history.published_on) == whole


def test_a_value_stays_its_release_s_when_a_later_one_cuts_beside_it() -> None:
    june, july, august = date(2014, 6, 1), date(2014, 7, 1), date(2014, 8, 1)
    new, other = value(1), value(2)
    boxes = [
        Box("a", Period(july), 2, 3, new),  # announced in June, in release 2
        Box("a", Period(august), 3, OPEN, new),  # what release 3, of mid-July, left of it
        Box("a", Period(july, august), 3, OPEN, other),
    ]
    days = {1: date(2014, 1, 1), 2: june, 3: date(2014, 7, 15)}
    [entry] = diff(GTIN, boxes, 1, 3, days.__getitem__)
    assert [(piece.period.start, piece.release, piece.retroactive) for piece in entry.pieces] == [
        (july, 3, Period(july, date(2014, 7, 15))),
        (august, 2, None),
    ]


def test_a_difference_is_told_entry_by_entry_before_the_next_is_read() -> None:
    read: list[str] = []

    def reading() -> Iterator[Box]:
        for code in "abc":
            read.append(code)
            yield Box(code, Period(FIRST), 1, OPEN, value(1))

    found = differences(GTIN, reading(), 0, 1, lambda _: FIRST)
    assert (next(found).code, read) == ("a", ["a", "b"])  # that "b" begins tells that "a" is whole
    assert [entry.code for entry in found] == ["b", "c"]


@given(histories(), st.data())
def test_values_in_order_of_code_and_in_any_order_differ_alike(history: History, data: st.DataObject) -> None:
    older, newer = (data.draw(st.integers(0, len(history.tables) - 1)) for _ in range(2))
    by_code = sorted(history.boxes, key=lambda box: box.code)
    shuffled = data.draw(st.permutations(history.boxes))
    told = list(differences(GTIN, by_code, older, newer, history.published_on))
    assert told == diff(GTIN, shuffled, older, newer, history.published_on)


def test_an_entry_without_dates_that_arrives_rewrites_no_past() -> None:
    [arrived] = diff(GTIN, [Box("a", Period(DAWN), 1, OPEN, value(1))], 0, 1, lambda _: FIRST)
    assert not arrived.is_retroactive
    [dated] = diff(GTIN, [Box("a", Period(DAWN, FIRST), 1, OPEN, value(1))], 0, 1, lambda _: FIRST)
    assert [piece.retroactive for piece in dated.pieces] == [Period(DAWN, FIRST)]


def entry(*pieces: tuple[int | None, int | None]) -> EntryDiff:
    held = [(None if old is None else value(old), None if new is None else value(new)) for old, new in pieces]
    return EntryDiff("gtin", "a", tuple(Piece(Period(FIRST), before, after, 1) for before, after in held))


def test_an_entry_is_added_withdrawn_or_changed() -> None:
    assert entry((None, 1), (None, 2)).status == Status.ADDED
    assert entry((1, None)).status == Status.WITHDRAWN
    assert entry((None, 1), (1, None)).status == Status.CHANGED
    assert entry((1, 2)).status == Status.CHANGED


def test_only_fields_that_differ_are_told() -> None:
    [piece] = entry((1, 2)).pieces
    assert list(piece.fields()) == [("presentation", "P1", "P2")]
    assert entry((1, 2)).changed_fields() == {"presentation"}
    assert list(entry((None, 1)).pieces[0].fields()) == [("presentation", None, "P1")]


def test_counts_come_first() -> None:
    retroactive = EntryDiff("gtin", "b", (Piece(Period(FIRST), value(0), value(4), 1, Period(FIRST)),))
    assert count([entry((1, 2)), entry((None, 1)), entry((1, None)), retroactive]) == {
        "added": 1,
        "changed": 2,
        "withdrawn": 1,
        "retroactive": 1,
        "fields": {"presentation": 2, "remarque": 1},
    }
