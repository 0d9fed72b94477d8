"""Keys under which words that are near each other meet: stem, sound, Arabic consonants."""

from __future__ import annotations

import re
from functools import lru_cache
from threading import local
from typing import Any

from snowballstemmer import stemmer  # type: ignore[import-untyped]

_own = local()

_SOUNDS = (
    ("eaux?|au", "o"), ("ph", "f"), ("th", "t"), ("ch", "s"), ("sh", "s"), ("rh", "r"), ("qu|q", "k"), ("ck", "k"),
    ("sc(?=[eiy])", "s"), ("c(?=[eiy])", "s"), ("c", "k"), ("g(?=[eiy])", "j"), ("gu(?=[eiy])", "g"), ("y", "i"),
    ("ai|ei", "e"), ("[ae](?:n|m)(?![aeiou])", "an"), ("in|im|ain|ein", "in"), ("x", "ks"), ("z", "s"), ("w", "v"),
    ("h", ""), (r"(.)\1+", r"\1"), ("(?<=..)[estx]$", ""),
)  # fmt: skip
"""How French letters sound, in order: enough to bring ``amoxiciline`` to ``amoxicilline``."""
_RULES = tuple((re.compile(pattern), sound) for pattern, sound in _SOUNDS)

_ARABIC = {
    "ب": "b", "ت": "t", "ث": "t", "ج": "g", "ح": "h", "خ": "k", "د": "d", "ذ": "d", "ر": "r", "ز": "s", "س": "s",
    "ش": "s", "ص": "s", "ض": "d", "ط": "t", "ظ": "d", "ع": "", "غ": "g", "ف": "f", "ق": "k", "ك": "k", "ل": "l",
    "م": "m", "ن": "n", "ه": "", "و": "", "ي": "", "ا": "", "ى": "", "ة": "", "ء": "", "ڤ": "f", "پ": "b", "گ": "g",
    "چ": "g", "ژ": "s", "ک": "k", "ی": "", "ڭ": "g",
}  # fmt: skip
_VOWELS = {"ا": "a", "ى": "a", "ة": "a", "ي": "i", "ی": "i", "و": "u"}
_VOICED = {"a": "a", "e": "i", "i": "i", "y": "i", "o": "u", "u": "u", "w": "u"}
_LATIN = {
    "p": "b", "v": "f", "q": "k", "c": "k", "j": "g", "z": "s", "x": "ks", "w": "", "h": "", "y": "",
    "a": "", "e": "", "i": "", "o": "", "u": "",
}  # fmt: skip


@lru_cache(maxsize=2_000)
def stem(word: str) -> str:
    """The French stem of a folded word: its plural and feminine have the same."""
    return str(_stemmer().stemWord(word))


def _stemmer() -> Any:
    # One a thread: it keeps the word it is working on.
    if not hasattr(_own, "stemmer"):
        _own.stemmer = stemmer("french")
    return _own.stemmer


@lru_cache(maxsize=2_000)
def sound(word: str) -> str:
    """How a folded word sounds in French, roughly."""
    for rule, heard in _RULES:
        word = rule.sub(heard, word)
    return word


def is_arabic(word: str) -> bool:
    """Whether a word holds letters of the Arabic script."""
    return any("\u0600" <= letter <= "\u06ff" for letter in word)


def skeleton(word: str) -> str:
    """The consonants of a word as Arabic script keeps them: ``دوليبران`` and ``doliprane`` are both dlbrn."""
    if is_arabic(word):
        kept = "".join(_ARABIC.get(letter, "") for letter in word)
        return _once(kept.replace("h", ""))
    soft = re.sub("c(?=[eiy])", "s", re.sub("ph", "f", re.sub("ch|sh", "s", re.sub("th", "t", word))))
    return _once("".join(_LATIN.get(letter, letter) for letter in soft))


def voiced(word: str) -> str:
    """A word with its consonants as ``skeleton`` has them, and the vowels that Arabic script can write: a, i and u."""
    if is_arabic(word):
        return "".join(_VOWELS.get(letter) or _ARABIC.get(letter, "") for letter in word)
    soft = re.sub("c(?=[eiy])", "s", re.sub("ph", "f", re.sub("ch|sh", "s", re.sub("th", "t", word))))
    return "".join(_VOICED.get(letter) or _LATIN.get(letter, letter) for letter in soft)


def _once(text: str) -> str:
    return re.sub(r"(.)\1+", r"\1", text)
