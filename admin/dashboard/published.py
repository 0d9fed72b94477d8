"""What the snapshot says of time: days to come, releases gone by, the age of each list. Computed once a snapshot."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from admin.french import kind_name
from catalog.snapshots.content import ReleaseInfo
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DUSK

LAST = 5
DAYS_SHOWN = 6

Starts = Mapping[date, Counter[str]]


@dataclass(frozen=True, slots=True)
class EffectDay:
    """A day on which something published takes or loses effect, and how many entries of each kind."""

    day: date
    away: int
    starts: list[tuple[str, str, int]]
    ends: list[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class PastRelease:
    """A release and how many facts of each kind it brought: (plural, name, facts)."""

    info: ReleaseInfo
    counts: list[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class Age:
    """When a list was last published, by which release and on what act. ``days`` counts to today."""

    plural: str
    name: str
    release: ReleaseInfo
    published_on: date
    days: int
    legal_act: str


Brought = dict[int, dict[str, Counter[str]]]
"""By release and kind, how many facts each legal act founds."""
_facts: WeakKeyDictionary[Snapshot, Brought] = WeakKeyDictionary()
_starts: WeakKeyDictionary[Snapshot, tuple[Starts, Starts]] = WeakKeyDictionary()


def effect_days(snapshot: Snapshot, today: date) -> list[EffectDay]:
    """The next days on which values begin, or end without another one, soonest first."""
    starts, ends = _turning(snapshot)
    days = sorted(day for day in {*starts, *ends} if day > today)[:DAYS_SHOWN]
    return [
        EffectDay(day, (day - today).days, _named(snapshot, starts.get(day)), _named(snapshot, ends.get(day)))
        for day in days
    ]


def _turning(snapshot: Snapshot) -> tuple[Starts, Starts]:
    """By day after the first publication, the entries that begin and those that end, by kind."""
    found = _starts.get(snapshot)
    if found is None:
        found = _starts[snapshot] = _turn(snapshot)
    return found


def _turn(snapshot: Snapshot) -> tuple[Starts, Starts]:
    starts: dict[date, Counter[str]] = defaultdict(Counter)
    ends: dict[date, Counter[str]] = defaultdict(Counter)
    for kind in snapshot.kinds:
        for code in snapshot.codes(kind.name):
            periods = [version.period for version in snapshot.versions(kind.name, code, snapshot.head)]
            begun = {period.start for period in periods}
            for period in periods:
                starts[period.start][kind.name] += 1
                if period.end != DUSK and period.end not in begun:
                    ends[period.end][kind.name] += 1
    return starts, ends


def last_releases(snapshot: Snapshot) -> list[PastRelease]:
    """The newest releases, newest first."""
    brought = _brought(snapshot)
    return [
        PastRelease(info, _named(snapshot, Counter({kind: acts.total() for kind, acts in brought[info.seq].items()})))
        for info in reversed(snapshot.releases[-LAST:])
    ]


def ages(snapshot: Snapshot, today: date) -> list[Age]:
    """Each list that has anything, oldest publication first."""
    newest = {kind: seq for seq, kinds in sorted(_brought(snapshot).items()) for kind in kinds}
    found = [_age(snapshot, kind, seq, today) for kind, seq in newest.items()]
    return sorted(found, key=lambda age: (-age.days, age.plural))


def _age(snapshot: Snapshot, kind: str, seq: int, today: date) -> Age:
    acts, published_on = _brought(snapshot)[seq][kind], snapshot.published_on(seq)
    return Age(
        snapshot.kinds.find(kind).plural,
        kind_name(kind, plural=True),
        snapshot.release(seq),
        published_on,
        (today - published_on).days,
        max(acts, key=lambda act: (acts[act], act)),
    )


def _brought(snapshot: Snapshot) -> Brought:
    found = _facts.get(snapshot)
    if found is None:
        found = _facts[snapshot] = {info.seq: {} for info in snapshot.releases}
        for kind in snapshot.kinds:
            for fact in snapshot.facts(kind.name, 0, snapshot.head):
                found[fact.release].setdefault(kind.name, Counter())[fact.legal_act] += 1
    return found


def _named(snapshot: Snapshot, counts: Counter[str] | None) -> list[tuple[str, str, int]]:
    """(plural, French name, number) of each kind counted, most first."""
    return [
        (snapshot.kinds.find(kind).plural, kind_name(kind, plural=number > 1), number)
        for kind, number in (counts or Counter()).most_common()
        if number
    ]
