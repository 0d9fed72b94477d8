"""How a lookup grows with the catalogue: ten times, a hundred times the medicines, and their versions."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import growth_made, lookup_flat, memory
from benchmarks.lookup import Job, asking_moments, map_bytes, ready
from benchmarks.lookup_data import RELEASES, Size, codes, moments, questions, rows
from benchmarks.measure import Target, at_most, at_most_times, side_by_side
from catalog.registry import KINDS
from catalog.releases.telling import compare
from catalog.snapshots.reading import Snapshot

SIZES = (Size(1_000, 50), Size(10_000, 50), Size(100_000, 50), Size(100, 5_000))
"""The least, the one that is also compared, the largest; then as many versions of fewer entries."""
TINY = (Size(30, 50), Size(60, 50), Size(90, 50))
SAME, ALL, FLAT = "the same number of entries", "any entry", "flat array, any entry"
ASKED = 20_000
PAIRS = 1
HEAD = (
    "| Catalogue | As many entries, µs | Any entry, µs | Flat array, µs | File, MB | Open, ms | Own, MB | Packed, s |"
)

Spent = Mapping[tuple[Size, str], float]


def part(folder: Path, *, quick: bool = False) -> Iterator[str | Target]:
    """A row for each size, then what differs between any two releases of the middle one."""
    sizes, count = (TINY, 200) if quick else (SIZES, ASKED)
    packed = {size: growth_made.make(path_of(folder, size), size) for size in sizes}
    memories = {size: memory.measured(path_of(folder, size), size) for size in sizes}
    spent = _in_turn(folder, sizes, count, rounds=1 if quick else 5)
    yield from _told(sizes)
    for size in sizes:
        figures = [f"{spent[size, what]:.2f}" for what in (SAME, ALL, FLAT)]
        figures += [f"{_megabytes(folder, size):.1f}", f"{memories[size]['open']:.2f}"]
        figures += [f"{memories[size].get('private', float('nan')):.1f}", f"{packed[size]:.1f}"]
        yield f"| {size} | {' | '.join(figures)} |"
    yield from _lookups(spent, sizes)
    yield from _memories(memories[sizes[1]], _megabytes(folder, sizes[1]), sizes[1])
    yield from _between_releases(map_bytes(path_of(folder, sizes[1])), f"{sizes[1].rows:,} versions")
    for size in sizes:
        path_of(folder, size).unlink()


def path_of(folder: Path, size: Size) -> Path:
    return folder / f"growth-{size.codes}-{size.versions}.bin"


def _megabytes(folder: Path, size: Size) -> float:
    return path_of(folder, size).stat().st_size / 2**20


def _told(sizes: Sequence[Size]) -> Iterator[str]:
    yield "Random days, the entry ready as bytes, all sizes in turn, the least of the rounds. *As many entries*:"
    yield f"{sizes[0].codes:,} at most, wherever they lie. *Any entry* leaves what the processor keeps near, as the"
    yield "flat array does: the steps are the same, the memory is slower. Own memory is what opening and 20,000"
    yield "questions add to a process; the file is shared by all.\n"
    yield f"{HEAD}\n{'|---' * 8}|"


def _in_turn(folder: Path, sizes: Sequence[Size], count: int, rounds: int) -> Spent:
    """Microseconds of CPU a question, by size and what is asked."""
    jobs: dict[tuple[Size, str], Job] = {}
    for size in sizes:
        snapshot, asked = map_bytes(path_of(folder, size)), questions(size, count)
        few = random.Random(8).sample(codes(size), min(size.codes, sizes[0].codes))
        same = [(few[number % len(few)], day) for number, (_, day) in enumerate(asked)]
        flat = lookup_flat.at_head(rows(size), RELEASES)
        jobs[size, SAME] = ready(snapshot, moments(same, RELEASES))
        jobs[size, ALL] = ready(snapshot, moments(asked, RELEASES))
        jobs[size, FLAT] = asking_moments(flat, moments(asked, RELEASES))
    return {key: 1e6 * seconds / count for key, seconds in side_by_side(jobs, rounds, pick=min).items()}


def _lookups(spent: Spent, sizes: Sequence[Size]) -> Iterator[Target]:
    least, most = sizes[0], sizes[2]
    what, among = f"among {most.rows:,} versions", f"among {least.rows:,}"
    same = f"a lookup {what}, as many entries asked"
    yield at_most_times(same, spent[most, SAME], "µs", 1.25, among, spent[least, SAME])
    ratio, first = (spent[size, ALL] / spent[size, FLAT] for size in (most, least))
    yield at_most_times(f"any entry {what}, beside the flat array", ratio, "×", 1.25, among, first)


def _memories(told: Mapping[str, float], file: float, size: Size) -> Iterator[Target]:
    what = f"{size.rows:,} versions"
    yield at_most(f"open a snapshot of {what}, mapped", told["open"], "ms", 5)
    if "private" in told:
        yield at_most(f"private memory of a worker, {what}", told["private"], "MB", 6)
    yield at_most(f"shared memory, {what}: the whole file", file, "MB", 60)


def _between_releases(snapshot: Snapshot, rows: str) -> Iterator[str | Target]:
    """The widest pair, and some others."""
    drawn = random.Random(5)
    pairs = [(1, RELEASES), *(sorted(drawn.sample(range(1, RELEASES + 1), 2)) for _ in range(PAIRS))]
    yield f"\n| Two releases of {RELEASES}, {rows} | Entries that differ | Pieces | s of CPU |\n|---|---|---|---|"
    worst = 0.0
    for older, newer in pairs:
        start = time.process_time()
        entries = pieces = 0
        for entry in compare(snapshot, KINDS.find("medicament"), older, newer):
            entries, pieces = entries + 1, pieces + len(entry.pieces)
        spent = time.process_time() - start
        worst = max(worst, spent)
        yield f"| {older} and {newer} | {entries:,} | {pieces:,} | {spent:.2f} |"
    yield at_most(f"what differs between any two of {RELEASES} releases, {rows}", worst, "s of CPU", 10)
