"""Reads the query of a request by its schema. All faults are told at once."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from catalog.kinds import flatten
from service.api.parameters import Query
from service.problems import ParametersError


def read_query(schema_class: type[Query], given: MultiDict[str, str]) -> dict[str, Any]:
    """Typed parameters by name. Raises ParametersError naming every one at fault."""
    schema = schema_class()
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
    if "known_at" in given and "release" in given and "release" in schema.fields:
        for name in ("known_at", "release"):
            faults.setdefault(name, ["Give known_at or release, not both."])
    if faults:
        raise ParametersError(faults)
    return loaded
