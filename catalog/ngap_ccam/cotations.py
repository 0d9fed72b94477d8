"""What the code of a billed act says: an act, a key letter with or without coefficient, or a CCAM act.

DOMAIN 2.1: the code of an act is not its cotation, yet they can look alike (``D708`` is the act paid ``D 12``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from catalog.errors import CodeError, InvalidError
from catalog.money import parse_dirhams
from catalog.ngap_ccam.codes import Target, is_ccam, parse_ngap, parse_target

_COTATION = re.compile(r"^([A-Z]{1,6})\s*([0-9]{1,5}(?:[.,][0-9]{1,2})?)?$", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NgapCode:
    """The code of an NGAP act; whether it is known is for the caller to find."""

    code: str


@dataclass(frozen=True, slots=True)
class Cotation:
    """A key letter and its coefficient in hundredths; None for the letter alone."""

    lettre: str
    coefficient: int | None = None


@dataclass(frozen=True, slots=True)
class CcamCode:
    """A CCAM act, with the activity and phase where they are told."""

    code: str
    target: Target | None = None


def parse_act_code(
    text: str, is_known_act: Callable[[str], bool], is_known_letter: Callable[[str], bool]
) -> NgapCode | Cotation | CcamCode:
    """Reads ``D708``, ``K50``, ``B 120``, ``K37.5``, ``Cs``, ``HBJD001`` or ``HBJD001-1-0``.

    An act that exists wins over a letter and coefficient of the same spelling. What is neither, but has the form of an
    act, is answered as an act that nobody knows. ``is_known_letter`` is asked for the letter as typed, then in
    capitals, then with only its first letter a capital. Raises CodeError.
    """
    code = " ".join(text.split())
    if is_known_act(code.upper()):
        return NgapCode(code.upper())
    return _cotation(text, code, is_known_letter) or _ccam(code.upper()) or NgapCode(parse_ngap(code))


def _cotation(text: str, code: str, is_known_letter: Callable[[str], bool]) -> Cotation | None:
    found = _COTATION.match(code)
    lettre = next(filter(is_known_letter, _spellings(found[1])), None) if found else None
    if found is None or lettre is None:
        return None
    coefficient = _coefficient(found[2]) if found[2] else None
    if coefficient == 0:
        raise CodeError(text, "a coefficient of 0 prices nothing.")
    return Cotation(lettre, coefficient)


def _spellings(letter: str) -> Iterator[str]:
    yield from dict.fromkeys((letter, letter.upper(), letter.capitalize()))


def _coefficient(text: str) -> int:
    return parse_dirhams(text.replace(",", "."))


def _ccam(code: str) -> CcamCode | None:
    if is_ccam(code):
        return CcamCode(code)
    try:
        target = parse_target(code)
    except InvalidError:
        return None
    return CcamCode(target.code, target)
