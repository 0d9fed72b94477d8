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
        self._numbers: dict[tuple[int, tuple[Notice, ...]], int] = {}
        self.quotes: list[Quote] = []
        self._beside: list[tuple[Notice, ...]] = []

    @property
    def acts(self) -> list[str]:
        return list(self._acts)

    def act(self, code: str | None) -> int:
        """The number of a legal act; NONE for none."""
        return NONE if code is None else self._acts.setdefault(code, len(self._acts))

    def entry(self, quote: Quote, beside: tuple[Notice, ...] = ()) -> int:
        """The number of a quote with what is told beside it."""
        key = (id(quote), beside)
        if key not in self._numbers:
            self._numbers[key] = len(self.quotes)
            self.quotes.append(quote)
            self._beside.append(beside)
        return self._numbers[key]

    def column(self, name: Figure) -> Numbers:
        """A figure of each quote; the last, to be found at NONE, is that of no quote."""
        figure = _FIGURES[name]
        return np.array([*(figure(quote) for quote in self.quotes), NONE], dtype=np.int64)

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
        """Pieces of JSON: up to the unit price, from the base to the amo, and from the day of care on."""
        told = self.told
        heads = [f',"status":{_json(each["status"])},"unit_price":' for each in told]
        rates = [_rate(quote) for quote in self.quotes]
        rated = [f',"rate":{"null" if rate is None else _json(format_rate(rate))},"amo":' for rate in rates]
        tails = ["," + _json({name: each[name] for name in _LAST if name in each})[1:] for each in told]
        return pl.DataFrame({"head": heads, "rate": rated, "tail": tails}, schema_overrides=_FRAGMENTS)


_FRAGMENTS = dict.fromkeys(("head", "rate", "tail"), pl.String)


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


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


Figure = Literal["paying", "rate", "mutuelle_rate", "until", "told"]
_FIGURES: Mapping[Figure, Callable[[Quote], int]] = {
    "paying": _paying,
    "rate": lambda quote: NONE if quote.rate is None else quote.rate,
    "mutuelle_rate": lambda quote: NONE if quote.mutuelle is None else quote.mutuelle.rate,
    "until": lambda quote: NONE if quote.whole_until is None else quote.whole_until.toordinal(),
    "told": _told,
}
