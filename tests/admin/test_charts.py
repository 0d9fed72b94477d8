"""A step chart says what its values are: levels, days, gaps."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin.charts import BOTTOM, LEFT, RIGHT, TOP, Chart, Series, Step, step_chart

JULY, JANUARY, TODAY = date(2014, 7, 1), date(2016, 1, 1), date(2026, 11, 22)


def chart(*series: Series, until: date = TODAY) -> Chart:
    made = step_chart(series, ident="prix", title="Prix", until=until, write=lambda value: f"{value} c")
    assert made is not None
    return made


def numbers(path: str) -> list[float]:
    return [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?", path)]


def test_nothing_to_draw_is_no_chart() -> None:
    assert step_chart([Series("PPV", [])], ident="prix", title="Prix", until=TODAY) is None


def test_a_change_is_a_step_and_not_a_slope() -> None:
    (line,) = chart(Series("PPV", [Step(JULY, JANUARY, 30), Step(JANUARY, None, 20)])).lines
    assert re.fullmatch(r"M[\d.]+ [\d.]+H[\d.]+V[\d.]+H[\d.]+", line.path)


def test_days_without_a_value_are_a_gap() -> None:
    (line,) = chart(Series("PPV", [Step(JULY, JANUARY, 30), Step(date(2020, 1, 1), None, 30)])).lines
    assert line.path.count("M") == 2


def test_a_value_of_unknown_beginning_starts_at_the_edge() -> None:
    (line,) = chart(Series("PPV", [Step(None, None, 30)])).lines
    assert numbers(line.path)[0] == LEFT
    assert numbers(line.path)[-1] == RIGHT


def test_levels_start_at_zero_and_reach_the_highest_value() -> None:
    levels = chart(Series("PPV", [Step(JULY, None, 3720)])).levels
    assert levels[0].text == "0 c"
    assert levels[0].at == BOTTOM
    assert int(levels[-1].text.removesuffix(" c")) >= 3720


def test_the_summary_says_the_first_and_the_last_value() -> None:
    made = chart(Series("PPV", [Step(JULY, JANUARY, 30), Step(JANUARY, None, 20)]))
    assert made.summary == "PPV : 2 valeurs, de 30 c depuis le 1er juillet 2014 à 20 c depuis le 1er janvier 2016."


def test_long_legends_take_several_lines() -> None:
    lines = chart(*(Series(f"Une ligne au nom plutôt long {n}", [Step(JULY, None, n)]) for n in range(5))).lines
    assert len({line.legend_y for line in lines}) > 1
    assert len({(line.legend_x, line.legend_y) for line in lines}) == 5


DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))


@given(starts=st.lists(DAYS, min_size=1, max_size=8, unique=True), values=st.data(), until=DAYS)
def test_everything_stands_inside_the_plot(starts: list[date], values: st.DataObject, until: date) -> None:
    ordered = sorted(starts)
    ends = [*ordered[1:], None]
    steps = [Step(start, end, values.draw(st.integers(0, 10**12))) for start, end in zip(ordered, ends, strict=True)]
    made = chart(Series("PPV", steps), until=until)
    (line,) = made.lines
    assert all(LEFT <= dot.x <= RIGHT and TOP <= dot.y <= BOTTOM for dot in line.dots)
    assert all(LEFT <= tick.at <= RIGHT for tick in made.days)
    assert len(made.days) <= 9
    assert 2 <= len(made.levels) <= 7


@pytest.mark.parametrize("span", [0, 1, 40, 400, 4000, 40000])
def test_some_day_is_always_told(span: int) -> None:
    made = chart(Series("PPV", [Step(JULY, None, 30)]), until=JULY + timedelta(days=span))
    assert made.days
