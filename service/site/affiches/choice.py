"""Which posters there are that day: of conventions with tariffs in force, by profession, and of payers' lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from catalog.conventions.codes import ORGANISMES
from catalog.conventions.lookups import ConventionAnswer, conventions
from catalog.conventions.schemas import PROFESSIONS
from service.site.affiches.tariffs import IN_FORCE
from service.site.affiches.words import PAYERS, SECTORS
from service.site.affiches.words import PROFESSIONS as WORDS
from service.site.languages import gettext
from service.site.visits import Visit
from service.telling.listes import tell_list
from service.telling.tarifs import tell_tarifs


@dataclass(frozen=True, slots=True)
class Offer:
    """A poster by its convention: how many tariffs it shows."""

    code: str
    libelle: str
    libelle_ar: str | None
    secteur: str
    rows: int


def offered(visit: Visit) -> dict[str, Any]:
    """The posters by profession, only those of the profession asked for if one is."""
    asked = visit.text("profession")
    groups: dict[str, list[Offer]] = {}
    for found in conventions(visit.snapshot, visit.moment):
        offer = _offer(visit, found)
        if offer is not None:
            groups.setdefault(found.version.payload["profession"] or "autre", []).append(offer)
    known = [name for name in PROFESSIONS if name in groups]
    chosen = asked if asked in known else ""
    return {
        "professions": [(name, gettext(WORDS[name])) for name in known],
        "chosen": chosen,
        "groups": [(name, gettext(WORDS[name]), groups[name]) for name in known if chosen in ("", name)],
        "lists": [] if chosen else _lists(visit),
    }


def _offer(visit: Visit, found: ConventionAnswer) -> Offer | None:
    """None for a convention that is not in force, or without a tariff in force."""
    held, code = found.version.payload, found.version.code
    rows = tell_tarifs(visit.snapshot, code, visit.moment)["in_force"] if found.statut == IN_FORCE else 0
    if not rows:
        return None
    secteur = held["secteur"]
    return Offer(code, held["libelle"], held["libelle_ar"], gettext(SECTORS[secteur]) if secteur else "", rows)


def _lists(visit: Visit) -> list[tuple[str, str, int]]:
    """Code and name of the payers whose list is in force, with its length."""
    found = ((payer, len(tell_list(visit.snapshot, payer, visit.moment)["medicaments"])) for payer in ORGANISMES)
    return [(payer, gettext(PAYERS[payer]), rows) for payer, rows in found if rows]
