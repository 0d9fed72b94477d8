"""Identifiers of legal acts."""

from __future__ import annotations

import re

from catalog.errors import CodeError

_GRAMMAR = re.compile(r"^[a-z0-9][a-z0-9._-]{1,79}$", re.ASCII)


def parse_act_id(text: str) -> str:
    """A legal act's identifier, lower case: letters, digits, dot, dash, underscore (``arrete-177-06``)."""
    code = text.strip().lower()
    if not _GRAMMAR.match(code):
        raise CodeError(text, "write 2 to 80 letters, digits, dots or dashes, for example arrete-177-06.")
    return code
