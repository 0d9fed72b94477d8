"""The kind of the glossary."""

from __future__ import annotations

from catalog.glossaire.codes import parse_term
from catalog.glossaire.rules import TERME_RULES
from catalog.glossaire.schemas import TermeSchema
from catalog.kinds import Kind

TERME = Kind("terme", "termes", "glossary term", parse_term, TermeSchema, TERME_RULES)

KINDS = (TERME,)
