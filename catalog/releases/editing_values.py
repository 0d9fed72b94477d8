"""What people type into a field, in French: ``47,06``, ``1 250,00 DH``, ``70 %``, ``01/07/2014``, ``oui``.

A text with two readings is refused: ``1`` may be 1 % or 100 %, ``1.250,00`` has two separators.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

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
from catalog.kinds import Kind
from catalog.money import WHOLE
from catalog.releases.editing_errors import (
    UnknownFieldError,
    ValueMissingError,
    ValueRefusedError,
    ValuesRefusedError,
)

AMOUNT = "Write an amount above 0 in dirhams, with at most two decimals, such as 47,06 or 1 250,00."
RATE = "Write a rate from 0 % to 100 % with its sign, such as 70 %."
DAY = "Write a day such as 01/07/2014 or 2014-07-01."
FLAG = "Write oui or non."
WHOLE_NUMBER = "Write a whole number from {} to {}."
DECIMAL = "Write a number with at most two decimals, such as 37,5."
CHOICE = "Choose one of: {}."
TEXT = "Write a plain text."
LIST = "Write the items in order, separated by ' / '."

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_NUMBER = re.compile(r"(\d{1,12}|\d{1,3}(?: \d{3}){1,3})(?:[.,](\d{1,2}))?", re.ASCII)
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


def read_value(field: EntryField, text: str) -> Any:
    """The typed value of a text; None of an empty one. Raises ValueRefusedError."""
    plain = _SPACES.sub(" ", text).strip()
    if not plain:
        if field.required:
            raise ValueMissingError(field.label)
        return None
    read, remedy = _reader(field)
    value = read(field, plain)
    if value is None:
        raise ValueRefusedError(field.label, plain, remedy(field))
    return value


def read_values(kind: Kind, texts: Mapping[str, str]) -> dict[str, Any]:
    """Typed values by field. Raises UnknownFieldError, or ValuesRefusedError with every field at fault."""
    values: dict[str, Any] = {}
    errors: dict[str, ValueRefusedError] = {}
    for name, text in texts.items():
        if name not in kind.fields:
            raise UnknownFieldError(kind.label, name)
        try:
            values[name] = read_value(kind.fields[name], text)
        except ValueRefusedError as error:
            errors[name] = error
    if errors:
        raise ValuesRefusedError(errors)
    return values


def read_day(text: str) -> date | None:
    """The day of ``01/07/2014`` or ``2014-07-01``; None of anything else."""
    french, iso = _DAY.fullmatch(text.strip()), _ISO.fullmatch(text.strip())
    if french is not None:
        day, month, year = map(int, french.groups())
    elif iso is not None:
        year, month, day = map(int, iso.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


Reader = Callable[[Any, str], Any]
Remedy = Callable[[Any], str]


def _reader(field: EntryField) -> tuple[Reader, Remedy]:
    for made, read, remedy in _READERS:
        if isinstance(field, made):
            return read, remedy
    return _text, lambda field: CHOICE.format(", ".join(field.choices)) if field.choices else TEXT


def _hundredths(text: str) -> int | None:
    found = _NUMBER.fullmatch(text)
    return None if found is None else int(found[1].replace(" ", "")) * 100 + int((found[2] or "").ljust(2, "0"))


def _amount(field: MoneyField, text: str) -> Any:
    # A price of 0 would be paid as such; "no price" is an empty field.
    amount = _hundredths(re.sub(r" ?(DH|MAD)$", "", text, flags=re.IGNORECASE))
    return _accepted(field, amount) if amount else None


def _rate(field: RateField, text: str) -> Any:
    percent = _hundredths(text.removesuffix("%").rstrip())
    if percent is None or percent > WHOLE or (not text.endswith("%") and 0 < percent <= 100):
        return None
    return percent


def _day(field: DayField, text: str) -> Any:
    return read_day(text)


def _number(field: NumberField, text: str) -> Any:
    return _accepted(field, text.replace(" ", "") if _NUMBER.fullmatch(text) else text)


def _decimal(field: DecimalField, text: str) -> Any:
    return _hundredths(text)


def _text(field: EntryField, text: str) -> Any:
    same = (choice for choice in field.choices if choice.casefold() == text.casefold())
    return _accepted(field, next(same, text))


def _list(field: TextListField, text: str) -> Any:
    return _accepted(field, text)


def _accepted(field: EntryField, value: Any) -> Any:
    try:
        return field.parse(value)
    except InvalidError:
        return None


_READERS: tuple[tuple[type[EntryField], Reader, Remedy], ...] = (
    (MoneyField, _amount, lambda _: AMOUNT),
    (RateField, _rate, lambda _: RATE),
    (DayField, _day, lambda _: DAY),
    (FlagField, _text, lambda _: FLAG),
    (NumberField, _number, lambda field: WHOLE_NUMBER.format(field.minimum, field.maximum)),
    (DecimalField, _decimal, lambda _: DECIMAL),
    (TextListField, _list, lambda _: LIST),
)


def write_value(field: EntryField, value: Any) -> str:
    """A typed value as it may be typed again; empty where absent. ``read_value`` gives it back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    if isinstance(field, TextListField):
        return LIST_SEPARATOR.join(value)
    if isinstance(field, MoneyField):
        return f"{value // 100},{value % 100:02}"
    if isinstance(field, RateField | DecimalField):
        number = f"{value // 100},{value % 100:02}".rstrip("0").rstrip(",")
        return f"{number} %" if isinstance(field, RateField) else number
    return str(value)
