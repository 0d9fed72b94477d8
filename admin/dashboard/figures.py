"""The evolution of the reimbursable medicines as a chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from admin.charts import Chart, Series, Step, step_chart
from catalog.french import write_number
from catalog.gmr.evolution import VersionCount

NAMES = (("Princeps", "princeps"), ("Génériques", "generiques"), ("Sans mention", "others"))


def evolution_chart(counts: Sequence[VersionCount], today: date) -> Chart | None:
    """One line for princeps, one for generics, one for those without mention where there are some; None for no list."""
    series = [
        Series(name, _steps(counts, field))
        for name, field in NAMES
        if field != "others" or any(count.others for count in counts)
    ]
    return step_chart(
        series if counts else [],
        ident="evolution",
        title="Médicaments remboursables, version par version",
        until=today,
        write=write_number,
    )


def _steps(counts: Sequence[VersionCount], field: str) -> list[Step]:
    """A count holds until the next one. Of two lists with one day, the later stands."""
    latest = {count.day: getattr(count, field) for count in counts}
    days = sorted(latest)
    return [Step(day, end, latest[day]) for day, end in zip(days, [*days[1:], None], strict=True)]
