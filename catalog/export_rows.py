"""What a row of an export holds, how a cell of a spreadsheet is written, and what the file is called."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from catalog.fields import LIST_SEPARATOR
from catalog.kinds import Kind
from catalog.snapshots.reading import Version

CARRIED = ("valid_from", "valid_to", "legal_act", "source", "confidence")
"""Columns that say when, on what ground and how surely; ``0001-01-01`` is a beginning that nobody knows."""


_FORMULA = re.compile(r"[=+\-@\t\r]")


def columns(kind: Kind) -> list[str]:
    """The header of an export."""
    return ["code", *kind.fields, *CARRIED]


def external(kind: Kind, version: Version) -> dict[str, Any]:
    """A version as one row, ready for JSON."""
    period = version.period
    return {
        "code": version.code,
        **kind.dump(version.payload),
        "valid_from": period.start.isoformat(),
        "valid_to": None if period.is_open_ended else period.end.isoformat(),
        "legal_act": version.legal_act,
        "source": version.source,
        "confidence": version.confidence,
    }


def cell(value: Any) -> str:
    """The text of a value in a spreadsheet; one that a spreadsheet would take for a formula gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    text = LIST_SEPARATOR.join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def cells(kind: Kind, version: Version) -> list[str]:
    """A version as one row of a spreadsheet."""
    row = external(kind, version)
    return [cell(row[name]) for name in columns(kind)]


def file_name(kind: Kind, release: int, label: str | None, as_of: date, format_name: str) -> str:
    """A name that tells kind, release and day: ``medicaments-release-4-06-23-2014-07-01.csv``."""
    told = re.sub(r"[^A-Za-z0-9.-]+", "-", label or "").strip("-.")
    parts = (kind.plural, "release", str(release), told, as_of.isoformat())
    return f"{'-'.join(filter(None, parts))}.{format_name}"
