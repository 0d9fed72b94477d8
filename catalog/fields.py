"""The types an entry's field may have: how each is read, written, stored and hashed.

A schema (marshmallow) made of these fields is the only description of a kind's payload: the tables, the import,
the API, the exports and the OpenAPI document are derived from it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, ClassVar

import sqlalchemy as sa
from marshmallow import Schema, ValidationError, fields

from catalog.errors import InvalidError
from catalog.money import format_dirhams, format_rate, parse_dirhams, parse_rate
from catalog.temporal import parse_day

LIST_SEPARATOR = " / "
"""How a list of texts is stored and printed; the official lists write combined substances so."""

MAX_CENTIMES = 10**12
_DIGITS = re.compile(r"^-?[0-9]{1,10}$")


class EntryField(fields.Field[Any]):
    """A field of an entry. ``label`` is its French name; ``about`` says what it holds, with its source."""

    column_type: ClassVar[Any] = sa.Text
    json_type: ClassVar[dict[str, Any]] = {"type": "string"}

    def __init__(self, label: str, about: str = "", *, choices: tuple[str, ...] = (), **kwargs: Any) -> None:
        kwargs.setdefault("allow_none", not kwargs.get("required", False))
        if not kwargs.get("required"):
            kwargs.setdefault("load_default", None)
        super().__init__(
            error_messages={
                "required": f"{label} is missing.",
                "null": f"{label} may not be empty.",
            },
            metadata={"label": label, "description": about or label},
            **kwargs,
        )
        self.label = label
        self.about = about
        self.choices = choices

    def parse(self, value: Any) -> Any:
        """The typed value of an external one. Raises InvalidError."""
        text = str(value).strip()
        if self.choices and text not in self.choices:
            raise InvalidError(f"{text!r} is not one of {', '.join(self.choices)}.")
        return text

    def write(self, value: Any) -> Any:
        """The external form of a typed value, ready for JSON."""
        return value

    def store(self, value: Any) -> Any:
        """The form a database column and the digest take."""
        return value

    def restore(self, value: Any) -> Any:
        return value

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        try:
            return self.parse(value)
        except InvalidError as error:
            raise ValidationError(str(error)) from error

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else self.write(value)


class TextField(EntryField):
    """Text of one line, spaces folded; empty means absent."""

    def parse(self, value: Any) -> Any:
        if not isinstance(value, str):
            raise InvalidError(f"{value!r} is not a text.")
        text = " ".join(value.split())
        _require_storable(text)
        if not text and self.required:
            raise InvalidError(f"{self.label} is empty.")
        return super().parse(text) if text else None


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def _require_storable(text: str) -> None:
    # JSON can spell half of a surrogate pair, which no encoding writes and no digest covers.
    if _UNSTORABLE.search(text):
        raise InvalidError("A text may not hold a NUL character nor half of a surrogate pair.")


class TextListField(EntryField):
    """Several texts in a meaningful order (substances, their dosages, their units)."""

    json_type: ClassVar[dict[str, Any]] = {"type": "array", "items": {"type": "string"}}

    def parse(self, value: Any) -> Any:
        parts = value.split(LIST_SEPARATOR) if isinstance(value, str) else value
        if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
            raise InvalidError(f"{value!r} is not a list of texts.")
        texts = tuple(" ".join(part.split()) for part in parts)
        texts = tuple(text for text in texts if text) if self.required else texts
        _require_storable("".join(texts))
        if texts and tuple(LIST_SEPARATOR.join(texts).split(LIST_SEPARATOR)) != texts:
            # ("a /", "b") too would come back otherwise: as ("a", "/ b").
            raise InvalidError(f"An item may not hold or make {LIST_SEPARATOR!r}.")
        if self.required and not texts:
            raise InvalidError(f"{self.label} is empty.")
        return texts if any(texts) else None

    def write(self, value: Any) -> Any:
        return list(value)

    def store(self, value: Any) -> Any:
        return None if value is None else LIST_SEPARATOR.join(value)

    def restore(self, value: Any) -> Any:
        return None if value is None else tuple(value.split(LIST_SEPARATOR))


class MoneyField(EntryField):
    """An amount in whole centimes; written ``"29.70"``. Absent means "no such price", never 0."""

    column_type = sa.BigInteger
    json_type: ClassVar[dict[str, Any]] = {"type": "string", "pattern": r"^\d+\.\d\d$", "examples": ["29.70"]}

    def parse(self, value: Any) -> Any:
        if isinstance(value, int) and not isinstance(value, bool):
            amount = value
        elif isinstance(value, str):
            amount = parse_dirhams(value.strip())
        else:
            raise InvalidError(f'{value!r} is not an amount: write it as a text, such as "29.70".')
        if amount == 0:
            raise InvalidError(f"{value!r} is not an amount: null (an empty cell) means that there is no such price.")
        if not 0 <= amount < MAX_CENTIMES:
            raise InvalidError(f"{value!r} is not an amount this catalogue can hold.")
        return amount

    def write(self, value: Any) -> Any:
        return format_dirhams(value)


class RateField(EntryField):
    """A fraction in basis points; written ``"0.70"``."""

    column_type = sa.Integer
    json_type: ClassVar[dict[str, Any]] = {"type": "string", "pattern": r"^[01]\.\d{2,4}$", "examples": ["0.70"]}

    def parse(self, value: Any) -> Any:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10_000:
            return value
        if isinstance(value, str):
            return parse_rate(value.strip())
        raise InvalidError(f'{value!r} is not a rate: write a fraction as a text, such as "0.70".')

    def write(self, value: Any) -> Any:
        return format_rate(value)


class NumberField(EntryField):
    """A whole number."""

    column_type = sa.Integer
    json_type: ClassVar[dict[str, Any]] = {"type": "integer"}

    def __init__(self, label: str, about: str = "", *, minimum: int = 0, maximum: int = 2**31 - 1, **kw: Any) -> None:
        super().__init__(label, about, **kw)
        self.minimum, self.maximum = minimum, maximum

    def parse(self, value: Any) -> Any:
        is_number = isinstance(value, int) and not isinstance(value, bool)
        if isinstance(value, str) and _DIGITS.match(value.strip()):
            number: int | None = int(value)
        else:
            number = value if is_number else None
        if number is None or not self.minimum <= number <= self.maximum:
            raise InvalidError(f"{value!r} is not a whole number from {self.minimum} to {self.maximum}.")
        return number


class FlagField(EntryField):
    """Yes or no."""

    column_type = sa.Boolean
    json_type: ClassVar[dict[str, Any]] = {"type": "boolean"}
    _words: ClassVar[dict[str, bool]] = {
        "oui": True, "non": False, "true": True, "false": False, "1": True, "0": False,
    }  # fmt: skip

    def parse(self, value: Any) -> Any:
        if isinstance(value, bool):
            return value
        word = str(value).strip().lower()
        if word not in self._words:
            raise InvalidError(f"{value!r} is neither oui nor non.")
        return self._words[word]

    def restore(self, value: Any) -> Any:
        return None if value is None else bool(value)


class DayField(EntryField):
    """A calendar day."""

    column_type = sa.Date
    json_type: ClassVar[dict[str, Any]] = {"type": "string", "format": "date"}

    def parse(self, value: Any) -> Any:
        return value if type(value) is date else parse_day(str(value).strip())

    def write(self, value: Any) -> Any:
        return value.isoformat()


class PayloadSchema(Schema):
    """Base of the payload schemas: unknown fields are refused, the order of declaration is the order shown."""


def entry_fields(schema: Schema) -> dict[str, EntryField]:
    """The fields of a payload schema by name, in order."""
    return {name: field for name, field in schema.fields.items() if isinstance(field, EntryField)}


class DecimalField(EntryField):
    """A number with at most two decimals, kept as hundredths; written ``"37.5"``. Coefficients are such numbers."""

    column_type = sa.Integer
    json_type: ClassVar[dict[str, Any]] = {"type": "string", "pattern": r"^\d+(\.\d{1,2})?$", "examples": ["37.5"]}

    def parse(self, value: Any) -> Any:
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        if isinstance(value, str):
            return parse_dirhams(value.strip())
        raise InvalidError(f'{value!r} is not a number: write it as a text, such as "37.5".')

    def write(self, value: Any) -> Any:
        return format_dirhams(value).rstrip("0").rstrip(".")
