"""Amounts and percentages as official lists print them. What could be read in two ways is refused, never guessed."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

from catalog.fields import MAX_CENTIMES
from catalog.importing.errors import AmountError, PercentError
from catalog.money import WHOLE

DecimalSign = Literal[",", "."]

FLOAT_NOISE = Decimal("0.000001")
"""Dirhams. Binary floats printed in full (58.800000000000004) stray less than this from the centime they stand for."""

_CURRENCY = re.compile(r"\s*(?:DHS?|MAD|€|EUR)\.?$", re.IGNORECASE)
_NO_PRICE = re.compile(r"^(?:[-–—]?|SANS\s?(?:PPV|PH|PFHT|PBR|PRIX)?)$", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"^\d+(?:[.,]\d+)?E[+-]?\d+$", re.IGNORECASE)
_GROUPED_BY_SPACE = re.compile(r"^\d{1,3}(?: \d{3})+(?=[.,]|$)", re.ASCII)
_SIGNS_AND_DIGITS = re.compile(r"^[\d.,]*\d$", re.ASCII)
_PERCENT = re.compile(r"^(\d{1,3})(?:[.,](\d{1,2}))?(\s?%)?$", re.ASCII)


def parse_amount(text: str, decimal: DecimalSign | None = None, *, zero_is_null: bool = True) -> int | None:
    """Centimes of a printed amount; None where the list says there is no price.

    ``decimal`` is the decimal sign of the source when it is known. Without it the last sign followed by one or two
    digits is the decimal one, so that ``2,849,83`` is 2849.83 and ``1.200.00 DH`` is 1200.00; a last sign followed by
    three digits could be either, and is refused. Raises AmountError.
    """
    plain = _CURRENCY.sub("", " ".join(text.split()))
    if _NO_PRICE.match(plain):
        return None
    centimes = _centimes(text, _number(text, plain, decimal))
    return None if centimes == 0 and zero_is_null else centimes


def _number(text: str, plain: str, decimal: DecimalSign | None) -> Decimal:
    if _SCIENTIFIC.match(plain):
        raise AmountError(text, "a spreadsheet has written it in powers of ten; format the column as a number")
    joined = _GROUPED_BY_SPACE.sub(lambda found: found[0].replace(" ", ""), plain)
    if not _SIGNS_AND_DIGITS.match(joined):
        raise AmountError(
            text, "digits with at most a decimal sign and thousands were expected, without sign or letters"
        )
    whole, fraction = _split(text, joined, decimal)
    return Decimal(f"{whole or '0'}.{fraction or '0'}")


def _split(text: str, joined: str, decimal: DecimalSign | None) -> tuple[str, str]:
    """Digits before and after the decimal sign; thousands are checked and dropped."""
    signs = [letter for letter in joined if not letter.isdigit()]
    if not signs:
        return joined, ""
    sign = decimal or _decimal_sign(text, joined, signs)
    if signs[-1] != sign:
        return _without_thousands(text, joined, signs), ""
    head, _, fraction = joined.rpartition(sign)
    return _without_thousands(text, head, signs[:-1]), fraction


def _decimal_sign(text: str, joined: str, signs: list[str]) -> str:
    digits_after = len(joined) - 1 - joined.rindex(signs[-1])
    if digits_after == 3:
        raise AmountError(
            text, f"the three digits after {signs[-1]!r} may be thousands or decimals; tell the decimal sign"
        )
    return signs[-1]


def _without_thousands(text: str, head: str, signs: list[str]) -> str:
    if not signs:
        return head
    if len(set(signs)) > 1 or not re.match(rf"^\d{{1,3}}(?:{re.escape(signs[0])}\d{{3}})+$", head):
        raise AmountError(text, f"the digits around {signs[0]!r} are not groups of thousands")
    return head.replace(signs[0], "")


def _centimes(text: str, dirhams: Decimal) -> int:
    centimes = (dirhams * 100).quantize(Decimal(1), rounding=ROUND_HALF_EVEN)
    if abs(dirhams - centimes / 100) > FLOAT_NOISE:
        raise AmountError(text, "it has more than two decimals")
    if centimes >= MAX_CENTIMES:
        raise AmountError(text, "it is larger than any amount this catalogue holds")
    return int(centimes)


def parse_percent(text: str) -> int | None:
    """Basis points of ``70%``, ``65 %`` or ``70``; None where nothing is printed.

    A number with decimals up to 1 and no percent sign, as ``0.70``, could be a fraction and is refused. Raises
    PercentError.
    """
    plain = " ".join(text.split())
    if plain in {"", "-", "–"}:
        return None
    match = _PERCENT.match(plain)
    if match is None:
        raise PercentError(text, "write a number from 0 to 100 and a percent sign")
    points = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
    if match[2] and not match[3] and points <= 100:
        raise PercentError(text, "without a percent sign it may be a fraction")
    if points > WHOLE:
        raise PercentError(text, "it is more than 100 %")
    return points
