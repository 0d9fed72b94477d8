"""The filters of a page of results: those that are set, each with the way out of it, and those that may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service.site.recherche.asking import FACETS, Asked
from service.site.recherche.words import facet_name, facet_value
from service.site.visits import Visit

FEW = 6
"""Values of a filter shown at once; the others unfold."""
PUBLISHED = ("dci", "forme", "classe_therapeutique")
"""Filters whose values are data, in Latin script."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter: its word, how many results have it, and where it leads."""

    name: str
    count: int
    address: str
    is_latin: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A filter that may be set; ``more`` are its rarer values."""

    facet: str
    name: str
    first: list[Choice]
    more: list[Choice]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, and the address without it."""

    name: str
    value: str
    address: str
    is_latin: bool


def groups_of(visit: Visit, asked: Asked, counted: Mapping[str, Mapping[str, int]], total: int) -> list[Group]:
    """The filters that tell results apart: not those already set, nor a value that every result has, and no other."""
    found = []
    for facet in ("kind", *FACETS):
        values = counted.get(facet, {})
        is_set = facet in asked.facets or (facet == "kind" and asked.kind)
        if not values or is_set or list(values.values()) == [total]:
            continue
        made = [
            Choice(facet_value(visit, facet, value), count, asked.link(**{facet: value}), facet in PUBLISHED)
            for value, count in values.items()
        ]
        found.append(Group(facet, facet_name(facet), made[:FEW], made[FEW:]))
    return found


def chips_of(visit: Visit, asked: Asked) -> list[Chip]:
    """The filters that are set."""
    told = {**({"kind": asked.kind} if asked.kind else {}), **asked.facets}
    return [
        Chip(facet_name(facet), facet_value(visit, facet, value), asked.link(**{facet: None}), facet in PUBLISHED)
        for facet, value in told.items()
    ]
