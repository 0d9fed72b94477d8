"""Lines to price over HTTP: one, a hundred, ten thousand; what a line costs the server, and what it holds meanwhile."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

from benchmarks.http_contest import row
from benchmarks.http_data import RECENT, SENT, Sizes, answer, batch, codes_and_days, lines
from benchmarks.http_load import CONNECTIONS, Question, load
from benchmarks.measure import Target, at_least, at_most_times
from benchmarks.serving import Server
from catalog.snapshots.reading import Version

RATES_TOLD = """| Lines a request | Sent as | Callers | req/s | lines/s | p50, ms | p99, ms |
|---|---|---|---|---|---|---|"""
COSTS_TOLD = """| Lines | Sent as | Other lines in each batch | The same batch again |
|---|---|---|---|"""
LOOKED_UP, PRICED = "looked up", "fully priced"
OK = 200
LARGE = 10_000
TICK = 0.01
"""Seconds of CPU that can be told apart."""
MANY, FEW = CONNECTIONS, 2
"""Callers at once of small batches, and of large ones for each worker: nothing waits that the next load would meet."""


@dataclass(frozen=True)
class Cost:
    """Lines a second of the server's CPU."""

    what: str
    form: str
    others: float
    again: float

    def told(self) -> str:
        return f"| {self.what} | {self.form} | {self.others:,.0f} | {self.again:,.0f} |"


def rates(folder: Path, server: Server, workers: int, pairs: Sequence[tuple[str, date]], sizes: Sizes) -> Iterator[str]:
    """Rows of the table of small and large batches, each under a load of its own."""
    for size in sizes.batches:
        callers = MANY if size < LARGE else FEW * workers
        for form in SENT:
            asked = batch(folder, lines(pairs, size, billed=True), form, "rate")
            answer(server, asked)
            path = row(folder, form, server, [asked]).asked
            found = load(server.url("/"), path, sizes.seconds, callers)
            server.rest()
            lost = f", {found.refused + found.failed} lost" if found.refused + found.failed else ""
            figures = f"{found.rate:,.1f}{lost} | {found.rate * size:,.0f} | {found.p50:.1f} | {found.p99:.1f}"
            yield f"| {size:,} | {form} | {callers} | {figures} |"


def first_batches(folder: Path, server: Server, versions: Sequence[Version], sizes: Sizes) -> Iterator[str]:
    """What a worker does before it knows the medicines it is asked about."""
    spent = [_cpu(server, one) for one in _batches(folder, versions, sizes, "ndjson", "first", billed=True)]
    size = max(sizes.batches)
    told = ", ".join(f"{size / max(TICK, taken):,.0f}" for taken in spent)
    yield f"\nBatches of {size:,} lines, medicines four lines in five, random days of two months, one caller."
    yield "The first ones to reach a worker, each of other lines, in lines a second of the server's CPU:"
    yield f"{told}. From then on:\n"


def costs(folder: Path, server: Server, versions: Sequence[Version], sizes: Sizes) -> Iterator[Cost]:
    """What such a batch costs: looked up and priced, in both forms."""
    size = max(sizes.batches)
    for what in (LOOKED_UP, PRICED):
        for form in SENT:
            asked = _batches(folder, versions, sizes, form, what.split()[0], billed=what == PRICED)
            spent = median(_cpu(server, one) for one in asked)
            again = median(_cpu(server, asked[-1]) for _ in range(sizes.repeats))
            yield Cost(what, form, *(size / max(TICK, taken) for taken in (spent, again)))


def _batches(
    folder: Path, versions: Sequence[Version], sizes: Sizes, form: str, name: str, *, billed: bool
) -> list[Question]:
    """Batches of lines of the last weeks, no two alike."""
    size, seeds = max(sizes.batches), range(sizes.repeats)
    seed = zlib.crc32(f"{form} {name}".encode())
    made = (lines(codes_and_days(versions, size, seed + n, RECENT), size, billed=billed) for n in seeds)
    return [batch(folder, one, form, f"{name}-{n}") for n, one in enumerate(made)]


def _cpu(server: Server, asked: Question) -> float:
    """Seconds of CPU of one batch. Raises ValueError where it is refused."""
    before = server.cpu()
    status, _, body = answer(server, asked)
    if status != OK:
        raise ValueError(f"A batch is answered {status}: {body[:300]!r}")
    return server.cpu() - before


def memory(folder: Path, server: Server, versions: Sequence[Version], sizes: Sizes) -> Iterator[str | Target]:
    """What the worker holds once it has answered many batches, and after as many more that are streamed."""
    size, times = max(sizes.batches), 2 * sizes.repeats
    asked = batch(folder, lines(codes_and_days(versions, size), size, billed=True), "ndjson", "memory")
    answer(server, asked)
    before = server.private_megabytes()[0]
    for _ in range(times):
        answer(server, asked)
    after = server.private_megabytes()[0]
    yield f"\nPrivate memory of the worker, with all it remembers: {before:.0f} MB after these batches, {after:.0f} MB"
    yield f"after {times} more, streamed."
    what = f"private memory of a worker after {times} more streamed batches of {size:,} lines"
    yield at_most_times(what, after, "MB", 1.1, "before", before)


def targets(found: Sequence[Cost]) -> Iterator[Target]:
    """Of the slower of both forms, on lines that were not asked before."""
    for what, least in ((LOOKED_UP, 150_000), (PRICED, 80_000)):
        slower = min(one.others for one in found if one.what == what)
        yield at_least(f"a batch over HTTP, {what}, a core", slower, "lines/s", least)
