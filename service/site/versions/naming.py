"""What an entry is called on a page, and where its own page is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from catalog.gmr.statut import dosage_text
from catalog.kinds import Payload
from catalog.temporal import DUSK, Period
from service.site.entries import page_of
from service.site.languages import ARABIC, current
from service.site.visits import Visit

NAMED_BY = ("nom", "libelle", "title", "dci", "designation", "lettre", "presentation", "medicament", "inpe")
"""Fields that name an entry; the first it has. ``taux`` or an adherence is named by its code alone."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Name:
    """How an entry is called; ``language`` is that of the text, ``note`` tells entries of one name apart."""

    text: str
    language: str = "fr"
    note: str = ""


def name_of(code: str, payload: Payload | None) -> Name:
    """The name an entry has, in Arabic where it has one and the page is; else its code."""
    known = payload or {}
    if current() is ARABIC and (arabic := _arabic(known)):
        return Name(arabic, "ar", _note(known))
    value = next((known[name] for name in NAMED_BY if known.get(name)), code)
    return Name(" / ".join(filter(None, value)) if isinstance(value, tuple) else str(value), "fr", _note(known))


def _arabic(payload: Payload) -> str | None:
    return next((payload[name] for name in ("nom_ar", "libelle_ar", "title_ar") if payload.get(name)), None)


def _note(payload: Payload) -> str:
    """Dosage, form and pack of a presentation of a medicine."""
    if "princeps_generique" not in payload:
        return ""
    return " · ".join(filter(None, (dosage_text(payload), payload["forme"], payload["presentation"])))


def address_of(visit: Visit, kind: str, code: str, period: Period, release: int) -> str | None:
    """The page of an entry at a release, on the day of a period nearest to the visitor's; None where it has none."""
    found = page_of(kind, code)
    if found is None:
        return None
    page, values = found
    last = visit.as_of if period.end == DUSK else period.end - ONE_DAY
    day = max(period.start, min(visit.as_of, last))
    clocks = {} if release == visit.moment.release and "release" not in visit.told else {"release": str(release)}
    if day != visit.as_of:
        clocks["as_of"] = day.isoformat()
    return visit.link(page, **values, **clocks)
