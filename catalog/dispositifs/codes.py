"""Codes of devices."""

from __future__ import annotations

import re

from catalog.errors import CodeError

_GRAMMAR = re.compile(r"^[A-Z0-9][A-Z0-9._-]{0,99}$", re.ASCII)
_SCIENTIFIC = re.compile(r"^\d+(?:[.,]\d+)?E\+\d+$", re.ASCII)


def parse_device(text: str) -> str:
    """A device's code in capitals: the line of its arrêté (``KE140201``), a foreign list's, or an internal one.

    No official Moroccan code was seen (DOMAIN 4). Raises CodeError.
    """
    code = text.strip().upper()
    if _SCIENTIFIC.match(code):
        raise CodeError(text, "a spreadsheet has destroyed it; take it again from a column formatted as text.")
    if not _GRAMMAR.match(code):
        raise CodeError(text, "write 1 to 100 letters without accents, digits, dots, dashes, such as KE140201.")
    return code
