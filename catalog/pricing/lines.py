"""A billed line as received, read whole: a typed line, or every fault found in it. Bad lines are values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from catalog.errors import CodeError, InvalidError
from catalog.pricing.answers import FieldError
from catalog.pricing.line_fields import ACTE, FORFAIT, READERS, canonical_code

_WORDS = {"true": True, "oui": True, "1": True, "false": False, "non": False, "0": False}
_FLAGS = ("exoneration", "mutuelle", "accord_prealable", "justified")


class Question(NamedTuple):
    """What decides a tariff, whatever was billed. ``mode`` is None where the line says none."""

    kind: str
    code: str
    as_of: date
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
    """The line of a JSON object. Nothing is put right in silence: an unknown field is a fault too."""
    if not isinstance(raw, Mapping):
        return BadLine(None, (FieldError("line", "A line is an object of named fields."),))
    values: dict[str, Any] = {}
    errors: list[FieldError] = []
    for name, read in READERS.items():
        try:
            values[name] = read(raw.get(name))
        except InvalidError as error:
            errors.append(FieldError(name, str(error)))
    values["as_of"] = values.get("as_of") or default_as_of
    errors += _unknown_fields(raw)
    errors += _faults_between(values, {error.field for error in errors})
    if errors:
        return BadLine(values.get("id"), tuple(errors))
    return _line(values)


def _unknown_fields(raw: Mapping[Any, Any]) -> list[FieldError]:
    if raw.keys() <= READERS.keys():
        return []
    known = ", ".join(READERS)
    unknown = [name for name in raw if name not in READERS]
    return [FieldError(str(name), f"A line has no field {str(name)!r}; its fields are {known}.") for name in unknown]


def _faults_between(values: dict[str, Any], faulty: set[str]) -> list[FieldError]:
    """What one field asks of another, and the code, which is read by its kind."""
    found = []
    kind = values.get("kind")
    if values["as_of"] is None and "as_of" not in faulty:
        found.append(FieldError("as_of", "The day of care is missing: write as_of, YYYY-MM-DD."))
    if kind in (ACTE, FORFAIT) and values.get("secteur") is None and "secteur" not in faulty:
        message = "The secteur is missing: tariffs of acts and forfaits differ between prive and public."
        found.append(FieldError("secteur", message))
    if kind is not None and "code" in values:
        try:
            values["code"] = canonical_code(kind, values["code"])
        except CodeError as error:
            found.append(FieldError("code", str(error)))
    return found


def _line(values: dict[str, Any]) -> Line:
    question = Question(
        values["kind"],
        values["code"],
        values["as_of"],
        values["organisme"],
        values["secteur"],
        values["mode"],
        values["exoneration"],
        values["accord_prealable"],
        values["justified"],
    )
    return Line(question, values["id"], values["quantity"], values["billed"], values["mutuelle"])


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
