"""Lines of JSON in, answers of JSON out, in process: priced and only looked up, beside the codecs by themselves."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

import msgspec

from benchmarks import http_data, memory, memory_worker
from benchmarks.measure import Target, at_least, shown
from catalog.pricing.tarification import Tarification
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment
from service.api.bodies import JSON, NDJSON
from service.api.schemas.tarifications import TarificationLine
from service.api.tarifications import answer_body
from service.cli.base import Catalogue

LINES = 10_000
ROUNDS = 5
Job = Callable[[], object]


class Typed(msgspec.Struct, omit_defaults=True):
    """A line as msgspec reads it by itself: types only, no rule of the catalogue."""

    kind: str
    code: str
    organisme: str
    id: str | int | None = None
    as_of: date | None = None
    secteur: str | None = None
    mode: str | None = None
    quantity: int = 1
    billed: str | None = None
    exoneration: bool = False
    mutuelle: bool = False
    accord_prealable: bool = False
    justified: bool = True


_typed = msgspec.json.Decoder(Typed)
_any = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True)
class Batch:
    """The same lines as rows of NDJSON, end to end, and as one body of JSON."""

    rows: list[bytes]

    @property
    def stream(self) -> bytes:
        return b"\n".join(self.rows)

    @property
    def whole(self) -> bytes:
        return b'{"lines":[' + b",".join(self.rows) + b"]}"


def part(folder: Path, *, quick: bool = False) -> Iterator[str | Target]:
    """A table of everything that took part, then what is promised, then the memory of a batch that is streamed."""
    count = 200 if quick else LINES
    snapshot = Catalogue(http_data.fill(folder / "batch", quick=quick)).refresh()
    batch = make(snapshot, count)
    speeds = {name: count / spent for name, spent in measure(jobs(snapshot, batch), 1 if quick else ROUNDS).items()}
    yield f"{count:,} lines in one body, four medicines for an act, on random days, each with a price of its own; on"
    yield f"one core, by CPU time, the median of {ROUNDS} rounds in turn. Cold: the snapshot was never asked before.\n"
    yield "| In process | lines/s |\n|---|---|"
    yield from (f"| {name} | {shown(speed)} |" for name, speed in speeds.items())
    yield from _memory(snapshot, batch)
    if memory.is_told():
        yield from _worker(folder / "batch")
    yield at_least("lines looked up, in process, one core", speeds["read, looked up, written"], "lines/s", 150_000)
    yield at_least("lines fully priced, in process, one core", speeds["priced, NDJSON, warm"], "lines/s", 80_000)


def make(snapshot: Snapshot, count: int) -> Batch:
    """Random lines, each with a price of its own."""
    pairs = http_data.codes_and_days(http_data.medicines(snapshot), count)
    return Batch([_encode(line) for line in http_data.lines(pairs, count, billed=True)])


def jobs(snapshot: Snapshot, batch: Batch) -> dict[str, Job]:
    """What takes part, by the name under which it stands on the page."""
    schema = TarificationLine()
    plain = [_any(row) for row in batch.rows]
    slow = Tarification(snapshot, snapshot.head)
    told = [_encode(slow.tell(line)) for line in plain]
    return {
        "marshmallow, load and dump": lambda: [schema.dump(schema.load(line)) for line in plain],
        "msgspec, typed, there and back": lambda: [_encode(_typed.decode(row)) for row in batch.rows],
        "msgspec in, ready fragments out": lambda: b"\n".join(_beside(batch.rows, told)),
        "read, looked up, written": lambda: looked_up(snapshot, batch.rows),
        "priced row by row, every answer built": lambda: [_encode(slow.tell(_any(row))) for row in batch.rows],
        "priced, NDJSON, cold": lambda: consume(fresh(snapshot), batch.stream, NDJSON),
        "priced, NDJSON, warm": lambda: consume(snapshot, batch.stream, NDJSON),
        "priced, JSON, warm": lambda: consume(snapshot, batch.whole, JSON),
    }


def _beside(rows: Sequence[bytes], told: Sequence[bytes]) -> list[bytes]:
    """The least there is to do: each line is read, and an answer that was ready is taken."""
    found = []
    for row, answer in zip(rows, told, strict=True):
        _typed.decode(row)
        found.append(answer)
    return found


def looked_up(snapshot: Snapshot, rows: Sequence[bytes]) -> bytes:
    """Each line read, its entry found on its day, its values answered as they are kept."""
    found = []
    for row in rows:
        line = _typed.decode(row)
        assert line.as_of
        held = snapshot.ready("medicament", line.code, Moment(line.as_of, snapshot.head))
        found.append(held or b"null")
    return b"\n".join(found)


def fresh(snapshot: Snapshot) -> Snapshot:
    """The same snapshot, of which nothing was asked."""
    return Snapshot(snapshot.packed, snapshot.kinds)


def consume(snapshot: Snapshot, body: bytes, medium: str) -> int:
    """Bytes answered; none is kept."""
    answered = answer_body(body, medium, {"explain": False}, snapshot, datetime.now(UTC))
    return sum(map(len, answered.chunks))


def measure(asked: dict[str, Job], rounds: int) -> dict[str, float]:
    """Seconds of CPU of each, one round of each in turn, after one that does not count."""
    spent: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(rounds + 1):
        for name, job in asked.items():
            start = time.process_time()
            job()
            if turn:
                spent[name].append(time.process_time() - start)
    return {name: median(taken) for name, taken in spent.items()}


def _memory(snapshot: Snapshot, batch: Batch) -> Iterator[str]:
    """What a streamed answer needs at its most, beside the same answer in one piece."""
    stream, whole = batch.stream, batch.whole
    peaks = []
    for body, medium in ((stream, NDJSON), (whole, JSON)):
        consume(snapshot, body, medium)
        tracemalloc.start()
        consume(snapshot, body, medium)
        peaks.append(tracemalloc.get_traced_memory()[1] / 2**20)
        tracemalloc.stop()
    yield f"\nA body of {len(stream) / 2**20:.2f} MB, once warm: answering it as NDJSON, some rows at a time, needs"
    yield f"{peaks[0]:.2f} MB at its most; as JSON, which is one piece, {peaks[1]:.2f} MB."


def _worker(folder: Path) -> Iterator[str]:
    """What a process of the service holds that answers from this catalogue."""
    told = memory_worker.measured(folder)
    opened, answered = told["opened"] - told["before"], told["private"] - told["opened"]
    asked, searched = f"{memory_worker.ASKED:,} lookups", f"{memory_worker.SEARCHED} searches"
    yield "\nA worker that serves this catalogue, which is the bundled pack and the real list where its file is there,"
    yield f"begins with {told['before']:.0f} MB of its own for the program, adds {opened:.0f} MB for the snapshot and"
    yield f"the search index, and {answered:.0f} MB once {asked} and {searched} are answered;"
    yield f"{told['shared']:.0f} MB are pages of files, which all workers share."
