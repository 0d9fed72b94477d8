"""Facets that hang on other entries, and so on the day and the release: told by a table outside, as entries are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from catalog.search.entries import Entry
from catalog.search.stretches import Stretches
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment

Table = Mapping[str, Collection[Entry]]
"""The entries that have each value of a facet."""


@dataclass(frozen=True, slots=True)
class DatedFacet:
    """A facet worked out from a snapshot at a moment, and the kinds that it looks at.

    What it answers may change only on a day on which an entry of these kinds begins or ends, or that one of them names.
    """

    kinds: tuple[str, ...]
    answer: Callable[[Snapshot, Moment], Table]


class DatedFacets:
    """The dated facets of one snapshot."""

    def __init__(self, snapshot: Snapshot, facets: Mapping[str, DatedFacet]) -> None:
        self._snapshot = snapshot
        self._facets = facets
        self._stretches: dict[tuple[str, ...], Stretches] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._facets)

    def settle(self, facet: str, moment: Moment) -> Moment:
        """The first moment with the same answers, at which it is asked."""
        kinds = self._facets[facet].kinds
        found = self._stretches.get(kinds)
        if found is None:
            found = self._stretches[kinds] = Stretches(_turning_days(self._snapshot, kinds))
        return found.settle(moment)

    def table(self, facet: str, moment: Moment) -> Table:
        """The entries of each value."""
        return self._facets[facet].answer(self._snapshot, moment)


def _turning_days(snapshot: Snapshot, kinds: tuple[str, ...]) -> Iterator[date]:
    """Bounds of every period, and the days that entries name: an act passes from one status to the next on them."""
    for kind in kinds:
        for code in snapshot.codes(kind):
            for version in snapshot.history(kind, code, snapshot.head):
                yield version.period.start
                yield version.period.end
                yield from (value for value in version.payload.values() if type(value) is date)
