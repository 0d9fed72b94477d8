"""The two clocks: the day a fact holds, and the release that said so. Standard library and time-zone data only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from catalog.errors import DateError, PeriodError

DAWN = date.min
"""Start of a period without a known beginning."""
DUSK = date.max
"""End of a period that is still open; a sentinel, so that comparisons and constraints need no NULL."""


_RFC_3339 = re.compile(
    r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,6})?([Zz]|[+-]\d{2}:\d{2})$",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from ``start``, included, to ``end``, excluded."""

    start: date
    end: date = DUSK

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise PeriodError(self.start, self.end)

    @property
    def is_open_ended(self) -> bool:
        return self.end == DUSK

    def covers(self, day: date) -> bool:
        return self.start <= day < self.end

    def overlaps(self, other: Period) -> bool:
        return self.start < other.end and other.start < self.end

    def clip(self, other: Period) -> Period | None:
        """The part shared with ``other``, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start < end else None

    def minus(self, other: Period) -> Iterator[Period]:
        """What is left of this period once ``other`` is cut out: none, one or two pieces."""
        if not self.overlaps(other):
            yield self
            return
        if self.start < other.start:
            yield Period(self.start, other.start)
        if other.end < self.end:
            yield Period(other.end, self.end)

    def __str__(self) -> str:
        if self.is_open_ended:
            return f"from {self.start}"
        return f"from {self.start} to {self.end} (excluded)"


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a reader stands: the day of care, and the release whose knowledge it relies on."""

    as_of: date
    release: int


def parse_day(text: str) -> date:
    """A ``YYYY-MM-DD`` day before the last one of the year 9999, which stands for no end. Raises DateError."""
    if len(text) == 10 and text[4] == text[7] == "-":
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise DateError(text) from None
        if day < DUSK:
            return day
        raise DateError(text, "a day before 9999-12-31, which stands for no end")
    raise DateError(text)


def parse_instant(text: str) -> datetime:
    """An RFC 3339 instant with its offset, in UTC. Raises DateError without an offset: a bare time is a guess."""
    if not _RFC_3339.match(text):
        raise DateError(text, "RFC 3339 with its offset, for example 2026-11-22T10:00:00Z")
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise DateError(text, "RFC 3339, for example 2026-11-22T10:00:00Z") from None
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        raise DateError(text, "an instant between the years 1 and 9999") from None


def format_instant(instant: datetime) -> str:
    """RFC 3339 in UTC, with microseconds only when there are some."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


@cache
def morocco() -> ZoneInfo:
    """Africa/Casablanca from PyPI's ``tzdata``: system copies still carry the rules of before September 2026."""
    with files("tzdata.zoneinfo.Africa").joinpath("Casablanca").open("rb") as source:
        return ZoneInfo.from_file(source, key="Africa/Casablanca")


def day_in_morocco(instant: datetime) -> date:
    """The calendar day in Africa/Casablanca at that instant."""
    return instant.astimezone(morocco()).date()


def merge_touching(periods: Iterable[Period]) -> list[Period]:
    """The same days in as few periods as possible, in order."""
    merged: list[Period] = []
    for period in sorted(periods):
        if merged and period.start <= merged[-1].end:
            merged[-1] = Period(merged[-1].start, max(merged[-1].end, period.end))
        else:
            merged.append(period)
    return merged
