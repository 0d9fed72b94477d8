"""Differences between releases, computed once: what is published does not change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from admin.revue.counting import Family, families
from admin.revue.lines import Line, make_lines
from admin.revue.shelf import Shelf
from catalog.releases.reviewing_prices import Impact, impact
from catalog.releases.telling import compare
from catalog.snapshots.reading import Snapshot

KEPT = 6
"""Differences remembered by a worker; the largest holds the whole catalogue."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two releases: its lines, its counts, and what it did to prices."""

    lines: Sequence[Line]
    impacts: Sequence[Impact]
    families: Sequence[Family]


_kept = Shelf(KEPT)


def difference(snapshot: Snapshot, older: int, newer: int) -> Difference:
    """Of two releases of a snapshot; 0 stands for before the first."""
    # The digests name what is compared: a catalogue made anew counts its releases from one again.
    chains = {0: ""} | {info.seq: info.chain_digest for info in snapshot.releases}
    key = (chains[older], chains[newer])
    return cast(Difference, _kept.find(key, lambda: _compare(snapshot, older, newer)))


def _compare(snapshot: Snapshot, older: int, newer: int) -> Difference:
    entries = {kind.name: tuple(compare(snapshot, kind, older, newer)) for kind in snapshot.kinds}
    lines = [line for kind in snapshot.kinds for line in make_lines(kind, entries[kind.name])]
    impacts = [one for kind in snapshot.kinds for one in impact(kind, entries[kind.name])]
    return Difference(lines, impacts, families(snapshot.kinds, entries))
