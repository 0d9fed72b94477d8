"""What a kind of entry is found by: the table of them lies outside, for the search knows no family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Searchable:
    """Which fields of a kind are its title, names, substances, labels, forms and doses.

    ``doses`` pairs the field of numbers with that of units. ``facets`` maps the name of a facet to its field.
    ``is_headed``: its codes begin with a name of its own, before the first colon.
    ``noun`` stands before titles that are no names of their own. ``price`` is the field, in centimes, to sort hits by.
    ``alias_of`` is the field that names the entry meant, for kinds whose codes stand for entries of ``alias_kind``.
    """

    noun: str = ""
    title: str = ""
    names: tuple[str, ...] = ()
    substances: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    doses: tuple[str, str] | None = None
    detail: tuple[str, ...] = ()
    facets: Mapping[str, str] | None = None
    price: str | None = None
    alias_of: str | None = None
    alias_kind: str = ""
    is_headed: bool = False


Searchables = Mapping[str, Searchable]
