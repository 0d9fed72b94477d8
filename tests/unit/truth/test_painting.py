"""Painting: what a release closes and opens, against a day-by-day colouring."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from catalog.releases.painting import Painted, Segment, Stroke, paint
from catalog.temporal import DAWN, DUSK, Period

FIRST = date(2014, 6, 9)
BOUNDS = [DAWN, *(FIRST + timedelta(days=number) for number in range(9)), DUSK]
DAYS = BOUNDS[:-1]


@st.composite
def apart(draw: st.DrawFn, most: int) -> list[Period]:
    """Up to ``most`` periods without a common day; they may touch."""
    bounds = sorted(draw(st.sets(st.sampled_from(BOUNDS), max_size=2 * most)))
    chosen = [
        Period(start, end)
        for start, end in itertools.pairwise(bounds)
        if draw(st.booleans())
    ]  # fmt: skip
    return chosen[:most]


@st.composite
def standings(draw: st.DrawFn) -> list[Segment]:
    return [Segment(period, draw(st.integers(1, 3)), number) for number, period in enumerate(draw(apart(5)), start=1)]


@st.composite
def strokes(draw: st.DrawFn) -> list[Stroke]:
    laid = [Stroke(period, 10 + number, draw(st.booleans())) for number, period in enumerate(draw(apart(4)))]
    return draw(st.permutations(laid))


def colours(segments: Iterable[Segment]) -> dict[date, int]:
    coloured = [(day, segment.fact_id) for segment in segments for day in DAYS if segment.period.covers(day)]
    assert max(Counter(day for day, _ in coloured).values(), default=1) == 1
    return dict(coloured)


def coloured_by_hand(standing: list[Segment], laid: list[Stroke]) -> dict[date, int]:
    days = {day: segment.fact_id for segment in standing for day in DAYS if segment.period.covers(day)}
    for stroke in laid:
        for day in DAYS:
            if stroke.period.covers(day):
                days.pop(day, None)
                if not stroke.is_void:
                    days[day] = stroke.fact_id
    return days


@given(standings(), strokes())
def test_every_day_has_the_colour_it_has_by_hand(standing: list[Segment], laid: list[Stroke]) -> None:
    painted = paint(standing, laid)
    left = [segment for segment in standing if segment not in painted.closed]
    assert colours([*left, *painted.opened]) == coloured_by_hand(standing, laid)


@given(standings(), strokes())
def test_what_no_stroke_touches_stays_as_it_is(standing: list[Segment], laid: list[Stroke]) -> None:
    painted = paint(standing, laid)
    cut = [segment for segment in standing if any(segment.period.overlaps(stroke.period) for stroke in laid)]
    assert painted.closed == cut
    assert all(segment.span_id is None for segment in painted.opened)


@given(standings(), strokes())
def test_what_opens_is_a_stroke_or_the_rest_of_what_closed(standing: list[Segment], laid: list[Stroke]) -> None:
    painted = paint(standing, laid)
    whole = {(stroke.period, stroke.fact_id) for stroke in laid if not stroke.is_void}
    opened = {(segment.period, segment.fact_id) for segment in painted.opened}
    assert whole <= opened
    for period, fact in opened - whole:
        assert any(closed.fact_id == fact and closed.period.clip(period) == period for closed in painted.closed)


def test_a_correction_in_the_middle_leaves_both_sides() -> None:
    year = Segment(Period(date(2014, 1, 1), date(2015, 1, 1)), 1, span_id=7)
    june = Stroke(Period(date(2014, 6, 1), date(2014, 7, 1)), 2)
    assert paint([year], [june]) == Painted(
        closed=[year],
        opened=[
            Segment(Period(date(2014, 1, 1), date(2014, 6, 1)), 1),
            Segment(june.period, 2),
            Segment(Period(date(2014, 7, 1), date(2015, 1, 1)), 1),
        ],
    )


def test_a_void_over_nothing_changes_nothing() -> None:
    assert paint([], [Stroke(Period(FIRST), 1, is_void=True)]) == Painted([], [])
