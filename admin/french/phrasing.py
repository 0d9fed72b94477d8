"""How an English sentence of the domain finds its French one: by the phrase it was made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from admin.french.words import WORDS
from catalog.errors import DateError
from catalog.french import write_day, write_instant
from catalog.temporal import parse_instant

_HOLE = re.compile(r"\{\}")
_QUOTED = re.compile(r"'(.*)'|\"(.*)\"", re.DOTALL)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_AMOUNT = re.compile(r"(\d+)\.(\d\d)( DH)?", re.ASCII)
_SPACED = re.compile(r"(?<=\S) (?=[:;!?»%])|(?<=«) ")
_LIST = re.compile(r"(; |, | / | or )")
_JOINTS = {"; ": " ; ", " or ": " ou "}


@dataclass(frozen=True, slots=True)
class Phrase:
    """An English sentence with ``{}`` where values go, and its French with ``{0}``, ``{1}``… in any order."""

    pattern: re.Pattern[str]
    french: str
    weight: int

    def match(self, text: str) -> tuple[str, ...] | None:
        found = self.pattern.fullmatch(text)
        return found.groups() if found else None


def phrase(english: str, french: str) -> Phrase:
    """One pair; the more words of its own it has, the sooner it is tried."""
    literals = [re.escape(part) for part in _HOLE.split(english)]
    return Phrase(re.compile("(.*?)".join(literals), re.DOTALL), french, sum(map(len, literals)))


class Phrasebook:
    """All the phrases; ``tell`` answers the French of a text, or None."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._phrases = sorted((phrase(*pair) for pair in pairs), key=lambda made: -made.weight)

    def tell(self, text: str) -> str | None:
        """Values within the text are told in French too, whether phrases of their own, days or amounts."""
        for known in self._phrases:
            values = known.match(text)
            if values is not None:
                return typeset(known.french.format(*map(self.value, values)))
        return None

    def value(self, text: str) -> str:
        """What stands in the hole of a phrase. A list is told item by item; what is unknown stays as it is."""
        for tell in (self.tell, *READINGS):
            told = tell(text)
            if told is not None:
                return told
        parts = _LIST.split(text)
        if len(parts) == 1:
            return text
        return "".join(_JOINTS.get(part, part) if place % 2 else self.value(part) for place, part in enumerate(parts))


def _word(text: str) -> str | None:
    return WORDS.get(text)


def _quoted(text: str) -> str | None:
    found = _QUOTED.fullmatch(text)
    return None if found is None else f"« {found[1] if found[1] is not None else found[2]} »"


def _day(text: str) -> str | None:
    return write_day(text) if _DAY.fullmatch(text) else None


def _instant(text: str) -> str | None:
    try:
        return write_instant(parse_instant(text))
    except DateError:
        return None


def _amount(text: str) -> str | None:
    found = _AMOUNT.fullmatch(text)
    return None if found is None else f"{int(found[1]):,}".replace(",", "\u202f") + f",{found[2]}{found[3] or ''}"


READINGS: tuple[Callable[[str], str | None], ...] = (_word, _quoted, _day, _instant, _amount)


def typeset(text: str) -> str:
    """French spaces: none of these signs may start a line."""
    return _SPACED.sub("\u00a0", text)
