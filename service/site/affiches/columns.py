"""Which columns a poster keeps, and what it says once of those it leaves out and of words that have no Arabic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from service.site.affiches.bilingual import Both, both
from service.site.affiches.poster import Cell, Column
from service.site.languages import later as _

T = TypeVar("T")
UNKNOWN = "—"
"""What stands in a cell that has no value."""
PACK = _("Présentation")


def filled(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[int]:
    """The places of the columns in which some row has a value."""
    return [place for place in range(len(columns)) if any(row[place].text != UNKNOWN for row in rows)]


def kept(items: Sequence[T], places: Iterable[int]) -> list[T]:
    return [items[place] for place in places]


def joined(row: Sequence[Cell], places: Sequence[int], described: range) -> list[Cell]:
    """The cells of the columns kept; those of the columns that describe are one where none of them has a value."""
    cells, width = kept(row, places), sum(1 for place in places if place in described)
    start = sum(1 for place in places if place < described.start)
    if width < 2 or any(cell.text != UNKNOWN for cell in cells[start : start + width]):
        return cells
    told = both(_("présentation non publiée"))
    return [*cells[:start], Cell(told.fr, told.ar, span=width), *cells[start + width :]]


def remarks(columns: Sequence[Column], places: Sequence[int]) -> list[Both]:
    """What is not published of any row, column by column, then in which language names are."""
    left = [column.head for place, column in enumerate(columns) if place not in places]
    others = [head for head in left if head != both(PACK)]
    told = [both(_("Présentation non publiée."))] if len(others) < len(left) else []
    if others:
        named = Both(", ".join(head.fr for head in others), "، ".join(head.ar for head in others))
        told.append(both(_("Sans valeur publiée, donc sans colonne : %(columns)s."), columns=named))
    return [*told, both(_("Noms et désignations tels que publiés, en français."))]
