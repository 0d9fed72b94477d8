"""Quality and speed of the search on the real CNOPS list and the real CCAM, beside other engines in the same run."""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, quantiles

from benchmarks import search_hostile, search_memory, search_oracle, search_targets
from benchmarks.search_corpus import MOMENT, Told, documents, entries, is_there
from benchmarks.search_front import behind_front, ranked_here_from
from benchmarks.search_queries import A_CLASS, RULES, Query, queries
from benchmarks.search_rivals import textbook
from catalog.search.building import write
from catalog.search.documents import Collection, Document
from catalog.search.engine import Engine
from catalog.search.question import Question

SEEDS = (20_261, 318_905)
"""The first was looked at while the search was written; the second was drawn after."""
ORACLE_QUERIES = 60
OURS = "this one"


@dataclass(frozen=True)
class Figures:
    """Recall at 10, reciprocal rank and milliseconds of CPU of each query, by class."""

    by_class: dict[str, list[tuple[float, float, float]]] = field(default_factory=lambda: defaultdict(list))
    build: float = 0.0

    def of(self, name: str | None = None) -> tuple[float, float, float, float]:
        """Mean recall, mean reciprocal rank, p50 and p99; of all classes where none is named."""
        every = self.by_class[name] if name else [one for ones in self.by_class.values() for one in ones]
        recalls, ranks, spent = zip(*every, strict=True)
        cuts = quantiles(spent, n=100)
        return mean(recalls), mean(ranks), cuts[49], cuts[98]


@dataclass
class Results:
    """Everything measured in one run."""

    count: int = 0
    build: float = 0.0
    megabytes: float = 0.0
    engines: dict[str, dict[int, Figures]] = field(default_factory=lambda: defaultdict(dict))
    autocomplete: dict[int, Figures] = field(default_factory=dict)
    differences: dict[int, list[str]] = field(default_factory=dict)
    hostile: list[tuple[str, float, str]] = field(default_factory=list)


def measure(ask: Callable[[str], Sequence[int]], asked: Sequence[Query], build: float = 0.0) -> Figures:
    figures = Figures(build=build)
    for query in asked:
        start = time.thread_time()
        numbers = ask(query.text)
        spent = 1000 * (time.thread_time() - start)
        hits = [place for place, number in enumerate(numbers[:10], 1) if number in query.relevant]
        recall = len(hits) / min(10, len(query.relevant))
        figures.by_class[query.kind].append((recall, 1 / hits[0] if hits else 0.0, spent))
    return figures


def build_index(folder: Path, rows: list[Told]) -> tuple[list[Document], float]:
    """The documents, and the seconds of CPU from the rows to an index on disk."""
    start = time.process_time()
    kept = documents(rows)
    write(folder, Collection(kept, []))
    return kept, time.process_time() - start


def run_all(folder: Path) -> Results:
    (folder / "index").mkdir()
    kept, build = build_index(folder / "index", list(entries()))
    results = Results(len(kept), build, search_memory.measured(folder / "index"))
    engine = Engine(folder / "index", Collection(kept, []))
    asked = {seed: list(queries(kept, seed, A_CLASS)) for seed in SEEDS}
    _measure_ours(results, engine, kept, asked)
    for name, ask, spent in textbook(kept, _made(folder / "textbook")):
        for seed, wanted in asked.items():
            results.engines[name][seed] = measure(ask, wanted, spent)
    for name, spent, broad in behind_front(engine, kept, _made(folder / "front")):
        with ranked_here_from(broad):
            for seed, wanted in asked.items():
                engine._reader.forget()
                results.engines[name][seed] = measure(_searching(engine, kept), wanted, spent)
    return results


def _measure_ours(results: Results, engine: Engine, kept: list[Document], asked: dict[int, list[Query]]) -> None:
    search, suggest = _searching(engine, kept), _suggesting(engine, kept)
    search("warm up")
    for seed, wanted in asked.items():
        engine._reader.forget()
        results.engines[OURS][seed] = measure(search, wanted, results.build)
        engine._reader.forget()
        results.autocomplete[seed] = measure(suggest, wanted)
        sample = wanted[:: max(1, len(wanted) // ORACLE_QUERIES)]
        results.differences[seed] = search_oracle.differences(engine, kept, sample)
    results.hostile = list(search_hostile.measure(engine, kept))


def _searching(engine: Engine, kept: list[Document]) -> Callable[[str], list[int]]:
    places = {(one.kind, one.code): number for number, one in enumerate(kept)}

    def search(text: str) -> list[int]:
        return [places[one.kind, one.code] for one in engine.search(Question(text, per_page=10), MOMENT).documents]

    return search


def _suggesting(engine: Engine, kept: list[Document]) -> Callable[[str], list[int]]:
    places = {(one.kind, one.code): number for number, one in enumerate(kept)}
    return lambda text: [places[one.kind, one.code] for one in engine.suggest(text, MOMENT)]


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def part(folder: Path) -> Iterator[str]:
    """The part of the page on search, line by line."""
    if not is_there():
        yield "Not measured: the real files are absent (AMO_SHARED_DATA says where they are)."
        return
    with tempfile.TemporaryDirectory(dir=folder) as inside:
        yield from search_targets.tell(run_all(Path(inside)), SEEDS, tuple(RULES), OURS)
