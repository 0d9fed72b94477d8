"""What was published of an entry, and the page of one that is known and not in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from catalog.pricing.finding import find_withdrawal
from catalog.releases.telling import Told, tell_version
from catalog.snapshots.reading import Version
from catalog.temporal import DUSK
from service.site.rooms import Shown
from service.site.visits import Visit


def history(visit: Visit, kind: str, codes: Iterable[str]) -> list[Told]:
    """Every value ever published up to the release of the visit, latest days first; ``corrected_by`` ended a belief."""
    release, shape = visit.moment.release, visit.snapshot.kinds.find(kind)
    found = [version for code in codes for version in visit.snapshot.history(kind, code, release)]
    found.sort(key=lambda version: (version.period.start, version.rel_from), reverse=True)
    return [
        {**tell_version(shape, version), "corrected_by": version.closed_by if version.rel_to <= release else None}
        for version in found
    ]


def gone(visit: Visit, kind: str, code: str) -> Shown:
    """The page of a known entry that is not in force that day: when it was, and the act that withdrew it."""
    known = visit.snapshot.versions(kind, code, visit.moment.release)
    withdrawal = find_withdrawal(visit.snapshot, kind, code, visit.moment)
    context: dict[str, Any] = {
        "kind": kind,
        "code": code,
        "entry": _last_told(visit, kind, code),
        "withdrawal": withdrawal,
        "last_day": _last_day(visit, known),
        "history": history(visit, kind, [code]),
    }
    return Shown("tarif_absent.html", context, status=404)


def _last_told(visit: Visit, kind: str, code: str) -> Told | None:
    versions = visit.snapshot.history(kind, code, visit.moment.release)
    return tell_version(visit.snapshot.kinds.find(kind), versions[0]) if versions else None


def _last_day(visit: Visit, known: list[Version]) -> str | None:
    """The nearest day on which the entry is in force: the last one before the day asked, else the first one after."""
    ended = [version.period.end for version in known if version.period.end <= visit.as_of]
    if ended:
        return (max(ended) - timedelta(days=1)).isoformat()
    coming = [version.period.start for version in known if visit.as_of < version.period.start < DUSK]
    return min(coming).isoformat() if coming else None
