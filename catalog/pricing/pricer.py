"""A pricer: many lines at one release of one snapshot, each question worked out once for all the days it holds."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from catalog.pricing.amounts import settle
from catalog.pricing.answers import INVALID, Quote, Result
from catalog.pricing.eras import Eras
from catalog.pricing.lines import BadLine, Line, Question
from catalog.pricing.quoting import quote
from catalog.pricing.retroactivity import compare, known_on, may_differ, settles_alike
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment

KEPT_ANSWERS = 100_000
"""Answers a pricer keeps unless told otherwise; beyond that all are forgotten and worked out anew."""


class Answer(NamedTuple):
    """What a question is worth; ``earlier`` is what it was at release ``then``, where a line could tell them apart."""

    quote: Quote
    earlier: Quote | None = None
    then: int = 0

    @property
    def is_of_one_day(self) -> bool:
        """Whether its sentences may name the day, and so serve no other; those of ``earlier`` are never told."""
        return bool(self.quote.errors)


class Pricer:
    """Prices lines as known at a release. Keep one for a batch: it remembers."""

    def __init__(self, snapshot: Snapshot, release: int, *, kept: int = KEPT_ANSWERS) -> None:
        self.snapshot = snapshot
        self.release = release
        self._most = kept
        self._eras = Eras(snapshot)
        self._known: dict[date, int | None] = {}
        self._kept: dict[tuple[object, ...], Answer] = {}

    def price(self, line: Line | BadLine) -> Result:
        """The answer to a line; a bad one is answered INVALID with its faults."""
        if isinstance(line, BadLine):
            return Result(line.id, Quote(INVALID, errors=line.errors))
        answer = self.answer(line.question, line.as_of)
        result = settle(line, answer.quote)
        if answer.earlier is None:
            return result
        return compare(result, settle(line, answer.earlier), answer.then)

    def answer(self, question: Question, day: date) -> Answer:
        """What a question is worth that day, and was, as known that day."""
        then = self.known_before(day)
        era = (question, then, self._eras.find(question.kind, question.code, day))
        found = self._kept.get(era) or self._kept.get((question, day))
        if found is None:
            found = self.work_out(question, day, then)
            if len(self._kept) >= self._most:
                self._kept.clear()
                self._eras.forget()
            self._kept[(question, day) if found.is_of_one_day else era] = found
        return found

    def known_before(self, day: date) -> int | None:
        """The release known on the day of care, where it is an older one."""
        then = self._known.get(day, 0)
        if then == 0:
            if len(self._known) >= KEPT_ANSWERS:
                self._known.clear()
            known = known_on(self.snapshot, day)
            then = self._known[day] = known if known is not None and known < self.release else None
        return then

    def work_out(self, question: Question, day: date, then: int | None) -> Answer:
        """``answer`` worked out anew, and not kept; ``then`` is the older release known on the day of care."""
        now = quote(self.snapshot, question, Moment(day, self.release))
        if then is None or not may_differ(self.snapshot, question, day, then, self.release):
            return Answer(now)
        earlier = quote(self.snapshot, question, Moment(day, then))
        return Answer(now) if settles_alike(now, earlier) else Answer(now, earlier, then)
