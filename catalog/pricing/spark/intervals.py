"""What questions are worth, as validity intervals: one row for each stretch of days with one answer.

The days on which an answer may change are the bounds of its era (``catalog.pricing.eras``) and the days on which
releases were published; the real pricer answers once in between, and neighbours that say the same are joined.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import msgspec

from catalog.pricing.answers import OK, PAYING_NOTHING, Quote
from catalog.pricing.eras import own_bounds, shared_bounds
from catalog.pricing.file_writing import flatten
from catalog.pricing.lines import BadLine, Line, parse_line
from catalog.pricing.pricer import Pricer
from catalog.pricing.spark.asking import EPOCH
from catalog.pricing.telling import ResultTeller
from catalog.snapshots.reading import Snapshot
from catalog.temporal import day_in_morocco

DEAREST = 10**9
"""Centimes: a tariff from here on is left to the pricer, since arithmetic on 64 bits has an end."""


class Worth(NamedTuple):
    """What all lines of a question are told alike, and what their amounts are worked out from.

    ``status`` to ``share_ceiling`` are those of the quote, in centimes and basis points; the rest are texts and days as
    a file of answers shows them. ``whole_until`` counts from 1970-01-01.
    """

    status: str
    unit_price: int | None
    ceiling: int | None
    rate: int | None
    share_rate: int | None
    share_ceiling: int | None
    whole_until: int | None
    valid_from: date | None
    valid_to: date | None
    acte_juridique: str | None
    pricing_date_basis: str | None
    reasons: str | None
    warnings: str | None


class Interval(NamedTuple):
    """Days counted from 1970-01-01; ``until`` is no longer part of it."""

    question: str
    since: int
    until: int
    worth: Worth


class Appraiser:
    """Works out intervals at one release of one snapshot. Keep one for many questions: it remembers."""

    def __init__(self, snapshot: Snapshot, release: int) -> None:
        self._snapshot = snapshot
        self._pricer = Pricer(snapshot, release)
        self._teller = ResultTeller(snapshot, release)
        self._published = [day_in_morocco(info.published_at).toordinal() for info in snapshot.releases]

    def intervals(self, question: str, first: int, last: int) -> Iterator[Interval]:
        """Those of a question, from a first to a last day; days whose lines need the pricer itself are left out."""
        line = parse_line(msgspec.json.decode(question), date.fromordinal(first + EPOCH))
        if isinstance(line, BadLine):
            return
        held: Interval | None = None
        for since, until in _stretches(self._bounds(line), first, last + 1):
            worth = self._worth(line, date.fromordinal(since + EPOCH))
            if held is not None and worth == held.worth and held.until == since:
                held = held._replace(until=until)
                continue
            if held is not None:
                yield held
            held = Interval(question, since, until, worth) if worth is not None else None
        if held is not None:
            yield held

    def _bounds(self, line: Line) -> list[int]:
        kind, code = line.question.kind, line.question.code
        days = (*shared_bounds(self._snapshot, kind), *own_bounds(self._snapshot, kind, code))
        return sorted({*(day.toordinal() - EPOCH for day in days), *(day - EPOCH for day in self._published)})

    def _worth(self, line: Line, day: date) -> Worth | None:
        """None where lines may be told apart by more than their amounts: retroactive changes, faults, large sums."""
        answer = self._pricer.answer(line.question, day)
        quote = answer.quote
        if answer.earlier is not None or quote.errors or quote.status not in (OK, *PAYING_NOTHING) or _is_dear(quote):
            return None
        result = self._pricer.price(Line(line.question, day, billed=0, mutuelle=line.mutuelle))
        told = flatten(self._teller.tell(result))
        share = quote.mutuelle if line.mutuelle else None
        return Worth(
            quote.status,
            quote.unit_price,
            quote.ceiling,
            quote.rate,
            share.rate if share else None,
            share.ceiling if share else None,
            quote.whole_until.toordinal() - EPOCH if quote.whole_until else None,
            _as_day(told["valid_from"]),
            _as_day(told["valid_to"]),
            told["acte_juridique"],
            told["pricing_date_basis"],
            told["reasons"],
            told["warnings"],
        )


def _stretches(bounds: list[int], first: int, end: int) -> Iterator[tuple[int, int]]:
    """The days from ``first`` to before ``end``, cut at the bounds."""
    since = first
    for bound in bounds[bisect_right(bounds, first) :]:
        if bound >= end:
            break
        yield since, bound
        since = bound
    yield since, end


def _is_dear(quote: Quote) -> bool:
    sums = (quote.unit_price, quote.ceiling, quote.mutuelle.ceiling if quote.mutuelle else None)
    return any(cents is not None and cents >= DEAREST for cents in sums)


def _as_day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
