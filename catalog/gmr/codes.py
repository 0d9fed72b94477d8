"""Codes of the medicines family: GTIN, internal codes, groups, opinions."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from catalog.errors import CodeError

_NOISE = re.compile(r"[\s\u00a0\u202f-]+")
_INTERNAL = re.compile(r"^AMO-[0-9A-F]{10}$", re.ASCII)
_REFERENCE = re.compile(r"^[A-Z0-9][A-Z0-9._:/|+%,()' -]{0,159}$", re.ASCII)
_SCIENTIFIC = re.compile(r"^\d+(?:[.,]\d+)?E\+?\d+$", re.IGNORECASE)


def parse_gtin(text: str) -> str:
    """A GTIN of 8, 12, 13 or 14 digits as GTIN-13 (or 14 with a packaging digit); spaces and dashes are ignored.

    The check digit is not judged here: 19 real, official codes fail it (DOMAIN 1.1). Raises CodeError.
    """
    digits = _NOISE.sub("", text)
    if _SCIENTIFIC.match(digits):
        raise CodeError(text, "a spreadsheet has destroyed it; take it again from a column formatted as text.")
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in (8, 12, 13, 14):
        raise CodeError(text, "a GTIN has 8, 12, 13 or 14 digits.")
    if len(digits) == 14 and digits.startswith("0"):
        return digits[1:]
    return digits.rjust(13, "0")


def parse_presentation(text: str) -> str:
    """The code of a presentation: its GTIN, or the internal code of one that has none. Raises CodeError."""
    if len(text) == 13 and text.isascii() and text.isdigit():
        return text  # as nearly everybody writes it
    code = text.strip().upper()
    return code if _INTERNAL.match(code) else parse_gtin(text)


def has_valid_check_digit(gtin: str) -> bool:
    """GS1 modulo 10 over a GTIN-13 or 14."""
    return (sum(map(int, gtin[-1::-2])) + 3 * sum(map(int, gtin[-2::-2]))) % 10 == 0


def is_internal(code: str) -> bool:
    """Whether the code was made here, for a presentation without GTIN."""
    return bool(_INTERNAL.match(code))


def internal_code(*identity: str) -> str:
    """A stable code for a presentation without GTIN, drawn from what identifies it (name, DCI, dosage, form, pack)."""
    text = "|".join(fold(part) for part in identity)
    return "AMO-" + hashlib.sha256(text.encode()).hexdigest()[:10].upper()


def parse_reference(text: str) -> str:
    """Identifier of a group, a dossier or a listed substance: upper case, without accents. Raises CodeError."""
    code = fold(text)
    if not _REFERENCE.match(code):
        raise CodeError(text, "write 1 to 160 letters, digits or signs among . _ : / | + % , ( ) ' - and space.")
    return code


def fold(text: str) -> str:
    """Upper case without accents, spaces folded: the form in which official lists are compared."""
    if text.isascii():
        return " ".join(text.upper().split())  # nothing to fold
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE").replace("’", "'"))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(plain.upper().split())
