"""One entry on one day at one release, in process: this catalogue beside flat arrays and databases of the same rows."""

from __future__ import annotations

import importlib.util
import mmap
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import msgspec

from benchmarks import lookup_flat, lookup_rivals
from benchmarks.lookup_data import PRICE, RELEASES, Size, content, moments, questions, rows
from benchmarks.lookup_flat import Ask
from benchmarks.measure import Target, at_most_times
from catalog.registry import KINDS
from catalog.snapshots.packed import decode
from catalog.snapshots.packing import encode
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment
from tests.servers import NoServerError

WHOLE, TINY = Size(10_000, 50), Size(60, 50)
ROUNDS = 9
LIMIT, BOTH = "flat array, dictionary, bisection (the limit)", "the same with `known_at`"
READY, READY_KNOWN = "this catalogue, the entry ready as bytes", "the same with `known_at`, older releases"
POSTGRES = "PostgreSQL, prepared statement, unix socket"
Job = Callable[[], object]


@dataclass(frozen=True)
class Contender:
    """Something that answers: a job that puts so many questions to it."""

    name: str
    job: Job
    count: int


def part(folder: Path, *, quick: bool = False) -> Iterator[str | Target]:
    """The whole part: a table of all contenders, then the two promises."""
    size, count = (TINY, 200) if quick else (WHOLE, 20_000)
    with ExitStack() as stack:
        contenders, notes = _contenders(folder, size, count, None if quick else stack)
        spent = measure(contenders, 1 if quick else ROUNDS)
    yield f"{size}, two clocks, {RELEASES} releases; random codes and days. Microseconds of CPU a question, of elapsed"
    yield f"time where another process answers; the least of {ROUNDS} rounds in which all took turns: what disturbs"
    yield "a round only ever adds to it.\n"
    yield "| One lookup, in process | µs | × the limit |\n|---|---|---|"
    yield from (f"| {name} | {micros:.2f} | {micros / spent[LIMIT]:.1f} |" for name, micros in spent.items())
    yield from notes
    yield at_most_times("a lookup, the typed entry ready as bytes", spent[READY], "µs", 1.5, "flat array", spent[LIMIT])
    yield at_most_times("the same with `known_at`", spent[READY_KNOWN], "µs", 2, "flat array at head", spent[LIMIT])


def measure(contenders: Sequence[Contender], rounds: int) -> dict[str, float]:
    """Microseconds of each in its least disturbed round; one round of each in turn."""
    spent: dict[str, list[float]] = {one.name: [] for one in contenders}
    for _ in range(rounds):
        for one in contenders:
            clock = time.perf_counter if one.name == POSTGRES else time.process_time
            start = clock()
            one.job()
            spent[one.name].append(1e6 * (clock() - start) / one.count)
    return {name: min(taken) for name, taken in spent.items()}


