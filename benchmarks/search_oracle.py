"""The same answers by looking at every document: what the index, the sets and the counts must come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from benchmarks.search_corpus import MOMENT
from benchmarks.search_queries import Query
from catalog.search.documents import Document, fold_code
from catalog.search.engine import Engine
from catalog.search.meaning import Meant
from catalog.search.question import Question

_PAGE = 10

Answer = tuple[list[str], int, dict[str, int]]
"""The codes of the page, how many match, and how many of each kind."""
Held = frozenset[tuple[str, str]]
"""The terms of a document, with their fields."""


def differences(engine: Engine, documents: Sequence[Document], asked: Sequence[Query]) -> list[str]:
    """The queries whose page, total or counts are not those of a scan."""
    held = [_terms(one) for one in documents]
    return [query.text for query in asked if _answered(engine, query.text) != _scanned(engine, documents, held, query)]


def _answered(engine: Engine, text: str) -> Answer:
    found = engine.search(Question(text, per_page=_PAGE), MOMENT)
    return [one.code for one in found.documents], found.total, dict(found.facets.get("kind", {}))


def _scanned(engine: Engine, documents: Sequence[Document], held: Sequence[Held], query: Query) -> Answer:
    text = query.text
    if not text.isalpha() and " " not in text:
        coded = _coded(documents, fold_code(text))
        if coded:
            return _told(coded)
    numbers = _ranked(engine._reader.read(text, MOMENT), held)
    return _told([documents[number] for number in numbers])


def _told(found: list[Document]) -> Answer:
    return [one.code for one in found[:_PAGE]], len(found), dict(Counter(one.kind for one in found))


def _coded(documents: Sequence[Document], typed: str) -> list[Document]:
    """Those whose code is what was typed, else begins with it, else holds it; five figures of one at least."""
    inside = sorted((one for one in documents if typed in fold_code(one.code)), key=lambda one: fold_code(one.code))
    whole = [one for one in inside if fold_code(one.code) == typed]
    begun = [one for one in inside if fold_code(one.code).startswith(typed)]
    return whole or (begun or inside if len(typed) > 4 else [])


def _ranked(meant: Meant, held: Sequence[Held]) -> list[int]:
    """Those that hold a term of every group, or of the most; by the sum of what their terms are worth."""
    scores = [[sum(group[term] for term in terms & group.keys()) for group in meant.groups] for terms in held]
    most = max(sum(map(bool, one)) for one in scores) if meant.is_partial else len(meant.groups)
    matching = [(-sum(one), number) for number, one in enumerate(scores) if most and sum(map(bool, one)) == most]
    return [number for _score, number in sorted(matching)]


def _terms(document: Document) -> Held:
    told = {(field, term) for field, terms in document.words.items() for term in terms}
    return frozenset(told | {("exact", document.exact[0])})
