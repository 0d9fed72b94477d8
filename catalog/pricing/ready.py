"""Prices lines of JSON into JSON, each answer worked out and written once for all lines that share it.

The answers are those of ``Tarification``, byte for byte; a line that is not plain is left to it.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from itertools import count
from typing import NamedTuple

from catalog.errors import CatalogError
from catalog.pricing.eras import SHARED, own_bounds, shared_bounds
from catalog.pricing.line_fields import read_amount, read_day
from catalog.pricing.lines import Question
from catalog.pricing.pricer import Pricer
from catalog.pricing.ready_answers import Day, Ready
from catalog.pricing.ready_lines import UNREADABLE, SentQuestion, kept_form, read_question, read_sent
from catalog.pricing.ready_making import ReadyMaker
from catalog.pricing.telling import ResultTeller
from catalog.snapshots.reading import Snapshot

KEPT = 30_000
"""Answers kept ready, and questions known: about 1.5 kB for both. Beyond that all are forgotten and made anew."""
KEPT_DAYS = 5_000
"""Days known, of which each is kept with its place among the eras; thirteen years of them."""


class _Known(NamedTuple):
    """A question with the days on which what it names begins or ends, by ordinal."""

    number: int
    question: Question
    bounds: tuple[int, ...]


class ReadyPricer:
    """Prices lines as known at a release. Many threads may share one: what they all write is worked out alike."""

    def __init__(self, snapshot: Snapshot, release: int, *, kept: int = KEPT) -> None:
        self.snapshot = snapshot
        self._most = kept
        self._pricer = Pricer(snapshot, release, kept=kept)
        self._maker = ReadyMaker(ResultTeller(snapshot, release, kept=1_000))
        self._shared = {kind: shared_bounds(snapshot, kind) for kind in SHARED}
        self._numbers = count()
        self._known: dict[SentQuestion, _Known] = {}
        self._days: dict[str | date, Day] = {}
        self._answers: dict[tuple[object, ...], Ready] = {}

    def answer(self, row: bytes | memoryview, default_as_of: date) -> tuple[str, bytes] | None:
        """Status and answer of a line of JSON; None for one that ``Tarification`` is to answer."""
        try:
            sent = read_sent(row)
            named = default_as_of if sent.as_of is None else sent.as_of
            day = self._days.get(named) or self._read_day(named)
            billed = None if sent.billed is None else read_amount(sent.billed)
        except (*UNREADABLE, CatalogError):
            return None
        asked = (
            sent.kind, sent.code, sent.organisme, sent.secteur, sent.mode,
            sent.exoneration, sent.accord_prealable, sent.justified,
        )  # fmt: skip
        known = self._known.get(asked) or self._recognise(asked)
        if known is None:
            return None
        ready = self._find(known, day)
        told = ready.tell(sent.id, day, billed, sent.quantity or 1, bool(sent.mutuelle))
        return None if told is None else (ready.worth.status, told)

    def _find(self, known: _Known, day: Day) -> Ready:
        era = (known.number, day.eras[known.question.kind], bisect_right(known.bounds, day.ordinal))
        return self._answers.get(era) or self._answers.get((known.number, day.ordinal)) or self._make(known, day, era)

    def _make(self, known: _Known, day: Day, era: tuple[object, ...]) -> Ready:
        answer = self._pricer.work_out(known.question, day.day, day.then)
        ready = self._maker.make(answer, day.day)
        if len(self._answers) >= self._most:
            self._answers.clear()
            self._maker.forget()
        self._answers[(known.number, day.ordinal) if answer.is_of_one_day else era] = ready
        return ready

    def _recognise(self, asked: SentQuestion) -> _Known | None:
        """The question of a line, from now on known; None where it has a fault."""
        question = read_question(asked)
        if question is None:
            return None
        bounds = tuple(day.toordinal() for day in own_bounds(self.snapshot, question.kind, question.code))
        if len(self._known) >= self._most:
            self._known.clear()
        known = self._known[kept_form(asked)] = _Known(next(self._numbers), question, bounds)
        return known

    def _read_day(self, named: str | date) -> Day:
        """Raises CatalogError."""
        day = read_day(named)
        then = self._pricer.known_before(day)
        # One number for the place of the day and what was known on it: ``then`` is at most the head.
        eras = {
            kind: bisect_right(bounds, day) * (self.snapshot.head + 1) + (then or 0)
            for kind, bounds in self._shared.items()
        }
        if len(self._days) >= KEPT_DAYS:
            self._days.clear()
        found = self._days[named] = Day(day, day.toordinal(), day.isoformat().encode(), then, eras)
        return found
