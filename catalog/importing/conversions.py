"""From the text of a cell to the value of a field: the steps a rule lists, then its converter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from catalog.errors import DateError, InvalidError
from catalog.fields import LIST_SEPARATOR, DayField, EntryField, MoneyField, RateField, TextListField
from catalog.importing.amounts import parse_amount, parse_percent
from catalog.importing.layout import fold
from catalog.importing.plugins import CONVERTERS, Converter
from catalog.importing.profiles.canonical import EXTERNAL
from catalog.importing.profiles.model import FieldRule, Format

ISO_DAY = "YYYY-MM-DD"

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_GUARDED = re.compile(r"^'(?=[=+\-@])")
_DATE_PARTS = {"YYYY": r"(?P<year>\d{4})", "MM": r"(?P<month>\d{2})", "DD": r"(?P<day>\d{2})"}
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII)


def default_converter(field: EntryField | None) -> str:
    """The converter a field gets when its rule names none."""
    by_type = {MoneyField: "amount", RateField: "percent", TextListField: "list", DayField: "date"}
    return next((name for kind, name in by_type.items() if isinstance(field, kind)), EXTERNAL)


def prepare(rule: FieldRule, told: Format, *, unguard: bool = False) -> Callable[[str], str]:
    """The text steps of a rule: line breaks folded, tags, extract, replace, fold; empty where the source means none."""
    nulls = {fold(text) for text in told.null_texts}

    def prepared(text: str) -> str:
        text = _GUARDED.sub("", text) if unguard else text
        text = " ".join((_TAG.sub(" ", text) if rule.strip_tags else text).split())
        if not text or fold(text) in nulls:
            return ""
        text = _extract(rule.extract, text) if rule.extract else text
        for old, new in rule.replace.items():
            text = text.replace(old, new)
        text = fold(text) if rule.fold else text.strip()
        return f"{rule.prefix}{text}" if text else ""

    return prepared


def _extract(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    if found is None:
        raise InvalidError(f"{text!r} does not have the form {pattern.pattern}.")
    return (found[1] or "").strip()


def mapping(told: Mapping[str, Any]) -> Converter:
    """Fixed texts to fixed values, compared without case or accents; an empty value means none."""
    by_text = {fold(text): value for text, value in told.items()}

    def convert(text: str) -> Any:
        if fold(text) not in by_text:
            raise InvalidError(f"{text!r} is none of {', '.join(told)}.")
        value = by_text[fold(text)]
        return None if value == "" else value

    return convert


def external(_rule: FieldRule, _told: Format) -> Converter:
    """Converter: the text as it stands, for the field to read."""
    return lambda text: text


def amount(rule: FieldRule, told: Format) -> Converter:
    """Converter: an amount in centimes, with the decimal sign of the rule or of the file."""
    return lambda text: parse_amount(text, rule.decimal or told.decimal, zero_is_null=told.zero_is_null)


def percent(_rule: FieldRule, _told: Format) -> Converter:
    """Converter: a percentage as basis points."""
    return parse_percent


def listed(rule: FieldRule, _told: Format) -> Converter:
    """Items between separators. A blank first or last item keeps its place, though its spaces were folded away."""
    separator = rule.separator or LIST_SEPARATOR
    return lambda text: tuple(part.strip() for part in f" {text} ".split(separator))


def present(_rule: FieldRule, _told: Format) -> Converter:
    """Converter: true for any text that is there."""
    return lambda text: True


def day(rule: FieldRule, _told: Format) -> Converter:
    """A date in the format of the rule, made of YYYY, MM and DD; the ISO form is always understood."""
    expected = rule.format or ISO_DAY
    pattern = re.escape(expected)
    for word, part in _DATE_PARTS.items():
        pattern = pattern.replace(word, part, 1)
    own = re.compile(pattern, re.ASCII)

    def convert(text: str) -> date:
        found = own.fullmatch(text) or _ISO.fullmatch(text)
        try:
            return date(*(int(found[part]) for part in ("year", "month", "day"))) if found else _no_day(text, expected)
        except ValueError:
            return _no_day(text, expected)

    return convert


def _no_day(text: str, expected: str) -> date:
    raise DateError(text, f"a day written {expected}")


CONVERTERS.update(
    {EXTERNAL: external, "amount": amount, "percent": percent, "list": listed, "date": day, "present": present}
)
