"""How each field of a billed line is read, and the sentence said of a value that cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from catalog.conventions.codes import MODES, ORGANISMES, SECTEURS, parse_forfait
from catalog.dispositifs.codes import parse_device
from catalog.errors import InvalidError
from catalog.gmr.codes import parse_presentation
from catalog.money import parse_dirhams
from catalog.temporal import parse_day

MEDICAMENT, ACTE, DISPOSITIF, FORFAIT = KINDS = ("medicament", "acte", "dispositif", "forfait")
AMBULATOIRE, HOSPITALISATION = MODES
MAX_QUANTITY = 100_000
"""More units on one line is a slip of the keyboard."""

LONGEST_SHOWN = 60
_SEVERAL = re.compile(r"[,;/+|&]|\s(?:et|and|ou|or)\s|\s", re.IGNORECASE)
_COTATION_BAND = re.compile(r"^[A-Z]{1,6}\s*\d{1,4}(?:[.,]\d{1,2})?$", re.ASCII | re.IGNORECASE)


def read_id(value: Any) -> str | int:
    """The caller's own mark, echoed as it came. Raises InvalidError for anything but a text or a whole number."""
    if isinstance(value, str) or type(value) is int:
        return value
    raise InvalidError("The id of a line is a text or a whole number.")


def read_choice(label: str, choices: tuple[str, ...], value: Any) -> str:
    """One of a few words, whatever its case. Raises InvalidError."""
    if isinstance(value, str):
        if value in choices:
            return value
        word = value.strip().lower()
        if word in choices:
            return word
    raise InvalidError(f"{shown(value)} is no {label} known here: write {_alternatives(choices)}.")


def read_kind(value: Any) -> str:
    """Raises InvalidError."""
    return read_choice("kind of line", KINDS, value)


def read_organisme(value: Any) -> str:
    """One payer. Raises InvalidError, in a sentence of its own where several are named."""
    if value in ORGANISMES:
        return str(value)
    several = isinstance(value, list | tuple) or (isinstance(value, str) and _SEVERAL.search(value.strip()))
    if several:
        raise InvalidError(f"A line is priced for one organisme, and {shown(value)} is not one: send a line for each.")
    return read_choice("organisme", ORGANISMES, value)


def read_secteur(value: Any) -> str:
    """Raises InvalidError."""
    return read_choice("secteur", SECTEURS, value)


def read_mode(value: Any) -> str:
    """Raises InvalidError."""
    return read_choice("mode", MODES, value)


def read_code(value: Any) -> str:
    """The code as sent, spaces at its ends cut. Raises InvalidError."""
    if not isinstance(value, str):
        raise InvalidError(f'{shown(value)} is not a code: a code is text, write it between quotes ("…").')
    code = value.strip()
    if not code:
        raise InvalidError("The code is empty.")
    return code


@lru_cache(maxsize=20_000)
def canonical_code(kind: str, code: str) -> str:
    """The code as the catalogue writes it; that of an act is left as it is. Raises CodeError."""
    reader: Callable[[str], str] | None = _CODES.get(kind)
    return code if reader is None else reader(code)


def _forfait_code(code: str) -> str:
    """A forfait by name, or a surgical cotation (``K50``), left for the bands to answer."""
    return "".join(code.upper().split()) if _COTATION_BAND.match(code) else parse_forfait(code)


_CODES: Mapping[str, Callable[[str], str]] = {
    MEDICAMENT: parse_presentation,
    DISPOSITIF: parse_device,
    FORFAIT: _forfait_code,
}


def read_day(value: Any) -> date:
    """A day of care. Raises DateError, InvalidError."""
    if type(value) is date:
        return value
    if not isinstance(value, str):
        raise InvalidError(f'{shown(value)} is not a day: write it as a text, such as "2021-05-10".')
    return _day(value)


_day = lru_cache(maxsize=20_000)(parse_day)


def read_quantity(value: Any) -> int:
    """A whole number of units from 1. Raises InvalidError."""
    if type(value) is not int:
        raise InvalidError(f"{shown(value)} is not a quantity: write a whole number of units, without quotes.")
    if value < 1:
        raise InvalidError(f"The quantity is {shown(value)}: at least one unit must be billed.")
    if value > MAX_QUANTITY:
        raise InvalidError(f"The quantity is {shown(value)}: one line holds at most {MAX_QUANTITY} units.")
    return value


def read_billed(value: Any) -> int:
    """A unit price in centimes, 0 allowed. Raises MoneyError, InvalidError."""
    if not isinstance(value, str):
        raise InvalidError(f'{shown(value)} is not an amount: money is a text, such as "150.00".')
    if value.lstrip().startswith("-"):
        raise InvalidError(f"The price billed is {shown(value)}: it may not be negative.")
    return read_amount(value)


read_amount = lru_cache(maxsize=20_000)(parse_dirhams)
"""A text as centimes; those asked for last are remembered. Raises MoneyError."""


def read_flag(value: Any) -> bool:
    """Raises InvalidError."""
    if value is True or value is False:
        return bool(value)
    raise InvalidError(f"{shown(value)} is neither true nor false.")


READERS: Mapping[str, Callable[[Any], Any]] = {
    "id": read_id,
    "kind": read_kind,
    "code": read_code,
    "as_of": read_day,
    "organisme": read_organisme,
    "secteur": read_secteur,
    "mode": read_mode,
    "quantity": read_quantity,
    "billed": read_billed,
    "exoneration": read_flag,
    "mutuelle": read_flag,
    "accord_prealable": read_flag,
    "justified": read_flag,
}
"""The fields of a line (CONTRACT 3), in order. A field that is null is absent."""
ABSENT: Mapping[str, Any] = MappingProxyType(
    dict.fromkeys(READERS)
    | dict.fromkeys(("exoneration", "mutuelle", "accord_prealable"), False)
    | {"quantity": 1, "justified": True}
)
"""What an absent field stands for. The default of mode depends on the kind of line."""
MISSING: Mapping[str, str] = {
    "kind": "The kind of the line is missing: write medicament, acte, dispositif or forfait.",
    "code": "The code is missing.",
    "as_of": "The day of care is missing: write as_of, YYYY-MM-DD.",
    "organisme": "The organisme is missing: write cnops or cnss.",
    "secteur": "The secteur is missing: tariffs of acts and forfaits differ between prive and public.",
}


def shown(value: Any) -> str:
    """The value as a sentence quotes it, however long, deep or large it came."""
    try:
        text = repr(value)
    except (RecursionError, ValueError):
        return f"that {type(value).__name__}"
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def _alternatives(choices: tuple[str, ...]) -> str:
    return " or ".join([", ".join(choices[:-1]), choices[-1]])
