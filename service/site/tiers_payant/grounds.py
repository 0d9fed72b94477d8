"""The days an answer rests on, as the page lists them; where there is none it says why."""

from __future__ import annotations

from catalog.pricing.tiers_payant import Eligibility
from catalog.releases.telling import Told
from service.site.languages import gettext as _
from service.site.languages import write_day


def tell_days(found: Eligibility, told: Told) -> list[tuple[str, str]]:
    """What each day is, and the day in words; ``told`` is the answer of the API."""
    days, undated, without = told["dates"], _("sans date"), _("sans objet")
    applied = undated if found.convention else _("ne l’applique pas")
    lines = [
        (_("Date de la dispensation"), days["as_of"], undated),
        (_("L’organisme applique la convention depuis"), days["payer_applies_from"], applied),
        (_("Médicament sur la liste depuis"), days["list_from"], undated if found.entry else without),
        (_("Prix en vigueur depuis"), days["price_from"], undated if found.medicament else without),
        (_("Situation de la pharmacie depuis"), days["pharmacy_from"], _("aucune déclaration")),
        (_("Dernier jour de la prise en charge"), days["pec_until"], _("non donné")),
    ]
    return [(label, write_day(day) if day else absent) for label, day, absent in lines]


def tell_place(found: Eligibility) -> str | None:
    """How the list in force stands to the medicine, where it holds no entry of it; None where no list was looked at."""
    if found.listing.named is not None:
        return _("le médicament y est nommé sans présentation")
    return _("le médicament n’y est pas") if found.listing.lines else None
