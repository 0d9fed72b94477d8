"""Layers of an entry: how far an edit is carried, and what is left of what it covers; each against a slow reading."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from catalog.releases.changes import Change
from catalog.releases.editing_layers import (
    Grounds,
    Layer,
    Piece,
    carry,
    joined,
    layer_on,
    overwrite,
    remainders,
    to_change,
)
from catalog.temporal import Period

FIRST = date(2014, 5, 1)
LENGTH = 10
FIELDS = ("a", "b")
payloads = st.fixed_dictionaries({name: st.integers(0, 1) for name in FIELDS})
sparse = st.lists(st.one_of(payloads, payloads, payloads, payloads, st.none()), min_size=LENGTH, max_size=LENGTH)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def layered(days: list[dict[str, int] | None], cuts: set[int]) -> list[Layer]:
    """Equal days that touch make one layer, unless cut; None days have none."""
    found: list[Layer] = []
    for number, payload in enumerate(days):
        last = found[-1] if found else None
        if payload is None:
            continue
        if last and last.period.end == day(number) and last.payload == payload and number not in cuts:
            found[-1] = Layer(Period(last.period.start, day(number + 1)), payload)
        else:
            found.append(Layer(Period(day(number), day(number + 1)), payload))
    return found


def painted(days: list[dict[str, int] | None], pieces: list[Piece]) -> list[Any]:
    return [
        next((dict(p.payload) for p in pieces if p.period.covers(day(number))), held)
        for number, held in enumerate(days)
    ]


@given(sparse, st.sets(st.integers(0, LENGTH)), st.integers(0, LENGTH - 1), payloads, st.sets(st.sampled_from(FIELDS)))
def test_a_field_is_carried_until_another_value_of_it_and_through_values_of_others(
    days: list[dict[str, int] | None], cuts: set[int], start: int, wanted: dict[str, int], names: set[str]
) -> None:
    origin = days[start]
    assume(origin is not None)
    assert origin is not None
    values = {name: wanted[name] for name in names}
    expected: list[Any] = [None if held is None else dict(held) for held in days]
    stops: set[tuple[int, str]] = set()
    for name, value in values.items():
        for number in range(start, LENGTH):
            held = days[number]
            if held is None:
                break
            if held[name] != origin[name]:
                stops.add((number, name))
                break
            expected[number][name] = value
    pieces, stays = carry(layered(days, cuts), values, day(start))
    assert painted(days, pieces) == expected
    running = {name for name in values if values[name] != origin[name]}
    assert {(stay.day, stay.field) for stay in stays} == {(day(n), name) for n, name in stops if name in running}


@given(sparse, st.sets(st.integers(0, LENGTH)), st.integers(0, LENGTH - 1), st.integers(1, LENGTH), payloads)
def test_a_correction_covers_every_value_of_its_period_and_no_other_day(
    days: list[dict[str, int] | None], cuts: set[int], start: int, length: int, wanted: dict[str, int]
) -> None:
    values = {"a": wanted["a"]}
    pieces = overwrite(layered(days, cuts), values, Period(day(start), day(start + length)))
    assert painted(days, pieces) == [
        {**held, **values} if held is not None and start <= number < start + length else held
        for number, held in enumerate(days)
    ]


def test_an_edit_stops_at_a_withdrawal_and_tells_it() -> None:
    held = {"a": 0, "b": 0}
    layers = [Layer(Period(day(0), day(2)), held), Layer(Period(day(2)), None)]
    pieces, stays = carry(layers, {"a": 1}, day(1))
    assert [piece.period for piece in pieces] == [Period(day(1), day(2))]
    assert [(stay.day, stay.field) for stay in stays] == [(day(2), None)]
    assert layer_on(layers, day(3)) is None


spans = st.tuples(st.integers(0, LENGTH), st.integers(1, LENGTH)).map(lambda p: Period(day(p[0]), day(p[0] + p[1])))


@given(spans, st.lists(spans, max_size=4))
def test_the_remainders_are_the_days_that_nobody_took(period: Period, taken: list[Period]) -> None:
    left = remainders(period, taken)
    for number in range(2 * LENGTH + 1):
        here = day(number)
        is_left = period.covers(here) and not any(other.covers(here) for other in taken)
        assert sum(piece.covers(here) for piece in left) == is_left


def test_changes_that_touch_and_say_the_same_are_one() -> None:
    first = Change("k", "c", Period(day(0), day(1)), {"a": 1})
    second = Change("k", "c", Period(day(1), day(3)), {"a": 1})
    other = Change("k", "c", Period(day(3), day(4)), {"a": 1}, reason="autre")
    assert [change.period for change in joined([first, second, other])] == [
        Period(day(0), day(3)),
        Period(day(3), day(4)),
    ]


def test_a_staged_value_keeps_its_ground_until_another_is_given() -> None:
    was = Change("k", "c", Period(day(0)), {"a": 0}, "arrete-1", "S:8", "M", "lu", 7)
    piece = Piece(Period(day(1)), {"a": 1}, Layer(Period(day(0)), {"a": 0}, was, "amina"))
    assert to_change("k", "c", piece, None) == Change(
        "k", "c", Period(day(1)), {"a": 1}, "arrete-1", "S:8", "M", "lu", 7
    )
    given_ = Grounds(legal_act="arrete-2", reason="relu")
    assert to_change("k", "c", piece, given_) == Change(
        "k", "c", Period(day(1)), {"a": 1}, "arrete-2", None, None, "relu", 7
    )
