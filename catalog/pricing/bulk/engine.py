"""Prices frames of lines: by template, else by question, else line by line. Every way gives the answer of the API."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from catalog.pricing.amounts import NO_COMPLEMENT
from catalog.pricing.bulk.by_line import price_left
from catalog.pricing.bulk.by_question import ask
from catalog.pricing.bulk.by_shape import Found, Shelf
from catalog.pricing.bulk.changing import CHANGED, Earlier, find_changes, tell_beside
from catalog.pricing.bulk.columns import NONE, Lines, Remembered, dense, read_lines
from catalog.pricing.bulk.entries import Entries
from catalog.pricing.bulk.ids import read_ids
from catalog.pricing.bulk.meaning import Source
from catalog.pricing.bulk.told import Priced
from catalog.pricing.bulk.worth import Rows, Worth, billed_of, blank
from catalog.pricing.line_fields import MEDICAMENT
from catalog.pricing.lines import Question
from catalog.pricing.pricer import Pricer
from catalog.pricing.retroactivity import may_differ
from catalog.pricing.telling import ResultTeller
from catalog.snapshots.reading import Snapshot


class BulkPricer:
    """Prices frames at one release of one snapshot, from any number of threads. Keep one: it remembers."""

    def __init__(
        self, snapshot: Snapshot, release: int, default_as_of: date | None = None, *, source: Source = "parquet"
    ) -> None:
        self.snapshot = snapshot
        self.release = release
        self.default_as_of = default_as_of
        self.source = source
        self._shelf = Shelf(snapshot)
        self._pricer = Pricer(snapshot, release)
        self._values: Remembered = {}
        self._touched: dict[tuple[date, int], bool] = {}

    def price(self, frame: pl.DataFrame) -> Priced:
        """The answers to the lines of a frame, in their order.

        Its columns are fields of a line, as the file has them. Beside them, ``fault`` says why a row could not be read,
        and ``raw`` holds the whole line as JSON, whatever else stands in the row.
        """
        lines = read_lines(frame, self.source, self.default_as_of, self._values)
        entries = Entries(ResultTeller(self.snapshot, self.release), self._shelf.known.acts)
        worth = blank(len(frame))
        earlier = self._ask(lines, worth, entries)
        settled = worth.settled(billed_of(lines, slice(None)), entries)
        left = settled.left | ~lines.readable
        changes = find_changes(lines, worth, settled, earlier, left, entries)
        tell_beside(worth, np.flatnonzero(settled.beside), NO_COMPLEMENT, entries)
        tell_beside(worth, changes.rows, CHANGED, entries)
        ids = read_ids(frame, self.source)
        priced = Priced.of(self.snapshot, self.release, ids, entries, lines, worth, settled, changes)
        rows = np.flatnonzero(left)
        price_left(self._pricer, frame, rows, priced, self.source, self.default_as_of)
        return priced

    def _ask(self, lines: Lines, worth: Worth, entries: Entries) -> list[Earlier]:
        """Writes what the readable lines are worth; answers what some of them were worth before."""
        rows = np.flatnonzero(lines.readable)
        code = self._shelf.codes(lines)
        known = rows[code[lines.code[rows]] != NONE]
        found = self._shelf.find(lines, known, code[lines.code[known]], self.release, entries)
        worth.put(found.rows, found.worth)
        is_answered = np.zeros(len(lines.day), dtype=np.bool_)
        is_answered[found.rows] = True
        earlier = []
        for release, again in self._to_compare(lines, found):
            numbers = code[lines.code[again]]
            then = self._shelf.find(lines, again, numbers, release, entries)
            is_answered[again] = False
            for rows_then, worth_then in (then[:2], self._shelf.find_unknown(lines, again, numbers, release, entries)):
                is_answered[rows_then] = True
                earlier.append(Earlier(rows_then, worth_then, np.full(len(rows_then), release, dtype=np.int64)))
        rest = rows[~is_answered[rows]]
        if len(rest):
            answers = ask(self._pricer, lines, rest, entries)
            worth.put(rest, answers.worth)
            earlier.append(Earlier(answers.earlier, answers.then, answers.release))
        return [each for each in earlier if len(each.rows)]

    def _to_compare(self, lines: Lines, found: Found) -> list[tuple[int, Rows]]:
        """Lines by the older release known on the day of care, where the answer may have been another then."""
        if not len(found.rows):
            return []
        day = lines.day[found.rows]
        dawn = int(day.min())
        days, place = dense(day - dawn, int(day.max()) - dawn + 1)
        told = [self._known_before(date.fromordinal(each)) for each in (days + dawn).tolist()]
        then = np.array([release for release, _ in told], dtype=np.int64)[place]
        is_touched = np.array([touched for _, touched in told], dtype=np.bool_)[place]
        differs = (then > 0) & (is_touched | (self._shelf.known.rel_from[found.version] > then))
        releases = np.unique(then[differs]).tolist()
        return [(release, found.rows[differs & (then == release)]) for release in releases]

    def _known_before(self, day: date) -> tuple[int, bool]:
        """The older release known on a day, 0 for none; whether something medicines share was published since."""
        then = self._pricer.known_before(day)
        if then is None:
            return 0, False
        if (day, then) not in self._touched:
            nothing = Question(MEDICAMENT, "", "")  # no code: what is left to differ is shared
            self._touched[day, then] = may_differ(self.snapshot, nothing, day, then, self.release)
        return then, self._touched[day, then]
