"""What the address of a search says, and the addresses that say something else."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog.errors import InvalidError
from catalog.search.question import BEST, LONGEST_QUERY, PRICE, SORTS, TITLE
from catalog.searching import SEARCHABLES
from service.site.visits import Visit

SEARCHED = tuple(kind for kind, searchable in SEARCHABLES.items() if not searchable.alias_of)
"""Kinds that a search may find."""
FACETS = (
    "princeps_generique", "remboursable", "tiers_payant", "smr", "dci", "forme", "classe_therapeutique", "classe",
    "organisme", "convention",
)  # fmt: skip
"""By which results can be filtered beside their kind, in the order shown."""
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
"""Categories of signs that show nothing, or turn the text around them: they choose no entry."""
_JOINERS = ("\u200c", "\u200d")


@dataclass(frozen=True)
class Asked:
    """A query without the signs that show nothing, its filters and its order. ``is_long``: more than a query has."""

    visit: Visit
    text: str
    kind: str | None = None
    facets: Mapping[str, str] = field(default_factory=dict)
    sort: str = BEST
    page: int = 1
    is_long: bool = False

    def link(self, **changed: Any) -> str:
        """The same search with something changed, at the same clocks, from its first page; None takes a thing away."""
        chosen = {"sort": self.sort} if self.sort != self.usual_sort else {}
        values = {"q": self.text or None, "kind": self.kind, **self.facets, **chosen, **changed}
        if values.get("sort") == self.usual_sort:
            values["sort"] = None
        return self.visit.link("recherche", **values)

    def page_link(self, number: int) -> str:
        """The address of a page of the results."""
        return self.link(page=number if number > 1 else None)

    @property
    def usual_sort(self) -> str:
        """Best first; without a query nothing is better than another, and titles are in order."""
        return BEST if self.text else TITLE

    @property
    def sorts(self) -> list[str]:
        """The orders that make sense of what is asked."""
        return _sorts(self.text, self.kind)

    @property
    def values(self) -> dict[str, str]:
        """What a permanent address of this search holds."""
        told = {"q": self.text, "kind": self.kind or "", **self.facets}
        return {name: value for name, value in told.items() if value}


class ChoiceError(InvalidError):
    """A parameter that is none of its ``values``."""

    def __init__(self, name: str, written: str, values: tuple[str, ...]) -> None:
        super().__init__(f"{name} is none of {', '.join(values)}.")
        self.name, self.written, self.values = name, written, values


def read_asked(visit: Visit) -> Asked:
    """What is asked. Raises ChoiceError for a kind or an order that is none: a filter is never overlooked."""
    typed = visit.text("q", LONGEST_QUERY * 2)
    kind = _one_of(visit, "kind", SEARCHED)
    text = without_unseen(typed)
    facets = {name: value for name in FACETS if (value := without_unseen(visit.text(name)))}
    sort = _one_of(visit, "sort", SORTS)
    # An order that makes no sense here, as by price where there is none, is the usual one.
    chosen = sort if sort is not None and sort in _sorts(text, kind) else BEST if text else TITLE
    return Asked(visit, text, kind, facets, chosen, visit.number("page"), len(typed) > LONGEST_QUERY)


def _one_of(visit: Visit, name: str, values: tuple[str, ...]) -> str | None:
    written = without_unseen(visit.text(name))
    if written and written not in values:
        raise ChoiceError(name, written, values)
    return written or None


def _sorts(text: str, kind: str | None) -> list[str]:
    priced = kind is None or SEARCHABLES[kind].price is not None
    return [sort for sort in SORTS if (text or sort != BEST) and (priced or sort != PRICE)]


def without_unseen(text: str) -> str:
    """A text in one line, without signs that show nothing or turn it around."""
    spaced = " ".join(text.split())
    kept = (sign for sign in spaced if sign in _JOINERS or unicodedata.category(sign) not in _UNSEEN)
    return "".join(kept).strip()
