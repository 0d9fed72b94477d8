"""Which parts of a title answer a query: accents, plurals and slips included."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from catalog.search.folding import words


class Part(NamedTuple):
    """A piece of a title, as published."""

    text: str
    is_match: bool


def highlight(title: str, terms: Set[str]) -> list[Part]:
    """The title in parts, in order: those that ``terms`` (folded words) name, and those between."""
    parts: list[Part] = []
    place = 0
    for word in words(title):
        if word.text in terms or not terms.isdisjoint(word.also):
            if word.start > place:
                parts.append(Part(title[place : word.start], is_match=False))
            parts.append(Part(title[word.start : word.end], is_match=True))
            place = word.end
    return [*parts, Part(title[place:], is_match=False)] if place < len(title) else parts
