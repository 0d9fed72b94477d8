"""Legal acts as a kind: versioned like the rest, so that what was known of an act stays answerable."""

from __future__ import annotations

from catalog.kinds import Kind
from catalog.legal.codes import parse_act_id
from catalog.legal.schemas import LegalActSchema

LEGAL_ACT = Kind(
    name="acte_juridique",
    plural="actes-juridiques",
    label="legal act",
    parse_code=parse_act_id,
    schema_class=LegalActSchema,
)

KINDS = (LEGAL_ACT,)
