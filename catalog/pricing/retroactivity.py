"""Whether an answer differs from what was known on the day of care: a claim settled then may need settling again.

The comparison is by pricing twice; it is spared where nothing that could matter was published in between.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from catalog.errors import NothingPublishedError
from catalog.money import format_dirhams
from catalog.pricing.answers import INVALID, NOTHING, RETROACTIVE_CHANGE, Amounts, KnownThen, Notice, Quote, Result
from catalog.pricing.eras import LEGAL_ACT, SHARED, own_codes, stretch_of
from catalog.pricing.lines import Question
from catalog.snapshots.memory import remembered
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DAWN, DUSK, Period, merge_touching, morocco

ON_ANY_DAY = frozenset({"regle_organisme", "adherence_organisme", "gtin"})
"""Kinds whose entries weigh on days that they do not cover: the first one begins the rule for a payer, or the days on
which a code counts.
"""

TouchedDays = Sequence[tuple[int, list[Period]]]
"""By release, in order, the days that its facts of a kind are about."""


@remembered
def known_on(snapshot: Snapshot, day: date) -> int | None:
    """The newest release published by the end of a day in Morocco; None when nothing was, or on the edges of time."""
    if not DAWN.year < day.year < DUSK.year:
        return None
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=morocco())
    try:
        return snapshot.release_at(midnight - timedelta(microseconds=1))
    except NothingPublishedError:
        return None


def may_differ(snapshot: Snapshot, question: Question, day: date, older: int, newer: int) -> bool:
    """Whether something published after ``older``, up to ``newer``, could change the answer. Never wrong when False."""
    return (
        _has_touched_any(snapshot, question.kind, stretch_of(snapshot, question.kind, day), older, newer)
        or _has_turned(snapshot, question, day, older, newer)
        or _has_described_again(snapshot, older, newer)
    )


@remembered
def _has_touched_any(snapshot: Snapshot, kind: str, day: date, older: int, newer: int) -> bool:
    """Whether facts of the kinds that lines of a kind share, about that day, were published in between."""
    return any(_has_touched(snapshot, shared, day, older, newer) for shared in SHARED[kind])


def _has_touched(snapshot: Snapshot, kind: str, day: date, older: int, newer: int) -> bool:
    """Whether a fact of a kind about that day was published in between."""
    touched = _touched_days(snapshot, kind)
    start = bisect_right(touched, older, key=lambda item: item[0])
    end = bisect_right(touched, newer, key=lambda item: item[0])
    return any(kind in ON_ANY_DAY or any(period.covers(day) for period in periods) for _, periods in touched[start:end])


@remembered
def _touched_days(snapshot: Snapshot, kind: str) -> TouchedDays:
    found: dict[int, set[Period]] = {}
    for fact in snapshot.facts(kind, 0, snapshot.head):
        found.setdefault(fact.release, set()).add(fact.period)
    return [(release, merge_touching(periods)) for release, periods in sorted(found.items())]


def _has_turned(snapshot: Snapshot, question: Question, day: date, older: int, newer: int) -> bool:
    """Whether what is believed of the code itself, that day, changed in between."""
    return any(
        _believed(snapshot, kind, code, day, older) != _believed(snapshot, kind, code, day, newer)
        for kind, code in own_codes(snapshot, question.kind, question.code)
    )


def _believed(snapshot: Snapshot, kind: str, code: str, day: date, release: int) -> list[object]:
    return [
        (version.legal_act, version.payload, kind in ON_ANY_DAY and version.period)
        for version in snapshot.versions(kind, code, release)
        if kind in ON_ANY_DAY or version.period.covers(day)
    ]


@remembered
def _has_described_again(snapshot: Snapshot, older: int, newer: int) -> bool:
    """Whether a legal act known before was described again in between: its status decides whether it prices."""
    known = {fact.code for fact in snapshot.facts(LEGAL_ACT, 0, older)}
    return any(fact.code in known for fact in snapshot.facts(LEGAL_ACT, older, newer))


def settles_alike(quote: Quote, other: Quote) -> bool:
    """Whether two quotes give the same amounts and status to every line of one unit."""
    return _weighed(quote) == _weighed(other)


def _weighed(quote: Quote) -> tuple[object, ...]:
    return (quote.status, quote.unit_price, quote.ceiling, quote.rate, quote.mutuelle)


def compare(result: Result, earlier: Result, release: int) -> Result:
    """The answer, with RETROACTIVE_CHANGE and both values where it is not the one known on the day of care."""
    if result.status == INVALID or (result.status, result.amounts) == (earlier.status, earlier.amounts):
        return result
    message = tell_change(release, sum_up(*_weight(earlier)), sum_up(*_weight(result)))
    known_then = KnownThen(release, *_weight(earlier))
    return result.with_notice(Notice(RETROACTIVE_CHANGE, message, known_then=known_then))


def tell_change(release: int, before: str, now: str) -> str:
    """The sentence for an answer that was another one at an earlier release."""
    return f"On the day of care, as known at release {release}, the answer was {before}; it is now {now}."


def sum_up(status: str, amounts: Amounts) -> str:
    """An answer in a few words."""
    if amounts is NOTHING:
        return status
    figures = (("base", amounts.base), ("amo", amounts.amo), ("patient", amounts.patient))
    return ", ".join([status, *[f"{name} {format_dirhams(value)}" for name, value in figures if value is not None]])


def _weight(result: Result) -> tuple[str, Amounts]:
    return result.status, result.amounts
