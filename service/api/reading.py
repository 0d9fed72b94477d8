"""Reads the query of a request by its schema. All faults are told at once.

An ordinary query is read field by field, without the machinery of the schema, which is asked for its words whenever
that does not do: the same parameters read the same texts, so that both accept and refuse the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

from flask import request
from marshmallow import ValidationError, missing
from werkzeug.datastructures import MultiDict

from catalog.errors import InvalidError
from catalog.kinds import flatten
from service.api.parameters import Parameter, Query
from service.problems import ParametersError

CLOCKS_OF_KNOWLEDGE = ("known_at", "release")
"""Only one of them may be given."""


class Read(NamedTuple):
    """The parameters of a schema, made once."""

    schema: Query
    parameters: Mapping[str, tuple[str, Parameter]]
    """By its name in an address, a parameter and its name in the code."""
    defaults: Mapping[str, Any]
    required: frozenset[str]


@cache
def parameters_of(schema_class: type[Query]) -> Read:
    """The parameters of a schema, as they are read without it."""
    schema = schema_class()
    named = {name: field for name, field in schema.fields.items() if isinstance(field, Parameter)}
    assert named.keys() == schema.fields.keys(), "a query is made of parameters"
    return Read(
        schema,
        {field.data_key or name: (name, field) for name, field in named.items()},
        {name: field.load_default for name, field in named.items() if field.load_default is not missing},
        frozenset(field.data_key or name for name, field in named.items() if field.required),
    )


def read_request(schema_class: type[Query]) -> dict[str, Any]:
    """The typed parameters of the request under way. Raises ParametersError naming every one at fault."""
    plain = split_query(request.environ.get("QUERY_STRING", ""))
    found = None if plain is None else read_plain(schema_class, plain)
    return _read_all(schema_class, request.args) if found is None else found


def read_query(schema_class: type[Query], given: MultiDict[str, str]) -> dict[str, Any]:
    """Typed parameters by name. Raises ParametersError naming every one at fault."""
    told = list(given.items(multi=True))
    plain = dict(told)
    found = read_plain(schema_class, plain) if len(plain) == len(told) else None
    return _read_all(schema_class, given) if found is None else found


def read_plain(schema_class: type[Query], given: Mapping[str, str]) -> dict[str, Any] | None:
    """The same of parameters given once each; None where one is at fault, whatever the fault."""
    read = parameters_of(schema_class)
    if not given.keys() >= read.required or all(name in given for name in CLOCKS_OF_KNOWLEDGE):
        return None
    loaded = dict(read.defaults)
    try:
        for name, text in given.items():
            loaded_as, parameter = read.parameters[name]
            loaded[loaded_as] = parameter.read(text)
    except (InvalidError, KeyError):
        return None
    return loaded


def split_query(text: str) -> dict[str, str] | None:
    """The parameters of the query of an address; None where one is given twice, or is not written in UTF-8."""
    found: dict[str, str] = {}
    if not text.isascii():
        return None
    for part in text.split("&") if text else ():
        name, mark, value = part.partition("=")
        if not mark or not name.isidentifier() or name in found:
            return None
        plain = _unquoted(value)
        if plain is None:
            return None
        found[name] = plain
    return found


def _unquoted(text: str) -> str | None:
    if "+" in text or "%" in text:
        try:
            return unquote_to_bytes(text.replace("+", " ")).decode()
        except UnicodeDecodeError:
            return None
    return text


def _read_all(schema_class: type[Query], given: MultiDict[str, str]) -> dict[str, Any]:
    """As the schema reads it, with its words for every fault."""
    schema = parameters_of(schema_class).schema
    names = [field.data_key or name for name, field in schema.fields.items()]
    known = ", ".join(names)
    faults = {name: [f"There is no such parameter here. Known: {known}."] for name in given if name not in names}
    repeated = [name for name, values in given.lists() if len(values) > 1 and name not in faults]
    faults |= {name: ["It is given more than once."] for name in repeated}
    loaded: dict[str, Any] = {}
    try:
        loaded = schema.load({name: text for name, text in given.items() if name not in faults})
    except ValidationError as error:
        faults |= flatten(error.normalized_messages())
    if given.keys() >= {*CLOCKS_OF_KNOWLEDGE} and "release" in schema.fields:
        for name in CLOCKS_OF_KNOWLEDGE:
            faults.setdefault(name, ["Give known_at or release, not both."])
    if faults:
        raise ParametersError(faults)
    return loaded
