"""Quality and speed of the search on the real CNOPS list and the real CCAM; ``python -m benchmarks.search [SEED]``."""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from statistics import mean, quantiles
from typing import Any

import msgspec
from python_calamine import CalamineWorkbook

from benchmarks.imports import CNOPS, SHARED
from benchmarks.search_queries import Query, queries
from benchmarks.search_rivals import rivals
from catalog.registry import KINDS
from catalog.search import whoosh_index
from catalog.search.documents import Collection, Document, describe, in_display_order
from catalog.search.engine import Engine
from catalog.search.question import Question
from catalog.searching import SEARCHABLES
from catalog.temporal import Moment

CCAM = SHARED / "ngap_ccam" / "ccam_actes.json.gz"
ALWAYS = ((1, date.max.toordinal(), 1, 2),)
MOMENT = Moment(date(2026, 1, 1), 1)
A_CLASS = 90


def entries() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Kind, code and fields of every row of both files."""
    for row in CalamineWorkbook.from_path(str(CNOPS)).get_sheet_by_index(0).to_python()[1:]:
        code, name, dci, dose, unit, form, pack = (str(cell) for cell in row[:7])
        lists = {"dci": dci, "dosages": dose, "unites": unit}
        told = {field: tuple(text.split(" / ")) for field, text in lists.items() if text}
        yield "medicament", code, {"nom": name, "forme": form, "presentation": pack} | told
    for act in json.loads(gzip.decompress(CCAM.read_bytes())):
        yield "acte_ccam", act["code"], {"libelle": act["libelle_long"], "libelle_court": act.get("libelle_court")}


def documents() -> list[Document]:
    made = []
    for kind, code, told in entries():
        payload = dict.fromkeys(KINDS.find(kind).fields) | told
        document = describe(SEARCHABLES[kind], kind, code, payload)
        made.append(msgspec.structs.replace(document, held=ALWAYS))
    return in_display_order(made, SEARCHABLES)


Figures = dict[str, list[tuple[float, float, float]]]
"""Recall at 10, reciprocal rank and CPU milliseconds of each query, by class."""


def measure(ask: Callable[[str], Sequence[int]], asked: Sequence[Query]) -> Figures:
    found: Figures = defaultdict(list)
    for query in asked:
        start = time.thread_time()
        numbers = ask(query.text)
        spent = 1000 * (time.thread_time() - start)
        hits = [place for place, number in enumerate(numbers[:10], 1) if number in query.relevant]
        recall = len(hits) / min(10, len(query.relevant))
        found[query.kind].append((recall, 1 / hits[0] if hits else 0.0, spent))
    return found


def rows(name: str, figures: Figures) -> Iterator[str]:
    """A row a class, then one for all."""
    every = [one for ones in figures.values() for one in ones]
    for kind, ones in [*figures.items(), ("**all**", every)]:
        recalls, ranks, spent = zip(*ones, strict=True)
        cuts = quantiles(spent, n=100)
        quality = f"{mean(recalls):.3f} | {mean(ranks):.3f}"
        yield f"| {name} | {kind} | {len(ones)} | {quality} | {cuts[49]:.2f} | {cuts[98]:.2f} |"


def report(seed: int, folder: Path) -> Iterator[str]:
    kept = documents()
    start = time.process_time()
    (folder / "index").mkdir()
    (folder / "tantivy").mkdir()
    whoosh_index.write(folder / "index", kept)
    engine = Engine(folder / "index", Collection(kept, []))
    yield f"{len(kept)} entries, index built and opened in {time.process_time() - start:.1f} s CPU, seed {seed}.\n"
    places = {(one.kind, one.code): number for number, one in enumerate(kept)}

    def search(text: str) -> list[int]:
        return [places[one.kind, one.code] for one in engine.search(Question(text, per_page=10), MOMENT).documents]

    def suggest(text: str) -> list[int]:
        return [places[one.kind, one.code] for one in engine.suggest(text, MOMENT)]

    asked = list(queries(kept, seed, A_CLASS))
    search("warm up")
    yield "| Engine | Class | Queries | Recall@10 | MRR | CPU p50, ms | CPU p99, ms |\n|---|---|---|---|---|---|---|"
    yield from rows("this one", measure(search, asked))
    for name, ask in rivals(kept, folder / "tantivy").items():
        yield list(rows(name, measure(ask, asked)))[-1]
    typed = [query for query in asked if query.kind in ("prefix as typed", "one slip")]
    yield list(rows("autocomplete (titles, one each)", measure(suggest, typed)))[-1]


def main(asked: list[str]) -> None:
    if not (CNOPS.is_file() and CCAM.is_file()):
        sys.exit(f"The real files are absent: {SHARED} (AMO_SHARED_DATA says where they are).")
    with tempfile.TemporaryDirectory() as folder:
        for line in report(int(asked[0]) if asked else 7, Path(folder)):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
