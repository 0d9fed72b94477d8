"""What was published of an entry, whatever its kind, and the page of one that is known and not in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from catalog.pricing.finding import find_withdrawal
from catalog.releases.telling import Told, tell_version
from catalog.temporal import DUSK, Period
from service.site.entries import page_of
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
    page = page_of(kind, code)
    entry = _last_told(visit, kind, code)
    withdrawal = find_withdrawal(visit.snapshot, kind, code, visit.moment)
    context: dict[str, Any] = {
        "page": page[0] if page else None,
        "code": code,
        "entry": entry,
        "named_by": "libelle" if entry and "libelle" in entry else "dci",
        "withdrawal": withdrawal,
        "last_day": nearest_day([version.period for version in known], visit.as_of),
        "history": history(visit, kind, [code]),
    }
    return Shown("tarif_absent.html", context, status=404)


def _last_told(visit: Visit, kind: str, code: str) -> Told | None:
    versions = visit.snapshot.history(kind, code, visit.moment.release)
    return tell_version(visit.snapshot.kinds.find(kind), versions[0]) if versions else None


def nearest_day(periods: Iterable[Period], asked: date) -> str | None:
    """The last day in force before the day asked; else the first one after it."""
    known = list(periods)
    ended = [period.end for period in known if period.end <= asked]
    if ended:
        return (max(ended) - timedelta(days=1)).isoformat()
    coming = [period.start for period in known if asked < period.start < DUSK]
    return min(coming).isoformat() if coming else None
