"""Counts of the presentations in force at a moment. All are of our own entries; no published total is repeated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog.gmr.statut import ADMIS, HOSPITALIER, NON_ADMIS, RETIRE, statut
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

STATUTS = (ADMIS, HOSPITALIER, NON_ADMIS, RETIRE)
EDGES = (2000, 5000, 10000, 20000, 50000, 100000)
"""Where a band of public prices ends and the next begins, in centimes: round amounts, chosen for reading."""
TOP = 10


@dataclass(frozen=True, slots=True)
class Band:
    """Public prices from ``low``, included, to ``high``, excluded, in centimes; ``high`` None is without end."""

    low: int
    high: int | None
    number: int


@dataclass(frozen=True, slots=True)
class Medicines:
    """What is counted of the presentations in force; all but ``total`` and ``statuts`` is of those admitted.

    Admitted is what the list says (``admis_remboursement``), hospital ones included; ``statuts`` tells these apart.
    """

    total: int
    statuts: Mapping[str, int]
    admitted: int
    kinds: Mapping[str | None, int]
    classes: Mapping[str | None, int]
    formes: Mapping[str | None, int]
    bands: tuple[Band, ...]
    unpriced: int


def count_medicines(snapshot: Snapshot, moment: Moment) -> Medicines:
    """The counts of a moment."""
    every = list(snapshot.in_force("medicament", moment))
    admitted = [version for version in every if version.payload["admis_remboursement"]]
    prices = [version.payload["ppv"] for version in admitted]
    return Medicines(
        total=len(every),
        statuts=Counter(statut(version.payload) for version in every),
        admitted=len(admitted),
        kinds=_values(admitted, "princeps_generique"),
        classes=_values(admitted, "classe_therapeutique"),
        formes=_values(admitted, "forme"),
        bands=_bands([price for price in prices if price is not None]),
        unpriced=prices.count(None),
    )


def top(counts: Mapping[str | None, int]) -> list[tuple[str, int]]:
    """The most frequent values, those as frequent in order of name; what has none is left out."""
    known = [(value, number) for value, number in counts.items() if value]
    return sorted(known, key=lambda pair: (-pair[1], pair[0]))[:TOP]


def _values(versions: Iterable[Version], field: str) -> Counter[str | None]:
    return Counter(version.payload[field] for version in versions)


def _bands(prices: list[int]) -> tuple[Band, ...]:
    limits = zip((0, *EDGES), (*EDGES, None), strict=True)
    return tuple(
        Band(low, high, sum(1 for price in prices if low <= price and (high is None or price < high)))
        for low, high in limits
    )
