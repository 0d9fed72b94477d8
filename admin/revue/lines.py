"""The lines of a difference: one a field that changes, one for an entry that comes or goes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from admin.french import value_name
from catalog.fields import FlagField, MoneyField
from catalog.french import write_centimes
from catalog.gmr.codes import fold
from catalog.kinds import Kind, Payload
from catalog.releases.diffing import EntryDiff, Piece, Status
from catalog.releases.editing_values import write_value
from catalog.releases.reviewing_prices import Move, money_fields

TITLES = ("nom", "libelle", "title", "terme", "designation", "dci", "lettre", "presentation", "acte_ngap", "inpe")
"""Fields that name an entry; the first that it has."""
GROUNDS = {"legal_act": "Base légale", "source": "Source", "confidence": "Confiance"}
"""What a value rests on; told where nothing else differs."""
PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A line: ``field`` is None for an entry as a whole. ``move`` is what an amount does."""

    kind: Kind
    entry: EntryDiff
    piece: Piece
    field: str | None
    before: Any
    after: Any
    move: Move | None = None

    @property
    def status(self) -> str:
        """Of this piece of days; the entry as a whole may fare otherwise."""
        if self.piece.before is None:
            return Status.ADDED.value
        return (Status.WITHDRAWN if self.piece.after is None else Status.CHANGED).value

    @property
    def payload(self) -> Payload:
        held = self.piece.after or self.piece.before
        assert held is not None
        return held.payload

    @property
    def name(self) -> str:
        return next((str(self.payload[name]) for name in TITLES if self.payload.get(name)), self.entry.code)

    @property
    def subtitle(self) -> str:
        """What tells presentations of one name apart."""
        if self.kind.name != "medicament":
            return ""
        pairs = zip(self.payload.get("dosages") or (), self.payload.get("unites") or (), strict=False)
        dosage = " / ".join(f"{dosage} {unit}".strip() for dosage, unit in pairs)
        return " · ".join(filter(None, (dosage, self.payload.get("presentation"))))

    @property
    def label(self) -> str:
        if self.field is None:
            return ""
        return GROUNDS.get(self.field) or self.kind.fields[self.field].label

    @property
    def is_amount(self) -> bool:
        return self.field in self.kind.fields and isinstance(self.kind.fields[self.field], MoneyField)

    @property
    def is_large(self) -> bool:
        return self.move is not None and self.move.is_large

    def shown(self, value: Any) -> str:
        """A value of this line in French; a dash where there is none."""
        return write(self.kind, self.field, value)

    def details(self) -> list[tuple[str, str]]:
        """Label and value of every field an entry that comes or goes has."""
        held = self.piece.after or self.piece.before
        assert held is not None
        told = [(f.label, write(self.kind, name, held.payload[name])) for name, f in self.kind.fields.items()]
        return [(label, text) for label, text in told if text != "—"]


def write(kind: Kind, name: str | None, value: Any) -> str:
    """A typed value as the console shows it."""
    if value is None or value == "" or name is None:
        return "—"
    field = kind.fields.get(name)
    if field is None:
        return str(value)
    if isinstance(field, MoneyField):
        return write_centimes(value)
    if isinstance(field, FlagField) or field.choices:
        return value_name(name, value)
    return write_value(field, value)


def make_lines(kind: Kind, entries: Iterable[EntryDiff]) -> list[Line]:
    """The lines of a kind, by code and period."""
    return [line for entry in entries for piece in entry.pieces for line in _of_piece(kind, entry, piece)]


def _of_piece(kind: Kind, entry: EntryDiff, piece: Piece) -> Iterator[Line]:
    if piece.before is None or piece.after is None:
        yield _whole(kind, entry, piece)
        return
    amounts, is_silent = money_fields(kind), True
    for name, before, after in piece.fields():
        is_silent, move = False, None
        if name in amounts and before is not None and after is not None:
            move = Move(entry.code, name, piece.period, before, after)
        yield Line(kind, entry, piece, name, before, after, move)
    if is_silent:
        for name in GROUNDS:
            before, after = getattr(piece.before, name), getattr(piece.after, name)
            if before != after:
                yield Line(kind, entry, piece, name, before, after)


def _whole(kind: Kind, entry: EntryDiff, piece: Piece) -> Line:
    """An entry that comes or goes, with the first amount it has."""
    held = piece.after or piece.before
    assert held is not None
    main = next((name for name in money_fields(kind) if held.payload[name] is not None), None)
    value = held.payload[main] if main else None
    return Line(kind, entry, piece, main, value if piece.before else None, value if piece.after else None)


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader asks to see; empty means all."""

    kind: str = ""
    status: str = ""
    alerts: bool = False
    text: str = ""

    def keeps(self, line: Line, flagged: Collection[tuple[str, str]]) -> bool:
        if self.kind and line.kind.plural != self.kind:
            return False
        if self.status == "retroactive" and line.piece.retroactive is None:
            return False
        if self.status in {"added", "changed", "withdrawn"} and line.status != self.status:
            return False
        if self.alerts and not (line.is_large or (line.kind.name, line.entry.code) in flagged):
            return False
        return not self.text or self._says(line)

    def _says(self, line: Line) -> bool:
        words = fold(self.text).split()
        told = fold(f"{line.entry.code} {line.name} {line.subtitle}")
        return all(word in told for word in words)


def select(lines: Sequence[Line], asked: Filter, flagged: Collection[tuple[str, str]]) -> Sequence[Line]:
    """The lines a filter keeps, in their order."""
    if asked == Filter():
        return lines
    return [line for line in lines if asked.keeps(line, flagged)]
