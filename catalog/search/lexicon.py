"""From a typed word to words that exist in this index, each with how near it is."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalog.search.spelling import is_arabic, skeleton, sound, stem, voiced
from catalog.search.synonyms import JOIN, meant_by_typed

Terms = dict[str, int]
"""Nearness by word of the index; the greatest is the word itself."""

EXACT, SYNONYM, BEGUN, STEM, ALSO, ARABIC, SLIP, SOUND = 1000, 500, 300, 280, 250, 250, 100, 90
ALIKE = 40
"""What a word with slips gains by sounding the same."""
_SHORTER = 4
"""What each further letter takes from a word that was only begun."""
_APART = 12
"""What an Arabic word loses by each vowel that stands otherwise in a name."""
_MOST = 60
"""Words that one typed word may stand for."""
_SHORTEST_SLIP = 4


class Lexicon:
    """The words of an index. Figures are only ever taken as they are."""

    def __init__(self, vocabulary: Iterable[str], sounded: Iterable[str]) -> None:
        """``sounded`` are those of names, substances and labels: the words that are misspelt."""
        self._known = frozenset(vocabulary)
        self._sorted = sorted(word for word in self._known if JOIN not in word)
        self._sounded = sorted({word for word in sounded if word.isalpha() and not is_arabic(word)})
        self._stems = _by(stem, self._sounded)
        self._sounds = _by(sound, self._sounded)
        self._skeletons = _by(skeleton, self._sounded)

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def strict(self, word: str, also: Iterable[str] = (), *, begun: bool) -> Terms:
        """The word itself, its plural or feminine, its synonyms and, where it may be ``begun`` only, what it begins."""
        found: Terms = {word: EXACT} if word in self._known else {}
        _add(found, meant_by_typed().get(word, ()), SYNONYM)
        if begun:
            self._add_begun(found, word)
        if word.isalpha():
            _add(found, self._stems.get(stem(word), ()), STEM)
        if not found:
            _add(found, also, ALSO)
        return {term: near for term, near in found.items() if term in self._known}

    def tolerant(self, word: str) -> Terms:
        """What may have been meant by a word with slips, or in Arabic script."""
        if is_arabic(word):
            return self._arabic(word)
        if not word.isalpha() or len(word) < _SHORTEST_SLIP:
            return {}
        found: Terms = {}
        self._add_slips(found, word)
        for term in self._sounds.get(sound(word), ()):
            found[term] = found[term] + ALIKE if term in found else SOUND
        return found

    def _add_begun(self, found: Terms, word: str) -> None:
        place = bisect_left(self._sorted, word)
        begun = []
        while place < len(self._sorted) and self._sorted[place].startswith(word):
            begun.append(self._sorted[place])
            place += 1
        for term in sorted(begun, key=len)[:_MOST]:
            found.setdefault(term, max(BEGUN - _SHORTER * (len(term) - len(word)), STEM // 2))

    def _add_slips(self, found: Terms, word: str) -> None:
        allowed = 1 if len(word) <= 5 else 2 if len(word) <= 10 else 3
        near = process.extract(word, self._sounded, scorer=OSA.distance, score_cutoff=allowed, limit=12)
        best = near[0][1] if near else 0
        for term, distance, _place in near:
            if distance <= best + 1:
                nearness = SLIP // max(distance, 1) + (10 if term[:1] == word[:1] else 0)
                found[term] = max(found.get(term, 0), nearness)

    def _arabic(self, word: str) -> Terms:
        found: Terms = {word: EXACT} if word in self._known else {}
        # The article is no part of a name, but names may begin as it does.
        for text in (word, word.removeprefix("ال")):
            if len(bare := skeleton(text)) > 1 and not found:
                _add(found, self._skeletons.get(bare, ()), ARABIC)
                found = {term: near - _voiced_apart(text, term) for term, near in found.items()}
        bare = skeleton(word)
        if not found and len(bare) > 3:
            near = process.extract(bare, list(self._skeletons), scorer=OSA.distance, score_cutoff=1, limit=8)
            for key, _distance, _place in near:
                _add(found, self._skeletons[key], SLIP)
            found = {term: near - _voiced_apart(word, term) for term, near in found.items()}
        return found


def _voiced_apart(word: str, term: str) -> int:
    """What an Arabic word loses by the vowels it writes and a term has not, or has otherwise."""
    return _APART * min(OSA.distance(voiced(word), voiced(term)), 5)


def _add(found: Terms, terms: Iterable[str], nearness: int) -> None:
    for term in terms:
        found[term] = max(found.get(term, 0), nearness)


def _by(key: object, words: Iterable[str]) -> Mapping[str, list[str]]:
    assert callable(key)
    grouped: dict[str, list[str]] = defaultdict(list)
    for word in words:
        grouped[key(word)].append(word)
    grouped.pop("", None)
    return dict(grouped)
