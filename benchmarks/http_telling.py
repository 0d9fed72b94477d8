"""What was measured over HTTP as text and tables, and which targets it meets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.http_contest import TABLE, Row
from benchmarks.http_data import Sizes
from benchmarks.http_load import CONNECTIONS, tool
from benchmarks.imports import CNOPS
from benchmarks.measure import Target, at_least_times, at_most_times, not_measured
from benchmarks.peers import DATASETTE
from benchmarks.serving_programs import find_nginx, has_gunicorn
from catalog.snapshots.reading import Version

LOOKUP, UNCHANGED = "**one medicine on a day**", "the same, already held (304)"
EARLIER = "one medicine on a day, known at a random release"
BARE, NGINX = "a bare WSGI function", "nginx, a static file"
ROUTE, CONSTANT = "Flask, the same medicine", "Flask, a constant"


def numbered(workers: int) -> str:
    return "1 worker" if workers == 1 else f"{workers} workers"


def introduction(versions: Sequence[Version], sizes: Sizes) -> Iterator[str]:
    """What is served, by what, and how it is asked."""
    data = "The bundled pack and the real CNOPS list" if CNOPS.is_file() else "The bundled pack"
    yield f"{data}: {len(versions):,} versions of medicines. Load by {tool()}, {CONNECTIONS} connections, on the"
    yield "machine that serves: it takes its part of the same cores. Our server, the bare function and both Flask"
    yield "applications run behind the same granian with the options of `amo-catalog serve --threads 1`, and once with"
    yield "the 8 threads it has unless told; ours writes its log of every request to a file."
    yield f"{sizes.questions:,} random medicines and days; {sizes.rounds} rounds of"
    yield f"{sizes.seconds:g} s of each in turn, medians. The bare function, the constant and nginx always answer the"
    yield "same bytes, as many as an ordinary answer has. CPU is of the server alone."
    if not find_nginx():
        yield "nginx is not installed here: the limit of the machine was not measured."
    if not has_gunicorn():
        yield "gunicorn is not installed here and was not measured."


def contest(workers: int, rows: Sequence[Row], missing: Sequence[str]) -> Iterator[str | Target]:
    """The table of one number of workers, and its targets."""
    found = {one.name: one for one in rows}
    bare = found[BARE].rate
    yield f"\n### {numbered(workers).capitalize()}\n"
    yield TABLE
    yield from (one.told(bare) for one in sorted(rows, key=lambda one: -one.rate))
    if missing:
        yield "\n" + " ".join(missing)
    if DATASETTE in found:
        yield "\nDatasette and OpenFisca run in one process each. `/parameter` answers every dated value of a medicine,"
        yield "`/calculate` computes on one of them: neither has an address for what was known at a release."
    yield from targets(workers, found)


def targets(workers: int, found: dict[str, Row]) -> Iterator[Target]:
    """Each promise beside its limit."""
    said = f", {numbered(workers)}"
    lookup, bare, route = found[LOOKUP], found[BARE], found[ROUTE]
    held, constant = found[UNCHANGED], found[CONSTANT]
    yield at_least_times(f"one medicine on a day{said}", lookup.rate, "req/s", 0.5, BARE, bare.rate)
    yield at_least_times(f"the same{said}", lookup.rate, "req/s", 5, "its Flask route", route.rate)
    yield at_most_times(f"p99 of the same{said}", lookup.p99, "ms", 4, BARE, bare.p99)
    yield at_least_times(f"304 by ETag{said}", held.rate, "req/s", 0.6, BARE, bare.rate)
    yield at_least_times(f"the Flask route{said}", route.rate, "req/s", 0.75, CONSTANT, constant.rate)
    if workers == 1:
        yield datasette(lookup, found.get(DATASETTE))


def datasette(lookup: Row, peer: Row | None) -> Target:
    what = "one medicine on a day, 1 worker"
    if peer is None:
        return not_measured(what, "Datasette was not measured", "≥ 25 ×")
    return at_least_times(what, lookup.rate, "req/s", 25, DATASETTE, peer.rate)
