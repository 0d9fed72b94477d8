"""Timing: several runs, the median, and the line that goes on the page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median


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
