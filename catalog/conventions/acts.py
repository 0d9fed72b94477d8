"""How far a legal act had gone on its way into force, on a day and as known at a release (DOMAIN 3.1, 6.1)."""

from __future__ import annotations

from datetime import date

from catalog.conventions.stretches import steady
from catalog.kinds import Payload
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment

ACT = "acte_juridique"
IN_FORCE = "EN_VIGUEUR"
REPEALED = "ABROGE"
PENDING = ("NEGOCIE", "SIGNE", "APPROUVE", "PUBLIE")
"""Before force, in order: such an act is told as a note and prices nothing."""

_PROOFS = (("PUBLIE", "published_on"), ("APPROUVE", "approved_on"), ("SIGNE", "signed_on"))
"""The date that proves each step, the furthest first."""


@steady
def find_act(snapshot: Snapshot, code: str, moment: Moment) -> Version | None:
    """A legal act as described that day; else by the description nearest to it, for a text may be recorded late."""
    found = snapshot.find(ACT, code, moment)
    if found is not None:
        return found
    known = snapshot.versions(ACT, code, moment.release)
    earlier = [version for version in known if version.period.start <= moment.as_of]
    return next(iter(earlier), None) or next(reversed(known), None)


@steady
def statut_on(snapshot: Snapshot, code: str, moment: Moment) -> str | None:
    """The status of an act that day: the recorded one, taken back as far as its own dates are still to come.

    None for an act of which nothing is known.
    """
    act = find_act(snapshot, code, moment)
    return None if act is None else statut_from_dates(act.payload, moment.as_of)


@steady
def is_act_in_force(snapshot: Snapshot, act: str, moment: Moment) -> bool:
    """Whether an act answers prices that day; one of which nothing is known does not."""
    return statut_on(snapshot, act, moment) == IN_FORCE


def statut_from_dates(act: Payload, day: date) -> str:
    """EN_VIGUEUR from ``effective_from`` to ``effective_to``, excluded; before and after, what the dates prove.

    An act recorded ABROGE without ``effective_to`` holds on no day.
    """
    recorded, starts, ends = str(act["statut"]), act["effective_from"], act["effective_to"]
    if recorded in PENDING:
        return _step_reached(act, recorded, day)
    is_over = recorded == REPEALED if ends is None else ends <= day
    if is_over:
        return REPEALED
    if starts is None or starts <= day:
        return IN_FORCE
    return _step_reached(act, recorded, day)


def _step_reached(act: Payload, recorded: str, day: date) -> str:
    """The furthest step whose date has come; the recorded one counts without a date, those after it never."""
    if recorded not in PENDING and not any(act[name] for _, name in _PROOFS):
        return PENDING[-1]
    furthest = PENDING.index(recorded) if recorded in PENDING else len(PENDING) - 1
    for statut, name in _PROOFS:
        is_undated = statut == recorded and act[name] is None
        is_past = act[name] is not None and act[name] <= day
        if PENDING.index(statut) <= furthest and (is_undated or is_past):
            return statut
    return PENDING[0]
