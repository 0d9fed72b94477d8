"""How a release's facts cover what was in force: pure functions over periods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalog.temporal import Period


@dataclass(frozen=True, slots=True)
class Stroke:
    """A fact as painted: over ``period`` its value holds, or nothing does when ``is_void``."""

    period: Period
    fact_id: int
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """An open span: ``span_id`` is None for one this release opens."""

    period: Period
    fact_id: int
    span_id: int | None = None


@dataclass(frozen=True, slots=True)
class Painted:
    """The segments that a painting closes, and those it opens."""

    closed: list[Segment]
    opened: list[Segment]


def paint(standing: Sequence[Segment], strokes: Iterable[Stroke]) -> Painted:
    """Lays ``strokes`` over the open segments of one entry: what closes, and what opens.

    A segment cut by a stroke closes; its left and right remainders open again with the fact they had.
    """
    layers = list(standing)
    for stroke in strokes:
        layers = [piece for segment in layers for piece in _cut(segment, stroke.period)]
        if not stroke.is_void:
            layers.append(Segment(stroke.period, stroke.fact_id))
    kept = {segment.span_id for segment in layers if segment.span_id is not None}
    return Painted(
        closed=[segment for segment in standing if segment.span_id not in kept],
        opened=sorted((segment for segment in layers if segment.span_id is None), key=lambda s: s.period),
    )


def _cut(segment: Segment, period: Period) -> Iterable[Segment]:
    if not segment.period.overlaps(period):
        return (segment,)
    return [Segment(piece, segment.fact_id) for piece in segment.period.minus(period)]
