"""Answers worth keeping: a snapshot never changes, and millions of lines ask it the same few questions.

Between two days on which anything of the family begins or ends, every day has the same answers. A question is therefore
worked out, and remembered, for the first day of its stretch.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from weakref import WeakKeyDictionary

from catalog.errors import CatalogError
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DAWN, Moment

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

KEPT_ANSWERS = 20_000
"""Answers of one function kept for one snapshot; beyond that all are forgotten and gathered anew."""

KINDS = (
    "acte_juridique", "convention", "adherence_organisme", "lettre_cle", "forfait", "taux", "regle_organisme",
    "liste_tiers_payant", "adhesion",
)  # fmt: skip
"""The kinds an answer of the family may depend on."""

_UNKNOWN = object()


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


def remembered(
    answer: Callable[Concatenate[Snapshot, Asked], Answer],
) -> Callable[Concatenate[Snapshot, Asked], Answer]:
    """The same function, each answer worked out once for a snapshot and forgotten with it; arguments are hashable.

    A refusal is not kept, and is worded for the very moment asked about.
    """
    kept: WeakKeyDictionary[Snapshot, dict[Hashable, Any]] = WeakKeyDictionary()

    @wraps(answer)
    def recall(snapshot: Snapshot, /, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        known = kept.get(snapshot)
        if known is None:
            known = kept.setdefault(snapshot, {})
        settled: Any = tuple(settle(snapshot, part) if type(part) is Moment else part for part in args)
        key = (settled, *kwargs.items())
        found = known.get(key, _UNKNOWN)
        if found is _UNKNOWN:
            try:
                found = answer(snapshot, *settled, **kwargs)
            except CatalogError:
                return answer(snapshot, *args, **kwargs)
            if len(known) >= KEPT_ANSWERS:
                known.clear()
            known[key] = found
        return cast(Answer, found)

    return recall


_stretches: WeakKeyDictionary[Snapshot, Stretches] = WeakKeyDictionary()


def settle(snapshot: Snapshot, moment: Moment) -> Moment:
    """The first moment at which a snapshot gives the same answers about this family."""
    found = _stretches.get(snapshot)
    if found is None:
        found = _stretches[snapshot] = Stretches(sorted(set(_turning_days(snapshot))))
    return found.settle(moment)


def _turning_days(snapshot: Snapshot) -> Iterator[date]:
    """Bounds of every period, and the dates of acts, which make them pass from one status to the next."""
    for kind in KINDS:
        if kind not in snapshot.kinds:
            continue
        for fact in snapshot.facts(kind, 0, snapshot.head):
            yield fact.period.start
            yield fact.period.end
            if kind == KINDS[0] and fact.held is not None:
                yield from (value for value in fact.held.payload.values() if type(value) is date)
