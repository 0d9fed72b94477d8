"""Differences between two releases, computed once a snapshot: what is published does not change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TypeVar
from weakref import WeakKeyDictionary, ref

from catalog.releases.diffing import EntryDiff
from catalog.releases.reviewing_prices import impact
from catalog.releases.telling import Told, compare, tell_counts
from catalog.snapshots.reading import Snapshot

KEPT = 6
"""Differences remembered for one snapshot; the largest holds the whole catalogue."""
COUNTED = 1024
"""Releases whose counts are remembered, whatever the snapshot: the list and the feeds show them all the time."""

Made = TypeVar("Made")
Comparing = Callable[[Snapshot, int, int], Made]


def per_pair(kept: int) -> Callable[[Comparing[Made]], Comparing[Made]]:
    """Remembers the last few things made of two releases of a snapshot; forgotten with the snapshot."""

    def remembering(make: Comparing[Made]) -> Comparing[Made]:
        held: WeakKeyDictionary[Snapshot, Callable[[int, int], Made]] = WeakKeyDictionary()

        @wraps(make)
        def remembered(snapshot: Snapshot, older: int, newer: int) -> Made:
            if snapshot not in held:
                held[snapshot] = lru_cache(kept)(_bind(make, ref(snapshot)))
            return held[snapshot](older, newer)

        return remembered

    return remembering


def _bind(make: Comparing[Made], held: ref[Snapshot]) -> Callable[[int, int], Made]:
    """``make`` of one snapshot, without keeping it alive."""

    def made(older: int, newer: int) -> Made:
        snapshot = held()
        if snapshot is None:  # pragma: no cover - the caller holds the snapshot it asks about
            raise ReferenceError("the snapshot is gone")
        return make(snapshot, older, newer)

    return made


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs from ``older`` to ``newer``: entries and counts by kind, and how many amounts fall, rise, leap."""

    older: int
    newer: int
    entries: Mapping[str, Sequence[EntryDiff]]
    counts: Told
    falls: int
    rises: int
    leaps: int

    @property
    def is_backwards(self) -> bool:
        return self.older > self.newer


@per_pair(KEPT)
def comparison(snapshot: Snapshot, older: int, newer: int) -> Comparison:
    """Of two releases of a snapshot, in either order; 0 stands for before the first."""
    found = {kind.name: compare(snapshot, kind, older, newer) for kind in snapshot.kinds}
    moved = [one for kind in snapshot.kinds for one in impact(kind, found[kind.name])]
    sizes = [(one.falls, one.rises, one.large) for one in moved]
    falls, rises, leaps = (sum(size[place] for size in sizes) for place in range(3))
    return Comparison(older, newer, found, tell_counts(found), falls, rises, leaps)


_counted: dict[tuple[str, str], Told] = {}


def counts(snapshot: Snapshot, older: int, newer: int) -> Told:
    """How many entries were added, changed, withdrawn, and touched in days already past: in all and by kind."""
    # Kept by chain digests, which cover everything published until then: a later snapshot answers the same.
    chains = ("", *(info.chain_digest for info in snapshot.releases))
    key = (chains[older], chains[newer])
    found = _counted.get(key)
    if found is None:
        if len(_counted) >= COUNTED:
            _counted.clear()
        found = tell_counts({kind.name: compare(snapshot, kind, older, newer) for kind in snapshot.kinds})
        _counted[key] = found
    return found
