"""The order of a dictionary, in French and in Arabic."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from catalog.glossaire.codes import fold_term
from catalog.search.folding import fold
from catalog.snapshots.reading import Version
from service.site.languages import ARABIC, Language

_SAME = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ؤ": "و", "ئ": "ي", "ة": "ه"})
"""Letters that dictionaries order as one; their marks are already gone in what is folded."""
ARTICLE = "ال"

Lettered = tuple[str, list[Version]]


def by_letter(terms: Iterable[Version], language: Language) -> list[Lettered]:
    """The terms below their first letters. In Arabic those without an Arabic name come last, in the French order."""
    keyed = sorted(((_key(term, language), term) for term in terms), key=lambda pair: (*pair[0], pair[1].code))
    return [
        (letter, [term for _, term in found]) for letter, found in groupby(keyed, key=lambda pair: _letter(pair[0]))
    ]


def shown_first(term: Version, language: Language) -> str:
    """The name that the page of a language shows first."""
    arabic: str | None = term.payload["libelle_ar"]
    return arabic if language is ARABIC and arabic else str(term.payload["libelle"])


def _key(term: Version, language: Language) -> tuple[bool, str]:
    arabic = term.payload["libelle_ar"] if language is ARABIC else None
    if arabic:
        return False, arabic_order(arabic)
    return language is ARABIC, fold_term(term.payload["libelle"])


def _letter(key: tuple[bool, str]) -> str:
    return key[1][:1].upper()


def arabic_order(text: str) -> str:
    """An Arabic name as a dictionary orders it: without marks, and without the article before each word."""
    words = fold(text).translate(_SAME).split()
    return " ".join(word.removeprefix(ARTICLE) if len(word) > len(ARTICLE) + 1 else word for word in words)
