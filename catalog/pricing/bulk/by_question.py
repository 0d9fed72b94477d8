"""Lines that no template answers: each distinct question is put to the pricer once for all the days of an era."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np
import polars as pl

from catalog.pricing.answers import Quote
from catalog.pricing.bulk.columns import Lines, Numbers, dense
from catalog.pricing.bulk.entries import Entries
from catalog.pricing.bulk.searching import DAY_BITS
from catalog.pricing.bulk.worth import Rows, Worth, worth_of
from catalog.pricing.eras import own_bounds, shared_bounds
from catalog.pricing.line_fields import ACTE, FORFAIT, KINDS
from catalog.pricing.pricer import Answer, Pricer

LARGEST = 2**62


class Answers(NamedTuple):
    """What lines are worth; of those of ``earlier``, ``then`` is what was known on the day of care, at ``release``."""

    worth: Worth
    earlier: Rows
    then: Worth
    release: Numbers


def ask(pricer: Pricer, lines: Lines, rows: Rows, entries: Entries) -> Answers:
    """What lines are worth, question by question; one whose sentences may name the day is asked day by day."""
    answers, place = _answer(pricer, lines, rows, _era_keys(pricer, lines, rows))
    of_one_day = np.flatnonzero(np.array([answer.is_of_one_day for answer in answers], dtype=np.bool_)[place])
    if len(of_one_day):
        again, day_place = _answer(pricer, lines, rows[of_one_day], _day_keys(lines, rows[of_one_day]))
        place[of_one_day] = len(answers) + day_place
        answers += again
    has_earlier = np.array([answer.earlier is not None for answer in answers], dtype=np.bool_)
    then = worth_of([_wordless(answer.earlier) for answer in answers if answer.earlier is not None], entries)
    earlier = np.flatnonzero(has_earlier[place])
    worth = worth_of([answer.quote for answer in answers], entries).take(place)
    release = np.array([answer.then for answer in answers], dtype=np.int64)[place[earlier]]
    return Answers(worth, rows[earlier], then.take((np.cumsum(has_earlier) - 1)[place[earlier]]), release)


def _wordless(quote: Quote) -> Quote:
    """What a quote is worth: of an answer known before, nothing else is told."""
    return Quote(**quote.worth._asdict())


def _answer(pricer: Pricer, lines: Lines, rows: Rows, keys: Numbers) -> tuple[list[Answer], Numbers]:
    """The answer to each distinct key, asked by its first line, and its number for each line."""
    column = pl.Series(keys)
    distinct = column.unique()
    place = column.replace_strict(distinct, pl.int_range(len(distinct), eager=True)).to_numpy().copy()
    first = np.empty(len(distinct), dtype=np.int64)
    first[place[::-1]] = rows[::-1]
    asked = zip(lines.profile[first].tolist(), lines.code[first].tolist(), lines.day[first].tolist(), strict=True)
    return [pricer.answer(lines.question(p, c), date.fromordinal(day)) for p, c, day in asked], place


def _day_keys(lines: Lines, rows: Rows) -> Numbers:
    question = lines.profile[rows] * len(lines.codes) + lines.code[rows]
    return (question << DAY_BITS) | lines.day[rows]


def _era_keys(pricer: Pricer, lines: Lines, rows: Rows) -> Numbers:
    """A number for each question, era and release known on the day of care; of each day where they are too many."""
    eras, count = _shared_eras(pricer, lines, rows)
    starts = _own_starts(pricer, lines, rows)
    code = lines.code[rows]
    own = np.searchsorted(starts, (code << DAY_BITS) | lines.day[rows], "right")
    if (int(lines.profile.max(initial=0)) + 1) * len(lines.codes) * count * (len(starts) + 1) > LARGEST:
        return _day_keys(lines, rows)
    return ((lines.profile[rows] * len(lines.codes) + code) * count + eras) * (len(starts) + 1) + own


def _shared_eras(pricer: Pricer, lines: Lines, rows: Rows) -> tuple[Numbers, int]:
    """The stretch of days of each line over which nothing shared changes, nor what was known; how many there are."""
    dawn = int(lines.day[rows].min())
    days, place = dense(lines.day[rows] - dawn, int(lines.day[rows].max()) - dawn + 1)
    known = [pricer.known_before(date.fromordinal(day)) or 0 for day in (days + dawn).tolist()]
    numbers: dict[tuple[int, int], int] = {}
    eras = np.zeros((len(KINDS), len(days)), dtype=np.int64)
    for kind, name in enumerate(KINDS):
        bounds = [bound.toordinal() for bound in shared_bounds(pricer.snapshot, name)]
        shared = np.searchsorted(np.array(bounds, dtype=np.int64), days + dawn, "right").tolist()
        eras[kind] = [numbers.setdefault(era, len(numbers)) for era in zip(shared, known, strict=True)]
    return eras[lines.kind[rows], place], len(numbers)


def _own_starts(pricer: Pricer, lines: Lines, rows: Rows) -> Numbers:
    """Every day on which what a code itself names begins or ends, each with its code, in order."""
    found: list[int] = []
    for number in dense(lines.code[rows], len(lines.codes))[0].tolist():
        kind, code = lines.codes[number]
        if kind not in (ACTE, FORFAIT):
            found += (number << DAY_BITS | day.toordinal() for day in own_bounds(pricer.snapshot, kind, code))
    return np.array(found, dtype=np.int64)
