"""The kinds of the conventions family."""

from __future__ import annotations

from catalog.conventions import codes, rules, schemas
from catalog.kinds import Kind

CONVENTION = Kind(
    "convention", "conventions", "convention", codes.parse_slug, schemas.ConventionSchema, rules.CONVENTION_RULES
)
ADHERENCE = Kind(
    "adherence_organisme",
    "adherences",
    "payer's adherence",
    codes.parse_adherence,
    schemas.AdherenceSchema,
    rules.ADHERENCE_RULES,
)
LETTRE_CLE = Kind(
    "lettre_cle", "lettres-cles", "key letter", codes.parse_lettre_cle, schemas.LettreCleSchema, rules.LETTRE_RULES
)
FORFAIT = Kind("forfait", "forfaits", "forfait", codes.parse_forfait_code, schemas.ForfaitSchema, rules.FORFAIT_RULES)
TAUX = Kind("taux", "taux", "rate", codes.parse_taux, schemas.TauxSchema, rules.TAUX_RULES)
REGLE = Kind(
    "regle_organisme",
    "regles-organismes",
    "payer's rule",
    codes.parse_slug,
    schemas.RegleOrganismeSchema,
    rules.REGLE_RULES,
)
LISTE = Kind(
    "liste_tiers_payant",
    "tiers-payant",
    "tiers-payant entry",
    codes.parse_liste,
    schemas.ListeTiersPayantSchema,
    rules.LISTE_RULES,
)
ADHESION = Kind(
    "adhesion", "adhesions", "pharmacy's adhesion", codes.parse_adhesion, schemas.AdhesionSchema, rules.ADHESION_RULES
)

KINDS = (CONVENTION, ADHERENCE, LETTRE_CLE, FORFAIT, TAUX, REGLE, LISTE, ADHESION)
