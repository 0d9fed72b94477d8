"""Lines of a frame as columns of whole numbers: each distinct value is read once, by the readers of the API.

A value that cannot be read is BAD, and its row is left to be read whole, line by line, for its own sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import prod
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from catalog.conventions.codes import MODES, ORGANISMES, SECTEURS
from catalog.errors import CatalogError
from catalog.pricing.bulk.ids import is_id
from catalog.pricing.bulk.meaning import Source, meaning
from catalog.pricing.line_fields import ACTE, FORFAIT, KINDS, READERS, canonical_code
from catalog.pricing.lines import Question

Numbers = NDArray[np.signedinteger[Any]]
Facts = NDArray[np.bool_]

Remembered = dict[tuple[str, str], dict[Any, Any]]

VALUES_KEPT = 200_000
BAD = -2
"""A value that cannot be read, or is missing where it is needed."""
NONE = -1
"""An amount that is not known, or not told."""
FLAGS = ("exoneration", "accord_prealable", "justified")

_CHOICES = {
    "kind": KINDS,
    "organisme": ORGANISMES,
    "secteur": (*SECTEURS, None),
    "mode": (*MODES, None),
    "exoneration": (False, True),
    "accord_prealable": (False, True),
    "justified": (False, True),
}
"""What decides a tariff beside code and day: a profile is one of each, and its number counts them in this order."""
PROFILES = prod(map(len, _CHOICES.values()))
_NEED_SECTOR = (KINDS.index(ACTE), KINDS.index(FORFAIT))
_NO_SECTOR = len(SECTEURS)


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines in columns. ``code`` counts in ``codes``, of a kind each; days are ordinals; amounts are centimes.

    What stands in the row of a line that is not ``readable`` means nothing.
    """

    readable: Facts
    profile: Numbers
    kind: Numbers
    code: Numbers
    codes: list[tuple[str, str]]
    day: Numbers
    quantity: Numbers
    billed: Numbers
    mutuelle: Facts

    def question(self, profile: int, code: int) -> Question:
        """The question of the lines of a profile and a code."""
        return question_of(profile, self.codes[code][1])


def question_of(profile: int, code: str) -> Question:
    """The question of a profile, by its number, about a code."""
    chosen: dict[str, Any] = {}
    for name, choices in reversed(_CHOICES.items()):
        profile, place = divmod(profile, len(choices))
        chosen[name] = choices[place]
    return Question(code=code, **chosen)


def read_lines(
    frame: pl.DataFrame, source: Source, default_as_of: date | None, remembered: Remembered | None = None
) -> Lines:
    """The lines of a frame; those with a ``fault`` or a ``raw`` text are not read here.

    ``remembered`` keeps what amounts and days were read as, for further frames of the same source and default.
    """
    reader = _Reader(frame, source, {} if remembered is None else remembered)
    columns = {name: reader.choice(name) for name in _CHOICES}
    day = reader.numbers("as_of", date.toordinal, BAD if default_as_of is None else default_as_of.toordinal())
    quantity, billed = reader.numbers("quantity", int, 1), reader.numbers("billed", int, NONE)
    mutuelle = reader.numbers("mutuelle", int, 0)
    code, codes = reader.codes(columns["kind"])
    profile = np.zeros(len(frame), dtype=np.int64)
    for name, choices in _CHOICES.items():
        profile *= len(choices)
        profile += columns[name]
    readable = reader.is_whole()
    for column in (*columns.values(), day, quantity, billed, mutuelle, code):
        if len(column) and column.min() == BAD:
            readable &= column != BAD
    readable &= reader.has_good_ids()
    readable &= ~(np.isin(columns["kind"], _NEED_SECTOR) & (columns["secteur"] == _NO_SECTOR))
    return Lines(readable, profile, columns["kind"], code, codes, day, quantity, billed, mutuelle == 1)


def dense(numbers: Numbers, size: int) -> tuple[Numbers, Numbers]:
    """The distinct numbers, all from 0 and below ``size``, in order; and of each number, its place among them."""
    held = np.zeros(size, dtype=np.bool_)
    held[numbers] = True
    return np.flatnonzero(held), (np.cumsum(held) - 1)[numbers]


