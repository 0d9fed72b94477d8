"""Numbers of answers as columns of a frame: dirhams, days, and the texts of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import polars as pl

from catalog.pricing.bulk.columns import NONE, Numbers

EPOCH = date(1970, 1, 1).toordinal()
_NOTHING: Mapping[int, int] = {}


def dirhams(centimes: Numbers, large: Mapping[int, int] = _NOTHING) -> pl.Series:
    """Amounts in dirhams; ``large`` are those that 64 bits do not hold, by row."""
    found = _known(pl.Series(centimes), centimes).cast(pl.Int128)
    if large:
        found = found.scatter(list(large), pl.Series(list(large.values()), dtype=pl.Int128))
    return found.reinterpret(dtype=pl.Decimal(24, 2))


def dates(ordinals: Numbers) -> pl.Series:
    """Days by their ordinals."""
    return _known(pl.Series((ordinals - EPOCH).astype(np.int32)), ordinals).cast(pl.Date)


def _known(column: pl.Series, numbers: Numbers) -> pl.Series:
    """The column, null where the number is NONE."""
    if numbers.min(initial=0) != NONE:
        return column
    return pl.select(pl.when(pl.Series(numbers != NONE)).then(column)).to_series()


def quoted(texts: pl.Series) -> pl.Series:
    """Texts with nothing to escape, between quotes; null as JSON writes it."""
    return texts.to_frame("text").select(pl.format('"{}"', "text").fill_null("null")).to_series()


def json_dirhams(centimes: Numbers, large: Mapping[int, int] = _NOTHING) -> pl.Series:
    """Amounts as JSON writes them."""
    return quoted(dirhams(centimes, large).cast(pl.String))


def gathered(texts: Sequence[str | None] | pl.Series, places: Numbers) -> pl.Series:
    """The text at each place; null at NONE, which is the last."""
    found = pl.Series([*texts, None], dtype=pl.String)
    return found.gather(pl.Series(places % len(found)))


def spread(texts: pl.Series, rows: Numbers, count: int) -> pl.Series:
    """Texts in these rows of so many; null in the others."""
    places = np.full(count, len(texts), dtype=np.int64)
    places[rows] = np.arange(len(texts))
    return pl.concat([texts, pl.Series([None], dtype=pl.String)]).gather(pl.Series(places))
