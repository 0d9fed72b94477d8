"""A promise is met or missed by its figure alone, and the row says by how much."""

from __future__ import annotations

import pytest

from benchmarks.measure import at_least, at_least_times, at_most, at_most_times, not_measured, shown, side_by_side


@pytest.mark.parametrize(
    ("target", "is_met"),
    [
        (at_most("open", 5.0, "ms", 5), True),
        (at_most("open", 5.1, "ms", 5), False),
        (at_least("priced", 80_000, "lines/s", 80_000), True),
        (at_least("priced", 79_999, "lines/s", 80_000), False),
        (at_most_times("lookup", 3.0, "µs", 1.5, "flat array", 2.0), True),
        (at_most_times("lookup", 3.1, "µs", 1.5, "flat array", 2.0), False),
        (at_least_times("hot", 500, "req/s", 0.5, "bare", 1000), True),
        (at_least_times("hot", 499, "req/s", 0.5, "bare", 1000), False),
    ],
)
def test_a_promise_is_met_up_to_its_bound(target: object, is_met: bool) -> None:
    assert getattr(target, "met") is is_met  # noqa: B009


def test_a_row_tells_the_figure_its_limit_and_how_far_it_falls_short() -> None:
    row = at_most_times("a lookup", 6.0, "µs", 1.5, "flat array", 2.0).row("Lookup")
    assert row == "| Lookup | a lookup | 6 µs | flat array: 2 µs | 3.00 × | ≤ 1.5 × | **short by 100%** |"


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    target = not_measured("the same on Spark", "java is absent", "≥ 5 ×")
    assert target.met is None
    assert target.row("Bulk") == "| Bulk | the same on Spark | not measured | java is absent | | ≥ 5 × | |"


@pytest.mark.parametrize(
    ("number", "text"), [(0.00123, "0.00123"), (2.345, "2.35"), (41.2, "41.2"), (412.3, "412"), (81_234.5, "81,234")]
)
def test_numbers_have_three_digits_that_count(number: float, text: str) -> None:
    assert shown(number) == text


def test_jobs_take_turns() -> None:
    seen: list[str] = []
    spent = side_by_side({"a": lambda: seen.append("a"), "b": lambda: seen.append("b")}, runs=3)
    assert seen == ["a", "b"] * 3
    assert spent.keys() == {"a", "b"}
