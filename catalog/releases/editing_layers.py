"""What would hold for one entry if a draft were published now, and what an edit makes of it: pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from catalog.kinds import Payload
from catalog.releases.changes import Change
from catalog.releases.truth import Rectangle
from catalog.temporal import DUSK, Period


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a change rests on; ``legal_act`` None stands for the draft's own."""

    legal_act: str | None = None
    source: str | None = None
    confidence: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Layer:
    """Over ``period`` the entry holds ``payload``, or nothing where the draft withdraws it.

    ``change`` and ``made_by`` are None for what a release published and the draft leaves alone.
    """

    period: Period
    payload: Payload | None
    change: Change | None = None
    made_by: str | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """A later value that was recorded before and stays: ``field`` holds ``value`` from ``day`` on.

    ``field`` None tells that the entry is withdrawn from that day on.
    """

    day: date
    field: str | None
    value: object = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A payload over days, and the layer it was made from."""

    period: Period
    payload: Payload
    layer: Layer


def lay(standing: Iterable[Rectangle], staged: Sequence[Layer]) -> list[Layer]:
    """The published values where the draft leaves them, and its own, in order."""
    kept = [
        Layer(period, span.held.payload)
        for span in standing
        for period in _uncovered(span.period, [layer.period for layer in staged])
    ]
    return sorted([*kept, *staged], key=lambda layer: layer.period)


def layer_on(layers: Iterable[Layer], day: date) -> Layer | None:
    """The layer that holds a value that day."""
    return next((layer for layer in layers if layer.payload is not None and layer.period.covers(day)), None)


def carry(layers: Sequence[Layer], values: Mapping[str, Any], start: date) -> tuple[list[Piece], list[Stay]]:
    """``values`` from ``start`` on: each field until the day from which another value of it was recorded before.

    A later value of another field only repeats this one, and takes the new value. An end or a withdrawal ends all.
    The entry must hold a value on ``start``.
    """
    origin = layer_on(layers, start)
    assert origin is not None and origin.payload is not None
    running = {name: value for name, value in values.items() if value != origin.payload[name]}
    pieces: list[Piece] = []
    stays: list[Stay] = []
    reached = start
    for layer in layers:
        if layer.period.end <= start:
            continue
        if not running or layer.period.start > reached:
            break
        if layer.payload is None:
            stays.append(Stay(layer.period.start, None))
            break
        for name in [name for name in running if layer.payload[name] != origin.payload[name]]:
            del running[name]
            stays.append(Stay(layer.period.start, name, layer.payload[name]))
        if running:
            days = Period(max(start, layer.period.start), layer.period.end)
            pieces.append(Piece(days, {**layer.payload, **running}, layer))
        reached = layer.period.end
    return pieces, stays


def overwrite(layers: Iterable[Layer], values: Mapping[str, Any], period: Period) -> list[Piece]:
    """``values`` over every value held within a period that the editor named; days without one stay so."""
    return [
        Piece(shared, {**layer.payload, **values}, layer)
        for layer in layers
        if layer.payload is not None and (shared := layer.period.clip(period)) is not None
    ]


def to_change(kind: str, code: str, piece: Piece, grounds: Grounds | None) -> Change:
    """A piece as the draft keeps it. Without ``grounds`` a staged value keeps those it had."""
    was = piece.layer.change
    if was is not None:
        made = replace(was, period=piece.period, payload=piece.payload)
    else:
        made = Change(kind, code, piece.period, piece.payload)
    if grounds is None:
        return made
    return replace(
        made,
        legal_act=grounds.legal_act,
        source=grounds.source,
        confidence=grounds.confidence,
        reason=grounds.reason,
    )


def split_at(change: Change, standing: Iterable[Rectangle]) -> Iterator[Change]:
    """The change cut where published values change."""
    days = {day for span in standing for day in (span.period.start, span.period.end)}
    inner = sorted(day for day in days if change.period.start < day < change.period.end)
    for start, end in pairwise([change.period.start, *inner, change.period.end]):
        yield replace(change, period=Period(start, end))


def is_as_published(change: Change, standing: Iterable[Rectangle]) -> bool:
    """Whether the release already says so, on the same ground if the change gives one of its own."""
    held = next((span.held for span in standing if span.period.covers(change.period.start)), None)
    if held is None or change.payload is None:
        return held is None and change.payload is None
    return held.payload == change.payload and change.legal_act in (None, held.legal_act)


def joined(changes: Iterable[Change]) -> list[Change]:
    """The same changes, those that touch and say the same as one."""
    made: list[Change] = []
    for change in changes:
        last = made[-1] if made else None
        if last and last.period.end == change.period.start and replace(last, period=change.period) == change:
            made[-1] = replace(last, period=Period(last.period.start, change.period.end))
        else:
            made.append(change)
    return made


def first_start(layers: Iterable[Layer], day: date) -> date:
    """The first day after ``day`` from which something is recorded; DUSK where nothing is."""
    return min((layer.period.start for layer in layers if layer.period.start > day), default=DUSK)


def _uncovered(period: Period, covers: Iterable[Period]) -> list[Period]:
    left = [period]
    for cover in covers:
        left = [piece for part in left for piece in part.minus(cover)]
    return left


def remainders(period: Period, taken: Iterable[Period]) -> list[Period]:
    """What is left of a staged period once others have taken their days."""
    return _uncovered(period, taken)
