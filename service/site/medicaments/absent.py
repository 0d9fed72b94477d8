"""The page of a code that is known and not in force that day: when it was, and what ended it."""

from __future__ import annotations

from typing import Any

from catalog.gmr import lookups
from catalog.gmr.outlook import bounds
from catalog.pricing.finding import find_withdrawal
from catalog.temporal import merge_touching
from service.site.history import nearest_day
from service.site.rooms import Shown
from service.site.visits import Visit


def show_absent(visit: Visit, code: str) -> Shown:
    """The page, with status 404, and the nearest day on which there is one to read. Raises UnknownCodeError."""
    snapshot, moment = visit.snapshot, visit.moment
    history = lookups.history(snapshot, code, moment)
    presentation = str(history[0]["code"]) if history else code
    known = snapshot.versions("gtin", code, moment.release) or snapshot.versions(
        "medicament", presentation, moment.release
    )
    periods = merge_touching(version.period for version in known)
    gtins = lookups.gtins(snapshot, presentation, moment)
    context: dict[str, Any] = {
        "code": code,
        "told": history[0] if history else None,
        "history": history,
        "periods": [bounds(period) for period in periods],
        "nearest": nearest_day(periods, visit.as_of),
        "is_past": any(period.end <= visit.as_of for period in periods),
        "withdrawal": find_withdrawal(snapshot, "medicament", presentation, moment),
        "others": [each for each in gtins if each["in_force"] and each["code"] != code]
        if snapshot.find("medicament", presentation, moment)
        else [],
    }
    return Shown("medicament_absent.html", context, status=404)
