"""What reading a file found to say: violations, counts and notes, gathered until the whole file is judged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import ClassVar

from catalog.validation import Severity, Violation


class ReadingRule:
    """Something a file must keep to, whatever it lists. The docstring's first line is the message a person reads."""

    severity: ClassVar[Severity] = Severity.ERROR
    remedy: ClassVar[str] = "Correct the cell in the file, or correct the profile."

    @classmethod
    def broken(
        cls,
        row: int | None,
        detail: str = "",
        *,
        column: str | None = None,
        field: str | None = None,
        value: str | None = None,
        code: str | None = None,
    ) -> Violation:
        message = f"{(cls.__doc__ or '').splitlines()[0]} {detail}".strip()
        return Violation(cls.__name__, cls.severity, message, cls.remedy, row, column, field, value, code)


class RowTooLong(ReadingRule):
    """The row has more filled cells than the header has columns."""

    remedy = 'A text probably holds the separator: quote it, or let the profile say overflow = "last".'


class RowTooShort(ReadingRule):
    """The row has fewer cells than the header has columns."""

    remedy = "The line is probably cut: restore it, or let the profile say short_rows = true."


class DoubtfulCell(ReadingRule):
    """The cell does not hold a plain value."""

    remedy = "Paste plain values into the sheet."


class SplitUnmatched(ReadingRule):
    """The text does not have the form the profile cuts; what would be cut from it is left blank."""

    severity = Severity.WARNING
    remedy = "Correct the cell, or the profile's pattern."


class CompanionLacksKey(ReadingRule):
    """The companion file has no row for this key; what it would add is left blank."""

    severity = Severity.WARNING
    remedy = "Check that both files come from the same publication."


class CompanionIsAmbiguous(ReadingRule):
    """The companion file gives several values for this key; the field is left blank."""

    severity = Severity.WARNING
    remedy = "Set the field by hand in the draft."


class MissingCode(ReadingRule):
    """The row has no code."""

    remedy = "Fill in the code, or delete the row."


class NoCode(ReadingRule):
    """The list prints no code for this entry; it is kept under an internal one."""

    severity = Severity.WARNING
    remedy = "Give it its code when it is known; the internal one stays valid."


class CodeDestroyed(ReadingRule):
    """A spreadsheet has turned the code into a number in powers of ten, and its last digits are lost."""

    remedy = "Take the file again and open it with the code column formatted as text."


class CodeUnreadable(ReadingRule):
    """The code does not follow the grammar of its kind."""


class AmountUnreadable(ReadingRule):
    """The cell is not, without doubt, one amount."""

    remedy = "Correct the cell, or let the profile state the decimal sign."


class FieldInvalid(ReadingRule):
    """The value does not fit its field."""


class MissingField(ReadingRule):
    """A field that every entry must have is empty."""

    remedy = "Fill in the cell."


class PeriodInvalid(ReadingRule):
    """The period ends before it starts."""

    remedy = "Correct valid_from or valid_to; valid_to is the first day that is no longer in the period."


class TwoValuesForOneCode(ReadingRule):
    """The same code is given two different values for the same days."""

    remedy = "Keep the row that is right and delete the other."


class DuplicateRow(ReadingRule):
    """The row repeats an earlier one; it is counted once."""

    severity = Severity.WARNING
    remedy = "Delete one of them."


class AmendmentUnapplied(ReadingRule):
    """A correction names a row or a column that was not read."""

    remedy = "Withdraw the correction, or correct the row that is meant."


class SkippedWithoutCode(ReadingRule):
    """The row is left aside and its code cannot be read: a full list withdraws the entry it may speak of."""

    severity = Severity.WARNING
    remedy = "Correct the code instead of leaving the row aside, or import the list as a delta."


class StagedAlready(ReadingRule):
    """The draft already proposes another value for the same days; this one replaces it."""

    severity = Severity.WARNING
    remedy = "Leave the row aside to keep what the draft has."


class StagedOverlap(ReadingRule):
    """The draft already proposes a value for other days that overlap these."""

    remedy = "Withdraw that change from the draft, or leave the row aside."


@dataclass(slots=True)
class Findings:
    """Filled while a file is read."""

    violations: list[Violation] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def add(self, violation: Violation) -> None:
        self.violations.append(violation)
