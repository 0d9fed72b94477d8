"""Columns that hold several facts, cut into columns of their own."""

from __future__ import annotations

import re

from catalog.fields import LIST_SEPARATOR
from catalog.importing.findings import Findings, SplitUnmatched
from catalog.importing.layout import fold
from catalog.importing.profiles.model import Split


def split_cell(split: Split, cells: dict[str, str], nulls: frozenset[str], row: int, findings: Findings) -> None:
    """Add the columns ``column.group``. A part that does not have the pattern's form is reported and left blank."""
    text = " ".join(cells.get(split.column, "").split())
    parts = [] if not text or fold(text) in nulls else _parts(split, text, cells)
    matches = [split.pattern.fullmatch(part) for part in parts]
    if not all(matches):
        findings.add(SplitUnmatched.broken(row, column=split.column, value=text))
        matches = []
    for name in split.pattern.groupindex:
        found = [(match[name] or "").strip() for match in matches if match]
        cells[f"{split.column}.{name}"] = LIST_SEPARATOR.join(found) if any(found) else ""


def _parts(split: Split, text: str, cells: dict[str, str]) -> list[str]:
    """The parts, when they are as many as their model's; otherwise the whole as one, with tight separators."""
    if split.separator is None:
        return [text]
    parts = [part.strip() for part in text.split(split.separator)]
    if split.like is None:
        return parts
    model = cells.get(split.like, "")
    expected = len(re.split(re.escape(split.like_separator), model)) if split.like_separator else 1
    return parts if len(parts) == expected else [split.separator.join(parts)]
