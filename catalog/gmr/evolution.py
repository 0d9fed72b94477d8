"""How many medicines could be reimbursed under each version of the guide: princeps, generics, and the others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from catalog.gmr.statut import ADMIS, statut
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DAWN, DUSK, Moment

KIND = "medicament"
PRINCEPS, GENERIQUE = "P", "G"


@dataclass(frozen=True, slots=True)
class VersionCount:
    """The medicines admitted to reimbursement as a release knows them, on the day from which its list holds."""

    release: int
    label: str | None
    day: date
    princeps: int
    generiques: int
    others: int

    @property
    def total(self) -> int:
        return self.princeps + self.generiques + self.others


_known: WeakKeyDictionary[Snapshot, list[VersionCount]] = WeakKeyDictionary()


def evolution(snapshot: Snapshot) -> list[VersionCount]:
    """One count for each release that brought medicines, oldest first; computed once a snapshot.

    Presentations that are delisted, not admitted, or for hospitals only are left out (statut ADMIS alone counts).
    """
    found = _known.get(snapshot)
    if found is None:
        found = _known[snapshot] = _count(snapshot)
    return found


def _count(snapshot: Snapshot) -> list[VersionCount]:
    moments = [Moment(day, seq) for seq in range(1, snapshot.head + 1) if (day := _effect(snapshot, seq)) is not None]
    tallies: dict[Moment, Counter[str]] = {moment: Counter() for moment in moments}
    for code in snapshot.codes(KIND):
        for moment in moments:
            version = snapshot.find(KIND, code, moment)
            if version is not None and statut(version.payload) == ADMIS:
                tallies[moment][version.payload["princeps_generique"] or ""] += 1
    return [_told(snapshot, moment, tallies[moment]) for moment in moments]


def _effect(snapshot: Snapshot, seq: int) -> date | None:
    """The day most of a release's medicines hold from, but never before it was published; None without medicines."""
    starts = Counter(fact.period.start for fact in snapshot.facts(KIND, seq - 1, seq) if fact.held is not None)
    if not starts:
        return None
    usual = max(starts, key=lambda day: (starts[day], day))
    return max(usual, snapshot.published_on(seq)) if DAWN < usual < DUSK else snapshot.published_on(seq)


def _told(snapshot: Snapshot, moment: Moment, tally: Counter[str]) -> VersionCount:
    others = tally.total() - tally[PRINCEPS] - tally[GENERIQUE]
    label = snapshot.release(moment.release).label
    return VersionCount(moment.release, label, moment.as_of, tally[PRINCEPS], tally[GENERIQUE], others)
