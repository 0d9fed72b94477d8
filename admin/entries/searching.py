"""The form in which texts are searched and sorted: upper case, without accents, spaces folded."""

from __future__ import annotations

from catalog.gmr.codes import fold


def folded(text: str) -> str:
    """``fold``, quicker for the many texts that have no accent."""
    return " ".join(text.upper().split()) if text.isascii() else fold(text)


def words(text: str) -> list[str]:
    """The words asked for, in any order."""
    return folded(text).split()
