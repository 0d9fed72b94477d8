"""Which page of the site tells of an entry, by its kind and its code."""

from __future__ import annotations

from catalog.errors import CodeError
from catalog.gmr.codes import parse_presentation

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
    if kind == "lettre_cle":
        # A variant of a letter, as in D.soins, is told on the page of the letter.
        return "lettre_cle", {"lettre": code.partition(":")[0].partition(".")[0]}
    if kind in _BY_HEAD:
        page, name, mark = _BY_HEAD[kind]
        return page, {name: code.partition(mark)[0]}
    return _of_line(code) if kind == "liste_tiers_payant" else None


def _of_line(code: str) -> tuple[str, dict[str, str]]:
    """A line of a tiers-payant list: its medicine, or the list where the line has a name alone."""
    payer, _, named = code.partition(":")
    try:
        return "medicament", {"code": parse_presentation(named)}
    except CodeError:
        return "liste_tiers_payant", {"organisme": payer}
