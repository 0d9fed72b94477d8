"""Step charts of the public site: the layout of ``admin.charts``, told in the language of the request.

``site/charts.html`` draws them; link ``/static/charts.css`` in the head of the page, and put a table that says the same
beside the chart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from admin.charts import BOTTOM, LEFT, RIGHT, TOP, Series, Step, Words, step_chart
from admin.charts import Chart as Layout
from service.site.languages import ARABIC, current, write_day
from service.site.languages import gettext as _

__all__ = ["Chart", "Series", "Step", "draw"]


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template draws: the layout, and the outline of the area under a line that stands alone."""

    layout: Layout
    area: str | None

    left, right, top, bottom = LEFT, RIGHT, TOP, BOTTOM


def draw(
    series: Iterable[Series],
    *,
    ident: str,
    title: str,
    until: date,
    write: Callable[[int], str],
    marked: date | None = None,
    write_level: Callable[[int], str] | None = None,
) -> Chart | None:
    """The chart of these series up to ``until``; None where no series has a value.

    ``write`` tells a value, ``write_level`` the same in short beside the axis; ``marked`` is a day to point at,
    ``ident`` makes the ids unique in the page.
    """
    layout = step_chart(
        series, ident=ident, title=title, until=until, marked=marked, write=write, words=_words(write_level)
    )
    if layout is None:
        return None
    return Chart(layout, _area(layout.lines[0].path) if len(layout.lines) == 1 else None)


def _words(write_level: Callable[[int], str] | None) -> Words:
    return Words(
        locale="ar_MA" if current() is ARABIC else "fr",
        level=write_level,
        day=write_day,
        since=_since,
        one=_("%(name)s : %(first)s"),
        several=_("%(name)s : %(number)s valeurs, de %(first)s à %(last)s"),
    )


def _since(day: date | None) -> str:
    return _("depuis le %(start)s") % {"start": write_day(day)} if day else _("depuis une date inconnue")


def _area(path: str) -> str:
    """What lies between a line and zero: each of its unbroken runs, closed along the bottom."""
    return "".join(f"M{run}V{BOTTOM}H{run.partition(' ')[0]}Z" for run in path.split("M")[1:])
