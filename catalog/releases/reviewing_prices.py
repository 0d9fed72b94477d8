"""What a difference does to prices: rises and falls of each amount, their sizes, and those out of the ordinary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from catalog.fields import MoneyField
from catalog.kinds import Kind
from catalog.money import WHOLE
from catalog.releases.diffing import EntryDiff
from catalog.temporal import Period

LARGE = 2_500
"""A change of a quarter of the former amount, in basis points: marked, whichever way it goes."""


@dataclass(frozen=True, slots=True)
class Move:
    """One amount that goes from ``before`` to ``after`` centimes over a period."""

    code: str
    field: str
    period: Period
    before: int
    after: int

    @property
    def delta(self) -> int:
        """Centimes; below zero for a fall."""
        return self.after - self.before

    @property
    def share(self) -> int | None:
        """The change in basis points of the former amount, half away from zero; None of nothing."""
        if self.before == 0:
            return None
        size = (abs(self.delta) * WHOLE * 2 + self.before) // (2 * self.before)
        return size if self.delta > 0 else -size

    @property
    def is_large(self) -> bool:
        """A quarter of the former amount or more; anything is, where that was nothing."""
        return abs(self.delta) * WHOLE >= LARGE * self.before


@dataclass(frozen=True, slots=True)
class Impact:
    """The moves of one amount of a kind. ``total`` sums the differences of unit prices: no spending is estimated."""

    kind: str
    field: str
    label: str
    moves: Sequence[Move]

    @property
    def rises(self) -> int:
        return sum(move.delta > 0 for move in self.moves)

    @property
    def falls(self) -> int:
        return sum(move.delta < 0 for move in self.moves)

    @property
    def large(self) -> int:
        return sum(move.is_large for move in self.moves)

    @property
    def entries(self) -> int:
        """How many entries have this amount changed."""
        return len({move.code for move in self.moves})

    @property
    def total(self) -> int:
        return sum(move.delta for move in self.moves)

    @property
    def biggest_rise(self) -> Move | None:
        """By share of the former amount."""
        return max((move for move in self.moves if move.delta > 0), key=_size, default=None)

    @property
    def biggest_fall(self) -> Move | None:
        return max((move for move in self.moves if move.delta < 0), key=_size, default=None)


def _size(move: Move) -> tuple[float, int]:
    return (abs(move.share) if move.share is not None else float("inf"), abs(move.delta))


def money_fields(kind: Kind) -> dict[str, MoneyField]:
    """The amounts an entry of this kind has, by field."""
    return {name: field for name, field in kind.fields.items() if isinstance(field, MoneyField)}


def moves(kind: Kind, entries: Iterable[EntryDiff]) -> Iterator[Move]:
    """Every amount known before and after, and not the same."""
    amounts = money_fields(kind)
    if not amounts:
        return
    for entry in entries:
        for piece in entry.pieces:
            if piece.before is None or piece.after is None:
                continue
            for name, before, after in piece.fields():
                if name in amounts and before is not None and after is not None:
                    yield Move(entry.code, name, piece.period, before, after)


def impact(kind: Kind, entries: Iterable[EntryDiff]) -> list[Impact]:
    """By amount, in the order of the schema; amounts that do not move are left out."""
    found: dict[str, list[Move]] = defaultdict(list)
    for move in moves(kind, entries):
        found[move.field].append(move)
    return [
        Impact(kind.name, name, field.label, tuple(found[name]))
        for name, field in money_fields(kind).items()
        if name in found
    ]
