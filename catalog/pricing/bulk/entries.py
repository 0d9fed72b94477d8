"""What lines are told alike: the words of a quote, told once for all the lines it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

import msgspec
import numpy as np
import polars as pl

from catalog.money import WHOLE, format_rate
from catalog.pricing.answers import NOTHING, OK, PAYING_NOTHING, STATUSES, Notice, Quote, Result
from catalog.pricing.bulk.columns import NONE, Numbers
from catalog.pricing.bulk.settling import PAID, UNKNOWN, UNPAID
from catalog.pricing.file_writing import COLUMNS, flatten
from catalog.pricing.telling import ResultTeller
from catalog.releases.telling import Told

TEXTS = ("status", "pricing_date_basis", "reasons", "warnings", "errors")
"""Columns of an answer that its entry alone decides, beside its rate."""
_LAST = ("pricing_date_basis", "reasons", "warnings", "errors")


class Entries:
    """The quotes that answer the lines of a frame, and their legal acts, each by its number."""

    def __init__(self, teller: ResultTeller, acts: Sequence[str] = ()) -> None:
        self._teller = teller
        self._acts = {act: number for number, act in enumerate(acts)}
        self._numbers: dict[tuple[object, ...], int] = {}
        self._columns: dict[str, Numbers] = {}
        self.quotes: list[Quote] = []
        self._beside: list[tuple[Notice, ...]] = []

    @property
    def acts(self) -> list[str]:
        return list(self._acts)

    def act(self, code: str | None) -> int:
        """The number of a legal act; NONE for none."""
        return NONE if code is None else self._acts.setdefault(code, len(self._acts))

    def entry(self, quote: Quote, beside: tuple[Notice, ...] = ()) -> int:
        """The number of a quote with what is told beside it; quotes told in the same words have one."""
        key = (*_words_of(quote), beside)
        if key not in self._numbers:
            self._numbers[key] = len(self.quotes)
            self.quotes.append(quote)
            self._beside.append(beside)
        return self._numbers[key]

    def with_notice(self, number: int, notice: Notice) -> int:
        """The number of an entry with one more notice, told last."""
        return self.entry(self.quotes[number], (*self._beside[number], notice))

    def column(self, name: Figure) -> Numbers:
        """A figure of each quote; the last, to be found at NONE, is that of no quote."""
        found = self._columns.get(name)
        if found is None or len(found) <= len(self.quotes):
            figure = _FIGURES[name]
            found = np.array([*(figure(quote) for quote in self.quotes), NONE], dtype=np.int64)
            self._columns[name] = found
        return found

    @cached_property
    def told(self) -> list[Told]:
        """Each as an answer tells it, without what is a line's own."""
        both = zip(self.quotes, self._beside, strict=True)
        return [self._teller.tell(Result(None, quote, NOTHING, None, beside)) for quote, beside in both]

    @cached_property
    def texts(self) -> pl.DataFrame:
        """The columns of TEXTS, and the rate, in basis points."""
        rows = [flatten(told) for told in self.told]
        texts = {name: pl.Series([row[name] for row in rows], dtype=pl.String) for name in TEXTS if name in COLUMNS}
        return pl.DataFrame({**texts, "rate": pl.Series([_rate(quote) for quote in self.quotes], dtype=pl.Int64)})

    @cached_property
    def fragments(self) -> pl.DataFrame:
        """Pieces of JSON: up to the unit price, from the base to the amo, and from the day of care on.

        The last is in two where a notice has words of each line's own: they come between ``tail`` and ``rest``.
        """
        told = self.told
        heads = [f',"status":{_json(each["status"])},"unit_price":' for each in told]
        rates = [_rate(quote) for quote in self.quotes]
        rated = [f',"rate":{"null" if rate is None else _json(format_rate(rate))},"amo":' for rate in rates]
        tails = ["," + _json({name: each[name] for name in _LAST if name in each})[1:] for each in told]
        parts = [tail.partition(_WORDLESS) for tail in tails]
        rests = [rest for _, _, rest in parts]
        columns = {"head": heads, "rate": rated, "tail": [tail for tail, _, _ in parts], "rest": rests}
        return pl.DataFrame(columns, schema_overrides=_FRAGMENTS)


_FRAGMENTS = dict.fromkeys(("head", "rate", "tail", "rest"), pl.String)
_WORDLESS = '"message":""'
"""A notice without words, as JSON writes it: never within a text, where the quotes would be escaped."""


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _words_of(quote: Quote) -> tuple[object, ...]:
    """All of a quote that its entry answers: what is not its amounts, days and act."""
    share = quote.mutuelle and quote.mutuelle.rate
    words = (quote.basis, quote.reasons, quote.notices, quote.errors)
    return (quote.status, quote.rate, share, quote.whole_until, *words)


def _rate(quote: Quote) -> int | None:
    """The rate that an answer shows."""
    if quote.status == OK:
        return quote.rate
    return 0 if quote.status in PAYING_NOTHING else None


def _paying(quote: Quote) -> int:
    if quote.status == OK:
        return PAID
    return UNPAID if quote.status in PAYING_NOTHING else UNKNOWN


def _told(quote: Quote) -> int:
    """A number that tells two answers of unlike status or rate apart."""
    rate = _rate(quote)
    return STATUSES.index(quote.status) * 2 * WHOLE + (NONE if rate is None else rate)


Figure = Literal["paying", "rate", "mutuelle_rate", "until", "told", "status"]
_FIGURES: Mapping[Figure, Callable[[Quote], int]] = {
    "paying": _paying,
    "rate": lambda quote: NONE if quote.rate is None else quote.rate,
    "mutuelle_rate": lambda quote: NONE if quote.mutuelle is None else quote.mutuelle.rate,
    "until": lambda quote: NONE if quote.whole_until is None else quote.whole_until.toordinal(),
    "told": _told,
    "status": lambda quote: STATUSES.index(quote.status),
}
