"""What is typed and what is published, brought to one spelling: letters without marks, figures, doses in one unit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

_STOPS = "a au aux avec d de des du en et l la le les ou par pour sur un une"
STOP_WORDS = frozenset(_STOPS.split())
"""French words too common to choose an entry by."""

_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "μ": "u", "ı": "i", "ـ": "", "٫": ",", "٪": "%"})
_UNITS: dict[str, tuple[str, int | Decimal]] = {
    "kg": ("mg", 10**6), "g": ("mg", 10**3), "gr": ("mg", 10**3), "mg": ("mg", 1),
    "mcg": ("mg", Decimal("0.001")), "ug": ("mg", Decimal("0.001")), "ng": ("mg", Decimal("0.000001")),
    "l": ("ml", 10**3), "dl": ("ml", 100), "cl": ("ml", 10), "ml": ("ml", 1),
    "mui": ("ui", 10**6), "miu": ("ui", 10**6), "ui": ("ui", 1), "iu": ("ui", 1), "%": ("%", 1),
}  # fmt: skip
_PIECE = re.compile(
    r"(?P<grouped>\d{1,3}(?:[ .]\d{3}){2,}(?!\d))|(?P<number>\d{1,15}(?:[.,]\d{1,9})?)|(?P<word>[^\W\d_]+)"
)
_UNIT = re.compile(
    r"\s*(?:(m\.?\s?u\.?i\.?|u\.i\.?|" + "|".join(sorted(_UNITS, key=len, reverse=True)) + r")(?![a-z]))"
)


class Word(NamedTuple):
    """A word of a text, folded; ``also`` are weaker readings of a figure. ``start`` to ``end`` is its place."""

    text: str
    also: tuple[str, ...]
    start: int
    end: int


def fold(text: str) -> str:
    """Small letters without marks, ligatures apart, figures of every script as 0 to 9."""
    return "".join(_fold_letter(letter) for letter in text)


def _fold_letter(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    value = unicodedata.decimal(letter, None)
    if value is not None:
        return str(value)
    apart = unicodedata.normalize("NFKD", letter.lower())
    return "".join(part for part in apart if not unicodedata.combining(part)).translate(_LETTERS)


def words(text: str) -> list[Word]:
    """The words of a text in order: ``DOLIPRANE 0,5 g`` is doliprane and 500mg, which may also be read 0.5 and 500."""
    return list(_words(*_fold_in_place(text)))


def _fold_in_place(text: str) -> tuple[str, list[int]]:
    """The folded text, and where each of its letters stood."""
    if text.isascii():
        return text.lower(), list(range(len(text) + 1))
    pieces: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        folded = _fold_letter(letter)
        pieces.append(folded)
        places.extend([place] * len(folded))
    return "".join(pieces), [*places, len(text)]


def _words(folded: str, places: list[int]) -> Iterator[Word]:
    place = 0
    while found := _PIECE.search(folded, place):
        place = found.end()
        if found["word"]:
            yield Word(found["word"], (), places[found.start()], places[place - 1] + 1)
            continue
        number = _number(found["number"]) if found["number"] else Decimal(re.sub("[ .]", "", found["grouped"]))
        unit = _UNIT.match(folded, place)
        place = unit.end() if unit else place
        yield _dose(number, unit[1] if unit else None, places[found.start()], places[place - 1] + 1)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _dose(number: Decimal, unit: str | None, start: int, end: int) -> Word:
    printed = _write(number)
    if unit is None:
        return Word(printed, (), start, end)
    base, factor = _UNITS[re.sub(r"[.\s]", "", unit)]
    brought = _write(number * factor)
    return Word(brought + base, tuple(dict.fromkeys((printed, brought))), start, end)


def _write(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
