"""Whether an answer differs from what was known on the day of care: a claim settled then may need settling again.

The comparison is by pricing twice; it is spared where nothing that could matter was published in between.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from catalog.conventions.memory import remembered
from catalog.errors import NothingPublishedError
from catalog.money import format_dirhams
from catalog.pricing.answers import INVALID, RETROACTIVE_CHANGE, Amounts, KnownThen, Notice, Result
from catalog.pricing.line_fields import ACTE, DISPOSITIF, FORFAIT, MEDICAMENT
from catalog.pricing.lines import Question
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DAWN, DUSK, Period, merge_touching, morocco

_PAYER_KINDS = ("taux", "regle_organisme")
_TARIFF_KINDS = ("lettre_cle", "forfait", "convention", "adherence_organisme")
_ACT_KINDS = ("acte_ngap", "acte_ccam", "correspondance")
SHARED = {
    MEDICAMENT: _PAYER_KINDS,
    DISPOSITIF: _PAYER_KINDS,
    FORFAIT: (*_PAYER_KINDS, *_TARIFF_KINDS),
    ACTE: (*_PAYER_KINDS, *_TARIFF_KINDS, *_ACT_KINDS),
}
"""Kinds whose entries any line of a kind may rest on: looked at as a whole."""
OWN = {MEDICAMENT: ("medicament", "gtin"), DISPOSITIF: ("dispositif",)}
"""Large kinds: looked at by the code of the line."""
ON_ANY_DAY = frozenset({"regle_organisme", "adherence_organisme"})
"""Kinds whose entries weigh on days that they do not cover: the first one begins the rule for a payer."""


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


def may_differ(snapshot: Snapshot, question: Question, older: int, newer: int) -> bool:
    """Whether something published after ``older``, up to ``newer``, could change the answer. Never wrong when False."""
    return (
        any(_has_touched(snapshot, kind, question.as_of, older, newer) for kind in SHARED[question.kind])
        or any(_has_turned(snapshot, kind, question, older, newer) for kind in OWN.get(question.kind, ()))
        or _has_described_again(snapshot, older, newer)
    )


@remembered
def _has_touched(snapshot: Snapshot, kind: str, day: date, older: int, newer: int) -> bool:
    """Whether a fact of a kind about that day was published in between."""
    return any(
        kind in ON_ANY_DAY or any(period.covers(day) for period in periods)
        for release, periods in _between(_touched_days(snapshot, kind), older, newer)
    )


@remembered
def _touched_days(snapshot: Snapshot, kind: str) -> Sequence[tuple[int, list[Period]]]:
    """By release, the days that its facts of a kind are about."""
    found: dict[int, set[Period]] = {}
    for fact in snapshot.facts(kind, 0, snapshot.head):
        found.setdefault(fact.release, set()).add(fact.period)
    return [(release, merge_touching(periods)) for release, periods in sorted(found.items())]


def _between(touched: Sequence[tuple[int, list[Period]]], older: int, newer: int) -> Iterable[tuple[int, list[Period]]]:
    start = bisect_right(touched, older, key=lambda item: item[0])
    end = bisect_right(touched, newer, key=lambda item: item[0])
    return touched[start:end]


def _has_turned(snapshot: Snapshot, kind: str, question: Question, older: int, newer: int) -> bool:
    """Whether what is believed of the code itself, that day, changed in between."""
    codes = {question.code}
    if question.kind == MEDICAMENT:
        codes.update(str(each.payload["presentation"]) for each in snapshot.history("gtin", question.code, newer))
    return any(
        version.period.covers(question.as_of) and (older < version.rel_from <= newer or older < version.rel_to <= newer)
        for code in codes
        for version in snapshot.history(kind, code, newer)
    )


@remembered
def _has_described_again(snapshot: Snapshot, older: int, newer: int) -> bool:
    """Whether a legal act known before was described again in between: its status decides whether it prices."""
    known: set[str] = set()
    for fact in snapshot.facts("acte_juridique", 0, newer):
        if fact.release > older and fact.code in known:
            return True
        if fact.release <= older:
            known.add(fact.code)
    return False


def compare(result: Result, earlier: Result, release: int) -> Result:
    """The answer, with RETROACTIVE_CHANGE and both values where it is not the one known on the day of care."""
    if result.status == INVALID or (result.status, result.amounts) == (earlier.status, earlier.amounts):
        return result
    before, now = _told(earlier), _told(result)
    message = f"On the day of care, as known at release {release}, the answer was {before}; it is now {now}."
    known_then = KnownThen(release, earlier.status, earlier.amounts)
    return result.with_notice(Notice(RETROACTIVE_CHANGE, message, known_then=known_then))


def _told(result: Result) -> str:
    amounts: Amounts = result.amounts
    figures = (("base", amounts.base), ("amo", amounts.amo), ("patient", amounts.patient))
    told = [f"{name} {format_dirhams(value)}" for name, value in figures if value is not None]
    return ", ".join([result.status, *told])
