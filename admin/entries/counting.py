"""How many entries of each kind are in force at a moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from weakref import WeakKeyDictionary

from admin.entries.labels import GROUPS, OTHERS, many
from catalog.kinds import Kind
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment

KEPT_MOMENTS = 8


@dataclass(frozen=True, slots=True)
class Counted:
    """A kind, its title, and its entries in force."""

    kind: Kind
    title: str
    number: int


_kept: WeakKeyDictionary[Snapshot, dict[Moment, Mapping[str, int]]] = WeakKeyDictionary()
_lock = Lock()


def counts(snapshot: Snapshot, moment: Moment) -> Mapping[str, int]:
    """Entries in force by name of kind; remembered for the moments asked for last."""
    with _lock:
        found = _kept.setdefault(snapshot, {}).get(moment)
    if found is None:
        found = {kind.name: sum(1 for _ in snapshot.in_force(kind.name, moment)) for kind in snapshot.kinds}
        with _lock:
            kept = _kept[snapshot]
            kept[moment] = found
            while len(kept) > KEPT_MOMENTS:
                del kept[next(iter(kept))]
    return found


def groups(snapshot: Snapshot, moment: Moment) -> Iterator[tuple[str, Sequence[Counted]]]:
    """The kinds with their counts, in the groups of the console's first list."""
    numbers = counts(snapshot, moment)
    for title, names in _grouped(tuple(kind.name for kind in snapshot.kinds)):
        found = [snapshot.kinds.find(name) for name in names]
        if found:
            yield title, [Counted(kind, many(kind), numbers[kind.name]) for kind in found]


@lru_cache(maxsize=4)
def _grouped(names: tuple[str, ...]) -> Sequence[tuple[str, Sequence[str]]]:
    placed = {name for group in GROUPS.values() for name in group}
    known = [(title, [name for name in group if name in names]) for title, group in GROUPS.items()]
    return [*known, (OTHERS, [name for name in names if name not in placed])]
