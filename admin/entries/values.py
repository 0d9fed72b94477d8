"""Values as French readers see and type them: ``29,70``, ``70 %``, ``1er juillet 2014``, ``oui``."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any

from admin.entries.labels import choice_text
from catalog.errors import InvalidError
from catalog.fields import (
    LIST_SEPARATOR,
    DayField,
    DecimalField,
    EntryField,
    FlagField,
    MoneyField,
    NumberField,
    RateField,
    TextListField,
)
from catalog.french import write_centimes, write_number
from catalog.money import parse_dirhams
from catalog.temporal import parse_day

NARROW = "\u202f"
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


class Form(StrEnum):
    """What a value is made of: it chooses how it is written, sorted, filtered and typed."""

    TEXT = "text"
    LIST = "list"
    CHOICE = "choice"
    MONEY = "money"
    RATE = "rate"
    NUMBER = "number"
    DECIMAL = "decimal"
    FLAG = "flag"
    DAY = "day"


NUMERIC = (Form.MONEY, Form.RATE, Form.NUMBER, Form.DECIMAL)
RANGED = (*NUMERIC, Form.DAY)

_FORMS: tuple[tuple[type[EntryField], Form], ...] = (
    (MoneyField, Form.MONEY),
    (RateField, Form.RATE),
    (NumberField, Form.NUMBER),
    (DecimalField, Form.DECIMAL),
    (FlagField, Form.FLAG),
    (DayField, Form.DAY),
    (TextListField, Form.LIST),
)


def form_of(field: EntryField) -> Form:
    """The form of a field of an entry."""
    known = next((form for made, form in _FORMS if isinstance(field, made)), Form.TEXT)
    return Form.CHOICE if known is Form.TEXT and field.choices else known


def write_amount(centimes: int) -> str:
    """2970 centimes as ``29,70``; thousands apart by a narrow space."""
    return write_centimes(centimes)


def write_rate(points: int) -> str:
    """7000 basis points as ``70 %``."""
    return _plain(points) + f"{NARROW}%"


def write_short_day(day: date) -> str:
    """``01/07/2014``."""
    return f"{day:%d/%m}/{day.year:04d}"


def _plain(hundredths: int) -> str:
    return write_amount(hundredths).rstrip("0").rstrip(",")


_WRITERS: dict[Form, Callable[[Any], str]] = {
    Form.TEXT: str,
    Form.LIST: LIST_SEPARATOR.join,
    Form.MONEY: write_amount,
    Form.RATE: write_rate,
    Form.NUMBER: write_number,
    Form.DECIMAL: _plain,
    Form.FLAG: lambda value: "oui" if value else "non",
    Form.DAY: write_short_day,
}


def write_value(form: Form, name: str, value: Any) -> str:
    """A typed value as a French text; empty where it is absent. ``name`` finds the words of a choice."""
    if value is None:
        return ""
    return choice_text(name, value) if form is Form.CHOICE else _WRITERS[form](value)


def read_bound(form: Form, text: str) -> Any:
    """A bound of a range as people type it, in the unit of the form. Raises InvalidError or DateError."""
    if form is Form.DAY:
        return parse_day(text)
    plain = _SPACES.sub("", text).replace(",", ".").removesuffix("DH").removesuffix("%")
    if form is Form.NUMBER:
        if not re.fullmatch(r"-?\d{1,10}", plain, re.ASCII):
            raise InvalidError(f"« {text} » n’est pas un nombre entier.")
        return int(plain)
    # Amounts, coefficients and rates in per cent all count hundredths.
    return parse_dirhams(plain)
