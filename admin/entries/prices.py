"""The amounts of an entry over time: a step chart, and the same as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from admin.charts import Chart, Series, Step, step_chart
from admin.entries.columns import Column, columns_of
from admin.entries.sections import period_text
from admin.entries.values import Form
from catalog.kinds import Kind
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import DAWN, DUSK, Moment

CHARTED = (Form.MONEY, Form.RATE)


@dataclass(frozen=True, slots=True)
class Prices:
    """A chart of what shares a unit, and the table that says the same, latest days first."""

    chart: Chart
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


def prices(snapshot: Snapshot, kind: Kind, code: str, name: str, moment: Moment, today: date) -> Prices | None:
    """The amounts of an entry as known at the release; its rates where it has no amount; None where it has neither."""
    versions = snapshot.versions(kind.name, code, moment.release)
    for form in CHARTED:
        columns = [column for column in columns_of(kind).values() if column.form is form and _is_used(column, versions)]
        if columns:
            return _prices(columns, versions, name, moment, today)
    return None


def _is_used(column: Column, versions: Sequence[Version]) -> bool:
    return column.made_of is not None and any(column.read(version) is not None for version in versions)


def _prices(
    columns: Sequence[Column], versions: Sequence[Version], name: str, moment: Moment, today: date
) -> Prices | None:
    series = [Series(column.label, list(_steps(column, versions))) for column in columns]
    unit = "en pour cent" if columns[0].form is Form.RATE else _currency(versions)
    chart = step_chart(
        series,
        ident="prix",
        title=f"{name} : évolution {unit}",
        until=max(today, moment.as_of),
        marked=moment.as_of,
        write=columns[0].write,
    )
    if chart is None:
        return None
    rows = [[period_text(v.period), *(column.write(column.read(v)) for column in columns)] for v in versions]
    return Prices(chart, ["Période", *(column.label for column in columns)], rows)


def _currency(versions: Sequence[Version]) -> str:
    """Dirhams, unless the entry says otherwise."""
    named = {version.payload.get("devise") or "MAD" for version in versions}
    return "en dirhams" if named == {"MAD"} else f"en {' et '.join(sorted(named))}"


def _steps(column: Column, versions: Sequence[Version]) -> Iterator[Step]:
    """The values in order of days, those that go on unchanged as one."""
    held: Step | None = None
    for version in sorted(versions, key=lambda found: found.period):
        value, period = column.read(version), version.period
        start = None if period.start == DAWN else period.start
        end = None if period.end == DUSK else period.end
        if held is not None and held.value == value and held.end is not None and held.end == start:
            held = Step(held.start, end, held.value)
            continue
        if held is not None:
            yield held
        held = None if value is None else Step(start, end, value)
    if held is not None:
        yield held
