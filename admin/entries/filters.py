"""Filters of a list, made from the columns of its kind: ``f.<column>`` equals, ``.min``, ``.max``, ``.vide``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from admin.entries.address import Address, Pairs
from admin.entries.columns import Column
from admin.entries.errors import BadParameterError
from admin.entries.searching import folded
from admin.entries.values import RANGED, Form, read_bound
from catalog.errors import InvalidError

PREFIX = "f."
YES, NO = "oui", "non"
EMPTY = {YES: True, NO: False}

Test = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on a column; ``told`` says it in French, ``pairs`` are the parameters that ask for it."""

    column: Column
    told: str
    pairs: Pairs
    holds: Test


def read_filters(address: Address, columns: Mapping[str, Column]) -> list[Filter]:
    """The filters that an address asks for. Raises BadParameterError naming the parameter at fault."""
    asked: dict[str, list[str]] = {}
    for name, value in address.pairs:
        if name.startswith(PREFIX):
            asked.setdefault(name, []).append(value)
    return [_read(name, values, columns) for name, values in asked.items()]


def _read(name: str, values: Sequence[str], columns: Mapping[str, Column]) -> Filter:
    column_name, _, suffix = name.removeprefix(PREFIX).partition(".")
    column = columns.get(column_name)
    make = _MAKERS.get(suffix)
    if column is None or make is None:
        raise BadParameterError(name, "aucun filtre de cette liste ne porte ce nom.")
    told, holds = make(column, values, name)
    return Filter(column, f"{column.label} {told}", tuple((name, value) for value in values), holds)


def _equals(column: Column, values: Sequence[str], name: str) -> tuple[str, Test]:
    if column.form in RANGED:
        raise BadParameterError(name, f"une valeur de « {column.label} » se cherche par {name}.min et {name}.max.")
    if column.form is Form.FLAG:
        wanted = {_flag(value, name) for value in values}
        return f": {' ou '.join(values)}", lambda value: value in wanted
    if column.choices:
        return _one_of(column, values, name)
    sought = {folded(value) for value in values}
    told = ": " + " ou ".join(f"« {value} »" for value in values)
    if column.form is Form.LIST:
        return told, lambda value: value is not None and not sought.isdisjoint(map(folded, value))
    return told, lambda value: value is not None and folded(value) in sought


def _one_of(column: Column, values: Sequence[str], name: str) -> tuple[str, Test]:
    unknown = [value for value in values if value not in column.choices]
    if unknown:
        raise BadParameterError(name, f"« {unknown[0]} » n’est pas l’une des valeurs {', '.join(column.choices)}.")
    wanted = frozenset(values)
    return ": " + " ou ".join(column.write(value) for value in values), wanted.__contains__


def _flag(value: str, name: str) -> bool:
    if value not in EMPTY:
        raise BadParameterError(name, f"écrivez {YES} ou {NO}, et non « {value} ».")
    return EMPTY[value]


def _bound(column: Column, values: Sequence[str], name: str) -> Any:
    if column.form not in RANGED:
        raise BadParameterError(name, f"« {column.label} » n’est ni un montant, ni un nombre, ni une date.")
    if len(values) > 1:
        raise BadParameterError(name, "une seule borne à la fois.")
    try:
        return read_bound(column.form, values[0])
    except InvalidError as error:
        expected = "une date AAAA-MM-JJ" if column.form is Form.DAY else "un nombre positif, par exemple 29,70"
        raise BadParameterError(name, f"« {values[0]} » ne se lit pas : écrivez {expected}.") from error


def _at_least(column: Column, values: Sequence[str], name: str) -> tuple[str, Test]:
    bound = _bound(column, values, name)
    return f"≥ {column.write(bound)}", lambda value: value is not None and value >= bound


def _at_most(column: Column, values: Sequence[str], name: str) -> tuple[str, Test]:
    bound = _bound(column, values, name)
    return f"≤ {column.write(bound)}", lambda value: value is not None and value <= bound


def _empty(column: Column, values: Sequence[str], name: str) -> tuple[str, Test]:
    wanted = {_flag(value, name) for value in values}
    told = "absent" if wanted == {True} else "présent" if wanted == {False} else "absent ou présent"
    return told, lambda value: (value is None) in wanted


_MAKERS: Mapping[str, Callable[[Column, Sequence[str], str], tuple[str, Test]]] = {
    "": _equals,
    "min": _at_least,
    "max": _at_most,
    "vide": _empty,
}
