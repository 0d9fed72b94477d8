"""How lists call kinds and choices: the words of ``admin.french``, and those that only lists need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from admin.french.words import kind_name, value_name
from catalog.gmr.statut import ADMIS, HOSPITALIER, NON_ADMIS, RETIRE
from catalog.kinds import Kind

GROUPS: Mapping[str, Sequence[str]] = {
    "Médicaments": (
        "medicament", "gtin", "groupe_generique", "substance", "avis", "niveau", "liste_tiers_payant", "adhesion",
    ),
    "Actes et correspondances": ("acte_ngap", "acte_ccam", "noeud_ccam", "correspondance"),
    "Conventions, tarifs et dispositifs": (
        "convention", "adherence_organisme", "lettre_cle", "forfait", "taux", "regle_organisme", "dispositif",
    ),
    "Fondements": ("acte_juridique", "terme"),
}  # fmt: skip
"""In which order kinds are shown; a kind named nowhere stands at the end, under OTHERS."""
OTHERS = "Autres"

MAIN_FIELDS = (
    "nom", "libelle", "title", "terme", "dci", "designation", "presentation", "acte_ngap", "convention", "prestation",
    "inpe",
)  # fmt: skip
"""The field that names an entry: the first of these that its kind has."""

_STATUTS = {
    ADMIS: "Admis",
    NON_ADMIS: "Non admis",
    HOSPITALIER: "Hôpital",
    RETIRE: "Radié",
}


def one(kind: Kind) -> str:
    """A kind, for one entry, in lower case: ``médicament``."""
    return kind_name(kind.name)


def many(kind: Kind) -> str:
    """A kind, as a title: ``Médicaments``."""
    name = kind_name(kind.name, plural=True)
    return name[:1].upper() + name[1:]


def main_field(kind: Kind) -> str | None:
    """The field that names its entries; None for a kind known by its codes alone."""
    return next((name for name in MAIN_FIELDS if name in kind.fields), None)


def choice_text(name: str, value: str) -> str:
    """A value of a closed list in words; one without words stays as the law writes it."""
    if name == "statut" and value in _STATUTS:
        return _STATUTS[value]
    return value_name(name, value)
