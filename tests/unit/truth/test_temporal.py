"""Days and instants: half-open periods, one spelling of a day, and what day it is in Morocco."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from catalog.errors import DateError, PeriodError
from catalog.temporal import (
    DAWN,
    DUSK,
    Moment,
    Period,
    day_in_morocco,
    format_instant,
    merge_touching,
    parse_day,
    parse_instant,
)

NEW_YEAR = date(2026, 1, 1)
DAYS = [NEW_YEAR + timedelta(days=number) for number in range(12)]


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start, end = sorted((draw(st.sampled_from(DAYS)), draw(st.sampled_from(DAYS))))
    assume(start < end)
    return Period(start, end)


def days_of(*held: Period) -> set[date]:
    return {day for day in DAYS for period in held if period.start <= day < period.end}


def test_a_period_holds_its_first_day_and_not_its_end() -> None:
    january = Period(NEW_YEAR, date(2026, 2, 1))
    assert january.covers(NEW_YEAR)
    assert january.covers(date(2026, 1, 31))
    assert not january.covers(date(2026, 2, 1))
    assert not january.covers(date(2025, 12, 31))


@pytest.mark.parametrize("end", [NEW_YEAR, date(2025, 12, 31), DAWN])
def test_a_period_without_a_day_is_refused(end: date) -> None:
    with pytest.raises(PeriodError, match="holds no day"):
        Period(NEW_YEAR, end)


def test_a_period_is_told_in_words() -> None:
    assert str(Period(NEW_YEAR)) == "from 2026-01-01"
    assert str(Period(NEW_YEAR, date(2026, 2, 1))) == "from 2026-01-01 to 2026-02-01 (excluded)"
    assert Period(NEW_YEAR).is_open_ended
    assert Period(NEW_YEAR).end == DUSK


@given(periods(), periods())
def test_cutting_leaves_the_days_of_one_without_the_other(whole: Period, cut: Period) -> None:
    left = list(whole.minus(cut))
    assert days_of(*left) == days_of(whole) - days_of(cut)
    assert sum(len(days_of(piece)) for piece in left) == len(days_of(*left))


@given(periods(), periods())
def test_sharing_is_having_a_day_in_common(one: Period, other: Period) -> None:
    shared = one.clip(other)
    assert one.overlaps(other) == other.overlaps(one) == bool(days_of(one) & days_of(other))
    assert (days_of(shared) if shared else set()) == days_of(one) & days_of(other)


@given(st.lists(periods(), max_size=6))
def test_merging_keeps_the_days_and_leaves_no_two_that_touch(several: list[Period]) -> None:
    merged = merge_touching(several)
    assert days_of(*merged) == days_of(*several)
    assert all(before.end < after.start for before, after in itertools.pairwise(merged))


def test_a_moment_is_a_value() -> None:
    assert {Moment(NEW_YEAR, 3), Moment(NEW_YEAR, 3)} == {Moment(NEW_YEAR, 3)}


@given(st.dates())
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-1-2", "20261122", "2026-W47-7", "2026-327", "22/11/2026", "2026-02-30", "2026-11-22T00:00:00",
     " 2026-11-22", "2026-11-22 ", "2026-11-2 ", "２０２６-11-22", "2026/11/22", "0000-01-01", "+026-01-01"],
)  # fmt: skip
def test_any_other_spelling_of_a_day_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        parse_day(text)


@given(st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_an_instant_is_read_back_in_utc(local: datetime, minutes_east: int) -> None:
    instant = local.replace(tzinfo=timezone(timedelta(minutes=minutes_east)))
    assert parse_instant(instant.isoformat()) == instant
    assert parse_instant(format_instant(instant)) == instant
    assert parse_instant(instant.isoformat()).tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    ["", "today", "2026-11-22",
     "2026-11-22T10:00:00", "2026-11-22T10:00:00 01:00", "2026-11-22T24:00:00Z",
     "1763805600",
     "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"],
)  # fmt: skip
def test_an_instant_without_offset_or_out_of_range_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        parse_instant(text)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2025-12-31T23:30:00Z", date(2026, 1, 1)),  # one hour ahead
        ("2026-03-01T23:30:00Z", date(2026, 3, 1)),  # Ramadan: at Greenwich's hour
        ("2026-04-01T23:30:00Z", date(2026, 4, 2)),
        ("2026-09-19T23:30:00Z", date(2026, 9, 20)),  # the last evening one hour ahead
        ("2026-09-20T23:30:00Z", date(2026, 9, 20)),  # from this day on at Greenwich's hour, all the year
        ("2026-12-31T23:30:00Z", date(2026, 12, 31)),
        ("2027-07-01T23:30:00Z", date(2027, 7, 1)),
    ],
)
def test_the_day_in_morocco_follows_the_clock_changes(instant: str, day: date) -> None:
    assert day_in_morocco(parse_instant(instant)) == day
