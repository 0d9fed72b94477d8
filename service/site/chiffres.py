"""The catalogue in figures: what is counted, on which day, in which release, and the list behind each count."""

from __future__ import annotations

from typing import Any

from service.site.chiffres_ensemble import figures
from service.site.chiffres_lignes import (
    avis_tables,
    band_rows,
    convention_rows,
    kind_rows,
    mark_rows,
    payer_rows,
    statut_rows,
    top_rows,
)
from service.site.chiffres_trace import evolution_chart, evolution_known
from service.site.rooms import PageRoom, Shown
from service.site.tiers_payant.wording import payer_name
from service.site.visits import Visit

room = PageRoom()


@room.page("/chiffres")
def chiffres(visit: Visit) -> Shown:
    """Every count at the two clocks of the visit."""
    return Shown("chiffres.html", _told(visit) if visit.snapshot.head else {"counted": None})


def _told(visit: Visit) -> dict[str, Any]:
    counted = figures(visit.snapshot, visit.moment)
    medicaments = counted.medicaments
    grown = evolution_known(visit)
    return {
        "counted": counted,
        "evolution": grown,
        "chart": evolution_chart(grown, visit.as_of),
        "statuts": statut_rows(medicaments),
        "marks": mark_rows(visit, medicaments),
        "classes": top_rows(visit, "classe_therapeutique", medicaments.classes, medicaments.admitted),
        "formes": top_rows(visit, "forme", medicaments.formes, medicaments.admitted),
        "bands": band_rows(medicaments),
        "kinds": kind_rows(visit, counted),
        "payers": payer_rows(visit, counted),
        "conventions": convention_rows(visit, counted),
        "payer_name": payer_name,
        "tables": avis_tables(visit, counted),
    }
