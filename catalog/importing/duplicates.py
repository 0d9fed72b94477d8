"""Rows that speak of the same entry: merged where the source spreads an entry over rows, otherwise judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from catalog.importing.findings import DuplicateRow, Findings, TwoValuesForOneCode
from catalog.importing.record import Record
from catalog.kinds import Kind
from catalog.validation import Violation

Key = tuple[str, date | None, date | None]


def settle(records: Iterable[Record], kind: Kind, merge: tuple[str, ...] | None, findings: Findings) -> list[Record]:
    """One record a code and period. ``merge`` names the list fields that rows of one code add up; None: none merge."""
    kept: dict[Key, Record] = {}
    seen: dict[Key, list[Record]] = {}
    for record in records:
        key = (record.code, record.valid_from, record.valid_to)
        before = seen.setdefault(key, [])
        if _repeats(record, before, merge):
            findings.add(DuplicateRow.broken(record.row, f"(row {before[0].row})", code=record.code))
            findings.counts["duplicate_rows"] += 1
        elif key not in kept:
            kept[key] = record
        elif merge is not None and not _differences(kept[key], record, merge):
            kept[key] = _merged(kept[key], record, merge)
            findings.counts["merged_rows"] += 1
        else:
            findings.add(_contradiction(kind, kept[key], record, merge or ()))
            findings.counts["refused_rows"] += 1
        before.append(record)
    _judge_periods(kept.values(), findings)
    return list(kept.values())


def _repeats(record: Record, before: list[Record], merge: tuple[str, ...] | None) -> bool:
    """Where rows are merged, two rows repeat each other only if they are printed alike."""
    if merge is None:
        return bool(before) and not _differences(before[0], record, ())
    return any(record.raw == earlier.raw for earlier in before)


def _differences(one: Record, other: Record, merge: tuple[str, ...]) -> list[str]:
    fields = [name for name in one.values if name not in merge and one.values[name] != other.values.get(name)]
    told = ("op", "legal_act", "source", "confidence")
    return fields + [name for name in told if getattr(one, name) != getattr(other, name)]


def _merged(record: Record, further: Record, merge: tuple[str, ...]) -> Record:
    """List fields row after row; where one of them is blank in some row, a blank holds its place."""
    added = {name: (record.values.get(name) or ("",)) + (further.values.get(name) or ("",)) for name in merge}
    return replace(
        record,
        values={**record.values, **{name: made if any(made) else None for name, made in added.items()}},
        amended=(*record.amended, *further.amended),
    )


def _contradiction(kind: Kind, first: Record, second: Record, merge: tuple[str, ...]) -> Violation:
    field = _differences(first, second, merge)[0]
    one, other = (_told(kind, record, field) for record in (first, second))
    detail = f"({field}: {one} in row {first.row}, {other} in row {second.row})"
    return TwoValuesForOneCode.broken(second.row, detail, field=field, value=other, code=second.code)


def _told(kind: Kind, record: Record, field: str) -> str:
    value: Any = record.values.get(field, getattr(record, field, None))
    return "blank" if value is None else str(kind.fields[field].write(value) if field in kind.fields else value)


def _judge_periods(records: Iterable[Record], findings: Findings) -> None:
    """Of one code, periods told in the file itself must not overlap."""
    dated: dict[str, list[Record]] = {}
    for record in records:
        if record.valid_from is not None:
            dated.setdefault(record.code, []).append(record)
    for code, found in dated.items():
        for earlier, later in _overlaps(found):
            detail = f"(rows {earlier.row} and {later.row} overlap from {later.valid_from})"
            findings.add(TwoValuesForOneCode.broken(later.row, detail, field="valid_from", code=code))


def _overlaps(records: list[Record]) -> Iterator[tuple[Record, Record]]:
    ordered = sorted(records, key=lambda record: record.valid_from or date.min)
    for earlier, later in pairwise(ordered):
        if later.valid_from and later.valid_from < (earlier.valid_to or date.max):
            yield earlier, later
