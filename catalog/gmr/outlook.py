"""What is to come for a presentation, and what a reader should be warned of today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from catalog.gmr.codes import has_valid_check_digit, is_internal
from catalog.gmr.entry_rules import dirhams
from catalog.gmr.group_rules import compared_with
from catalog.gmr.groups import expected_base, gather
from catalog.gmr.indexes import members_by_group
from catalog.kinds import Kind, Payload
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import DAWN, DUSK, Moment, Period


def bounds(period: Period) -> dict[str, str | None]:
    """``valid_from`` and ``valid_to`` as answers write them: null where open."""
    return {
        "valid_from": None if period.start == DAWN else period.start.isoformat(),
        "valid_to": None if period.end == DUSK else period.end.isoformat(),
    }


def upcoming(snapshot: Snapshot, current: Version, moment: Moment) -> list[dict[str, Any]]:
    """The versions known to follow, earliest first; a gap between two, or an end without a next, is a withdrawal."""
    kind = snapshot.kinds.find(current.kind)
    known = snapshot.versions(current.kind, current.code, moment.release)
    later = sorted((v for v in known if v.period.start >= current.period.end), key=lambda v: v.period)
    return list(_steps(kind, current, later))


def _steps(kind: Kind, current: Version, later: list[Version]) -> Iterator[dict[str, Any]]:
    before = current
    for version in later:
        if before.period.end < version.period.start:
            yield _withdrawal(Period(before.period.end, version.period.start))
        yield {
            **bounds(version.period),
            "withdrawn": False,
            "changes": changes(kind, before.payload, version.payload),
            "legal_act": version.legal_act,
        }
        before = version
    if not before.period.is_open_ended:
        yield _withdrawal(Period(before.period.end))


def _withdrawal(period: Period) -> dict[str, Any]:
    return {**bounds(period), "withdrawn": True, "changes": [], "legal_act": None}


def changes(kind: Kind, before: Payload, after: Payload) -> list[dict[str, Any]]:
    """Field by field, in the order of the kind, in external form."""
    old, new = kind.dump(before), kind.dump(after)
    return [{"field": name, "before": old[name], "after": new[name]} for name in kind.fields if old[name] != new[name]]


def warnings(snapshot: Snapshot, code: str, version: Version, moment: Moment) -> list[dict[str, str]]:
    """What is odd about the code asked and the entry found. Nothing is corrected: the published value is the law's."""
    found = []
    if not is_internal(code) and not has_valid_check_digit(code):
        found.append(
            {
                "code": "CHECK_DIGIT_IS_WRONG",
                "message": f"The check digit of {code} is wrong; the official list prints the code so.",
            }
        )
    expected = closest_base(snapshot, version, moment)
    published = version.payload["pbr"]
    if expected is not None and published not in (None, expected):
        message = (
            f"The published base is {dirhams(published)}; the closest generic of its group gives {dirhams(expected)}."
        )
        found.append({"code": "PBR_IS_NOT_THE_CLOSEST_GENERIC", "message": message})
    return found


def closest_base(snapshot: Snapshot, version: Version, moment: Moment) -> int | None:
    """The base the rule gives an admitted princeps of an explicit group that day, in centimes; else None."""
    group = version.payload["groupe_generique"]
    if not group:
        return None
    members = compared_with(version.payload, gather((v.code, v.payload) for v in in_group(snapshot, group, moment)))
    return expected_base(version.payload["ppv"], members.generic_prices) if members else None


def in_group(snapshot: Snapshot, group: str, moment: Moment) -> Iterator[Version]:
    """The members of an explicit group in force that day."""
    known = members_by_group(snapshot, moment.release).get(group, ())
    return (version for version in known if version.period.covers(moment.as_of))
