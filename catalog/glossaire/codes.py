"""Codes of glossary terms, and the form in which terms are compared."""

from __future__ import annotations

import re
import unicodedata

from catalog.errors import CodeError

_GRAMMAR = re.compile(r"^[a-z0-9][a-z0-9-]{1,79}$", re.ASCII)
_OTHER = re.compile(r"[^a-z0-9]+")


def parse_term(text: str) -> str:
    """The code of a term: small letters without accents, digits, dashes (``ticket-moderateur``). Raises CodeError."""
    code = text.strip().lower()
    if not _GRAMMAR.match(code):
        raise CodeError(text, "write 2 to 80 small letters without accents, digits or dashes, for example tnr.")
    return code


def fold_term(text: str) -> str:
    """The code a term would have: ``Ticket modérateur`` is ``ticket-moderateur``. What has no letter is empty."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _OTHER.sub("-", bare.lower()).strip("-")
