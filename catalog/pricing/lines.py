"""A billed line as received, read whole: a typed line, or every fault found in it. Bad lines are values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from catalog.errors import CodeError, InvalidError
from catalog.pricing.answers import FieldError
from catalog.pricing.line_fields import ABSENT, ACTE, FORFAIT, LONGEST_SHOWN, MISSING, READERS, canonical_code, shown

_WORDS = {"true": True, "oui": True, "1": True, "false": False, "non": False, "0": False}
_ALWAYS = ("kind", "code", "as_of", "organisme")
_BY_SECTOR = (*_ALWAYS, "secteur")
_ORDER = {name: place for place, name in enumerate(READERS)}
_FLAGS = ("exoneration", "mutuelle", "accord_prealable", "justified")


class Question(NamedTuple):
    """What decides a tariff on a day, whatever was billed. ``mode`` is None where the line says none."""

    kind: str
    code: str
    organisme: str
    secteur: str | None = None
    mode: str | None = None
    exoneration: bool = False
    accord_prealable: bool = False
    justified: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A line that can be priced. ``billed`` is centimes a unit; None stands for the reference price."""

    question: Question
    as_of: date
    id: str | int | None = None
    quantity: int = 1
    billed: int | None = None
    mutuelle: bool = False


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be read, with a sentence for each fault."""

    id: str | int | None
    errors: tuple[FieldError, ...]


def parse_line(raw: object, default_as_of: date | None = None) -> Line | BadLine:
    """The line of a JSON object. Nothing is put right in silence: an unknown field is a fault too.

    Faults are told in the order of the fields, whatever the order they came in; unknown ones come last.
    """
    if not isinstance(raw, Mapping):
        return BadLine(None, (FieldError("line", "A line is an object of named fields."),))
    values: dict[str, Any] = {**ABSENT, "as_of": default_as_of}
    errors: list[FieldError] = []
    for name, value in raw.items():
        read = READERS.get(name)
        if read is None:
            errors.append(_unknown(name))
        elif value is not None:
            try:
                values[name] = read(value)
            except InvalidError as error:
                errors.append(FieldError(name, str(error)))
    errors += _faults_between(values, errors)
    return BadLine(values["id"], tuple(sorted(errors, key=_place))) if errors else _line(values)


def _place(error: FieldError) -> int:
    return _ORDER.get(error.field, len(_ORDER))


def _unknown(name: object) -> FieldError:
    return FieldError(
        str(name)[:LONGEST_SHOWN], f"A line has no field {shown(name)}; its fields are {', '.join(READERS)}."
    )


def _faults_between(values: dict[str, Any], found: list[FieldError]) -> list[FieldError]:
    """What is missing, and the code, which is read by its kind; nothing is said twice of a field."""
    kind, code = values["kind"], values["code"]
    faults = [FieldError(name, MISSING[name]) for name in _missing(values)]
    if kind is not None and code is not None:
        try:
            values["code"] = canonical_code(kind, code)
        except CodeError as error:
            faults.append(FieldError("code", str(error)))
    faulty = {error.field for error in found} if faults else ()
    return [fault for fault in faults if fault.field not in faulty]


def _missing(values: dict[str, Any]) -> list[str]:
    needed = _BY_SECTOR if values["kind"] in (ACTE, FORFAIT) else _ALWAYS
    return [name for name in needed if values[name] is None]


def _line(values: dict[str, Any]) -> Line:
    question = Question(
        values["kind"],
        values["code"],
        values["organisme"],
        values["secteur"],
        values["mode"],
        values["exoneration"],
        values["accord_prealable"],
        values["justified"],
    )
    return Line(question, values["as_of"], values["id"], values["quantity"], values["billed"], values["mutuelle"])


def from_cells(cells: Mapping[str, str | None]) -> dict[str, Any]:
    """A row of texts (CSV) as the JSON object it stands for; a cell that cannot be read is left for its own sentence.

    An empty cell is an absent field. Yes and no are ``oui``, ``true``, ``1``, ``non``, ``false``, ``0``.
    """
    raw: dict[str, Any] = {}
    for name, cell in cells.items():
        text = cell.strip() if cell else ""
        if not text:
            continue
        raw[name] = text
        if name == "quantity" and text.lstrip("+-").isascii() and text.lstrip("+-").isdigit() and len(text) < 20:
            raw[name] = int(text)
        elif name in _FLAGS:
            raw[name] = _WORDS.get(text.lower(), text)
    return raw
