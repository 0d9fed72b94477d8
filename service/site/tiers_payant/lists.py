"""The list of costly medicines a payer pays to the pharmacy, page by page, with the price of each."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.conventions.codes import ORGANISMES
from catalog.errors import UnknownCodeError
from catalog.gmr.statut import dosage_text
from catalog.money import format_dirhams
from catalog.releases.telling import Told
from service.site.rooms import Shown
from service.site.tiers_payant.wording import payer_name, recorded, why_empty
from service.site.visits import Visit
from service.telling.listes import tell_list

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a list; without a code nothing matches it. ``is_known``: the guide has its presentation that day."""

    entry: Told
    code: str | None
    dosage: str | None
    presentation: str | None
    nom_ar: str | None
    ppv: str | None
    pbr: str | None
    is_known: bool


def show_list(visit: Visit, organisme: str) -> Shown:
    """The page of a payer's list. Raises UnknownCodeError for a payer there is none of."""
    payer = parse_payer(organisme)
    told = tell_list(visit.snapshot, payer, visit.moment)
    entries = told["medicaments"]
    pages = max(1, -(-len(entries) // PER_PAGE))
    page = min(visit.number("page"), pages)
    shown = [find_listed(visit, entry) for entry in entries[(page - 1) * PER_PAGE : page * PER_PAGE]]
    context = {
        "organisme": payer,
        "payer": payer_name(payer),
        "told": told,
        "recorded": recorded(len(entries), told["versions"]),
        "reasons": [why_empty(reason) % {"payer": payer_name(payer)} for reason in told["reasons"]],
        "lines": shown,
        "page": page,
        "pages": pages,
    }
    return Shown("tiers_payant_liste.html", context)


def parse_payer(text: str) -> str:
    """The code of a payer in an address. Raises UnknownCodeError."""
    if text.lower() not in ORGANISMES:
        raise UnknownCodeError("payer", text)
    return text.lower()


def find_listed(visit: Visit, entry: Told) -> Listed:
    """A line with what the guide tells of its presentation that day; null where it tells nothing."""
    code = entry["medicament"]
    version = visit.snapshot.find("medicament", code, visit.moment) if code else None
    if version is None:
        return Listed(entry, code, None, None, None, None, None, False)
    held = version.payload
    ppv, pbr = (None if held[name] is None else format_dirhams(held[name]) for name in ("ppv", "pbr"))
    return Listed(entry, code, dosage_text(held), held["presentation"], held["nom_ar"], ppv, pbr, True)
