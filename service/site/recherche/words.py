"""Kinds, filters and their values in the language of the visit."""

from __future__ import annotations

from typing import Any

from catalog.search.question import BEST, CODE, PRICE, TITLE
from service.site.languages import ARABIC, current
from service.site.languages import gettext as _
from service.site.versions import words
from service.site.visits import Visit


def kind_name(kind: str, *, plural: bool = False) -> str:
    """What a kind is called, with a capital."""
    told = words.kind_name(kind, plural=plural)
    return told[:1].upper() + told[1:]


def sort_name(sort: str) -> str:
    """What an order of results is called."""
    return {BEST: _("Pertinence"), TITLE: _("Nom"), CODE: _("Code"), PRICE: _("Prix croissant")}[sort]


def value_name(field: str, value: Any) -> str:
    """What a choice of a field is called."""
    return words.value_name(field, value)


def facet_name(facet: str) -> str:
    """What a filter is called."""
    told = {
        "kind": _("Nature"),
        "princeps_generique": _("Princeps ou générique"),
        "remboursable": _("Remboursable"),
        "tiers_payant": _("Tiers payant"),
        "smr": _("SMR (service médical rendu)"),
        "dci": _("DCI"),
        "forme": _("Forme"),
        "classe_therapeutique": _("Classe thérapeutique"),
        "classe": _("Classe"),
        "organisme": _("Organisme"),
        "convention": _("Convention"),
    }
    return told[facet]


def facet_value(visit: Visit, facet: str, value: str) -> str:
    """A value of a filter in words; what is published as it is stays so."""
    if facet == "kind":
        return kind_name(value, plural=True)
    if facet == "convention":
        return label_of(visit, "convention", value)[0]
    if facet == "smr":
        return label_of(visit, "niveau", f"SMR:{value}", value)[0]
    if facet in ("organisme", "tiers_payant"):
        return value.upper()
    told = {
        "remboursable": {"oui": _("oui"), "non": _("non")},
        "princeps_generique": {"P": _("Princeps"), "G": _("Générique")},
        "classe": {"I": _("Classe I"), "II": _("Classe II"), "III": _("Classe III")},
    }
    return told.get(facet, {}).get(value, value)


def label_of(visit: Visit, kind: str, code: str, otherwise: str | None = None) -> tuple[str, bool]:
    """The label that day, else the last one known at the release, else the code; and whether it is in Latin script."""
    version = visit.snapshot.find(kind, code, visit.moment)
    if version is None:
        known = visit.snapshot.versions(kind, code, visit.moment.release)
        version = known[0] if known else None
    if version is None:
        return otherwise or code, True
    arabic = version.payload["libelle_ar"] if current() is ARABIC else None
    return str(arabic or version.payload["libelle"]), not arabic
