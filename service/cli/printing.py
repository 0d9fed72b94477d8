"""Answers as text: a name and a value on each line, lists of entries below their name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from service.cli.base import echo

INDENT = "  "
ABSENT: tuple[Any, ...] = (None, [], "", {})


def print_answer(answer: Mapping[str, Any]) -> None:
    """Prints what is there; absent values are left out."""
    for line in _lines(answer):
        echo(line)


def _lines(answer: Mapping[str, Any]) -> Iterator[str]:
    width = max((len(name) for name in answer), default=0)
    for name, value in answer.items():
        if value in ABSENT and not isinstance(value, bool):
            continue
        if isinstance(value, list) and isinstance(value[0], dict):
            yield name
            yield from (f"{INDENT}- {_text(item)}" for item in value)
        else:
            yield f"{name:<{width}}  {_text(value)}"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dict):
        return ", ".join(f"{name} {_inner(inner)}" for name, inner in value.items() if inner not in ABSENT)
    if isinstance(value, list):
        return " / ".join(_text(item) for item in value)
    return str(value)


def _inner(value: Any) -> str:
    return f"({_text(value)})" if isinstance(value, dict) else _text(value)