def _contenders(folder: Path, size: Size, count: int, stack: ExitStack | None) -> tuple[list[Contender], list[str]]:
    every, asked = list(rows(size)), questions(size, count)
    now = [(code, day, RELEASES) for code, day in asked]
    flat, both = lookup_flat.at_head(every, RELEASES), lookup_flat.at_any_release(every)
    snapshot = Snapshot(decode(encode(content(size)), "made"), KINDS)
    (folder / "lookup.bin").write_bytes(snapshot.data)
    mapped = map_bytes(folder / "lookup.bin")
    prices = [flat(*one) for one in now]
    found = [
        Contender(LIMIT, asking_moments(flat, moments(asked, RELEASES)), count),
        Contender(BOTH, asking_moments(both, moments(asked)), count),
        *_ours(snapshot, mapped, asked),
    ]
    check(snapshot, both, asked)
    notes = [*_numpy(found, every, asked, prices)]
    lookup_rivals.fill(folder / "lookup.sqlite", size)
    by_rows, by_joins = lookup_rivals.in_sqlite(folder / "lookup.sqlite")
    by_core, by_orm = lookup_rivals.in_sqlalchemy(folder / "lookup.sqlite")
    for name, ask, part_of in (
        ("sqlite3, one flat table", by_rows, 4),
        ("sqlite3, normalised", by_joins, 4),
        ("SQLAlchemy Core, statement kept", by_core, 10),
        ("SQLAlchemy, an entity of the ORM", by_orm, 40),
    ):
        found.append(_checked(name, ask, now[: count // part_of], prices))
    if stack is not None:
        notes += _server(found, size, now[: count // 10], prices, stack)
    return found, notes


def _asking(ask: Ask, asked: Sequence[tuple[str, int, int]]) -> Job:
    def job() -> None:
        for code, day, release in asked:
            ask(code, day, release)

    return job


def asking_moments(ask: Ask, asked: Sequence[tuple[str, Moment]]) -> Job:
    """The very question that the snapshot is asked: a date, not a number."""

    def job() -> None:
        for code, moment in asked:
            ask(code, moment.as_of.toordinal(), moment.release)

    return job


def _checked(name: str, ask: Ask, asked: Sequence[tuple[str, int, int]], prices: Sequence[int]) -> Contender:
    assert all(ask(*one) == price for one, price in zip(asked[:50], prices, strict=False)), name
    return Contender(name, _asking(ask, asked), len(asked))


def map_bytes(path: Path) -> Snapshot:
    """The snapshot of a packed file, mapped; it was packed here, and is not read against its digest."""
    with path.open("rb") as source:
        mapped = mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ)
    return Snapshot(decode(mapped, path, is_checked=True), KINDS)


def _ours(snapshot: Snapshot, mapped: Snapshot, asked: list[tuple[str, int]]) -> Iterator[Contender]:
    now, older = moments(asked, RELEASES), moments(asked)
    count = len(asked)
    yield Contender(READY, ready(snapshot, now), count)
    yield Contender(READY_KNOWN, ready(snapshot, older), count)
    yield Contender("this catalogue, ready, from a mapped file", ready(mapped, now), count)
    fresh = decode(snapshot.data, "made", is_checked=True)
    yield Contender("this catalogue, decoded, first asked", lambda: decoded(Snapshot(fresh, KINDS), now)(), count)
    yield Contender("this catalogue, decoded, asked before", decoded(snapshot, now), count)


def ready(snapshot: Snapshot, asked: Sequence[tuple[str, Moment]]) -> Job:
    """The stored entry, typed, as bytes: nothing is decoded."""
    find = snapshot.ready

    def job() -> None:
        for code, moment in asked:
            find("medicament", code, moment)

    return job


def decoded(snapshot: Snapshot, asked: Sequence[tuple[str, Moment]]) -> Job:
    """The whole version, every field as a value of Python."""
    find = snapshot.find

    def job() -> None:
        for code, moment in asked:
            find("medicament", code, moment)

    return job


def check(snapshot: Snapshot, ask: Ask, asked: list[tuple[str, int]]) -> None:
    """That what is compared is the same answer, by the price that each row has to itself."""
    for code, moment in moments(asked[:500]):
        held = snapshot.ready("medicament", code, moment)
        price = msgspec.msgpack.decode(held)[PRICE] if held else 0
        assert price == ask(code, moment.as_of.toordinal(), moment.release)


def _server(
    found: list[Contender],
    size: Size,
    asked: Sequence[tuple[str, int, int]],
    prices: Sequence[int],
    stack: ExitStack,
) -> Iterator[str]:
    """A PostgreSQL that lives as long as the benchmark, where there is one."""
    try:
        ask = stack.enter_context(lookup_rivals.in_postgres(size))
    except NoServerError as error:
        yield f"\nPostgreSQL was not measured: {error}."
        return
    found.append(_checked(POSTGRES, ask, asked, prices))


def _numpy(
    found: list[Contender], every: list[lookup_flat.Row], asked: list[tuple[str, int]], prices: list[int]
) -> Iterator[str]:
    if importlib.util.find_spec("numpy") is None:
        yield "\nnumpy is not installed here and was not measured."
        return
    import numpy

    arrays = lookup_flat.InNumpy(numpy, every, RELEASES)
    assert arrays.ask_all(asked).tolist() == prices
    found.append(Contender("numpy, one by one", _asking(arrays.ask, [(*one, RELEASES) for one in asked]), len(asked)))
    found.append(Contender(f"numpy, {len(asked):,} at once", lambda: arrays.ask_all(asked), len(asked)))
