"""The hot questions over HTTP, beside their limits on the same server and beside peers, in one run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks import http_batches, http_telling
from benchmarks.http_contest import Row, alternate, row
from benchmarks.http_data import (
    QUICK,
    WHOLE,
    Sizes,
    answer,
    codes_and_days,
    conditional,
    earlier_lookups,
    fill,
    lookups,
    medicines,
    payers,
    typed,
)
from benchmarks.http_load import Question
from benchmarks.measure import Target
from benchmarks.peers import Peer, PeerError, peers
from benchmarks.serving import Server, ServerError
from benchmarks.serving_programs import (
    BARE,
    CONSTANT,
    FLASK,
    FRONT,
    THREADS,
    Ground,
    find_nginx,
    granian,
    gunicorn,
    has_gunicorn,
    nginx,
)
from benchmarks.swap_publisher import publish_one
from catalog.snapshots.reading import Snapshot, Version
from service.cli.base import Catalogue

ALIVE = "/healthz"
COMPARED = 40


@dataclass(frozen=True)
class Run:
    """What one run measures on. ``first``: the oldest release that knows every medicine asked for."""

    ground: Ground
    sizes: Sizes
    snapshot: Snapshot
    versions: Sequence[Version]
    pairs: Sequence[tuple[str, date]]
    first: int
    quick: bool


class DifferenceError(Exception):
    """The front and Flask must answer alike, or comparing their speed says nothing."""


def part(folder: Path, *, quick: bool = False) -> Iterator[str | Target]:
    """The part of the page on HTTP, line by line, with its targets."""
    place = folder / "http"
    settings = fill(place / "data", quick=quick)
    sizes = QUICK if quick else WHOLE
    catalogue = Catalogue(settings)
    first = catalogue.refresh().head
    for turn in range(sizes.releases):
        publish_one(catalogue, turn)
    snapshot = catalogue.refresh()
    versions = [one for one in medicines(snapshot) if one.opened_by <= first]
    ground = Ground(place, settings, place / "sample.json")
    run = Run(ground, sizes, snapshot, versions, codes_and_days(versions, sizes.questions), first, quick)
    yield from http_telling.introduction(run.versions, sizes)
    try:
        for workers in sizes.workers:
            yield from _with_workers(run, workers)
    finally:
        shutil.rmtree(place)


def _with_workers(run: Run, workers: int) -> Iterator[str | Target]:
    with ExitStack() as stack:
        front = stack.enter_context(granian(run.ground, f"front {workers}", FRONT, workers, ALIVE))
        front.wait()
        _keep_sample(run, front)
        others = _limits(run, stack, workers)
        _compare(run, front, others["flask"])
        rows = [*_hot(run, front), *_rows(run, others)]
        missing = list(_add_peers(run, stack, rows)) if workers == 1 and not run.quick else []
        alternate(rows, run.sizes.rounds, run.sizes.seconds)
        yield from http_telling.contest(workers, rows, missing)
        for server in others.values():
            server.stop()
        yield from _batches(run, front, workers)


def _batches(run: Run, front: Server, workers: int) -> Iterator[str | Target]:
    folder = run.ground.folder
    yield f"\n#### Lines to price, {http_telling.numbered(workers)}"
    if workers == 1:
        yield from http_batches.first_batches(folder, front, run.versions, run.sizes)
        yield http_batches.COSTS_TOLD
        found = list(http_batches.costs(folder, front, run.versions, run.sizes))
        yield from (one.told() for one in found)
        yield from http_batches.targets(found)
        yield from http_batches.memory(folder, front, run.versions, run.sizes)
    yield "\nUnder load, lines of all years, the same ones in each request:\n"
    yield http_batches.RATES_TOLD
    yield from http_batches.rates(folder, front, workers, run.pairs, run.sizes)


def _keep_sample(run: Run, front: Server) -> None:
    """An answer of ordinary length, for those that always give the same one."""
    bodies = sorted((answer(front, one)[2] for one in lookups(run.pairs[:COMPARED])), key=len)
    run.ground.sample.write_bytes(bodies[len(bodies) // 2])


def _limits(run: Run, stack: ExitStack, workers: int) -> dict[str, Server]:
    """The servers that ours is held against, all started."""
    ground = run.ground
    route = f"/api/v1/medicaments/{run.pairs[0][0]}"
    made = {
        "bare": granian(ground, f"bare {workers}", BARE, workers),
        "constant": granian(ground, f"constant {workers}", CONSTANT, workers, route),
        "flask": granian(ground, f"flask {workers}", FLASK, workers, ALIVE),
        "threads": granian(ground, f"threads {workers}", FRONT, workers, ALIVE, THREADS),
    }
    if has_gunicorn() and not run.quick:
        made["gunicorn"] = gunicorn(ground, f"gunicorn {workers}", FRONT, workers, ALIVE)
    if find_nginx() and not run.quick:
        made["nginx"] = nginx(ground, f"nginx {workers}", workers)
    started = {name: stack.enter_context(one) for name, one in made.items()}
    for server in started.values():
        server.wait()
    return started


def _compare(run: Run, front: Server, flask: Server) -> None:
    """The front answers as Flask does, to the byte. Raises DifferenceError."""
    head = run.snapshot.head
    for one in [*lookups(run.pairs[:COMPARED]), *payers(run.pairs[:COMPARED])]:
        asked = Question(f"{one.path}&release={head}")
        if answer(front, asked) != answer(flask, asked):
            raise DifferenceError(f"The front and Flask answer otherwise to {asked.path}")


def _hot(run: Run, front: Server) -> list[Row]:
    folder, asked = run.ground.folder, lookups(run.pairs)
    return [
        row(folder, http_telling.LOOKUP, front, asked),
        row(folder, http_telling.EARLIER, front, earlier_lookups(run.pairs, run.first, run.snapshot.head)),
        row(folder, http_telling.UNCHANGED, front, conditional(front, asked[: run.sizes.held])),
        row(folder, "tiers payant of a medicine", front, payers(run.pairs)),
        row(folder, "suggest", front, typed(run.versions)),
    ]


def _rows(run: Run, others: dict[str, Server]) -> Iterator[Row]:
    """What the others are asked: the same lookups, where they can be."""
    asked = lookups(run.pairs)
    named = {
        "bare": (http_telling.BARE, asked),
        "flask": (http_telling.ROUTE, asked),
        "constant": (http_telling.CONSTANT, asked),
        "threads": (f"one medicine on a day, {THREADS} threads a worker", asked),
        "gunicorn": ("gunicorn, threads: the lookup", asked),
        "nginx": (http_telling.NGINX, [Question("/answer")]),
    }
    for key, server in others.items():
        name, questions = named[key]
        yield row(run.ground.folder, name, server, questions)


def _add_peers(run: Run, stack: ExitStack, rows: list[Row]) -> Iterator[str]:
    """Adds the peers that are there to the rows; a sentence for each that is not."""
    for peer in peers(run.ground.folder, run.snapshot, run.versions, run.pairs):
        if not isinstance(peer, Peer):
            yield peer
            continue
        server = stack.enter_context(peer.serving())
        try:
            server.wait()
            peer.check(server)
        except (ServerError, PeerError) as error:
            yield f"{peer.name} was not measured: {str(error).splitlines()[-1]}"
            continue
        rows += [row(run.ground.folder, name, server, asked) for name, asked in peer.asked.items()]
