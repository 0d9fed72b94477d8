"""When documents hold: which are in force at a moment, and over which days each is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

from catalog.search.documents import Document, Rectangle
from catalog.search.stretches import Stretches
from catalog.temporal import Moment, Period

DAYS_KEPT = 64
"""Stretches of days, by release, whose documents in force are remembered."""


InForce = bytes


class Holding:
    """The days and releases of the documents of an index."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._stretches = Stretches(date.fromordinal(day) for day in _bounds(documents))
        self._kept = lru_cache(maxsize=DAYS_KEPT)(self._in_force)

    def settle(self, moment: Moment) -> Moment:
        """The first moment at which the same documents are in force."""
        return self._stretches.settle(moment)

    def in_force(self, moment: Moment) -> InForce:
        """A byte for each document: 1 where it is in force."""
        return self._kept(self.settle(moment))

    def _in_force(self, moment: Moment) -> InForce:
        day, release = moment.as_of.toordinal(), moment.release
        return bytes(place_at(document.held, day, release) >= 0 for document in self._documents)

    def known(self, number: int, release: int) -> list[Period]:
        """The periods of a document, as known at a release."""
        return [
            Period(date.fromordinal(start), date.fromordinal(end))
            for start, end, opened, closed in self._documents[number].held
            if opened <= release < closed
        ]

    def price(self, number: int, moment: Moment) -> int | None:
        """The price of a document in force at a moment, in centimes; None where it has none."""
        document = self._documents[number]
        if not document.prices:
            return None
        place = place_at(document.held, moment.as_of.toordinal(), moment.release)
        return document.prices[place] if place >= 0 else None


def place_at(held: Sequence[Rectangle], day: int, release: int) -> int:
    """The place of the rectangle that holds a day at a release; -1 where none does."""
    for place, (start, end, opened, closed) in enumerate(held):
        if start <= day < end and opened <= release < closed:
            return place
    return -1


def _bounds(documents: Iterable[Document]) -> Iterator[int]:
    for document in documents:
        for start, end, _opened, _closed in document.held:
            yield start
            yield end
