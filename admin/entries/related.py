"""What stands around an entry of each kind, and which fields name another entry."""

from __future__ import annotations

from collections.abc import Mapping

from admin.entries.related_actes import around_ccam, around_ngap, around_node
from admin.entries.related_grounds import around_act, around_convention, around_letter
from admin.entries.related_medicaments import around_group, around_medicament
from admin.entries.sections import Around, Section, Tell

TELLERS: Mapping[str, Tell] = {
    "medicament": around_medicament,
    "groupe_generique": around_group,
    "acte_ngap": around_ngap,
    "acte_ccam": around_ccam,
    "noeud_ccam": around_node,
    "acte_juridique": around_act,
    "convention": around_convention,
    "lettre_cle": around_letter,
}
REFERENCES: Mapping[tuple[str, str], str] = {
    ("medicament", "groupe_generique"): "groupe_generique",
    ("gtin", "presentation"): "medicament",
    ("avis", "medicament"): "medicament",
    ("liste_tiers_payant", "medicament"): "medicament",
    ("acte_ngap", "assimile_a"): "acte_ngap",
    ("acte_ccam", "noeud"): "noeud_ccam",
    ("noeud_ccam", "parent"): "noeud_ccam",
    ("correspondance", "acte_ngap"): "acte_ngap",
    ("correspondance", "acte_ccam"): "acte_ccam",
    ("convention", "parent"): "convention",
    ("convention", "acte"): "acte_juridique",
    ("adherence_organisme", "convention"): "convention",
    ("lettre_cle", "convention"): "convention",
    ("forfait", "convention"): "convention",
    ("dispositif", "remplace_par"): "dispositif",
    ("acte_juridique", "parent"): "acte_juridique",
}
"""The kind of the entry that a field names by its code."""


def sections_around(around: Around) -> list[Section]:
    """Everything told around an entry; none for a kind that stands alone."""
    tell = TELLERS.get(around.kind.name)
    return list(tell(around)) if tell else []
