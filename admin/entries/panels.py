"""The filters and columns a list offers, as its page draws them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from admin.entries.address import Address
from admin.entries.asking import Question
from admin.entries.columns import Column, columns_of, default_columns
from admin.entries.filters import PREFIX
from admin.entries.tables import Table
from admin.entries.values import RANGED, Form

Options = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Offer:
    """The filter of a column: ``widget`` is ``range``, ``boxes``, ``select`` or ``text``; its values as asked."""

    column: Column
    widget: str
    options: Options
    values: Sequence[str]
    low: str
    high: str
    empty: str

    @property
    def name(self) -> str:
        return PREFIX + self.column.name

    @property
    def first(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def is_unlisted(self) -> bool:
        """Whether the value asked is none of those that the column holds."""
        return bool(self.first) and self.first not in dict(self.options)


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition in force, and the address of the list without it."""

    told: str
    without: Address


def offers(table: Table, address: Address) -> Iterator[Offer]:
    """A filter for every column but the code, which the search finds; those usually shown come first."""
    columns = dict.fromkeys((*default_columns(table.kind), *columns_of(table.kind).values()))
    for column in columns:
        if column.name == "code":
            continue
        name = PREFIX + column.name
        widget, options = _widget(table, column)
        yield Offer(
            column,
            widget,
            options,
            [value for known, value in address.pairs if known == name],
            address.find(f"{name}.min") or "",
            address.find(f"{name}.max") or "",
            address.find(f"{name}.vide") or "",
        )


def _widget(table: Table, column: Column) -> tuple[str, Options]:
    if column.form in RANGED:
        return "range", ()
    if column.form is Form.FLAG:
        return "boxes", (("oui", "oui"), ("non", "non"))
    if column.choices:
        return "boxes", [(choice, column.write(choice)) for choice in column.choices]
    counted = None if column.form is Form.LIST else table.choices(column)
    if not counted:
        return "text", ()
    return "select", [(text, f"{text} ({number})") for text, number in sorted(counted.items())]


def chips(question: Question) -> Iterator[Chip]:
    """What narrows the list, each with the way back."""
    if question.search:
        yield Chip(f"Recherche : « {question.search} »", question.address.but(q=None))
    for found in question.filters:
        yield Chip(found.told, question.address.minus(*found.pairs))
