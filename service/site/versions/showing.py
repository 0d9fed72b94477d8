"""Entries that differ, made ready for a page: piece by piece of their days, field by field, before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from catalog.kinds import Kind, Payload
from catalog.money import parse_dirhams
from catalog.releases.diffing import EntryDiff, Piece
from catalog.releases.reviewing_prices import Move, money_fields
from catalog.releases.telling import Told, Voids, tell_diff
from service.site.versions.comparing import Comparison
from service.site.versions.naming import Name, address_of, name_of
from service.site.versions.words import GROUNDS, field_label, ground_label, value_name
from service.site.versions.writing import currency_of, write, write_move
from service.site.visits import Visit


@dataclass(frozen=True, slots=True)
class Line:
    """A field before and after, in words; None where there is no value. ``move`` is what an amount did."""

    label: str
    before: str | None
    after: str | None
    move: str | None = None
    tone: str = ""


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """Some days of an entry: what changed over them, by which act, and which of them were already past."""

    told: Told
    lines: list[Line] = field(default_factory=list)

    @property
    def main(self) -> Line | None:
        """The amount to show of what comes or goes as a whole: the first it has."""
        return next((line for line in self.lines if line.tone == "amount"), None)


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry that differs. ``link`` leads to its page as it is now, or was where nothing holds any more."""

    entry: EntryDiff
    name: Name
    link: str | None
    pieces: list[ShownPiece]


def show_entry(visit: Visit, kind: Kind, entry: EntryDiff, voids: Voids, between: Comparison) -> Shown:
    """An entry as ``tell_diff`` tells it, in the words of the page."""
    # The last piece in force on the newer side, else what went: the page it leads to shows the value named.
    piece = next((piece for piece in reversed(entry.pieces) if piece.after), entry.pieces[-1])
    release = between.newer if piece.after else between.older
    link = address_of(visit, kind.name, entry.code, piece.period, release)
    return Shown(entry, name_of(entry.code, _payload(piece)), link, show_pieces(kind, entry, voids))


def show_pieces(kind: Kind, entry: EntryDiff, voids: Voids) -> list[ShownPiece]:
    """Piece by piece of its days, what changed."""
    told = tell_diff(kind, entry, voids)["pieces"]
    return [ShownPiece(said, list(_lines(kind, piece, said))) for piece, said in zip(entry.pieces, told, strict=True)]


def _payload(piece: Piece) -> Payload:
    held = piece.after or piece.before
    assert held is not None
    return held.payload


def _lines(kind: Kind, piece: Piece, said: Told) -> Iterator[Line]:
    currency = currency_of(_payload(piece))
    for name, pair in said["fields"].items():
        yield _line(kind, piece, name, pair, currency)
    if said["fields"]:
        return
    for name in GROUNDS:
        before, after = said["before"][name], said["after"][name]
        if before != after:
            yield Line(ground_label(name), _ground(name, before), _ground(name, after))


def _line(kind: Kind, piece: Piece, name: str, pair: Told, currency: str) -> Line:
    known, before, after = kind.fields[name], pair["before"], pair["after"]
    line = Line(field_label(known), write(known, name, before, currency), write(known, name, after, currency))
    if name not in money_fields(kind):
        return line
    if before is None or after is None:
        return Line(line.label, line.before, line.after, tone="amount")
    move = Move("", name, piece.period, parse_dirhams(before), parse_dirhams(after))
    return Line(line.label, line.before, line.after, write_move(move), "fall" if move.delta < 0 else "rise")


def _ground(name: str, value: Any) -> str | None:
    return value_name(name, value) if name == "confidence" and value else value
