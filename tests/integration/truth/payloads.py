"""Random payloads of any kind, as its own fields would have read them."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from catalog.errors import InvalidError
from catalog.fields import (
    MAX_CENTIMES,
    DayField,
    DecimalField,
    EntryField,
    FlagField,
    MoneyField,
    NumberField,
    RateField,
    TextField,
    TextListField,
)
from catalog.kinds import Kind

# Separators, digits, accents and Arabic more often than chance would bring them.
TEXTS = st.text(max_size=8) | st.text(alphabet="ab /|%é\u0627\u0640 \u00a0'\"\\01,.", max_size=8)
LISTS = st.lists(TEXTS, max_size=4)


def payloads(kind: Kind) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({name: values(field) for name, field in kind.fields.items()})


def values(field: EntryField) -> st.SearchStrategy[Any]:
    """Typed values of a field; None among them unless it is required."""
    read = _raw(field).map(lambda raw: _parse(field, raw)).filter(lambda value: value is not _REFUSED)
    return read.filter(lambda value: value is not None) if field.required else st.none() | read


_REFUSED = object()


def _parse(field: EntryField, raw: Any) -> Any:
    try:
        return field.parse(raw)
    except InvalidError:
        return _REFUSED


def _raw(field: EntryField) -> st.SearchStrategy[Any]:
    if field.choices:
        return st.sampled_from(field.choices)
    if isinstance(field, NumberField):
        return st.integers(field.minimum, field.maximum)
    made: dict[type[EntryField], st.SearchStrategy[Any]] = {
        TextField: TEXTS,
        TextListField: LISTS,
        MoneyField: st.integers(1, MAX_CENTIMES - 1),
        DecimalField: st.integers(0, 10**6),
        RateField: st.integers(0, 10_000),
        FlagField: st.booleans(),
        DayField: st.dates(min_value=date(1, 1, 1)),
    }
    return made[type(field)]
