"""The page of a presentation in force: everything it shows, asked of the same rooms as the API."""

from __future__ import annotations

from typing import Any

from catalog.gmr import lookups
from catalog.gmr.codes import has_valid_check_digit, is_internal
from catalog.releases.telling import Told
from service.site.avis_niveaux import scale
from service.site.flux.molecules import slug_of
from service.site.medicaments.barcodes import has_bars
from service.site.medicaments.linked_data import drug
from service.site.medicaments.outlook import tell_changes, tell_warnings
from service.site.medicaments.payers import common_remarks, find_cases
from service.site.medicaments.prices import price_chart
from service.site.medicaments.siblings import siblings_of
from service.site.medicaments.substances import listings_of
from service.site.rooms import Shown
from service.site.tiers_payant.wording import payer_name
from service.site.visits import Visit, link_to
from service.telling.listes import payers_listing, payers_naming


def show_medicament(visit: Visit, code: str) -> Shown:
    """The page of the presentation behind a canonical code. Raises UnknownCodeError, NotInForceError."""
    asked = (visit.snapshot, code, visit.moment)
    told = lookups.medicament(*asked, tiers_payant=payers_listing)
    version = lookups.find_medicament(*asked)
    equivalents = lookups.equivalents(*asked)
    cases = find_cases(visit, code)
    address = link_to("medicament", {}, _external=True, code=code)
    context: dict[str, Any] = {
        "told": told,
        "code": code,
        "bars": has_bars(code),
        "why_no_bars": _why_no_bars(code),
        "cases": cases,
        "general": cases[0],
        "common": common_remarks(cases),
        "equivalents": equivalents,
        "siblings": siblings_of(visit, version),
        "history": lookups.history(*asked),
        "chart": price_chart(visit, version.code),
        "avis": lookups.avis(*asked),
        "niveaux": {liste: scale(visit, liste) for liste in ("SMR", "ASMR")},
        "tiers_payant": [(payer, payer_name(payer)) for payer in told["tiers_payant"]],
        "naming": [(payer, payer_name(payer)) for payer in payers_naming(visit.snapshot, version, visit.moment)],
        "upcoming": [_coming(visit, each) for each in told["upcoming"]],
        "warnings": tell_warnings(visit, version, told["warnings"]),
        "listings": listings_of(visit, version),
        "dci_slug": slug_of(version.payload["dci"]),
        "linked": drug(told, equivalents, address),
    }
    return Shown("medicament.html", context)


def _coming(visit: Visit, upcoming: Told) -> Told:
    return {**upcoming, "changes": tell_changes(visit, upcoming["changes"])}


def _why_no_bars(code: str) -> str | None:
    """Why a code has no symbol to scan, as a word of the template."""
    if is_internal(code):
        return "internal"
    return "check_digit" if not has_valid_check_digit(code) else "length"
