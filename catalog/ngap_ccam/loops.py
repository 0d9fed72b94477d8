"""Loops among entries that name one another."""

from __future__ import annotations

from collections.abc import Callable, Mapping


def turns_round(code: str, following: Mapping[str, str | None] | Callable[[str], str | None]) -> list[str] | None:
    """The way from a code back to itself by ``following``, or None. A loop the code only leads into is not its own."""
    step = following.get if isinstance(following, Mapping) else following
    way, current = [code], step(code)
    while current is not None and current not in way:
        way.append(current)
        current = step(current)
    return [*way, code] if current == code else None
