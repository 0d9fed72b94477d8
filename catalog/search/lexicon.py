"""From a typed word to words that exist in this index, each with how near it is."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

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
_ENOUGH = 4
"""Consonants from which an Arabic word may have a slip."""
_FEW_APART, _MOST_APART = 1, 3
"""Slips allowed, vowels included, to an Arabic word of few consonants, and of enough."""
_NEARLY = 24
"""How much less near than the best a word may be that an Arabic one stands for: entries may hold several of these."""
_MOST = 60
"""Words that one typed word may stand for."""
_SHORTEST_SLIP = 4
_SHORTEST_SOUND = 3


class Lexicon:
    """The words of an index. Figures are only ever taken as they are."""

    def __init__(
        self,
        vocabulary: Iterable[str],
        sounded: Iterable[str],
        named: Iterable[str],
        frequency: Callable[[str], int] = lambda _word: 0,
    ) -> None:
        """``sounded`` are those of names, substances and labels, which are misspelt; ``named`` those without labels."""
        self._named = frozenset(named)
        self._frequency = frequency
        self._known = frozenset(vocabulary)
        self._sorted = sorted(word for word in self._known if JOIN not in word)
        self._sounded = sorted({word for word in sounded if word.isalpha() and not is_arabic(word)})
        self._stems = _by(stem, self._sounded)
        self._sounds = _by(sound, self._sounded)
        self._skeletons = _by(skeleton, self._sounded)
        self._bare = sorted(self._skeletons)

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def strict(self, word: str, also: Iterable[str] = (), *, begun: bool) -> Terms:
        """The word itself, its plural or feminine, its synonyms and, where it may be ``begun`` only, what it begins."""
        found: Terms = {word: EXACT} if word in self._known else {}
        _add(found, meant_by_typed().get(word, ()), SYNONYM)
        if begun:
            self._add_begun(found, word)
            if found and word not in self._known and is_arabic(word):
                self._add_arabic(found, word, begun=True)
        if word.isalpha():
            _add(found, self._stems.get(stem(word), ()), STEM)
        if not found:
            _add(found, also, ALSO)
        return {term: near for term, near in found.items() if term in self._known}

    def tolerant(self, word: str, *, begun: bool = False) -> Terms:
        """What may have been meant by a word with slips, or in Arabic script, where it may be ``begun`` only."""
        if is_arabic(word):
            return self._arabic(word, begun=begun)
        if not word.isalpha() or len(word) < _SHORTEST_SLIP:
            return {}
        found: Terms = {}
        self._add_slips(found, word)
        heard = sound(word)
        # Too short a sound is that of words far apart.
        for term in self._sounds.get(heard, ()) if len(heard) >= _SHORTEST_SOUND else ():
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

    def _arabic(self, word: str, *, begun: bool) -> Terms:
        found: Terms = {word: EXACT} if word in self._known else {}
        # The article is no part of a name, but names may begin as it does.
        for text in (word, word.removeprefix("ال")):
            if not found:
                self._add_arabic(found, text, begun=begun)
        return found or self._arabic_slips(word)

    def _add_arabic(self, found: Terms, word: str, *, begun: bool) -> None:
        """Latin words whose consonants an Arabic word has, or begins.

        The fewer consonants, the more its vowels must agree; of as good words, the one that most entries hold.
        """
        bare, heard = skeleton(word), voiced(word)
        close: list[tuple[int, str]] = []
        for key in self._begun_bare(bare) if begun else {bare} & self._skeletons.keys():
            # Labels have too many words for each beginning to stand for.
            for term in (term for term in self._skeletons[key] if key == bare or term in self._named):
                apart = _begun_apart(heard, voiced(term)) if begun else int(OSA.distance(heard, voiced(term)))
                if apart <= _most_apart(bare, key):
                    further = _SHORTER * (len(key) - len(bare)) if len(bare) >= _ENOUGH else 0
                    close.append((ARABIC - _APART * min(apart, 5) - further, term))
        best = sorted(close, key=lambda one: (-one[0], -self._frequency(one[1]), len(one[1]), one[1]))[:_MOST]
        for place, (near, term) in enumerate(best):
            if near >= best[0][0] - _NEARLY:
                found[term] = max(found.get(term, 0), near - place)

    def _begun_bare(self, bare: str) -> Iterator[str]:
        """The skeletons that one begins; one consonant begins too many."""
        place = bisect_left(self._bare, bare) if len(bare) > 1 else len(self._bare)
        while place < len(self._bare) and self._bare[place].startswith(bare):
            yield self._bare[place]
            place += 1

    def _arabic_slips(self, word: str) -> Terms:
        """One consonant otherwise: the vowels must then agree, and a short name has too few letters to be guessed."""
        bare = skeleton(word)
        if len(bare) < _ENOUGH:
            return {}
        near = process.extract(bare, self._bare, scorer=OSA.distance, score_cutoff=1, limit=8)
        told = {term: _voiced_apart(word, term) for key, _distance, _place in near for term in self._skeletons[key]}
        return {term: SLIP - apart for term, apart in told.items() if apart < _APART * _MOST_APART}


def _voiced_apart(word: str, term: str) -> int:
    """What an Arabic word loses by the vowels it writes and a term has not, or has otherwise."""
    return _APART * min(OSA.distance(voiced(word), voiced(term)), 5)


def _most_apart(bare: str, key: str) -> int:
    """Slips allowed, vowels included, between an Arabic word and one whose consonants it has or begins."""
    if len(bare) >= _ENOUGH:
        return _MOST_APART if key != bare else len(key) + 5
    return _FEW_APART if key != bare else len(bare) - 1


def _begun_apart(heard: str, term: str) -> int:
    """The fewest slips between what is typed and a beginning of a term, vowels included."""
    lengths = range(max(len(heard) - 1, 0), len(heard) + 3)
    return min(int(OSA.distance(heard, term[:length])) for length in lengths)


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
