"""An array of JSON objects, or one object a line, as rows. Numbers keep the digits they are written with."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NoReturn

from catalog.fields import LIST_SEPARATOR
from catalog.importing.errors import UnreadableFileError
from catalog.importing.table import Row

_REMEDY = "Write an array of objects whose values are texts, numbers, true, false, null or lists of texts"


class _ShapeError(ValueError):
    """JSON of a shape that makes no row."""


def read_json(file: str, text: str) -> list[Row]:
    """Row 0 with the names, then one row an object, numbered from 1. Raises UnreadableFileError."""
    try:
        objects = _objects(text)
        names = list(dict.fromkeys(name for item in objects for name in item))
        rows = [
            Row(number, tuple(_text(item.get(name), number, name) for name in names))
            for number, item in enumerate(objects, 1)
        ]
    except RecursionError as error:
        raise UnreadableFileError(file, "its values are nested too deeply", _REMEDY) from error
    except json.JSONDecodeError as error:
        raise UnreadableFileError(
            file, f"line {error.lineno}, column {error.colno} is not JSON ({error.msg})", _REMEDY
        ) from error
    except _ShapeError as error:
        raise UnreadableFileError(file, str(error), _REMEDY) from error
    return [Row(0, tuple(names)), *rows]


def _objects(text: str) -> list[dict[str, Any]]:
    found = (
        _parse(text) if text.lstrip().startswith("[") else [_parse(line) for line in text.split("\n") if line.strip()]
    )
    if found == []:
        raise _ShapeError("its list is empty")
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise _ShapeError("it is not a list of objects")
    return found


def _parse(text: str) -> Any:
    return json.loads(
        text, parse_float=str, parse_int=str, parse_constant=_refuse_constant, object_pairs_hook=_once_each
    )


def _refuse_constant(name: str) -> NoReturn:
    raise _ShapeError(f"{name} is no number")


def _once_each(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made:
            raise _ShapeError(f"an object names {name!r} twice")
        made[name] = value
    return made


def _text(value: Any, number: int, name: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return LIST_SEPARATOR.join(value)
    if not isinstance(value, str):
        raise _ShapeError(f"item {number} holds an object or a mixed list under {name!r}")
    return value
