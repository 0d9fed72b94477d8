"""Between two days on which anything of this family begins or ends, every day has the same answers.

A question is therefore worked out, and remembered, for the first day of its stretch. Only for functions that look at
nothing but the kinds named here: for any other, another kind may change inside a stretch.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Any, Concatenate

from catalog.errors import CatalogError
from catalog.snapshots.memory import Answer, Asked, remembered
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DAWN, Moment

ACT = "acte_juridique"
KINDS = (
    ACT, "convention", "adherence_organisme", "lettre_cle", "forfait", "taux", "regle_organisme",
    "liste_tiers_payant", "adhesion",
)  # fmt: skip
"""The kinds an answer of the family may depend on."""


@dataclass(slots=True)
class Stretches:
    """The days on which something begins or ends in a snapshot, in order, and the moments made of them."""

    days: list[date]
    moments: dict[tuple[int, int], Moment] = field(default_factory=dict)

    def settle(self, moment: Moment) -> Moment:
        """The first moment with the same answers."""
        place = bisect_right(self.days, moment.as_of)
        key = (place, moment.release)
        found = self.moments.get(key)
        if found is None:
            found = self.moments[key] = Moment(self.days[place - 1] if place else DAWN, moment.release)
        return found


def steady(
    answer: Callable[Concatenate[Snapshot, Asked], Answer],
) -> Callable[Concatenate[Snapshot, Asked], Answer]:
    """The same function, each answer worked out once for a stretch of days.

    A refusal is worded for the very moment asked about.
    """
    kept = remembered(answer)

    @wraps(answer)
    def ask(snapshot: Snapshot, /, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        settled: Any = tuple(settle(snapshot, part) if type(part) is Moment else part for part in args)
        try:
            return kept(snapshot, *settled, **kwargs)
        except CatalogError:
            return answer(snapshot, *args, **kwargs)

    return ask


def settle(snapshot: Snapshot, moment: Moment) -> Moment:
    """The first moment at which a snapshot gives the same answers about this family."""
    return _stretches(snapshot).settle(moment)


@remembered
def _stretches(snapshot: Snapshot) -> Stretches:
    return Stretches(sorted(set(_turning_days(snapshot))))


def _turning_days(snapshot: Snapshot) -> Iterator[date]:
    """Bounds of every period, and the dates of acts, which make them pass from one status to the next."""
    for kind in (name for name in KINDS if name in snapshot.kinds):
        for fact in snapshot.facts(kind, 0, snapshot.head):
            yield fact.period.start
            yield fact.period.end
            if kind == ACT and fact.held is not None:
                yield from (value for value in fact.held.payload.values() if type(value) is date)
