"""Step charts: values that hold over days, laid out for an inline SVG without script or style of its own.

This module computes where things stand; ``console/charts.html`` draws them. A chart always stands beside a table that
says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from catalog.french import write_day

WIDTH, HEIGHT = 760, 300
LEFT, RIGHT, TOP, BOTTOM = 72, 744, 16, 232
"""The plot's box; below it stand the days, then the legend."""
LEGEND_TOP, LEGEND_LINE = 272, 22
LETTER = 7.5
"""About the width of a letter: the legend is wrapped without measuring text."""
SAMPLE = 34

MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
MOST_DAYS = 8
NICE = (1, 2, 5)
MOST_LEVELS = 6


@dataclass(frozen=True, slots=True)
class Step:
    """A value from ``start``, included, to ``end``, excluded; None where it has no known beginning or no end yet."""

    start: date | None
    end: date | None
    value: int


@dataclass(frozen=True, slots=True)
class Series:
    """What one line of the chart shows; its steps do not overlap."""

    name: str
    steps: Sequence[Step]


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of an axis: its place and its text."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Dot:
    """Where a value begins; ``text`` tells it in words."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn series; ``number`` (from 1) chooses its colour and dashes, ``legend_*`` the place of its name."""

    number: int
    name: str
    path: str
    dots: Sequence[Dot]
    legend_x: float
    legend_y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the template draws; lengths in the units of the view box."""

    ident: str
    title: str
    summary: str
    width: int
    height: int
    levels: Sequence[Tick]
    days: Sequence[Tick]
    lines: Sequence[Line]
    marked: Tick | None


def _since(day: date | None) -> str:
    return f"depuis le {write_day(day)}" if day else "depuis une date inconnue"


@dataclass(frozen=True, slots=True)
class Words:
    """How a chart speaks; ``one`` and ``several`` are formats of ``name``, ``number``, ``first`` and ``last``."""

    locale: str = "fr"
    level: Callable[[int], str] | None = None
    """A value beside its mark on the axis; written as any other where None."""
    day: Callable[[date], str] = write_day
    since: Callable[[date | None], str] = _since
    one: str = "%(name)s : %(first)s"
    several: str = "%(name)s : %(number)s valeurs, de %(first)s à %(last)s"


FRENCH = Words()


def step_chart(
    series: Iterable[Series],
    *,
    ident: str,
    title: str,
    until: date,
    marked: date | None = None,
    write: Callable[[int], str] = str,
    words: Words = FRENCH,
) -> Chart | None:
    """The chart of these series up to ``until`` and a little beyond; None where no series has a value.

    ``write`` tells a value; ``marked`` is a day to point at (the one the page is about). ``ident`` makes the ids of the
    page's elements unique; ``words`` are those of the language of the page.
    """
    drawn = [one for one in series if one.steps]
    if not drawn:
        return None
    frame = _Frame.around([step for one in drawn for step in one.steps], [until, marked or until])
    places = list(_legend([one.name for one in drawn]))
    lines = [
        Line(number, one.name, frame.path(one.steps), frame.dots(one, write, words), *place)
        for number, (one, place) in enumerate(zip(drawn, places, strict=True), start=1)
    ]
    return Chart(
        ident=ident,
        title=title,
        summary=". ".join(_summary(one, write, words) for one in drawn) + ".",
        width=WIDTH,
        height=int(places[-1][1]) + LEGEND_LINE // 2,
        levels=[Tick(frame.y(level), (words.level or write)(level)) for level in frame.levels()],
        days=list(frame.days(words.locale)),
        lines=lines,
        marked=Tick(frame.x(marked), words.day(marked)) if marked else None,
    )


def _summary(series: Series, write: Callable[[int], str], words: Words) -> str:
    """A line in words: its first and last values, and how often it changed."""
    steps = _in_order(series.steps)
    first, last = (f"{write(step.value)} {words.since(step.start)}" for step in (steps[0], steps[-1]))
    form = words.one if len(steps) == 1 else words.several
    return form % {"name": series.name, "number": len(steps), "first": first, "last": last}


def _legend(names: Iterable[str]) -> Iterator[tuple[float, float]]:
    """Where each name stands, on as many lines as they need."""
    x, y = float(LEFT), float(LEGEND_TOP)
    for name in names:
        length = SAMPLE + LETTER * len(name) + 18
        if x > LEFT and x + length > RIGHT:
            x, y = float(LEFT), y + LEGEND_LINE
        yield x, y
        x += length


@dataclass(frozen=True, slots=True)
class _Frame:
    """The two scales: days from ``first`` to ``last``, values from 0 to ``top``, in steps of ``level``."""

    first: date
    last: date
    level: int
    top: int

    @classmethod
    def around(cls, steps: Sequence[Step], days: Sequence[date]) -> _Frame:
        known = [day for step in steps for day in (step.start, step.end) if day] + list(days)
        first, last = min(known), max(known)
        margin = timedelta(days=max(31, (last - first).days // 16))
        level = _level(max(step.value for step in steps))
        top = level * -(-max(max(step.value for step in steps), 1) // level)
        return cls(_earlier(first, margin), _later(last, margin), level, top)

    def x(self, day: date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return round(LEFT + (RIGHT - LEFT) * min(max(share, 0.0), 1.0), 1)

    def y(self, value: int) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * value / self.top, 1)

    def levels(self) -> range:
        return range(0, self.top + 1, self.level)

    def days(self, locale: str) -> Iterator[Tick]:
        """The first days of months or years, few enough to be read."""
        first, last = _month(self.first) + 1, _month(self.last)
        every = next((step for step in MONTHS if (last - first) // step < MOST_DAYS), MONTHS[-1])
        for month in range(first + -first % every, last + 1, every):
            day = date(month // 12, month % 12 + 1, 1)
            yield Tick(self.x(day), format_date(day, "y" if every >= 12 else "MMM y", locale=locale))

    def path(self, steps: Iterable[Step]) -> str:
        """The line; it is cut where nothing holds."""
        parts: list[str] = []
        end: date | None = None
        for step in _in_order(steps):
            joins = bool(parts) and step.start is not None and step.start == end
            y = self.y(step.value)
            parts.append(f"V{y}" if joins else f"M{self.x(step.start or self.first)} {y}")
            parts.append(f"H{self.x(step.end or self.last)}")
            end = step.end
        return "".join(parts)

    def dots(self, series: Series, write: Callable[[int], str], words: Words) -> list[Dot]:
        return [
            Dot(
                self.x(step.start or self.first),
                self.y(step.value),
                words.one % {"name": series.name, "first": f"{write(step.value)} {words.since(step.start)}"},
            )
            for step in _in_order(series.steps)
        ]


def _in_order(steps: Iterable[Step]) -> list[Step]:
    return sorted(steps, key=lambda step: step.start or date.min)


def _level(highest: int) -> int:
    """A round distance between the marks of the values."""
    size = 1
    while True:
        for nice in NICE:
            if highest <= nice * size * (MOST_LEVELS - 1):
                return nice * size
        size *= 10


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _earlier(day: date, margin: timedelta) -> date:
    return day - margin if day - date.min > margin else date.min


def _later(day: date, margin: timedelta) -> date:
    return day + margin if date.max - day > margin else date.max
