"""The prices of a presentation over time: the chart, and every version ever known."""

from __future__ import annotations

from collections.abc import Iterable

from catalog.french import write_centimes
from catalog.money import format_dirhams
from catalog.snapshots.reading import Version
from catalog.temporal import DAWN, DUSK
from service.site.charts import Chart, Series, Step, draw
from service.site.languages import gettext as _
from service.site.languages import write_dirhams
from service.site.visits import Visit


def price_chart(visit: Visit, code: str) -> Chart | None:
    """The prices believed at the release of the visit; the base is apart only where it is another amount."""
    versions = sorted(
        visit.snapshot.versions("medicament", code, visit.moment.release), key=lambda version: version.period
    )
    public, base = (list(_steps(versions, name)) for name in ("ppv", "pbr"))
    named = _("Prix public et base de remboursement") if base == public else _("Prix public (PPV)")
    series = [
        Series(named, public),
        Series(_("Base de remboursement"), [] if base == public else base),
        Series(_("Prix hospitalier (PH)"), list(_steps(versions, "ph"))),
    ]
    return draw(
        series,
        ident="prix",
        title=_("Prix dans le temps, en dirhams"),
        until=max(visit.today, visit.as_of),
        marked=visit.as_of,
        write_level=lambda centimes: write_centimes(centimes).removesuffix(",00"),
        write=lambda centimes: write_dirhams(format_dirhams(centimes)),
    )


def _steps(versions: Iterable[Version], name: str) -> list[Step]:
    """The amounts of a field, one step for as long as the amount stays."""
    found: list[Step] = []
    for version in versions:
        value = version.payload[name]
        if value is None:
            continue
        start = None if version.period.start == DAWN else version.period.start
        end = None if version.period.end == DUSK else version.period.end
        if found and found[-1].end == start and found[-1].value == value and start is not None:
            found[-1] = Step(found[-1].start, end, value)
        else:
            found.append(Step(start, end, value))
    return found
