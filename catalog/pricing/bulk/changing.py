"""Lines answered otherwise on their day of care: the notice that says so, in columns, in the words of the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from catalog.pricing.answers import INVALID, RETROACTIVE_CHANGE, STATUSES, Notice
from catalog.pricing.bulk.columns import Facts, Lines, Numbers
from catalog.pricing.bulk.entries import Entries
from catalog.pricing.bulk.series import dirhams, json_dirhams
from catalog.pricing.bulk.settling import Settled
from catalog.pricing.bulk.worth import Rows, Worth, billed_of, differ
from catalog.pricing.file_writing import AMOUNTS
from catalog.pricing.retroactivity import tell_change

CHANGED = Notice(RETROACTIVE_CHANGE, "")
"""Stands in an entry for the notice whose words are each line's own."""
SUMMED_UP = ("base", "amo", "patient")
_SENTENCE = tell_change(-1, "{}", "{}").replace("-1", "{}")


class Earlier(NamedTuple):
    """Lines, and what they were worth as known at a release, that of their day of care."""

    rows: Rows
    worth: Worth
    release: Numbers


class Changes(NamedTuple):
    """Lines whose answer has changed, and the answer known on the day of care: release, entry, amounts."""

    rows: Rows
    release: Numbers
    entry: Numbers
    amounts: Mapping[str, Numbers]

    def sentences(self, entries: Entries, entry: Numbers, amounts: Mapping[str, Numbers]) -> pl.Series:
        """What each line is told, with its answer of now beside that of then."""
        now = _summed_up(entries, entry, {name: amounts[name][self.rows] for name in SUMMED_UP})
        then = _summed_up(entries, self.entry, self.amounts)
        frame = pl.DataFrame({"release": pl.Series(self.release), "then": then, "now": now})
        return frame.select(told=pl.format(_SENTENCE, "release", "then", "now")).to_series()

    def json(self, sentences: pl.Series, entries: Entries) -> pl.Series:
        """The notice of each line from its message on, up to the brace that ends it."""
        frame = entries.fragments.select(pl.col("head", "rate").gather(pl.Series(self.entry)))
        named = {name: json_dirhams(self.amounts[name]) for name in AMOUNTS}
        lit, col = pl.lit, pl.col
        parts = [
            lit('"message":"'), col("told"), lit('","known_then":{"release":'), col("release"), col("head"),
            col("unit_price"), lit(',"base":'), col("base"), col("rate"), col("amo"),
            lit(',"mutuelle":'), col("mutuelle"), lit(',"patient":'), col("patient"), lit("}"),
        ]  # fmt: skip
        told = frame.with_columns(told=sentences, release=pl.Series(self.release).cast(pl.String), **named)
        return told.select(json=pl.concat_str(*parts)).to_series()


def _summed_up(entries: Entries, entry: Numbers, amounts: Mapping[str, Numbers]) -> pl.Series:
    """Answers in a few words: ``retroactivity.sum_up`` of columns."""
    status = entries.texts["status"].gather(pl.Series(entry))
    frame = pl.DataFrame({"status": status, **{name: dirhams(amounts[name]).cast(pl.String) for name in SUMMED_UP}})
    figures = [pl.format(f", {name} {{}}", name).fill_null("") for name in SUMMED_UP]
    return frame.select(told=pl.concat_str("status", *figures)).to_series()


def find_changes(
    lines: Lines, worth: Worth, settled: Settled, earlier: list[Earlier], left: Facts, entries: Entries
) -> Changes:
    """The lines that were answered otherwise; those that columns cannot compare are added to the ``left``."""
    found = [_changed(lines, worth, settled, each, left, entries) for each in earlier]
    rows, release, entry = (_joined([each[place] for each in found]) for place in range(3))
    amounts = {name: _joined([each.amounts[name] for each in found]) for name in AMOUNTS}
    return Changes(rows, release, entry, amounts)


def _joined(columns: list[Any]) -> Numbers:
    return np.concatenate([np.zeros(0, dtype=np.int64), *columns])


def _changed(lines: Lines, worth: Worth, settled: Settled, earlier: Earlier, left: Facts, entries: Entries) -> Changes:
    rows = earlier.rows
    then = earlier.worth.settled(billed_of(lines, rows), entries)
    left[rows] |= then.left
    now = Settled._make(column[rows] for column in settled)
    told = entries.column("told")
    differs = differ((told[worth.entry[rows]], now), (told[earlier.worth.entry], then)) & ~left[rows]
    differs &= entries.column("status")[worth.entry[rows]] != STATUSES.index(INVALID)
    amounts = {name: getattr(then, name)[differs] for name in AMOUNTS}
    return Changes(rows[differs], earlier.release[differs], earlier.worth.entry[differs], amounts)


def tell_beside(worth: Worth, rows: Rows, notice: Notice, entries: Entries) -> None:
    """Gives lines one more notice, beside what their quotes tell."""
    entry = worth.entry[rows]
    told = np.arange(len(entries.quotes), dtype=np.int64)
    for number in np.unique(entry).tolist():
        told[number] = entries.with_notice(number, notice)
    worth.entry[rows] = told[entry]
