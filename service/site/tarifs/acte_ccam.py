"""An act of the CCAM: its place in the tree, its mappings, and the price that an equivalent one may carry."""

from __future__ import annotations

from catalog.errors import NotInForceError
from catalog.ngap_ccam.codes import Target, parse_ccam
from catalog.ngap_ccam.lookups import PriceTarget, as_target, correspondances_ccam, find_acte_ccam, price_target
from catalog.ngap_ccam.price_targets import ANAESTHESIA
from catalog.pricing.lettres import BY_COEFFICIENT
from catalog.releases.telling import Told
from service.site.history import gone, history
from service.site.rooms import PageRoom, Shown
from service.site.tarifs.acte_ngap import lacking, prices_of
from service.site.visits import Visit
from service.telling.actes import tell_acte_ccam
from service.telling.correspondances import mappings_of_ccam
from service.telling.entries import named

room = PageRoom()


@room.page("/actes/ccam/<path:code>")
def acte_ccam(visit: Visit, code: str) -> Shown:
    """What stands above an act, what it corresponds to, and what it is worth, or why it has no tariff."""
    try:
        acte = find_acte_ccam(visit.snapshot, code, visit.moment)
    except NotInForceError:
        return gone(visit, "acte_ccam", parse_ccam(code))
    context = {
        "acte": tell_acte_ccam(visit.snapshot, acte.code, visit.moment),
        "targets": [_tell_target(visit, target) for target in _targets(visit, acte.code)],
        "mappings": mappings_of_ccam(visit.snapshot, acte.code, visit.moment),
        "history": history(visit, "acte_ccam", [acte.code]),
    }
    return Shown("acte_ccam.html", context)


def _targets(visit: Visit, code: str) -> list[Target]:
    """The main operator's activity, and every other one that a validated mapping names."""
    payloads = [found.version.payload for found in correspondances_ccam(visit.snapshot, code, visit.moment)]
    return sorted({as_target(code), *(Target(code, held["activite"], held["phase"]) for held in payloads)})


def _tell_target(visit: Visit, target: Target) -> Told:
    """A price, or in a word why there is none: an equivalent mapping alone carries one (DOMAIN 2.3)."""
    found = price_target(visit.snapshot, str(target), visit.moment)
    told: Told = {"activite": target.activite, "phase": target.phase, "refusal": None, "prices": None, "lacking": None}
    if found.acte is None:
        return told | {"refusal": found.refusal.name if found.refusal else None}
    return told | _through(visit, target, found)


def _through(visit: Visit, target: Target, found: PriceTarget) -> Told:
    acte = found.acte
    assert acte is not None
    is_anaesthesia = target.activite == ANAESTHESIA
    missing = lacking(acte, anaesthesia=is_anaesthesia)
    mode = BY_COEFFICIENT if is_anaesthesia else acte.mode
    field = visit.snapshot.kinds.find("acte_ngap").fields["coefficient"]
    return {
        "acte_ngap": named(acte.acte),
        "cotation": {
            "mode": mode,
            "lettre": acte.lettre,
            "variante": acte.variante,
            "coefficient": None if found.coefficient is None else field.write(found.coefficient),
            "accord_prealable": acte.accord_prealable,
        },
        "lacking": missing,
        "prices": None if missing else prices_of(visit, acte, str(target), mode),
    }