class _Reader:
    """Reads the columns of one frame."""

    def __init__(self, frame: pl.DataFrame, source: Source, remembered: Remembered) -> None:
        self.frame = frame
        self.source = source
        self.remembered = remembered

    def is_whole(self) -> Facts:
        """Which rows hold a line: neither a fault nor a text of their own."""
        whole = np.ones(len(self.frame), dtype=np.bool_)
        for name in ("fault", "raw"):
            if name in self.frame.columns:
                whole &= self.frame[name].is_null().to_numpy()
        return whole

    def has_good_ids(self) -> Facts:
        """Which rows have an id that can be echoed, or none."""
        if "id" not in self.frame.columns or is_id(self.frame["id"].dtype):
            return np.ones(len(self.frame), dtype=np.bool_)
        is_good: Facts = self.numbers("id", lambda _: 0, 0) != BAD
        return is_good

    def choice(self, name: str) -> Numbers:
        """A field with few values, by their place; left out, its default."""
        choices = _CHOICES[name]
        default = {"justified": 1, "secteur": _NO_SECTOR, "mode": len(MODES), "kind": BAD, "organisme": BAD}
        return self.numbers(name, choices.index, default.get(name, 0))

    def numbers(self, name: str, number: Callable[[Any], int], absent: int) -> Numbers:
        """A field as numbers: those of its values, once read."""
        read = READERS[name]

        def found(value: Any) -> int:
            meant = meaning(self.source, name, value)
            return absent if meant is None else number(read(meant))

        return self._each(name, found, absent)

    def codes(self, kind: Numbers) -> tuple[Numbers, list[tuple[str, str]]]:
        """The code of each line, by its place among those found, each canonical for the kind of the line."""
        values: list[Any] = []

        def number(value: Any) -> int:
            values.append(value)
            return len(values) - 1

        column = self._each("code", number, BAD)
        kept = self._memory(("code", ""))
        codes: dict[tuple[str, str], int] = {}
        keys = np.where((column == BAD) | (kind == BAD), len(values) * len(KINDS), column * len(KINDS) + kind)
        places = np.full(len(values) * len(KINDS) + 1, BAD, dtype=np.int64)
        for key in dense(keys, len(places))[0].tolist():
            if key < len(values) * len(KINDS):
                code = self._code(KINDS[key % len(KINDS)], values[key // len(KINDS)], kept)
                places[key] = BAD if code is None else codes.setdefault(code, len(codes))
        return places[keys], list(codes)

    def _code(self, kind: str, value: Any, kept: dict[Any, Any]) -> tuple[str, str] | None:
        """A kind and its code; None for one that cannot be read."""
        key = (kind, value)
        is_text = isinstance(value, str)
        if is_text and key in kept:
            return kept[key]  # type: ignore[no-any-return]
        try:
            meant = meaning(self.source, "code", value)
            code = None if meant is None else (kind, canonical_code(kind, READERS["code"](meant)))
        except CatalogError:
            code = None
        if is_text:
            kept[key] = code
        return code

    def _kept(self, name: str, dtype: pl.DataType) -> dict[Any, int] | None:
        """What the values of a field were read as; None for those not worth keeping."""
        if name not in ("billed", "as_of") or dtype not in (pl.String, pl.Date):
            return None
        return self._memory((name, str(dtype)))

    def _memory(self, key: tuple[str, str]) -> dict[Any, Any]:
        """What is remembered of a field; forgotten by beginning another, for a thread may still read the old one."""
        if len(self.remembered.setdefault(key, {})) > VALUES_KEPT:
            self.remembered[key] = {}
        return self.remembered[key]

    def _each(self, name: str, number: Callable[[Any], int], absent: int) -> Numbers:
        if name not in self.frame.columns:
            return np.full(len(self.frame), absent, dtype=np.int64)
        column = self.frame[name]
        if column.dtype == pl.Boolean and not column.null_count():
            return np.where(column.to_numpy(), _or_bad(number, True), _or_bad(number, False))
        try:
            distinct = column.unique()
            # The text of a decimal is what it means; texts are found again faster than decimals.
            values = distinct.cast(pl.String) if isinstance(distinct.dtype, pl.Decimal) else distinct
            kept = self._kept(name, values.dtype)
            numbers = _read(number, values.to_list(), absent, kept)
            if len(numbers) > 1:
                return column.replace_strict(distinct, pl.Series(numbers, dtype=pl.Int64)).to_numpy()
        except pl.exceptions.PolarsError:  # lists and the like, which no field of a line is made of
            numbers = [BAD]
        return np.full(len(self.frame), numbers[0] if numbers else absent, dtype=np.int64)


def _read(number: Callable[[Any], int], values: list[Any], absent: int, kept: dict[Any, int] | None) -> list[int]:
    """The number of each value, BAD for one that cannot be read; those in ``kept`` are known."""
    if kept is None:
        return [absent if value is None else _or_bad(number, value) for value in values]
    kept[None] = absent
    for value in values:
        if value not in kept:
            kept[value] = _or_bad(number, value)
    return [kept[value] for value in values]


def _or_bad(number: Callable[[Any], int], value: Any) -> int:
    try:
        return number(value)
    except CatalogError:
        return BAD
