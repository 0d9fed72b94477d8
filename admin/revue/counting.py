"""Counts of a difference: by kind, over all kinds, and of the prices that move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from admin.french import kind_name
from catalog.kinds import Kinds
from catalog.releases.diffing import EntryDiff, count
from catalog.releases.reviewing_prices import Impact


@dataclass(frozen=True, slots=True)
class Family:
    """The counts of one kind."""

    plural: str
    name: str
    entries: int
    added: int
    changed: int
    withdrawn: int
    retroactive: int


def families(kinds: Kinds, differences: Mapping[str, Sequence[EntryDiff]]) -> list[Family]:
    """Counts by kind, in the order of the lines; kinds that come to no difference are left out."""
    found = []
    for name, entries in differences.items():
        if entries:
            counts = count(entries)
            told = (counts["added"], counts["changed"], counts["withdrawn"], counts["retroactive"])
            title = kind_name(name, plural=True)
            found.append(Family(kinds.find(name).plural, title[:1].upper() + title[1:], len(entries), *told))
    return found


def total(rows: Iterable[Family]) -> Counter[str]:
    """The same over all kinds."""
    sums: Counter[str] = Counter()
    for row in rows:
        for name in ("entries", "added", "changed", "withdrawn", "retroactive"):
            sums[name] += getattr(row, name)
    return sums


@dataclass(frozen=True, slots=True)
class Prices:
    """How many amounts fall, rise, and move by a quarter or more."""

    falls: int
    rises: int
    large: int


def prices(impacts: Iterable[Impact]) -> Prices:
    """Over all amounts of all kinds."""
    listed = list(impacts)
    return Prices(sum(i.falls for i in listed), sum(i.rises for i in listed), sum(i.large for i in listed))
