"""The kinds of the medicines family."""

from __future__ import annotations

from catalog.gmr.codes import parse_gtin, parse_presentation, parse_reference
from catalog.gmr.rules import AVIS_RULES, GTIN_RULES, MEDICAMENT_RULES
from catalog.gmr.schemas import (
    AvisSchema,
    GroupeGeneriqueSchema,
    GtinSchema,
    MedicamentSchema,
    NiveauSchema,
    SubstanceSchema,
)
from catalog.kinds import Kind

MEDICAMENT = Kind("medicament", "medicaments", "medicine", parse_presentation, MedicamentSchema, MEDICAMENT_RULES)
GTIN = Kind("gtin", "codes-presentations", "presentation code", parse_gtin, GtinSchema, GTIN_RULES)
GROUPE = Kind("groupe_generique", "groupes-generiques", "generic group", parse_reference, GroupeGeneriqueSchema)
AVIS = Kind("avis", "avis", "opinion", parse_reference, AvisSchema, AVIS_RULES)
NIVEAU = Kind("niveau", "niveaux", "level", parse_reference, NiveauSchema)
SUBSTANCE = Kind("substance", "substances", "listed substance", parse_reference, SubstanceSchema)

KINDS = (MEDICAMENT, GTIN, GROUPE, AVIS, NIVEAU, SUBSTANCE)
