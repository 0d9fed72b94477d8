"""Prices lines: what a line is worth that day, who pays what, and whether it was known so on the day of care."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from catalog.pricing.actes import quote_acte
from catalog.pricing.amounts import settle
from catalog.pricing.answers import INVALID, RETROACTIVE_CHANGE, Quote, Result, UnpricedError
from catalog.pricing.dispositifs import quote_dispositif
from catalog.pricing.forfaits import quote_forfait
from catalog.pricing.line_fields import ACTE, DISPOSITIF, FORFAIT, MEDICAMENT
from catalog.pricing.lines import BadLine, Line, Question, parse_line
from catalog.pricing.medicaments import quote_medicament
from catalog.pricing.retroactivity import compare, known_on, may_differ
from catalog.pricing.telling import ResultTeller
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment

QUOTERS: Mapping[str, Callable[[Snapshot, Question, Moment], Quote]] = {
    MEDICAMENT: quote_medicament,
    ACTE: quote_acte,
    DISPOSITIF: quote_dispositif,
    FORFAIT: quote_forfait,
}
KEPT_QUOTES = 100_000
"""Questions whose answer a pricer keeps; beyond that all are forgotten and answered anew."""


class Pricer:
    """Prices lines at one release of one snapshot; the same question of many lines is answered once."""

    def __init__(self, snapshot: Snapshot, release: int) -> None:
        self.snapshot = snapshot
        self.release = release
        self._quotes: dict[tuple[Question, int], Quote] = {}
        self._earlier: dict[Question, int | None] = {}

    def price(self, line: Line | BadLine) -> Result:
        """The answer to a line; a bad one is answered INVALID with its faults."""
        if isinstance(line, BadLine):
            return Result(line.id, INVALID, errors=line.errors)
        question = line.question
        result = settle(line, self._quote(question, self.release))
        earlier = self._earlier_release(question)
        if earlier is None:
            return result
        return compare(result, settle(line, self._quote(question, earlier)), earlier)

    def quote(self, question: Question) -> Quote:
        """What a question is worth, whatever is billed."""
        return self._quote(question, self.release)

    def _quote(self, question: Question, release: int) -> Quote:
        key = (question, release)
        found = self._quotes.get(key)
        if found is None:
            if len(self._quotes) >= KEPT_QUOTES:
                self._quotes.clear()
                self._earlier.clear()
            found = self._quotes[key] = quote(self.snapshot, question, release)
        return found

    def _earlier_release(self, question: Question) -> int | None:
        """The release known on the day of care, where something published since could change the answer."""
        if question not in self._earlier:
            known = known_on(self.snapshot, question.as_of)
            differs = known is not None and known < self.release
            if not differs or not may_differ(self.snapshot, question, known or 0, self.release):
                known = None
            self._earlier[question] = known
        return self._earlier[question]


def quote(snapshot: Snapshot, question: Question, release: int) -> Quote:
    """What a question is worth at a release; without a price, the quote says why."""
    moment = Moment(question.as_of, release)
    try:
        return QUOTERS[question.kind](snapshot, question, moment)
    except UnpricedError as error:
        return error.quote


def price(snapshot: Snapshot, line: Line | BadLine, release: int) -> Result:
    """The answer to one line, as known at a release."""
    return Pricer(snapshot, release).price(line)


def price_batch(
    snapshot: Snapshot, raw_lines: Iterable[object], release: int, default_as_of: date | None = None
) -> Iterator[Result]:
    """The answers to lines, one by one and in their order. A bad line never fails the others."""
    pricer = Pricer(snapshot, release)
    return (pricer.price(parse_line(raw, default_as_of)) for raw in raw_lines)


def price_lines(
    snapshot: Snapshot, raw_lines: Iterable[object], moment: Moment, explain: bool = False
) -> list[dict[str, Any]]:
    """The answers of CONTRACT 3, in order. ``moment.as_of`` is the day of care of the lines that name none."""
    teller = ResultTeller(snapshot, moment.release, explain=explain)
    return [teller.tell(result) for result in price_batch(snapshot, raw_lines, moment.release, moment.as_of)]


__all__ = ["RETROACTIVE_CHANGE", "Pricer", "price", "price_batch", "price_lines", "quote"]
