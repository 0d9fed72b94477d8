"""Query parameters: how each is read, and one sentence for each that cannot be."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields

from catalog.errors import InvalidError
from catalog.registry import KINDS
from catalog.temporal import parse_day, parse_instant

LONGEST_TEXT = 200
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)


class Parameter(fields.Field[Any]):
    """A parameter of the address. ``about`` is what the documentation says of it."""

    json_type: ClassVar[dict[str, Any]] = {"type": "string"}

    def __init__(self, about: str, **kwargs: Any) -> None:
        super().__init__(
            metadata={"description": about}, error_messages={"required": "This parameter is missing."}, **kwargs
        )

    @property
    def shape(self) -> dict[str, Any]:
        """Its JSON Schema."""
        return dict(self.json_type)

    def parse(self, text: str) -> Any:
        """The typed value. Raises InvalidError."""
        if not text:
            raise InvalidError("It is empty: leave it out or give it a value.")
        return text

    def read(self, text: str) -> Any:
        """The typed value of any text. Raises InvalidError."""
        if len(text) > LONGEST_TEXT or not text.isprintable():
            raise InvalidError(f"It must be at most {LONGEST_TEXT} printable characters.")
        return self.parse(text)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        try:
            return self.read(value)
        except InvalidError as error:
            raise ValidationError(str(error)) from error


class DayParameter(Parameter):
    json_type: ClassVar[dict[str, Any]] = {"type": "string", "format": "date"}

    def parse(self, text: str) -> Any:
        return parse_day(text)


class InstantParameter(Parameter):
    json_type: ClassVar[dict[str, Any]] = {"type": "string", "format": "date-time"}

    def parse(self, text: str) -> Any:
        if not _RFC_3339.fullmatch(text):
            hint = " Write the + of an offset as %2B." if re.search(r" \d\d:\d\d$", text) else ""
            raise InvalidError(f"{text!r} is no RFC 3339 instant, such as 2026-11-22T10:00:00Z.{hint}")
        return parse_instant(text)


class NumberParameter(Parameter):
    """A whole number within bounds."""

    def __init__(self, about: str, *, minimum: int, maximum: int, **kwargs: Any) -> None:
        super().__init__(about, **kwargs)
        self.minimum, self.maximum = minimum, maximum

    @property
    def shape(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}

    def parse(self, text: str) -> Any:
        if not _WHOLE.fullmatch(text) or not self.minimum <= int(text) <= self.maximum:
            raise InvalidError(f"{text!r} is not a whole number from {self.minimum} to {self.maximum}.")
        return int(text)


class ChoiceParameter(Parameter):
    """One of a few words."""

    def __init__(self, about: str, choices: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(about, **kwargs)
        self.choices = choices

    @property
    def shape(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.choices)}

    def parse(self, text: str) -> Any:
        if text not in self.choices:
            raise InvalidError(f"{text!r} is not one of {', '.join(self.choices)}.")
        return text


class FlagParameter(Parameter):
    """Yes or no."""

    json_type: ClassVar[dict[str, Any]] = {"type": "boolean"}

    def parse(self, text: str) -> Any:
        if text.lower() not in ("true", "false"):
            raise InvalidError(f"{text!r} is neither true nor false.")
        return text.lower() == "true"


class KindParameter(ChoiceParameter):
    """A kind of entry, by its plural or singular name."""

    def __init__(self, about: str, **kwargs: Any) -> None:
        super().__init__(about, tuple(KINDS.plurals), **kwargs)

    def parse(self, text: str) -> Any:
        kind = next((kind for kind in KINDS if text in (kind.name, kind.plural)), None)
        return kind or super().parse(text)


class Query(Schema):
    """Parameters of an endpoint; one it does not know is refused."""


class Day(Query):
    as_of = DayParameter("Day the fact must be in force (date of care). Default: today in Africa/Casablanca.")


class TwoClocks(Day):
    known_at = InstantParameter("What had been published at that instant. Default: now.")
    release = Parameter("What that release knew, by number or label; stands in for `known_at`.")


class Pages(Query):
    page = NumberParameter("Page, from 1.", minimum=1, maximum=1_000_000, load_default=1)
    per_page = NumberParameter("Items a page.", minimum=1, maximum=1000, load_default=100)
