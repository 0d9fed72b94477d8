"""The kinds of the acts family."""

from __future__ import annotations

from catalog.kinds import Kind
from catalog.ngap_ccam.codes import parse_ccam, parse_correspondance, parse_ngap, parse_node
from catalog.ngap_ccam.rules import ACTE_CCAM_RULES, ACTE_NGAP_RULES, CORRESPONDANCE_RULES, NOEUD_CCAM_RULES
from catalog.ngap_ccam.schemas import ActeCcamSchema, ActeNgapSchema, CorrespondanceSchema, NoeudCcamSchema

ACTE_NGAP = Kind("acte_ngap", "actes-ngap", "NGAP act", parse_ngap, ActeNgapSchema, ACTE_NGAP_RULES)
ACTE_CCAM = Kind("acte_ccam", "actes-ccam", "CCAM act", parse_ccam, ActeCcamSchema, ACTE_CCAM_RULES)
NOEUD_CCAM = Kind("noeud_ccam", "arbre-ccam", "CCAM heading", parse_node, NoeudCcamSchema, NOEUD_CCAM_RULES)
CORRESPONDANCE = Kind(
    "correspondance", "correspondances", "mapping", parse_correspondance, CorrespondanceSchema, CORRESPONDANCE_RULES
)

KINDS = (ACTE_NGAP, NOEUD_CCAM, ACTE_CCAM, CORRESPONDANCE)
