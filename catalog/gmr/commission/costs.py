"""The cost of a treatment, exactly: whole centimes from whole numbers, rounded half-up once (DOMAIN 1.6, CEFPS)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from catalog.errors import MoneyError
from catalog.gmr.commission.errors import PosologyError
from catalog.gmr.groups import pack_size
from catalog.money import parse_dirhams

HUNDRED = 100
_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Posology:
    """``contenance``: units in a pack, ``par_jour``: units a day, both in hundredths; ``jours``: days of treatment."""

    contenance: int
    par_jour: int
    jours: int


def cost_per_day(prix: int, posology: Posology) -> int:
    """Centimes a day of a pack that costs ``prix`` centimes."""
    return half_up(Fraction(prix * posology.par_jour, posology.contenance))


def cost_of_treatment(prix: int, posology: Posology) -> int:
    """Centimes of the whole treatment, from the exact cost of a day and not from the rounded one."""
    return half_up(Fraction(prix * posology.par_jour * posology.jours, posology.contenance))


def half_up(amount: Fraction) -> int:
    """The nearest whole number, the greater where two are as near; not below zero."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def read_price(text: str) -> int:
    """``29,70`` or ``1 200.00`` as centimes, above zero. Raises MoneyError."""
    plain = re.sub(r"[\s\u00a0\u202f]|DH", "", text).replace(",", ".")
    amount = parse_dirhams(plain)
    if not amount:
        raise MoneyError(text)
    return amount


def read_hundredths(what: str, text: str) -> int:
    """``1,5`` as 150, above zero. Raises PosologyError."""
    plain = text.strip().replace(",", ".")
    if not _NUMBER.fullmatch(plain) or not parse_dirhams(plain):
        raise PosologyError(what, text)
    return parse_dirhams(plain)


def read_days(text: str) -> int:
    """A number of days from 1 to 3660. Raises PosologyError."""
    plain = text.strip()
    if not plain.isascii() or not plain.isdigit() or len(plain) > 4 or not 1 <= int(plain) <= 3660:
        raise PosologyError("Days of treatment", text)
    return int(plain)


def write_hundredths(number: int) -> str:
    """150 as ``1,5``."""
    whole, rest = divmod(number, HUNDRED)
    return f"{whole},{rest:02d}".rstrip("0").rstrip(",")


def contenance(presentation: str | None) -> int | None:
    """Units of a pack in hundredths, where its text names one count and no measure; else None: nothing is guessed."""
    counts = pack_size(presentation) if presentation else ()
    if len(counts) != 1 or not isinstance(counts[0], tuple):
        return None
    number, measure = counts[0]
    return None if measure or not _NUMBER.fullmatch(number) else parse_dirhams(number) or None
