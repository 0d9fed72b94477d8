"""Which page of the site tells of an entry, by its kind and its code."""

from __future__ import annotations

MAPPED = ("medicament", "groupe_generique", "substance", "acte_ngap", "acte_ccam", "dispositif", "convention", "avis")
"""Kinds with a page an entry, as the map of the site lists them."""

_BY_CODE = {
    "medicament": ("medicament", "code"),
    "gtin": ("medicament", "code"),
    "groupe_generique": ("groupe", "code"),
    "substance": ("substance", "code"),
    "acte_ngap": ("acte_ngap", "code"),
    "acte_ccam": ("acte_ccam", "code"),
    "dispositif": ("dispositif", "code"),
    "convention": ("convention", "code"),
    "avis": ("un_avis", "code"),
    "acte_juridique": ("acte_juridique", "code"),
    "terme": ("glossaire", "_anchor"),
}
_BY_HEAD = {
    "lettre_cle": ("lettre_cle", "lettre", ":"),
    "forfait": ("forfait", "forfait", ":"),
    "correspondance": ("acte_ngap", "code", ">"),
}
"""Kinds whose codes begin with the name of what the page is about."""


def page_of(kind: str, code: str) -> tuple[str, dict[str, str]] | None:
    """The name of the view and its values; None for a kind that has no page of its own.

    A tariff list, a payer's declaration or a rate is told on the page of its convention; a line of a tiers-payant list
    on that of its medicine.
    """
    if kind in _BY_CODE:
        page, name = _BY_CODE[kind]
        return page, {name: code}
    if kind in _BY_HEAD:
        page, name, mark = _BY_HEAD[kind]
        return page, {name: code.partition(mark)[0]}
    if kind == "liste_tiers_payant":
        return "medicament", {"code": code.rpartition(":")[2]}
    return None
