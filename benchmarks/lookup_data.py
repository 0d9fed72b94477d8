"""A made catalogue of any size, packed without a database: medicines whose price changes often and is corrected."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from benchmarks.truth import gtins, payload
from catalog.fields import DayField
from catalog.legal.family import LEGAL_ACT
from catalog.registry import KINDS
from catalog.releases.models import GENESIS
from catalog.releases.tables import OPEN
from catalog.snapshots.building import count_alike
from catalog.snapshots.content import Content, ReleaseInfo, StoredFact, StoredKind, StoredSpan
from catalog.temporal import DAWN, Moment

ACT = "essai-1"
FIRST_DAY = date(2014, 1, 1).toordinal()
DAYS = 4_000
"""The days over which the versions of a medicine lie, one after another."""
RELEASES = 100
CORRECTED = 5
"""One day in so many has two beliefs: what was published first, and what a later release put in its place."""
MEDICAMENT = KINDS.find("medicament")
PRICE = list(MEDICAMENT.fields).index("ppv")


@dataclass(frozen=True, slots=True)
class Row:
    """A version as every contender gets it: days by ordinal, half-open, and releases; its price tells it apart."""

    code: str
    start: int
    end: int
    rel_from: int
    rel_to: int
    price: int


@dataclass(frozen=True, slots=True)
class Size:
    """So many medicines, each with so many versions over both clocks."""

    codes: int
    versions: int

    @property
    def rows(self) -> int:
        return self.codes * self.versions

    def __str__(self) -> str:
        return f"{self.rows:,} versions of {self.codes:,} codes"


def codes(size: Size) -> list[str]:
    """Made-up GTINs, in byte order."""
    return sorted(islice(gtins(size.codes), size.codes))


def rows(size: Size) -> Iterator[Row]:
    """Every version, by code and day: four of five stand as first published, the others were corrected once."""
    seen = max(1, size.versions * CORRECTED // (CORRECTED + 1))
    length = DAYS / seen
    bounds = [FIRST_DAY + round(place * length) for place in range(seen + 1)]
    for number, code in enumerate(codes(size)):
        left = size.versions - seen
        for place in range(seen):
            start, end, price = bounds[place], bounds[place + 1], 1000 + number % 5000 + place
            opened = 1 + (number + place) % (RELEASES // 2)
            if place % CORRECTED == 0 and left:
                left -= 1
                closed = opened + RELEASES // 2
                yield Row(code, start, end, opened, closed, price)
                yield Row(code, start, end, closed, OPEN, price + 7)
            else:
                yield Row(code, start, end, opened, OPEN, price)


def questions(size: Size, count: int, *, seed: int = 6) -> list[tuple[str, int]]:
    """Random codes and days, each question about another entry or day."""
    drawn, every = random.Random(seed), codes(size)
    return [(drawn.choice(every), FIRST_DAY + drawn.randrange(DAYS)) for _ in range(count)]


def moments(asked: list[tuple[str, int]], release: int | None = None) -> list[tuple[str, Moment]]:
    """The same questions as the snapshot is asked them; without a release, each of a release of its own."""
    drawn = random.Random(7)
    return [(code, Moment(date.fromordinal(day), release or drawn.randint(1, RELEASES))) for code, day in asked]


def content(size: Size) -> Content:
    """What a snapshot of these rows is packed from."""
    facts, spans = _facts(size)
    kinds = {kind.name: StoredKind(list(kind.fields), [], {}) for kind in KINDS}
    kinds["medicament"] = StoredKind(list(MEDICAMENT.fields), facts, spans, count_alike(MEDICAMENT))
    kinds["acte_juridique"] = _act()
    return Content(RELEASES, GENESIS, [_release(number) for number in range(1, RELEASES + 1)], kinds)


def _facts(size: Size) -> tuple[list[StoredFact], dict[str, list[StoredSpan]]]:
    """Facts in order of release and code, and the spans of each code, latest days first."""
    facts: list[StoredFact] = []
    spans: dict[str, list[StoredSpan]] = {code: [] for code in codes(size)}
    texts = {code: _stored(number) for number, code in enumerate(spans)}
    sources = [f"L:{line}" for line in range(97)]
    for row in _by_release(size):
        values = texts[row.code].copy()
        values[PRICE] = row.price
        spans[row.code].append(StoredSpan(row.start, row.end, row.rel_from, row.rel_to, len(facts)))
        source = sources[row.price % len(sources)]
        facts.append(StoredFact(row.rel_from, row.code, row.start, row.end, ACT, source, "H", values))
    for held in spans.values():
        held.sort(key=lambda span: (span.start, span.rel_from), reverse=True)
    return facts, spans


def _by_release(size: Size) -> Iterator[Row]:
    """The rows in order of release, code and day; those of a release are let go once it is passed."""
    releases: list[list[Row]] = [[] for _ in range(RELEASES + 1)]
    for row in rows(size):
        releases[row.rel_from].append(row)
    releases.reverse()
    while releases:
        yield from releases.pop()


def _stored(number: int) -> list[object]:
    return [MEDICAMENT.fields[name].store(value) for name, value in payload(number, 0).items()]


def _act() -> StoredKind:
    told = LEGAL_ACT.load(ACT, {"type": "arrete", "title": "Essai", "statut": "EN_VIGUEUR"})
    fields = LEGAL_ACT.fields
    values = [
        value and str(value) if isinstance(fields[name], DayField) else fields[name].store(value)
        for name, value in told.items()
    ]
    start, end = DAWN.toordinal(), date.max.toordinal()
    fact = StoredFact(1, ACT, start, end, ACT, None, None, values)
    return StoredKind(list(fields), [fact], {ACT: [StoredSpan(start, end, 1, OPEN, 0)]})


def _release(number: int) -> ReleaseInfo:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number)
    return ReleaseInfo(
        number, None, f"Essai {number}", ACT, at, "bench.a", "bench.b", "bench.b", 0, GENESIS, GENESIS, GENESIS
    )
