"""What may be asked of the search, and how much of it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog.errors import InvalidError
from catalog.search.folding import STOP_WORDS, Word, words

LONGEST_QUERY = 200
"""Characters; no name or label needs more to be told from the others."""
MOST_WORDS = 12
DEEPEST = 1000
"""Hits that can be paged through."""
SORTS = (BEST, TITLE, CODE, PRICE) = ("pertinence", "titre", "code", "prix")


class QueryError(InvalidError):
    """A query too long to be one."""


@dataclass(frozen=True)
class Question:
    """A query, and what its hits are kept to. ``facets`` maps a facet to the value wanted."""

    text: str
    kind: str | None = None
    facets: Mapping[str, str] = field(default_factory=dict)
    page: int = 1
    per_page: int = 20
    sort: str = SORTS[0]


def read_query(text: str) -> list[Word]:
    """The words of a query that choose; every sign that is no letter or figure is a space. Raises QueryError."""
    if len(text) > LONGEST_QUERY:
        raise QueryError(f"A query has at most {LONGEST_QUERY} characters; this one has {len(text)}.")
    read = words(text)
    chosen = [word for word in read if word.text not in STOP_WORDS] or read
    if len(chosen) > MOST_WORDS:
        raise QueryError(f"A query has at most {MOST_WORDS} words; this one has {len(chosen)}.")
    return chosen
