"""Rows as a list shows them: the published value, and beside it what the current draft makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from admin.entries.columns import Column
from admin.entries.values import Form
from catalog.french import write_day
from catalog.gmr.statut import ADMIS, HOSPITALIER, NON_ADMIS, RETIRE, dosage_text
from catalog.kinds import Payload
from catalog.releases.changes import Change
from catalog.releases.editing_values import write_value
from catalog.snapshots.reading import Version

TONES: Mapping[tuple[str, str], str] = {
    ("princeps_generique", "P"): "info",
    ("princeps_generique", "G"): "ok",
    ("statut", ADMIS): "ok",
    ("statut", NON_ADMIS): "soft",
    ("statut", HOSPITALIER): "info",
    ("statut", RETIRE): "alarm",
    ("statut", "EN_VIGUEUR"): "ok",
    ("statut", "ABROGE"): "alarm",
    ("statut", "PUBLISHED"): "ok",
    ("statut", "REJECTED"): "alarm",
    ("confidence", "L"): "warn",
}
"""Choices shown as a badge, and in which tone; the word says the same."""

YES_NO = (("oui", "oui"), ("non", "non"))


@dataclass(frozen=True, slots=True)
class Cell:
    """``text`` is published; ``staged`` is what the draft puts in its place, None where it leaves it alone.

    ``expected`` is what holds on the day of effect of a change made here, as it would be typed: whoever stores the
    change refuses it when something else holds by then. None where nothing holds that day.
    """

    column: Column
    text: str
    tone: str | None
    typed: str
    expected: str | None
    staged: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An entry of a list; ``subtitle`` stands under its name, ``is_withdrawn`` says that the draft withdraws it."""

    version: Version
    cells: Sequence[Cell]
    subtitle: str
    name: str
    is_withdrawn: bool = False

    @property
    def code(self) -> str:
        return self.version.code


AtEffect = Callable[[Version], Payload | None]
"""What holds for an entry on the day of effect of changes, draft included; None where nothing does."""


def make_rows(
    versions: Iterable[Version],
    columns: Sequence[Column],
    staged: Mapping[str, Sequence[Change]],
    as_of: date,
    at_effect: AtEffect,
) -> list[Row]:
    """The rows of a page; ``staged`` holds what the current draft says of their entries."""
    return [
        _row(_Seen(version, _next_of(staged.get(version.code, ()), as_of), at_effect(version), as_of), columns)
        for version in versions
    ]


def _next_of(changes: Sequence[Change], as_of: date) -> Change | None:
    """The change that holds on that day, or the first to come."""
    return next((change for change in changes if change.period.end > as_of), None)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a row is drawn from."""

    version: Version
    change: Change | None
    at_effect: Payload | None
    as_of: date


def _row(seen: _Seen, columns: Sequence[Column]) -> Row:
    main, version = next((column for column in columns if column.is_main), None), seen.version
    return Row(
        version,
        [_cell(column, seen) for column in columns],
        _subtitle(version),
        main.write(main.read(version)) if main else version.code,
        is_withdrawn=seen.change is not None and seen.change.is_void,
    )


def _cell(column: Column, seen: _Seen) -> Cell:
    value, change = column.read(seen.version), seen.change
    tone = TONES.get((column.name, value)) if isinstance(value, str) else None
    text = column.write(value)
    is_field = column.made_of is not None
    expected = typed_text(column, seen.at_effect[column.name]) if is_field and seen.at_effect is not None else None
    proposed = change.payload[column.name] if is_field and change is not None and change.payload is not None else value
    if proposed == value or change is None:
        return Cell(column, text, tone, typed_text(column, value), expected)
    note = f"à partir du {write_day(change.period.start)}" if change.period.start > seen.as_of else ""
    return Cell(column, text, tone, typed_text(column, proposed), expected, column.write(proposed) or "vide", note)


def typed_text(column: Column, value: Any) -> str:
    """A value as it would be typed: a choice by its code, an amount without spaces."""
    return write_value(column.made_of, value) if column.made_of is not None else ""


def options_of(column: Column) -> list[tuple[str, str]]:
    """What a cell lets choose among: value and words; empty for a cell that is typed."""
    if column.form is Form.FLAG:
        options = list(YES_NO)
    elif column.form is Form.CHOICE:
        options = [(choice, column.write(choice)) for choice in column.choices]
    else:
        return []
    return [("", "(vide)"), *options] if column.may_be_absent else options


def _subtitle(version: Version) -> str:
    """Dosage, form and pack of a medicine; nothing for other kinds."""
    if version.kind != "medicament":
        return ""
    return presentation_text(version.payload)


def presentation_text(payload: Payload) -> str:
    """``80 MG · COMPRIME · 1 BOITE 20 COMPRIME``: what tells presentations of one name apart."""
    return " · ".join(filter(None, (dosage_text(payload), payload["forme"], payload["presentation"])))
