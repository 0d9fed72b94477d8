"""A file read through a profile: records with typed values, and every violation found on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from catalog.errors import DateError
from catalog.importing.amendments import Amendment, Amendments
from catalog.importing.binding import Binding, BoundField, bind
from catalog.importing.coding import make_code, number_siblings, read_code
from catalog.importing.companions import open_companions
from catalog.importing.detection import detect, likely_options
from catalog.importing.duplicates import settle
from catalog.importing.errors import UnreadableFileError
from catalog.importing.findings import Findings, PeriodInvalid, SkippedWithoutCode
from catalog.importing.layout import need_layout
from catalog.importing.profiles import Profile, load_profile
from catalog.importing.record import Record, RecordSet
from catalog.importing.rows import RowReader, SourceRow
from catalog.importing.sources import read_table
from catalog.importing.table import Progress, Table
from catalog.kinds import Kind
from catalog.temporal import parse_day

_PROGRESS_EVERY = 500


def read_records(
    path: Path,
    kind: Kind,
    profile: Profile | str | Path | None = None,
    *,
    amendments: Iterable[Amendment] = (),
    dated_by: str | None = None,
    progress: Progress | None = None,
) -> RecordSet:
    """The records of a file, with the violations of their own; rules of the family come after.

    ``profile`` is one, its name, its path, or None to find it by the header. ``amendments`` are read in place of what
    the file prints; ``dated_by`` stands for the path where a profile finds the day in it. Raises UnreadableFileError,
    ShapeError, UnknownProfileError and ProfileError; a bad row raises nothing and is a violation.
    """
    if progress:
        progress(0, None)
    table, chosen = _open(path, kind, profile)
    layout = need_layout(table, chosen)
    if not table.rows[layout.start :]:
        raise UnreadableFileError(path, "it holds a header and not one row", "Check that it was downloaded whole")
    findings = Findings(notes=[*chosen.notes, *filter(None, [chosen.effective_note]), *table.notes])
    binding = bind(chosen, kind, layout.names)
    companions = open_companions(path, chosen, findings)
    reader = RowReader(table, chosen, layout, companions, findings, Amendments(amendments))
    rows = list(reader.rows())
    number_siblings(binding.code, [*rows, *reader.skipped])
    judge = RowJudge(kind, chosen, binding, findings)
    records = settle(judge.records(rows, progress), kind, chosen.merge, findings)
    skipped = {row.number: code for row in reader.skipped if (code := _code_of_skipped(binding, kind, row, findings))}
    findings.counts.update(rows=len(rows), records=len(records))
    return RecordSet(
        path=path,
        kind=kind.name,
        profile=chosen,
        records=records,
        violations=findings.violations,
        counts=findings.counts,
        notes=findings.notes,
        defaults=binding.defaults,
        effective=_effective(dated_by or str(path.resolve()), chosen),
        rows={row.number: row.raw for row in (*rows, *reader.skipped)},
        skipped=skipped,
    )


def _code_of_skipped(binding: Binding, kind: Kind, row: SourceRow, findings: Findings) -> str | None:
    """The code of a row left aside, and a warning where it has none that can be read."""
    code = read_code(binding.code, kind, row, Findings())
    if not code:
        findings.add(SkippedWithoutCode.broken(row.number, column=binding.code.column if binding.code else None))
    return code or None


def _open(path: Path, kind: Kind, profile: Profile | str | Path | None) -> tuple[Table, Profile]:
    """The table read as its profile tells; a profile that must be found is found on a first reading."""
    if profile is not None:
        chosen = profile if isinstance(profile, Profile) else load_profile(profile, kind)
        return read_table(path, chosen.format.options), chosen
    first = likely_options(path, kind)
    table = read_table(path, first)
    chosen = detect(table, kind)
    told = chosen.format.options
    return (table if told == first else read_table(path, told)), chosen


def _effective(path: str, profile: Profile) -> date | None:
    """The day the profile states, or the one its pattern finds in the file's path."""
    if profile.effective_from_path is None:
        return profile.effective
    found = re.findall(profile.effective_from_path, path)
    try:
        return parse_day(found[-1]) if found else profile.effective
    except DateError:
        return profile.effective


@dataclass(frozen=True, slots=True)
class RowJudge:
    """Turns source rows into records; a row with an error makes none."""

    kind: Kind
    profile: Profile
    binding: Binding
    findings: Findings

    def records(self, rows: list[SourceRow], progress: Progress | None) -> Iterator[Record]:
        for done, row in enumerate(rows):
            if progress and done % _PROGRESS_EVERY == 0:
                progress(done, len(rows))
            if record := self._record(row):
                yield record
            else:
                self.findings.counts["refused_rows"] += 1
        if progress:
            progress(len(rows), len(rows))

    def _record(self, row: SourceRow) -> Record | None:
        code = read_code(self.binding.code, self.kind, row, self.findings)
        carried = self._values(self.binding.carried, row, code)
        is_void = carried is not None and carried.get("op") == "void"
        values = {} if is_void else self._values(self.binding.fields, row, code)
        if code is None or carried is None or values is None or not self._has_sound_period(row, code, carried):
            return None
        if not is_void:
            values |= self.binding.constants
        code = code or make_code(self.profile, self.kind, values, row, self.findings)
        return self._finish(row, code, values, carried) if code else None

    def _values(self, fields: tuple[BoundField, ...], row: SourceRow, code: str | None) -> dict[str, Any] | None:
        """Typed values by field; None, and a violation each, when some cell is at fault."""
        values: dict[str, Any] = {}
        is_sound = True
        for field in fields:
            value, problem = field.read(row.cells)
            values[field.name] = value
            if problem:
                is_sound = False
                rule, detail = problem
                told = {
                    "column": field.column,
                    "field": field.name,
                    "value": field.text(row.cells),
                    "code": code or None,
                }
                self.findings.add(rule.broken(row.number, detail, **told))
        return values if is_sound else None

    def _has_sound_period(self, row: SourceRow, code: str, carried: dict[str, Any]) -> bool:
        start, end = carried.get("valid_from"), carried.get("valid_to")
        if start is None or end is None or start < end:
            return True
        told = f"({start} to {end}, excluded)"
        self.findings.add(PeriodInvalid.broken(row.number, told, field="valid_to", value=str(end), code=code or None))
        return False

    def _finish(self, row: SourceRow, code: str, values: dict[str, Any], carried: dict[str, Any]) -> Record:
        return Record(
            row=row.number,
            code=code,
            values=values,
            raw=row.raw,
            valid_from=carried.get("valid_from"),
            valid_to=carried.get("valid_to"),
            legal_act=carried.get("legal_act"),
            source=carried.get("source") or self.profile.source,
            confidence=carried.get("confidence") or self.profile.confidence,
            op=carried.get("op") or "set",
            amended=row.amended,
        )
