"""Prices of what goes by a key letter, and of what goes by a forfait."""

from __future__ import annotations

from catalog.conventions.lookups import find_forfait, find_tarif_lettre, notes_on_forfait, notes_on_lettre
from catalog.releases.telling import Told
from service.site.tarifs.prices import Prices, find_prices
from service.site.visits import Visit


def prices_by_letter(visit: Visit, line: Told, lettre: str, variante: str | None) -> Prices:
    """The prices of a line that goes by a key letter."""
    asked = (visit.snapshot, lettre, variante)
    return find_prices(
        visit,
        line,
        lambda secteur, payer: find_tarif_lettre(*asked, secteur, payer, visit.moment),
        lambda secteur, payer: notes_on_lettre(*asked, secteur, payer, visit.moment),
    )


def prices_by_forfait(visit: Visit, line: Told, name: str) -> Prices:
    """The prices of a line that goes by a forfait."""
    return find_prices(
        visit,
        line,
        lambda secteur, payer: find_forfait(visit.snapshot, name, secteur, payer, visit.moment),
        lambda secteur, payer: notes_on_forfait(visit.snapshot, name, secteur, payer, visit.moment),
    )
