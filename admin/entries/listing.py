"""One page of a list: searched, filtered, sorted and counted over a table in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from admin.entries.asking import Question
from admin.entries.errors import BadParameterError
from admin.entries.tables import Table
from catalog.snapshots.reading import Version


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of a page, and where it stands among all that was found."""

    versions: Sequence[Version]
    number: int
    pages: int
    first: int
    """Rank of its first row, from 1; 0 where nothing was found."""
    found: int
    total: int

    @property
    def last(self) -> int:
        return self.first + len(self.versions) - 1 if self.versions else 0


def find_places(table: Table, question: Question) -> Sequence[int]:
    """The places of the rows that a question keeps, in its order."""
    places = table.order(question.sort, descending=question.is_descending)
    for found in question.filters:
        values, holds = table.values(found.column), found.holds
        places = [place for place in places if holds(values[place])]
    for word in question.words:
        texts = table.texts
        places = [place for place in places if word in texts[place]]
    return places


def find_page(table: Table, question: Question) -> Page:
    """The page asked for. Raises BadParameterError for one after the last."""
    places = find_places(table, question)
    pages = max(1, -(-len(places) // question.size))
    if question.page > pages:
        raise BadParameterError("page", f"cette liste n’a que {pages} page{'s' if pages > 1 else ''}.")
    start = (question.page - 1) * question.size
    shown = places[start : start + question.size]
    versions = [table.versions[place] for place in shown]
    return Page(versions, question.page, pages, start + 1 if shown else 0, len(places), len(table.versions))
