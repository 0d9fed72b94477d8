"""Publishing while every reader reads: no error, no torn answer, and how long a release takes to reach all workers."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.http_data import codes_and_days, fill, lookups, medicines
from benchmarks.http_load import Load, Loading, Question, load, tool, warm, write_questions
from benchmarks.measure import Target, at_most, at_most_times
from benchmarks.serving import Server
from benchmarks.serving_programs import FRONT, THREADS, Ground, granian
from benchmarks.swap_publisher import CHANGED, PATHS, Published, Publisher, publishing
from benchmarks.swap_watch import CONNECTIONS, Seen, Watch
from catalog.snapshots.store import POINTER
from service.cli.base import Catalogue

WORKERS = 2
RELEASES, FEW_RELEASES = 8, 2
BETWEEN = 0.5
"""Seconds from one release's arrival everywhere to the publishing of the next."""
MOST_SECONDS = 50
"""From then on nothing more is published: a busy machine measures fewer releases."""
LONGEST = 10.0
"""Seconds after which a release counts as never arrived."""
REACH_MS = 200


@dataclass
class Outcome:
    """What one run met."""

    without: list[Load]
    during: list[Load]
    published: list[Published]
    seen: Seen
    late: int
    memory: tuple[float, float]


def part(folder: Path, *, quick: bool = False) -> Iterator[str | Target]:
    """The part of the page on publishing under load, with its targets."""
    place = folder / "swap"
    settings = fill(place / "data", quick=quick)
    ground = Ground(place, settings, place / "sample.json")
    snapshot = Catalogue(settings).refresh()
    pairs = codes_and_days(medicines(snapshot), 200 if quick else 20_000)
    asked = write_questions(place / "asked.txt", [*lookups(pairs), *map(Question, PATHS * (len(pairs) // 1_000))])
    try:
        served = granian(ground, "front", FRONT, WORKERS, "/healthz", THREADS)
        with publishing(ground.environ()) as publisher, served as server:
            server.wait()
            outcome = _run(server, publisher, asked, settings.snapshot_dir / POINTER, quick=quick)
    finally:
        shutil.rmtree(place)
    yield from _told(outcome)
    yield from _targets(outcome)


def _run(server: Server, publisher: Publisher, asked: Path, pointer: Path, *, quick: bool) -> Outcome:
    first = publisher.publish().release
    _await_first(server, first)
    url, seconds = server.url("/"), 1 if quick else 4
    warm(url, asked)
    memory = server.private_megabytes()[0]
    over = time.monotonic() + MOST_SECONDS
    with Watch(server, pointer, first) as watch:
        without = [load(url, asked, seconds)]
        during: list[Load] = []
        published: list[Published] = []
        late = 0
        for turn in range(1 if quick else 2):
            if turn and time.monotonic() > over:
                break
            with Loading(url, asked, 2 * MOST_SECONDS) as reading:
                for _ in range(FEW_RELEASES if quick else RELEASES // 2):
                    time.sleep(BETWEEN)
                    if published and time.monotonic() > over:
                        break
                    published.append(publisher.publish())
                    late += not watch.wait_for(published[-1].release, LONGEST)
                during.append(reading.stop())
            without.append(load(url, asked, seconds))
    return Outcome(without, during, published, watch.seen, late, (memory, server.private_megabytes()[0]))


def _await_first(server: Server, release: int) -> None:
    """Until every worker answers the release that the watch begins with."""
    with Watch(server, Path("/nonexistent"), release) as watch:
        watch.wait_for(release, LONGEST)


def _reaches(outcome: Outcome) -> list[float]:
    """Milliseconds from the renaming of the pointer until the last connection was answered by each release."""
    seen = outcome.seen
    swapped = {int(number): at for name, at in seen.swapped.items() for number in re.findall(r"-(\d+)-", name)}
    reached = {
        one.release: max(seen.first[one.release].values()) for one in outcome.published if one.release in seen.first
    }
    return [1000 * (reached[release] - swapped[release]) for release in reached if release in swapped]


def _told(outcome: Outcome) -> Iterator[str]:
    seen, reaches = outcome.seen, _reaches(outcome)
    yield f"{WORKERS} workers of {THREADS} threads, as `amo-catalog serve` starts them, are read at full speed"
    yield f"({tool()}: random medicines and days) while another process"
    yield f"publishes {len(outcome.published)} releases one after the other, each a new price for {CHANGED} medicines,"
    yield f"as `amo-catalog draft publish` does. {CONNECTIONS} more connections ask for these prices all the time, and"
    yield "hold each price against the release that the answer names.\n"
    yield "| | req/s | p50, ms | p99, ms | Longest, ms | Lost |\n|---|---|---|---|---|---|"
    for name, loads in (("nothing is published", outcome.without), ("releases are published", outcome.during)):
        yield _row(name, loads)
    yield f"\nAnswers checked: {seen.answers:,}; errors: {len(seen.errors)}; torn: {len(seen.torn)}."
    yield from (f"- {what}" for what in dict.fromkeys([*seen.errors, *seen.torn][:5]))
    published, built = (median(times) for times in list(zip(*outcome.published, strict=True))[1:])
    yield f"Under this load publishing took {published:.2f} s, and the snapshot with its index {built:.2f} s (medians)."
    if reaches:
        yield "From the renaming of the pointer until every connection was answered by the new release:"
        yield f"{median(reaches):.0f} ms in the median, {max(reaches):.0f} ms at most."
    yield f"Private memory of a worker before: {outcome.memory[0]:.0f} MB; after: {outcome.memory[1]:.0f} MB."


def _row(name: str, loads: Sequence[Load]) -> str:
    figures = (median(one.rate for one in loads), median(one.p50 for one in loads), median(one.p99 for one in loads))
    lost, longest = sum(one.refused + one.failed for one in loads), max(one.longest for one in loads)
    return f"| {name} | {figures[0]:,.0f} | {figures[1]:.2f} | {figures[2]:.1f} | {longest:.0f} | {lost} |"


def _targets(outcome: Outcome) -> Iterator[Target]:
    seen, reaches = outcome.seen, _reaches(outcome)
    lost = sum(one.refused + one.failed for one in (*outcome.without, *outcome.during))
    yield at_most("errors under full read load", lost + len(seen.errors), "", 0)
    yield at_most("torn answers", len(seen.torn), "", 0)
    p99 = [median(one.p99 for one in loads) for loads in (outcome.during, outcome.without)]
    yield at_most_times("p99 while releases are published", p99[0], "ms", 3, "without", p99[1])
    what = "the pointer's renaming until all workers answer the release, slowest"
    slowest = 1000 * LONGEST if outcome.late or not reaches else max(reaches)
    yield at_most(what, slowest, "ms", REACH_MS)
