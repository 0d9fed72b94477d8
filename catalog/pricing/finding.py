"""The entry a line is about, or why there is none: never known, withdrawn by an act, or not in force that day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from catalog.conventions.lookups import SIGNED_NOT_IN_FORCE, find_act
from catalog.errors import NotInForceError, UnknownCodeError
from catalog.pricing.answers import DELISTED, NO_TARIFF, UNKNOWN_CODE, Notice, UnpricedError
from catalog.snapshots.memory import remembered
from catalog.snapshots.reading import PublishedFact, Snapshot, Version
from catalog.temporal import Moment, merge_touching

NOT_YET = ("NEGOCIE", "SIGNE", "APPROUVE", "PUBLIE")
"""Statuses of an act that is on its way into force and prices nothing (DOMAIN fact 5)."""


def find_entry(snapshot: Snapshot, kind: str, code: str, moment: Moment) -> Version:
    """The version in force of a canonical code. Raises UnpricedError."""
    found = snapshot.find(kind, code, moment)
    if found is None:
        raise absent(snapshot, kind, code, moment)
    check_ground(snapshot, found, moment)
    return found


def absent(snapshot: Snapshot, kind: str, code: str, moment: Moment) -> UnpricedError:
    """Why an entry is not in force: DELISTED by the act that withdrew it, UNKNOWN_CODE, or NO_TARIFF that day."""
    label = snapshot.kinds.find(kind).label
    if not snapshot.is_known(kind, code, moment.release):
        return UnpricedError(UNKNOWN_CODE, str(UnknownCodeError(label, code)))
    withdrawal = find_withdrawal(snapshot, kind, code, moment)
    if withdrawal is not None:
        message = f"The {label} {code} was withdrawn from {withdrawal.period.start}."
        return UnpricedError(DELISTED, message, act=withdrawal.legal_act)
    known = merge_touching(version.period for version in snapshot.versions(kind, code, moment.release))
    return UnpricedError(NO_TARIFF, str(NotInForceError(label, code, moment.as_of, [str(period) for period in known])))


def find_withdrawal(snapshot: Snapshot, kind: str, code: str, moment: Moment) -> PublishedFact | None:
    """The fact that ended an entry over that day, newest first; None when nothing ever held then."""
    closed = {
        version.rel_to
        for version in snapshot.history(kind, code, moment.release)
        if version.rel_to <= moment.release and version.period.covers(moment.as_of)
    }
    for release in sorted(closed, reverse=True):
        for fact in _withdrawals(snapshot, kind, release).get(code, ()):
            if fact.period.covers(moment.as_of):
                return fact
    return None


@remembered
def _withdrawals(snapshot: Snapshot, kind: str, release: int) -> Mapping[str, tuple[PublishedFact, ...]]:
    found: dict[str, tuple[PublishedFact, ...]] = defaultdict(tuple)
    for fact in snapshot.facts(kind, release - 1, release):
        if fact.held is None:
            found[fact.code] += (fact,)
    return dict(found)


def check_ground(snapshot: Snapshot, version: Version, moment: Moment) -> None:
    """Only an act in force answers prices. Raises UnpricedError for one that is negotiated, signed or published."""
    act = find_act(snapshot, version.legal_act, moment)
    statut = act.payload["statut"] if act else None
    if statut in NOT_YET:
        label = snapshot.kinds.find(version.kind).label
        message = f"The {label} {version.code} rests on {version.legal_act}, which is {statut} and not in force."
        notice = Notice(SIGNED_NOT_IN_FORCE, message, version.legal_act)
        raise UnpricedError(NO_TARIFF, message, notices=(notice,), act=version.legal_act)
