"""Queries made by rule from known entries, with the entries that answer each, found by a linear scan."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from catalog.search.documents import Document
from catalog.search.folding import fold
from catalog.search.spelling import stem

_LETTERS = dict(
    zip("abdfghijklmnoprstuvxyzecqwp", "ابدفغهيجكلمنوبرستوفكيزيككوب", strict=True),
)
_ARABIC_SOUNDS = (("ph", "ف"), ("th", "ت"), ("ch|sh", "ش"), ("c(?=[eiy])", "س"), ("x", "كس"), (r"(.)\1", r"\1"))
_SOUNDS = (("ph", "f"), ("y", "i"), ("ll", "l"), ("mm", "m"), ("nn", "n"), ("tt", "t"), ("qu", "k"), ("th", "t"))
_MILLIGRAMS = re.compile(r"(?<![\d.])(\d+) MG$")


A_CLASS = 70
"""Queries made of each class."""


class Query(NamedTuple):
    kind: str
    text: str
    relevant: frozenset[int]


def queries(documents: Sequence[Document], seed: int, a_class: int) -> Iterator[Query]:
    """At most ``a_class`` queries of each class; the same for the same seed."""
    chance = random.Random(seed)
    for name, (rule, kinds) in RULES.items():
        sources = [one for one in documents if one.kind in kinds]
        made = 0
        for source in chance.sample(sources, len(sources)):
            text, answers = rule(source, chance)
            if not text or made == a_class:
                continue
            relevant = frozenset(number for number, one in enumerate(documents) if answers(one))
            made += bool(relevant)
            if relevant:
                yield Query(name, text, relevant)


_folded = cache(fold)
_stem = cache(stem)


@cache
def _stems(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_stem, words))


Answers = Callable[[Document], bool]
Made = tuple[str, Answers]
Rule = Callable[[Document, random.Random], Made]


def _titled(source: Document) -> Answers:
    return lambda one: one.exact[0] == source.exact[0]


def _brand(source: Document, _chance: random.Random) -> Made:
    return source.title, _titled(source)


def _prefix(source: Document, _chance: random.Random) -> Made:
    typed = source.exact[0][: max(3, len(source.exact[0]) * 3 // 5)].strip()
    return typed.upper(), lambda one: one.exact[0].startswith(typed)


def _label(source: Document, _chance: random.Random) -> Made:
    words = " ".join(fold(source.title).split()[:9])[:190]
    return words, lambda one: _folded(one.title).startswith(words)


def _slip(source: Document, chance: random.Random, times: int = 1) -> Made:
    word = source.exact[0]
    if not word.isalpha() or len(word) < 4 + 2 * times:
        return "", _titled(source)
    for _ in range(times):
        word = _slipped(word, chance)
    return word, _titled(source)


def _slipped(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    letter = chance.choice(string.ascii_lowercase)
    return chance.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + letter + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )
    )


def _swapped(source: Document, chance: random.Random) -> Made:
    word = source.exact[0]
    places = [place for place in range(1, len(word) - 1) if word[place] != word[place + 1]]
    if not word.isalpha() or len(word) < 5 or not places:
        return "", _titled(source)
    place = chance.choice(places)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :], _titled(source)


def _two_slips(source: Document, chance: random.Random) -> Made:
    return _slip(source, chance, 2)


def _sounded(source: Document, _chance: random.Random) -> Made:
    word = source.exact[0]
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return (word if word != source.exact[0] else ""), _titled(source)


def _dosed(source: Document, chance: random.Random) -> Made:
    found = _MILLIGRAMS.search(source.detail)
    if not found or len(source.words["doses"]) != 2:
        return "", _titled(source)
    number = int(found[1])
    grams = f"{number / 1000:g}".replace(".", ",")
    typed = chance.choice((f"{number}", f"{number}mg", f"{number} mg", f"{grams} g"))
    return f"{source.title} {typed}", lambda one: _titled(source)(one) and source.words["doses"] == one.words["doses"]


def _substance(source: Document, _chance: random.Random) -> Made:
    dci, forms = source.words["substances"], source.words["forms"]
    if not forms or not 0 < len(dci) < 4:
        return "", _titled(source)
    return (
        f"{' '.join(dci)} {forms[0]}",
        lambda one: set(dci) <= set(one.words["substances"]) and forms[0] in one.words["forms"],
    )


def _plural(source: Document, chance: random.Random) -> Made:
    words = [word for word in source.words["labels"] if word.isalpha() and len(word) > 4 and word[-1] not in "sx"]
    if len(words) < 3:
        return "", _titled(source)
    chosen = chance.sample(words, 3)
    wanted = {stem(word) for word in chosen}
    typed = " ".join(f"{word}s" for word in chosen)
    return typed, lambda one: wanted <= _stems(one.words["labels"]) | _stems(one.words["forms"])


def _arabic(source: Document, _chance: random.Random) -> Made:
    word = source.exact[0]
    if not word.isalpha() or len(word) < 6:
        return "", _titled(source)
    for latin, arabic in _ARABIC_SOUNDS:
        word = re.sub(latin, arabic, word)
    return "".join(_LETTERS.get(letter, letter) for letter in word), _titled(source)


def _code(source: Document, _chance: random.Random) -> Made:
    return source.code, lambda one: one.code == source.code


def _part(source: Document, _chance: random.Random) -> Made:
    typed = source.code[-7:]
    return typed, lambda one: typed in one.code


MEDICINES, ACTS = ("medicament",), ("acte_ccam",)
RULES: dict[str, tuple[Rule, tuple[str, ...]]] = {
    "exact brand": (_brand, MEDICINES),
    "prefix as typed": (_prefix, MEDICINES),
    "no accents": (_label, ACTS),
    "one slip": (_slip, MEDICINES),
    "two slips": (_two_slips, MEDICINES),
    "swapped letters": (_swapped, MEDICINES),
    "phonetic": (_sounded, MEDICINES),
    "brand and dosage": (_dosed, MEDICINES),
    "DCI and form": (_substance, MEDICINES),
    "plural or stem": (_plural, ACTS),
    "Arabic script": (_arabic, MEDICINES),
    "EAN": (_code, MEDICINES),
    "part of an EAN": (_part, MEDICINES),
    "act code": (_code, ACTS),
}
