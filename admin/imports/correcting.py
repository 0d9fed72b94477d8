"""What an editor types over the cells of a row becomes amendments; the file stays as it came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from admin.imports.reports import ReportFile
from admin.imports.uploads import Upload
from catalog.errors import InvalidError, NotFoundError
from catalog.importing.amendments import Amendment

CELL = "cell:"
"""What the name of a form's field begins with that holds a cell; the column follows."""
LONGEST = 4000


class UnknownRowError(NotFoundError):
    def __init__(self, row: int) -> None:
        super().__init__(f"The report has no row {row}.")


class ReasonNeededError(InvalidError):
    def __init__(self) -> None:
        super().__init__("Say why the row is corrected or left aside.")


def find_line(upload: Upload, row: int) -> dict[str, Any]:
    """The line of a row. Raises UnknownRowError."""
    line = ReportFile(upload.report).row(row)
    if line is None:
        raise UnknownRowError(row)
    return line


def correct(upload: Upload, row: int, form: Mapping[str, str], *, by: str, at: datetime) -> list[Amendment]:
    """Keeps each cell that was typed over, and answers those. Raises UnknownRowError, ReasonNeededError.

    A cell put back to what the file prints withdraws its correction.
    """
    upload.need("correct", "judged")
    line, held = find_line(upload, row), {(one.row, one.column): one for one in upload.amendments()}
    reason = " ".join(form.get("reason", "").split())[:LONGEST]
    made: list[Amendment] = []
    for column, shown in line["cells"].items():
        before = held.get((row, column))
        printed, current = (before.old, before.new) if before else (shown, shown)
        new = form.get(CELL + column, current).strip()[:LONGEST]
        if new == current.strip():
            continue
        if new == printed.strip():
            upload.withdraw(row, column, by=by, at=at)
        else:
            made.append(Amendment(row, by, at, reason, column, printed, new))
    if made and not reason:
        raise ReasonNeededError
    upload.amend(made)
    return made


def skip(upload: Upload, row: int, reason: str, *, by: str, at: datetime) -> None:
    """Leaves a row aside. Raises UnknownRowError, ReasonNeededError."""
    upload.need("correct", "judged")
    find_line(upload, row)
    told = " ".join(reason.split())[:LONGEST]
    if not told:
        raise ReasonNeededError
    upload.amend([Amendment(row, by, at, told)])
