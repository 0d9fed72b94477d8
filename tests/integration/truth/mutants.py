"""Bugs on purpose, one at a time: each replaces a piece of the catalogue by one that is slightly wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from catalog import temporal
from catalog.releases import diffing, drafts, painting, publishing, rebasing, truth, verifying
from catalog.releases.painting import Painted, Segment, Stroke
from catalog.releases.tables import OPEN, tables_of
from catalog.snapshots import building, reading
from catalog.snapshots.packed import PackedKind
from catalog.temporal import Moment, Period, merge_touching

Plant = Callable[[pytest.MonkeyPatch], object]
MUTANTS: dict[str, Plant] = {}


def mutant(name: str) -> Callable[[Plant], Plant]:
    def keep(plant: Plant) -> Plant:
        MUTANTS[name] = plant
        return plant

    return keep


def everywhere(patch: pytest.MonkeyPatch, name: str, real: Any, wrong: Any) -> None:
    """In each module that has imported it by name."""
    modules = (painting, publishing, verifying, diffing, drafts, rebasing, truth, building, reading, temporal)
    homes = [module for module in modules if getattr(module, name, None) is real]
    assert homes
    for home in homes:
        patch.setattr(home, name, wrong)


# Painting

_paint, _cut = painting.paint, painting._cut


@mutant("the left remainder is lost")
def _(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(painting, "_cut", lambda segment, cut: [s for s in _cut(segment, cut) if s.period.start >= cut.start])


@mutant("the right remainder is lost")
def _(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(painting, "_cut", lambda segment, cut: [s for s in _cut(segment, cut) if s.period.end <= cut.end])


@mutant("a remainder has the new value")
def _(patch: pytest.MonkeyPatch) -> None:
    def wrong(standing: list[Segment], strokes: Any) -> Painted:
        laid = list(strokes)
        painted = _paint(standing, laid)
        newest = max(stroke.fact_id for stroke in laid)
        return Painted(painted.closed, [replace(segment, fact_id=newest) for segment in painted.opened])

    everywhere(patch, "paint", _paint, wrong)


@mutant("what is covered stays open")
def _(patch: pytest.MonkeyPatch) -> None:
    everywhere(patch, "paint", _paint, lambda *given: Painted([], _paint(*given).opened))


@mutant("what closes is not cut but lost, with all it had")
def _(patch: pytest.MonkeyPatch) -> None:
    def wrong(standing: list[Segment], strokes: Any) -> Painted:
        laid = list(strokes)
        new = {stroke.fact_id for stroke in laid}
        painted = _paint(standing, laid)
        return Painted(painted.closed, [segment for segment in painted.opened if segment.fact_id in new])

    everywhere(patch, "paint", _paint, wrong)


@mutant("a void is ignored")
def _(patch: pytest.MonkeyPatch) -> None:
    def wrong(standing: list[Segment], strokes: Any) -> Painted:
        return _paint(standing, [stroke for stroke in strokes if not stroke.is_void])

    everywhere(patch, "paint", _paint, wrong)


@mutant("a void is a value")
def _(patch: pytest.MonkeyPatch) -> None:
    def wrong(standing: list[Segment], strokes: Any) -> Painted:
        return _paint(standing, [Stroke(stroke.period, stroke.fact_id) for stroke in strokes])

    everywhere(patch, "paint", _paint, wrong)


# Reading

_in_force, _find_held = truth.in_force, truth.find_held


@mutant("valid_to is included, in the tables")
def _(patch: pytest.MonkeyPatch) -> None:
    _with_moment(patch, lambda span, at: sa.and_(
        span.c.rel_from <= at.release, at.release < span.c.rel_to, span.c.valid_from <= at.as_of,
        at.as_of <= span.c.valid_to
    ))  # fmt: skip


@mutant("known_at ignores rel_to, in the tables")
def _(patch: pytest.MonkeyPatch) -> None:
    _with_moment(patch, lambda span, at: sa.and_(
        span.c.rel_from <= at.release, span.c.valid_from <= at.as_of, at.as_of < span.c.valid_to
    ))  # fmt: skip


@mutant("known_at is one release late, in the tables")
def _(patch: pytest.MonkeyPatch) -> None:
    _with_moment(patch, lambda span, at: sa.and_(
        span.c.rel_from < at.release, at.release <= span.c.rel_to,
        span.c.valid_from <= at.as_of, at.as_of < span.c.valid_to
    ))  # fmt: skip


@mutant("known_at is always now, in the tables")
def _(patch: pytest.MonkeyPatch) -> None:
    _with_moment(patch, lambda span, at: sa.and_(
        span.c.rel_to == OPEN, span.c.valid_from <= at.as_of, at.as_of < span.c.valid_to
    ))  # fmt: skip


def _with_moment(patch: pytest.MonkeyPatch, condition: Callable[[Any, Moment], Any]) -> None:
    def wrong(session: Any, kind: Any, moment: Moment) -> dict[str, Any]:
        found = truth.rectangles(session, kind, condition(tables_of(kind).span, moment))
        return {one.code: one.held for one in found}

    patch.setattr(truth, "in_force", wrong)


@mutant("valid_to is included, in the snapshot")
def _(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Period, "covers", lambda self, day: self.start <= day <= self.end)
    found = PackedKind.find

    def wrong(self: PackedKind, number: int, day: int, release: int) -> int | None:
        at = found(self, number, day, release)
        return found(self, number, day - 1, release) if at is None else at

    patch.setattr(PackedKind, "find", wrong)


@mutant("known_at ignores rel_to, in the snapshot")
def _(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(reading.Version, "is_known_at", lambda self, release: self.rel_from <= release)
    found = PackedKind.find

    def wrong(self: PackedKind, number: int, day: int, release: int) -> int | None:
        # What was believed last of a day, whether or not a release has taken it back.
        return next((at for late in range(release, 0, -1) if (at := found(self, number, day, late)) is not None), None)

    patch.setattr(PackedKind, "find", wrong)


@mutant("the snapshot forgets what was closed")
def _(patch: pytest.MonkeyPatch) -> None:
    _with_spans(patch, lambda spans, _: [span for span in spans if span.rel_to == OPEN])


@mutant("the snapshot forgets by whom it was closed")
def _(patch: pytest.MonkeyPatch) -> None:
    _with_spans(
        patch, lambda spans, _: [type(span)(span.start, span.end, span.rel_from, OPEN, span.fact) for span in spans]
    )


@mutant("the snapshot mistakes one fact for another")
def _(patch: pytest.MonkeyPatch) -> None:
    _with_spans(patch, lambda spans, _: [type(s)(s.start, s.end, s.rel_from, s.rel_to, spans[0].fact) for s in spans])


def _with_spans(patch: pytest.MonkeyPatch, change: Callable[[list[Any], str], list[Any]]) -> None:
    real = building.read_spans

    def wrong(*given: Any) -> dict[str, list[Any]]:
        return {code: change(spans, code) for code, spans in real(*given).items()}

    patch.setattr(building, "read_spans", wrong)


@mutant("an instant of publication is known only after it")
def _(patch: pytest.MonkeyPatch) -> None:
    real = truth.release_at
    patch.setattr(truth, "release_at", lambda session, instant: real(session, instant - timedelta(seconds=1)))


# Differences

_touched = diffing.touched_spans


@mutant("the difference misses removals")
def _(patch: pytest.MonkeyPatch) -> None:
    _with_pieces(patch, lambda pieces: [piece for piece in pieces if piece.after is not None])


@mutant("the difference misses additions")
def _(patch: pytest.MonkeyPatch) -> None:
    _with_pieces(patch, lambda pieces: [piece for piece in pieces if piece.before is not None])


@mutant("the difference tells the whole stretch")
def _(patch: pytest.MonkeyPatch) -> None:
    def wrong(pieces: list[Any]) -> list[Any]:
        return [replace(piece, period=merge_touching(p.period for p in pieces)[0]) for piece in pieces[:1]]

    _with_pieces(patch, wrong)


@mutant("the difference names the newest release for all")
def _(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(diffing, "_brought_by", lambda _covering, high: high)


@mutant("what changed before is told as retroactive")
def _(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(diffing, "_past_part", lambda piece, _: piece.period)


@mutant("only what opened is read for a difference")
def _(patch: pytest.MonkeyPatch) -> None:
    def wrong(session: Any, kind: Any, older: int, newer: int) -> Iterator[Any]:
        return (found for found in _touched(session, kind, older, newer) if found.rel_from > min(older, newer))

    patch.setattr(diffing, "touched_spans", wrong)


def _with_pieces(patch: pytest.MonkeyPatch, change: Callable[[list[Any]], list[Any]]) -> None:
    real = diffing._pieces
    patch.setattr(diffing, "_pieces", lambda *given: change(real(*given)))
