"""A line as received, taken apart: the question it puts, and the few values of its own that arithmetic needs.

Only an ordinary line is taken apart. Any other (a fault, a value written unusually) is left whole, for the pricer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

import msgspec

from catalog.errors import DateError
from catalog.pricing.line_fields import MAX_QUANTITY, READERS
from catalog.temporal import parse_day

OWN = ("id", "as_of", "quantity", "billed")
"""Fields that vary from line to line; the others are the question."""
ASKED = tuple(name for name in READERS if name not in OWN)
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
BILLED = r"\d{1,7}(\.\d{1,2})?"
"""An ordinary price, in dirhams: times the largest quantity and rate, its centimes stay far below 2**63."""
DAY = r"\d{4}-\d{2}-\d{2}"
EPOCH = date(1970, 1, 1).toordinal()

_BILLED = re.compile(BILLED, re.ASCII)
_DAY = re.compile(DAY, re.ASCII)
_encode = msgspec.json.Encoder().encode


class Apart(NamedTuple):
    """``question`` is the JSON object of what is asked, ``day`` counts from 1970-01-01, ``billed`` is centimes."""

    id: str | None
    question: str
    day: int
    quantity: int
    billed: int | None


def take_apart(raw: object, default_as_of: date | None) -> Apart | None:
    """The parts of an ordinary line; None for any other."""
    if not isinstance(raw, Mapping):
        return None
    told = {name: value for name, value in raw.items() if value is not None}
    day = _day(told.pop("as_of", None), default_as_of)
    mark, quantity, billed = told.pop("id", None), told.pop("quantity", 1), told.pop("billed", None)
    is_ordinary = (
        day is not None
        and (mark is None or isinstance(mark, str) or type(mark) is int)
        and type(quantity) is int
        and 1 <= quantity <= MAX_QUANTITY
        and (billed is None or (isinstance(billed, str) and _BILLED.fullmatch(billed)))
        and all(isinstance(value, str | bool) for value in told.values())
    )
    if not is_ordinary or day is None:
        return None
    question = _encode(dict(sorted(told.items()))).decode()
    return Apart(
        None if mark is None else str(mark), question, day, quantity, None if billed is None else _cents(billed)
    )


def _day(value: Any, default: date | None) -> int | None:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            value = parse_day(value)
        except DateError:
            return None
    day = default if value is None else value
    is_day = type(day) is date and FIRST_DAY <= day <= LAST_DAY
    return day.toordinal() - EPOCH if is_day and day is not None else None


def _cents(billed: str) -> int:
    whole, _, part = billed.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0"))
