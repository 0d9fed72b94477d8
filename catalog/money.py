"""Dirhams as whole centimes, rates as basis points, and the one rounding rule (DOMAIN: half-up, once per line)."""

from __future__ import annotations

import re

from catalog.errors import InvalidError, MoneyError

_DIRHAMS = re.compile(r"^(\d{1,12})(?:\.(\d{1,2}))?$", re.ASCII)
_FRACTION = re.compile(r"^([01])(?:\.(\d{1,4}))?$", re.ASCII)

WHOLE = 10_000
"""A rate of 100 %, in basis points."""


def parse_dirhams(text: str) -> int:
    """``"29.70"`` to 2970 centimes. Raises MoneyError for signs, commas, spaces or a third decimal."""
    match = _DIRHAMS.fullmatch(text)
    if match is None:
        raise MoneyError(text)
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


def format_dirhams(centimes: int) -> str:
    """2970 centimes to ``"29.70"``."""
    return f"{centimes // 100}.{centimes % 100:02d}"


def parse_rate(text: str) -> int:
    """``"0.70"`` to 7000 basis points; from 0 to 1."""
    match = _FRACTION.fullmatch(text)
    points = int(match[1]) * WHOLE + int((match[2] or "").ljust(4, "0")) if match else -1
    if not 0 <= points <= WHOLE:
        raise InvalidError(f"{text!r} is not a rate: write a fraction from 0 to 1, such as 0.70.")
    return points


def format_rate(points: int) -> str:
    """7000 basis points to ``"0.70"``."""
    digits = f"{points % WHOLE:04d}"
    return f"{points // WHOLE}.{digits.rstrip('0').ljust(2, '0')}"


def apply_rate(centimes: int, points: int) -> int:
    """``points`` of ``centimes``, half-up to the centime; both non-negative."""
    return (centimes * points + WHOLE // 2) // WHOLE
