"""The evolution of princeps and generics as a chart; the table beside it says the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from catalog.french import write_number
from catalog.gmr.evolution import VersionCount, evolution
from service.site.charts import Chart, Series, Step, draw
from service.site.languages import gettext as _
from service.site.visits import Visit


def evolution_known(visit: Visit) -> list[VersionCount]:
    """The versions of the guide published up to the release of the visit, and in effect by its day."""
    release, day = visit.moment.release, visit.as_of
    return [point for point in evolution(visit.snapshot) if point.release <= release and point.day <= day]


def evolution_chart(points: Sequence[VersionCount], until: date) -> Chart | None:
    """What stood from each version to the next; a day on which two took effect counts for the later one."""
    by_day = {point.day: point for point in sorted(points, key=lambda point: (point.day, point.release))}
    return draw(
        [
            Series(_("Génériques"), _steps(by_day, lambda point: point.generiques)),
            Series(_("Princeps"), _steps(by_day, lambda point: point.princeps)),
        ],
        ident="evolution-trace",
        title=_("Princeps et génériques, version par version"),
        until=until,
        write=write_number,
    )


def _steps(by_day: dict[date, VersionCount], count: Callable[[VersionCount], int]) -> list[Step]:
    ends = [*list(by_day)[1:], None]
    return [Step(day, end, count(point)) for (day, point), end in zip(by_day.items(), ends, strict=False)]
