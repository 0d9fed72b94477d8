"""Answers in columns: as a typed table, as the texts of a spreadsheet, or as the JSON of the API."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import msgspec
import numpy as np
import polars as pl

from catalog.export_rows import cell
from catalog.money import format_rate
from catalog.pricing.answers import Result
from catalog.pricing.bulk.changing import Changes
from catalog.pricing.bulk.columns import NONE, Lines, Numbers
from catalog.pricing.bulk.entries import TEXTS, Entries
from catalog.pricing.bulk.series import dates, dirhams, gathered, json_dirhams, quoted, spread
from catalog.pricing.bulk.settling import Settled
from catalog.pricing.bulk.worth import Worth
from catalog.pricing.file_writing import AMOUNTS, COLUMNS, DAYS
from catalog.releases.telling import LEGAL_ACT, tell_act
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DAWN, DUSK, Moment

LARGEST = 2**63 - 1
_NUMBER = r"^-?[0-9]+(?:\.[0-9]+)?\n?$"
_FORMULA = r"^[=+\-@\t\r]"
_ESCAPED = r'["\\\x00-\x1f\x7f]'


@dataclass(frozen=True)
class Priced:
    """The answers to the lines of a frame, in their order.

    Amounts are centimes and days ordinals, NONE where there is none; ``entry`` counts in ``entries``, ``act`` in its
    acts. ``changes`` are the lines answered otherwise on the day of care. ``odd_ids`` are those that do not stand in
    the column of ids, by row; ``large`` are the amounts that 64 bits do not hold, by name and row.
    """

    snapshot: Snapshot
    release: int
    ids: pl.Series
    entries: Entries
    entry: Numbers
    act: Numbers
    days: Mapping[str, Numbers]
    amounts: Mapping[str, Numbers]
    changes: Changes
    odd_ids: dict[int, str | int | None] = field(default_factory=dict)
    large: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        release: int,
        ids: pl.Series,
        entries: Entries,
        lines: Lines,
        worth: Worth,
        settled: Settled,
        changes: Changes,
    ) -> Priced:
        """The answers to lines that are all settled, or shall be put right one by one."""
        start = np.where(worth.start == DAWN.toordinal(), NONE, worth.start)
        end = np.where(worth.end == DUSK.toordinal(), NONE, worth.end)
        days = {"valid_from": start, "valid_to": end, "as_of": lines.day.copy()}
        amounts = {name: getattr(settled, name) for name in AMOUNTS}
        return cls(snapshot, release, ids, entries, worth.entry, worth.act, days, amounts, changes)

    def put(self, row: int, result: Result) -> None:
        """Writes the answer to one line."""
        quote, amounts = result.quote, result.amounts
        start, end = (quote.period.start, quote.period.end) if quote.period else (DAWN, DUSK)
        self.entry[row] = self.entries.entry(quote, result.beside)
        self.act[row] = self.entries.act(quote.legal_act)
        self.days["valid_from"][row] = NONE if start == DAWN else start.toordinal()
        self.days["valid_to"][row] = NONE if end == DUSK else end.toordinal()
        self.days["as_of"][row] = NONE if result.as_of is None else result.as_of.toordinal()
        for name in AMOUNTS:
            amount = getattr(amounts, name)
            is_large = amount is not None and amount > LARGEST
            self.amounts[name][row] = NONE if amount is None or is_large else amount
            if is_large:
                self.large.setdefault(name, {})[row] = amount

    @cached_property
    def statuses(self) -> Counter[str]:
        """How many lines have each status."""
        counts = np.bincount(self.entry, minlength=len(self.entries.quotes)).tolist()
        found: Counter[str] = Counter()
        for quote, count in zip(self.entries.quotes, counts, strict=True):
            found[quote.status] += count
        return +found

    def table(self) -> pl.DataFrame:
        """Exact decimals for dirhams and rates, dates, and texts: the columns of an answer."""
        columns = self._columns()
        rate = pl.col("rate").cast(pl.Int128).reinterpret(dtype=pl.Decimal(5, 4))
        return pl.DataFrame(columns).with_columns(rate).select(COLUMNS)

    def texts(self) -> pl.DataFrame:
        """The text of each cell of a spreadsheet; a text that would be taken for a formula gets an apostrophe."""
        columns = self._columns()
        rates = {rate: format_rate(rate) for rate in columns["rate"].unique().drop_nulls().to_list()}
        columns["rate"] = columns["rate"].replace_strict(rates, return_dtype=pl.String, default=None)
        columns["id"] = _harmless(columns["id"].replace("", None))
        columns[LEGAL_ACT] = gathered([cell(act) for act in self.entries.acts], self.act)
        return pl.DataFrame(columns).select(pl.col(*COLUMNS).cast(pl.String))

    def json_rows(self) -> pl.Series:
        """The answers as the API sends them, one text a line."""
        named = {name: json_dirhams(self.amounts[name], self.large.get(name, {})) for name in AMOUNTS}
        named |= {name: quoted(dates(self.days[name]).cast(pl.String)) for name in DAYS}
        fragments = self.entries.fragments.select(pl.all().gather(pl.Series(self.entry)))
        frame = pl.DataFrame({**named, "id": self._json_ids(), LEGAL_ACT: self._json_acts()}).with_columns(
            head=fragments["head"], rate=fragments["rate"], tail=fragments["tail"]
        )
        if len(self.changes.rows):
            notices = self.changes.json(self._sentences, self.entries)
            notice = spread(notices, self.changes.rows, len(frame)).fill_null("")
            frame = frame.with_columns(tail=pl.concat_str("tail", notice, fragments["rest"]))
        return frame.select(line=pl.concat_str(*_json_parts())).to_series()

    def _columns(self) -> dict[str, pl.Series]:
        """The columns of an answer, typed but for the rate, in basis points."""
        told = self.entries.texts.select(pl.all().gather(pl.Series(self.entry)))
        if len(self.changes.rows):
            last = spread(self._sentences, self.changes.rows, len(told))
            whole = pl.concat_str(pl.col("warnings").fill_null(""), last)
            told = told.with_columns(warnings=pl.when(last.is_null()).then("warnings").otherwise(whole))
        ids = self.ids.cast(pl.String)
        if self.odd_ids:
            odd = [None if value is None else str(value) for value in self.odd_ids.values()]
            ids = _with(ids, list(self.odd_ids), odd)
        return {
            "id": ids,
            **{name: told[name] for name in (*TEXTS, "rate")},
            **{name: dirhams(self.amounts[name], self.large.get(name, {})) for name in AMOUNTS},
            **{name: dates(self.days[name]) for name in DAYS},
            LEGAL_ACT: gathered(self.entries.acts, self.act),
        }

    @cached_property
    def _sentences(self) -> pl.Series:
        """What the lines whose answer has changed are told of it."""
        return self.changes.sentences(self.entries, self.entry[self.changes.rows], self.amounts)

    def _json_ids(self) -> pl.Series:
        if self.ids.dtype != pl.String:
            ids = self.ids.cast(pl.String).fill_null("null")
        else:
            ids = quoted(self.ids)
            odd = self.ids.str.contains(_ESCAPED).fill_null(False).arg_true()
            if len(odd):
                ids = _with(ids, odd.to_list(), [_json(value) for value in self.ids.gather(odd)])
        if self.odd_ids:
            ids = _with(ids, list(self.odd_ids), [_json(value) for value in self.odd_ids.values()])
        return ids

    def _json_acts(self) -> pl.Series:
        """The act of each line as described on its day; one described alike on all days is told once."""
        day = self.days["as_of"]
        acts = self.entries.acts
        is_dated = [len(self.snapshot.versions(LEGAL_ACT, act, self.release)) > 1 for act in acts]
        plain = ["null" if dated else self._json_act(act, 0) for act, dated in zip(acts, is_dated, strict=True)]
        told = gathered(plain, self.act).fill_null("null")
        rows = np.flatnonzero(np.array([*is_dated, False])[self.act])  # NONE is the last
        if not len(rows):
            return told
        pairs = pl.DataFrame({"act": self.act[rows], "day": day[rows]})
        dated = {pair: self._json_act(acts[pair[0]], pair[1]) for pair in pairs.unique().iter_rows()}
        return _with(told, rows.tolist(), [dated[pair] for pair in pairs.iter_rows()])

    def _json_act(self, act: str, day: int) -> str:
        return _json(tell_act(self.snapshot, act, Moment(date.fromordinal(max(day, 1)), self.release)))


def _json_parts() -> list[pl.Expr]:
    """The answer, piece by piece."""
    lit, col = pl.lit, pl.col
    return [
        lit('{"id":'), col("id"), col("head"), col("unit_price"), lit(',"base":'), col("base"), col("rate"),
        col("amo"), lit(',"mutuelle":'), col("mutuelle"), lit(',"patient":'), col("patient"), lit(',"valid_from":'),
        col("valid_from"), lit(',"valid_to":'), col("valid_to"), lit(',"acte_juridique":'), col(LEGAL_ACT),
        lit(',"as_of":'), col("as_of"), col("tail"),
    ]  # fmt: skip


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _with(texts: pl.Series, rows: list[int], values: list[str | None]) -> pl.Series:
    """The same texts, others in some rows."""
    return texts.clone().scatter(rows, pl.Series(values, dtype=pl.String))


def _harmless(ids: pl.Series) -> pl.Series:
    """Ids as a spreadsheet may hold them."""
    is_formula = pl.col("id").str.contains(_FORMULA) & ~pl.col("id").str.contains(_NUMBER)
    return ids.to_frame("id").select(pl.when(is_formula).then(pl.lit("'") + pl.col("id")).otherwise("id")).to_series()
