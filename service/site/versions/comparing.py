"""Differences between two releases, computed once a snapshot: what is published does not change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.releases.diffing import EntryDiff
from catalog.releases.reviewing_prices import impact
from catalog.releases.telling import Told, compare, tell_counts
from catalog.snapshots.memory import remembering
from catalog.snapshots.reading import Snapshot

KEPT = 6
"""Differences remembered for one snapshot; the largest holds the whole catalogue."""


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


@remembering(KEPT)
def comparison(snapshot: Snapshot, older: int, newer: int) -> Comparison:
    """Of two releases of a snapshot, in either order; 0 stands for before the first."""
    found = {kind.name: tuple(compare(snapshot, kind, older, newer)) for kind in snapshot.kinds}
    moved = [one for kind in snapshot.kinds for one in impact(kind, found[kind.name])]
    sizes = [(one.falls, one.rises, one.large) for one in moved]
    falls, rises, leaps = (sum(size[place] for size in sizes) for place in range(3))
    return Comparison(older, newer, found, tell_counts(found), falls, rises, leaps)
