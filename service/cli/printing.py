"""Answers as text: a name and a value on each line, lists of entries below their name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from service.cli.base import echo

INDENT = "  "


def print_answer(answer: Mapping[str, Any]) -> None:
    """Prints what is there; absent values are left out."""
    for line in _lines(answer):
        echo(line)


def _lines(answer: Mapping[str, Any]) -> Iterator[str]:
    width = max((len(name) for name in answer), default=0)
    for name, value in answer.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield name
            yield from (f"{INDENT}- {_text(item)}" for item in value)
        elif told := _text(value):
            yield f"{name:<{width}}  {told}"


def _text(value: Any) -> str:
    """The value in words; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dict):
        return ", ".join(f"{name} {told}" for name, inner in value.items() if (told := _inner(inner)))
    if isinstance(value, list):
        return " / ".join(_text(item) for item in value)
    return str(value)


def _inner(value: Any) -> str:
    """A value within another: of a legal act its identifier is enough."""
    if isinstance(value, dict) and {"id", "title"} <= value.keys():
        return str(value["id"])
    told = _text(value)
    return f"({told})" if told and isinstance(value, dict | list) else told
