"""What machines read of a medicine: its ``Drug`` in the words of schema.org."""

from __future__ import annotations

from typing import Any

from catalog.gmr.statut import full_name
from catalog.releases.telling import Told
from service.site.medicaments.barcodes import has_bars


def drug(told: Told, equivalents: list[Told], address: str) -> dict[str, Any]:
    """A medicine as https://schema.org/Drug; what is not known is left out, never guessed."""
    found = {
        "@context": "https://schema.org",
        "@type": "Drug",
        "@id": address,
        "url": address,
        "name": full_name(told["nom"], told["dosage"]),
        "alternateName": told["nom_ar"],
        "activeIngredient": " / ".join(told["dci"] or ()) or None,
        "nonProprietaryName": " / ".join(told["dci"] or ()) or None,
        "dosageForm": told["forme"],
        "description": told["presentation"],
        "drugClass": told["classe_therapeutique"],
        "manufacturer": {"@type": "Organization", "name": told["laboratoire"]} if told["laboratoire"] else None,
        "gtin13": told["code"] if has_bars(told["code"]) else None,
        "code": {"@type": "MedicalCode", "codeValue": told["code"], "codingSystem": "GTIN"},
        "isAvailableGenerically": _has_generic(told, equivalents),
        "offers": _offer(told, address),
    }
    return {name: value for name, value in found.items() if value is not None}


def _has_generic(told: Told, equivalents: list[Told]) -> bool | None:
    """Whether its group holds a generic that day; unknown without a group."""
    if not told["groupe_generique"]:
        return None
    return any(each["princeps_generique"] == "G" for each in equivalents)


def _offer(told: Told, address: str) -> dict[str, str] | None:
    if told["ppv"] is None:
        return None
    return {"@type": "Offer", "price": told["ppv"], "priceCurrency": "MAD", "url": address}
