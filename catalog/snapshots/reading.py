"""Questions to a snapshot. It is immutable: one held by a reader never changes under it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from mmap import mmap
from typing import Any

from catalog.errors import NothingPublishedError, UnknownReleaseError
from catalog.fields import DayField, EntryField
from catalog.kinds import Kind, Kinds, Payload
from catalog.releases.changes import Held
from catalog.releases.labels import parse_label
from catalog.releases.tables import OPEN
from catalog.snapshots.content import Content, ReleaseInfo, SnapshotDamagedError, StoredFact
from catalog.snapshots.packed import Packed, PackedKind, decode
from catalog.snapshots.packing import encode
from catalog.snapshots.ready import reader
from catalog.temporal import Moment, Period, day_in_morocco, format_instant


@dataclass(frozen=True, slots=True)
class Version:
    """A value of an entry over ``period``, known from release ``rel_from`` on, until ``rel_to`` (excluded)."""

    kind: str
    code: str
    period: Period
    rel_from: int
    rel_to: int
    held: Held

    @property
    def payload(self) -> Payload:
        return self.held.payload

    @property
    def legal_act(self) -> str:
        return self.held.legal_act

    @property
    def source(self) -> str | None:
        return self.held.source

    @property
    def confidence(self) -> str | None:
        return self.held.confidence

    @property
    def opened_by(self) -> int:
        return self.rel_from

    @property
    def closed_by(self) -> int | None:
        return None if self.rel_to == OPEN else self.rel_to

    def is_known_at(self, release: int) -> bool:
        return self.rel_from <= release < self.rel_to


@dataclass(frozen=True, slots=True)
class PublishedFact:
    """A fact as a release brought it; ``held`` is None where it says that nothing holds."""

    kind: str
    code: str
    period: Period
    release: int
    legal_act: str
    held: Held | None


VERSIONS_KEPT = 16_000
"""Versions kept decoded, last asked first: near 2 kB each, so 30 MB at most."""


class Snapshot:
    """Everything published up to release ``head``."""

    def __init__(self, content: Content | Packed, kinds: Kinds) -> None:
        packed = content if isinstance(content, Packed) else decode(encode(content), f"of release {content.head}")
        self.kinds = kinds
        self.head = packed.head
        self.chain = packed.chain
        self.releases = tuple(packed.releases)
        self.packed, self._kinds = packed, packed.kinds
        self.ready = reader(packed, kinds)
        """The values in force at a moment as they are kept, or None, of a kind, a code and a moment: one MessagePack
        array, in the order of the fields.

        Nothing is decoded: amounts are whole centimes, rates basis points, days ISO texts, lists texts joined by
        ``fields.LIST_SEPARATOR``.
        """
        self._instants = [release.published_at for release in self.releases]
        self._labels = {release.label: release.seq for release in self.releases if release.label}
        self._version = lru_cache(maxsize=VERSIONS_KEPT)(self._decode)
        for kind in kinds:
            stored = self._kinds.get(kind.name)
            if stored is None or stored.fields != list(kind.fields):
                raise SnapshotDamagedError(f"of release {self.head}", f"it was compiled for another {kind.name}")

    @property
    def data(self) -> bytes | mmap:
        """Its file, for whoever hands it to another process."""
        return self.packed.data

    def release(self, asked: int | str) -> ReleaseInfo:
        """A release by number or label. Raises UnknownReleaseError."""
        text = str(asked).strip()
        is_number = text.isascii() and text.isdigit() and len(text) < 9
        seq = int(text) if is_number else self._labels.get(parse_label(text), 0)
        if not 1 <= seq <= self.head:
            raise UnknownReleaseError(asked)
        return self.releases[seq - 1]

    def release_at(self, instant: datetime) -> int:
        """The release known at an instant. Raises NothingPublishedError before the first."""
        seq = bisect_right(self._instants, instant)
        if seq == 0:
            raise NothingPublishedError(format_instant(instant))
        return seq

    def published_on(self, seq: int) -> date:
        """The day, in Morocco, of a publication."""
        return day_in_morocco(self.release(seq).published_at)

    def find(self, kind: str, code: str, moment: Moment) -> Version | None:
        """The value in force at a moment, or None."""
        stored = self._stored(kind)
        number = stored.number(code)
        if number is None:
            return None
        span = stored.find(number, moment.as_of.toordinal(), moment.release)
        return None if span is None else self._version(kind, span)

    def versions(self, kind: str, code: str, release: int) -> list[Version]:
        """What is known of an entry at a release, latest days first."""
        return [version for version in self._of(kind, code) if version.is_known_at(release)]

    def history(self, kind: str, code: str, release: int) -> list[Version]:
        """Also what was believed before: every version opened up to a release, latest days first."""
        return [version for version in self._of(kind, code) if version.rel_from <= release]

    def is_known(self, kind: str, code: str, release: int) -> bool:
        """Whether anything was ever published of a code up to a release."""
        stored = self._stored(kind)
        number = stored.number(code)
        return number is not None and any(stored.opened(span) <= release for span in stored.spans(number))

    def codes(self, kind: str) -> list[str]:
        """Every code of a kind ever published, in byte order."""
        return list(self._stored(kind).codes)

    def in_force(self, kind: str, moment: Moment) -> Iterator[Version]:
        """Everything of a kind in force at a moment, in byte order of code."""
        stored, day = self._stored(kind), moment.as_of.toordinal()
        for number in range(stored.n_codes):
            span = stored.find(number, day, moment.release)
            if span is not None:
                yield self._version(kind, span)

    def touched(self, kind: str, older: int, newer: int) -> Iterator[Version]:
        """What opened or closed between two releases, by code: the food of ``diffing.differences``."""
        stored, found = self._stored(kind), self.kinds.find(kind)
        low, high = sorted((older, newer))
        for number in stored.changed_codes(low, high):
            code = stored.code(number)
            for span in stored.spans(number):
                if stored.turns(span, low, high):
                    # Not kept: between distant releases these are all there are, and most are asked for once.
                    yield self._read(found, code, span)

    def facts(self, kind: str, after: int, upto: int) -> Iterator[PublishedFact]:
        """The facts of releases ``after`` (excluded) to ``upto``, in order of release and code."""
        stored = self._stored(kind)
        for number in range(stored.first_fact_after(after), stored.first_fact_after(upto)):
            yield self._fact(self.kinds.find(kind), stored.fact(number))

    def withdrawals(self, kind: str, after: int, upto: int) -> Iterator[PublishedFact]:
        """Those of the same facts that say that nothing holds; the others are not decoded."""
        stored = self._stored(kind)
        for number in stored.voids(stored.first_fact_after(after), stored.first_fact_after(upto)):
            yield self._fact(self.kinds.find(kind), stored.fact(number))

    def _stored(self, kind: str) -> PackedKind:
        return self._kinds[self.kinds.find(kind).name]

    def _of(self, kind: str, code: str) -> Iterator[Version]:
        stored = self._stored(kind)
        number = stored.number(code)
        return iter(()) if number is None else (self._version(kind, span) for span in stored.spans(number))

    def _decode(self, kind_name: str, number: int) -> Version:
        kind = self.kinds.find(kind_name)
        stored = self._kinds[kind.name]
        return self._read(kind, stored.code_of(stored.fact_of(number)), number)

    def _read(self, kind: Kind, code: str, number: int) -> Version:
        stored = self._kinds[kind.name]
        start, end, rel_from, rel_to, fact = stored.span(number)
        held = Held(_restore(kind, stored.decoded(fact)), *stored.ground_of(fact))
        return Version(kind.name, code, _period(start, end), rel_from, rel_to, held)

    def _fact(self, kind: Kind, fact: StoredFact) -> PublishedFact:
        period = _period(fact.start, fact.end)
        return PublishedFact(kind.name, fact.code, period, fact.release, fact.legal_act, _held(kind, fact))


def _held(kind: Kind, fact: StoredFact) -> Held | None:
    """What a fact says; None where it says that nothing holds."""
    if fact.values is None:
        return None
    return Held(_restore(kind, fact.values), fact.legal_act, fact.source, fact.confidence)


@lru_cache(maxsize=4096)
def _period(start: int, end: int) -> Period:
    """Days by ordinal; the same periods are held by many."""
    return Period(date.fromordinal(start), date.fromordinal(end))


def _restore(kind: Kind, values: list[Any]) -> Payload:
    payload = dict(zip(kind.fields, values, strict=True))
    for name, restore in _restorers(kind):
        payload[name] = restore(payload[name])
    return payload


@lru_cache(maxsize=64)
def _restorers(kind: Kind) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """The fields whose stored form is not their value: most are, and need no call."""
    return tuple(
        (name, _read_day if isinstance(field, DayField) else field.restore)
        for name, field in kind.fields.items()
        if isinstance(field, DayField) or type(field).restore is not EntryField.restore
    )


def _read_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
