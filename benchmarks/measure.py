"""Timing: several runs, the median, and the rows that go on the page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

LONG, WHOLE = 100, 1_000


@dataclass(frozen=True)
class Line:
    """A measured figure, and what it is held against in the same run."""

    what: str
    seconds: float
    against: str
    against_seconds: float
    target: str = ""

    @property
    def ratio(self) -> float:
        return self.seconds / self.against_seconds

    def row(self) -> str:
        return f"| {self.what} | {self.seconds:.2f} | {self.against} | {self.ratio:.1f} × | {self.target} |"


HEADER = "| What | s (median) | Held against, same run | Ratio | Target |\n|---|---|---|---|---|"
TARGETS = "| Part | What | Measured | Held against, same run | Ratio | Target | |\n|---|---|---|---|---|---|---|"


@dataclass(frozen=True)
class Target:
    """A figure this project promises: what was measured, beside its limit in the same run, and whether it is met.

    ``against`` and ``limit`` are empty where the promise is absolute; ``met`` is None where nothing was measured, and
    ``against`` then says why.
    """

    what: str
    measured: float
    unit: str
    against: str
    limit: float | None
    ratio: float | None
    target: str
    met: bool | None
    short: str = ""
    """By how much a missed one falls short, in words."""

    def row(self, part: str) -> str:
        if self.met is None:
            return f"| {part} | {self.what} | not measured | {self.against} | | {self.target} | |"
        limit = "" if self.limit is None else f"{self.against}: {shown(self.limit)} {self.unit}".rstrip()
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} ×"
        verdict = "met" if self.met else f"**short{self.short}**"
        measured = f"{shown(self.measured)} {self.unit}".rstrip()
        return f"| {part} | {self.what} | {measured} | {limit} | {ratio} | {self.target} | {verdict} |"


def at_most(what: str, measured: float, unit: str, most: float) -> Target:
    """Met by a figure no larger than ``most``."""
    target = f"≤ {shown(most)} {unit}".rstrip()
    return Target(what, measured, unit, "", None, None, target, measured <= most, _short(measured, most))


def at_least(what: str, measured: float, unit: str, least: float) -> Target:
    """Met by a figure no smaller than ``least``."""
    target = f"≥ {shown(least)} {unit}".rstrip()
    return Target(what, measured, unit, "", None, None, target, measured >= least, _short(measured, least))


def at_most_times(what: str, measured: float, unit: str, most: float, against: str, limit: float) -> Target:
    """Met by a figure of at most so many times its limit."""
    ratio = measured / limit
    return Target(what, measured, unit, against, limit, ratio, f"≤ {most:g} ×", ratio <= most, _short(ratio, most))


def at_least_times(what: str, measured: float, unit: str, least: float, against: str, limit: float) -> Target:
    """Met by a figure of at least so many times its limit."""
    ratio = measured / limit
    return Target(what, measured, unit, against, limit, ratio, f"≥ {least:g} ×", ratio >= least, _short(ratio, least))


def not_measured(what: str, why: str, target: str = "") -> Target:
    """A promise that could not be put to the test here."""
    return Target(what, 0.0, "", why, None, None, target, None)


def _short(measured: float, wanted: float) -> str:
    return f" by {abs(measured / wanted - 1):.0%}" if wanted else ""


def shown(number: float) -> str:
    """A number as a reader wants it: three digits that count, thousands apart."""
    if abs(number) >= WHOLE:
        return f"{number:,.0f}"
    return f"{number:.0f}" if abs(number) >= LONG else f"{number:.3g}"


@contextmanager
def stopwatch() -> Iterator[Callable[[], float]]:
    start = time.perf_counter()
    yield lambda: time.perf_counter() - start


def timed(job: Callable[[], object], runs: int = 3) -> float:
    """Median seconds of a job."""
    taken = []
    for _ in range(runs):
        with stopwatch() as clock:
            job()
            taken.append(clock())
    return median(taken)


Name = TypeVar("Name")


def side_by_side(
    jobs: Mapping[Name, Callable[[], object]],
    runs: int = 5,
    pick: Callable[[list[float]], float] = median,
) -> dict[Name, float]:
    """Seconds of CPU of each job, the median unless told, one run of each in turn: what disturbs one disturbs all."""
    spent: dict[Name, list[float]] = {name: [] for name in jobs}
    for _ in range(runs):
        for name, job in jobs.items():
            start = time.process_time()
            job()
            spent[name].append(time.process_time() - start)
    return {name: pick(taken) for name, taken in spent.items()}
