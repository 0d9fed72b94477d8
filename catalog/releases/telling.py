"""Releases, versions, differences and legal acts as plain data, ready for JSON: what the API and the commands print.

Amounts are texts in dirhams, rates texts of a fraction, days ``YYYY-MM-DD``, instants RFC 3339 in UTC; null is open.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from catalog.kinds import Kind
from catalog.releases.changes import Held
from catalog.releases.diffing import EntryDiff, Piece, Status, count, differences
from catalog.snapshots.content import ReleaseInfo
from catalog.snapshots.reading import PublishedFact, Snapshot, Version
from catalog.temporal import DAWN, DUSK, Moment, Period, format_instant, merge_touching

LEGAL_ACT = "acte_juridique"
ACT_FIELDS = ("type", "numero", "signed_on", "published_on", "bo_numero", "title")

Told = dict[str, Any]
ActOf = Callable[[str], Told]
"""A legal act by its identifier, as an answer shows it."""
Voids = Mapping[str, Sequence[PublishedFact]]
"""By code, the facts that say that nothing holds."""


def tell_period(period: Period) -> Told:
    """``valid_from``, included, and ``valid_to``, excluded; null where open."""
    return {
        "valid_from": None if period.start == DAWN else period.start.isoformat(),
        "valid_to": None if period.end == DUSK else period.end.isoformat(),
    }


def tell_periods(periods: Iterable[Period]) -> list[str]:
    """Periods for a sentence, in order, touching ones as one."""
    return [
        f"until {period.end} (excluded)" if period.start == DAWN else str(period) for period in merge_touching(periods)
    ]


def find_act(snapshot: Snapshot, code: str, moment: Moment) -> Version | None:
    """A legal act as described that day, else as described last; None when it was unknown at that release."""
    found = snapshot.find(LEGAL_ACT, code, moment)
    return found or next(iter(snapshot.versions(LEGAL_ACT, code, moment.release)), None)


def tell_act(snapshot: Snapshot, code: str, moment: Moment) -> Told:
    """The short form of a legal act that stands beside every value."""
    found = find_act(snapshot, code, moment)
    fields = snapshot.kinds.find(LEGAL_ACT).dump(found.payload) if found else {}
    return {"id": code} | {name: fields.get(name) for name in ACT_FIELDS}


def acts_at(snapshot: Snapshot, moment: Moment) -> ActOf:
    """``tell_act`` at a moment, each act told once."""
    told: dict[str, Told] = {}

    def act_of(code: str) -> Told:
        if code not in told:
            told[code] = tell_act(snapshot, code, moment)
        return told[code]

    return act_of


def with_grounds(data: Any, act_of: ActOf) -> Any:
    """The same data with the act itself, as ``acte_juridique``, wherever ``legal_act`` names one."""
    if isinstance(data, list):
        return [with_grounds(item, act_of) for item in data]
    if not isinstance(data, dict):
        return data
    told = {}
    for name, value in data.items():
        if name == "legal_act":
            told[LEGAL_ACT] = None if value is None else act_of(value)
        else:
            # Most values are plain, and there are many.
            told[name] = with_grounds(value, act_of) if isinstance(value, list | dict) else value
    return told


def tell_release(info: ReleaseInfo) -> Told:
    """A release with those who made it and its digests."""
    return {
        "release": info.seq,
        "label": info.label,
        "title": info.title,
        "published_at": format_instant(info.published_at),
        "author": info.author,
        "approver": info.approver,
        "publisher": info.publisher,
        "facts": info.n_facts,
        "content_digest": info.content_digest,
        "previous_digest": info.prev_digest,
        "chain_digest": info.chain_digest,
        "legal_act": info.legal_act,
    }


def tell_version(kind: Kind, version: Version) -> Told:
    """A value with its period and ground; ``release`` brought it, ``closed_by`` replaced or withdrew it."""
    return {
        "code": version.code,
        **kind.dump(version.payload),
        **tell_period(version.period),
        "legal_act": version.legal_act,
        "source": version.source,
        "confidence": version.confidence,
        "release": version.opened_by,
        "closed_by": version.closed_by,
    }


def tell_fact(kind: Kind, fact: PublishedFact) -> Told:
    """A fact of the delta feed: from its release on, this holds over the period, or nothing does."""
    held = fact.held
    return {
        "release": fact.release,
        "kind": fact.kind,
        "code": fact.code,
        "op": "void" if held is None else "set",
        **tell_period(fact.period),
        "payload": None if held is None else kind.dump(held.payload),
        "legal_act": fact.legal_act,
        "source": held.source if held else None,
        "confidence": held.confidence if held else None,
    }


def compare(snapshot: Snapshot, kind: Kind, older: int, newer: int) -> Iterator[EntryDiff]:
    """What differs for one kind between two releases of a snapshot, entry by entry in order of code.

    0 stands for before the first. Between distant releases that may be the whole catalogue: hold what you need of it.
    """
    return differences(kind, snapshot.touched(kind.name, older, newer), older, newer, snapshot.published_on)


def voids(snapshot: Snapshot, kind: Kind, older: int, newer: int) -> Voids:
    """The withdrawals published between two releases, by code: they name the act of what is no longer in force."""
    low, high = sorted((older, newer))
    found: dict[str, list[PublishedFact]] = defaultdict(list)
    for fact in snapshot.withdrawals(kind.name, low, high):
        found[fact.code].append(fact)
    return found


def tell_diff(kind: Kind, entry: EntryDiff, withdrawals: Voids) -> Told:
    """An entry that differs: piece by piece of its days, field by field, before and after."""
    facts = withdrawals.get(entry.code, ())
    return {
        "kind": entry.kind,
        "code": entry.code,
        "status": entry.status.value,
        "retroactive": entry.is_retroactive,
        "pieces": [_tell_piece(kind, piece, facts) for piece in entry.pieces],
    }


def _tell_piece(kind: Kind, piece: Piece, withdrawals: Iterable[PublishedFact]) -> Told:
    return {
        **tell_period(piece.period),
        "release": piece.release,
        "retroactive": tell_period(piece.retroactive) if piece.retroactive else None,
        "fields": {
            name: {"before": _written(kind, name, before), "after": _written(kind, name, after)}
            for name, before, after in piece.fields()
        },
        "before": _tell_ground(piece.before),
        "after": _tell_ground(piece.after),
        "legal_act": _act_behind(piece, withdrawals),
    }


def _written(kind: Kind, name: str, value: Any) -> Any:
    return None if value is None else kind.fields[name].write(value)


def _tell_ground(held: Held | None) -> Told | None:
    if held is None:
        return None
    return {"legal_act": held.legal_act, "source": held.source, "confidence": held.confidence}


def _act_behind(piece: Piece, withdrawals: Iterable[PublishedFact]) -> str | None:
    """The act of the newer value; of the withdrawal where there is none; else of the value that went."""
    if piece.after is not None:
        return piece.after.legal_act
    for fact in withdrawals:
        if fact.release == piece.release and fact.period.overlaps(piece.period):
            return fact.legal_act
    return piece.before.legal_act if piece.before else None


def tell_counts(entries: Mapping[str, Iterable[EntryDiff]]) -> Told:
    """Entries added, changed, withdrawn and retroactive, in all and by kind; by kind also how many by field."""
    counted = {name: count(found) for name, found in entries.items()}
    by_kind = {name: counts for name, counts in counted.items() if any(counts[status] for status in Status)}
    totals: Counter[str] = Counter()
    for counts in by_kind.values():
        totals.update({name: number for name, number in counts.items() if name != "fields"})
    names = (*(status.value for status in Status), "retroactive")
    return {"total": {name: totals[name] for name in names}, "by_kind": by_kind}
