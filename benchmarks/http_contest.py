"""One round after another, a little load on each server in turn: what disturbs one disturbs all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.http_load import Load, Question, load, warm, write_questions
from benchmarks.serving import Server

TABLE = """| Asked of | req/s | × bare | p50, ms | p99, ms | CPU a request, µs | Lost |
|---|---|---|---|---|---|---|"""


@dataclass(frozen=True)
class Row:
    """A server, what it is asked, and what came of it in each round."""

    name: str
    server: Server
    asked: Path
    loads: list[Load] = field(default_factory=list)
    spent: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Requests a second, the median of the rounds."""
        return median(one.rate for one in self.loads)

    @property
    def p50(self) -> float:
        return median(one.p50 for one in self.loads)

    @property
    def p99(self) -> float:
        return median(one.p99 for one in self.loads)

    @property
    def micros(self) -> float:
        """CPU of the server a request: the figure that a busy machine disturbs least."""
        return median(1e6 * cpu / max(1, one.requests) for cpu, one in zip(self.spent, self.loads, strict=True))

    @property
    def lost(self) -> int:
        """Requests that were refused or got no answer."""
        return sum(one.refused + one.failed for one in self.loads)

    def told(self, bare: float) -> str:
        figures = f"{self.rate:,.0f} | {self.rate / bare:.2f} | {self.p50:.2f} | {self.p99:.1f} | {self.micros:,.0f}"
        return f"| {self.name} | {figures} | {self.lost} |"


def row(folder: Path, name: str, server: Server, questions: Sequence[Question]) -> Row:
    """A contestant, and the file of what it is asked."""
    path = folder / f"asked-{len(list(folder.glob('asked-*.txt')))}.txt"
    return Row(name, server, write_questions(path, questions))


def alternate(rows: Sequence[Row], rounds: int, seconds: float) -> None:
    """Each row once in every round, after a first second of each that is not counted."""
    for one in rows:
        warm(one.server.url("/"), one.asked)
    for _ in range(rounds):
        for one in rows:
            before = one.server.cpu()
            one.loads.append(load(one.server.url("/"), one.asked, seconds))
            one.spent.append(one.server.cpu() - before)
