"""Eras: stretches of days over which nothing that a question rests on changes, so that one answer serves them all.

An era is told by where a day falls among the first and last days of every fact that could matter, of any release. Days
of one era have one answer at every release; days of two eras may well have the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date

from catalog.pricing.line_fields import ACTE, DISPOSITIF, FORFAIT, MEDICAMENT
from catalog.snapshots.memory import remembered
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DAWN, Period

_PAYER_KINDS = ("taux", "regle_organisme")
_TARIFF_KINDS = ("lettre_cle", "forfait", "convention", "adherence_organisme")
_ACT_KINDS = ("acte_ngap", "acte_ccam", "correspondance")
SHARED = {
    MEDICAMENT: _PAYER_KINDS,
    DISPOSITIF: _PAYER_KINDS,
    FORFAIT: (*_PAYER_KINDS, *_TARIFF_KINDS),
    ACTE: (*_PAYER_KINDS, *_TARIFF_KINDS, *_ACT_KINDS),
}
"""Kinds whose entries any line of a kind may rest on: looked at as a whole. Legal acts are always among them."""
LEGAL_ACT = "acte_juridique"
_ACT_DAYS = ("signed_on", "approved_on", "published_on", "effective_from", "effective_to")

Bounds = tuple[date, ...]


class Eras:
    """The eras of a snapshot, each code's bounds worked out once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._shared = {kind: shared_bounds(snapshot, kind) for kind in SHARED}
        self._own: dict[tuple[str, str], Bounds] = {}

    def find(self, kind: str, code: str, day: date) -> tuple[int, int]:
        """The era of a day for lines of that kind and code."""
        key = (kind, code)
        own = self._own.get(key)
        if own is None:
            own = self._own[key] = own_bounds(self.snapshot, kind, code)
        return bisect_right(self._shared[kind], day), bisect_right(own, day)

    def forget(self) -> None:
        """Drops the bounds of codes."""
        self._own.clear()


@remembered
def shared_bounds(snapshot: Snapshot, kind: str) -> Bounds:
    """The days on which something that lines of a kind share begins or ends, a step of a legal act included."""
    kinds = (LEGAL_ACT, *SHARED[kind])
    periods = (fact.period for name in kinds for fact in snapshot.facts(name, 0, snapshot.head))
    return tuple(sorted({*_ends(periods), *_act_days(snapshot)}))


def stretch_of(snapshot: Snapshot, kind: str, day: date) -> date:
    """The first of the days, with that one, over which nothing that lines of a kind share begins or ends."""
    bounds = shared_bounds(snapshot, kind)
    place = bisect_right(bounds, day)
    return bounds[place - 1] if place else DAWN


def _act_days(snapshot: Snapshot) -> Iterator[date]:
    for fact in snapshot.facts(LEGAL_ACT, 0, snapshot.head):
        if fact.held is not None:
            yield from (day for name in _ACT_DAYS if (day := fact.held.payload[name]) is not None)


def own_bounds(snapshot: Snapshot, kind: str, code: str) -> Bounds:
    """The days on which what the code itself names begins or ends; acts and forfaits are shared."""
    return tuple(sorted(set(_ends(_own_periods(snapshot, kind, code)))))


def own_codes(snapshot: Snapshot, kind: str, code: str) -> Iterator[tuple[str, str]]:
    """The entries (kind, code) a line of that kind and code may be about, of any release."""
    if kind == DISPOSITIF:
        yield DISPOSITIF, code
    elif kind == MEDICAMENT:
        yield MEDICAMENT, code
        yield "gtin", code
        stood_for = {version.payload["presentation"] for version in snapshot.history("gtin", code, snapshot.head)}
        yield from ((MEDICAMENT, presentation) for presentation in sorted(stood_for - {code}))


def _own_periods(snapshot: Snapshot, kind: str, code: str) -> Iterator[Period]:
    for name, each in own_codes(snapshot, kind, code):
        yield from (version.period for version in snapshot.history(name, each, snapshot.head))


def _ends(periods: Iterable[Period]) -> Iterator[date]:
    for period in periods:
        yield period.start
        yield period.end
