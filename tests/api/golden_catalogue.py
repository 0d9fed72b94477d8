"""The bundled pack with synthetic releases between its own, published by the real verbs: ground of the golden cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from catalog.reference_pack.loading import pack_releases
from catalog.registry import KINDS
from catalog.releases.changes import Change
from catalog.temporal import DAWN, DUSK, Period
from tests.api.catalogue import publish_changes

DIAMICRON, GLYAZID, AMLOR, COVERSYL = "6118000100058", "6118000190462", "6118000250555", "6118000100256"
CIALIS, EPREX = "6118001070169", "6118001181094"
VALVE = "VALVES-CARDIAQUES-A-DOUBLE-AILETTE"

CORRECTED, WITHDRAWN = "6118009000014", "6118009000021"
"""Medicines of no list: one whose price an erratum corrects, one that an arrêté withdraws."""
WITHDRAWN_ON = date(2015, 3, 1)
STAY, LATE_STAY = "SEJOUR_ANNONCE_JOUR", "SEJOUR_TARDIF_JOUR"
"""Forfaits a day, 550 then 600: told before its effect, and told after it."""
RAISED_ON, LATE_RAISED_ON, LATE_RECORDED_ON = date(2020, 1, 1), date(2019, 9, 1), date(2019, 12, 15)
MEMBER, NOT_MEMBER, SUSPENDED = "100000001", "100000002", "100000003"

GROUND, ERRATUM, WITHDRAWAL = "essai-textes", "essai-rectificatif", "essai-arrete-retrait"
AVENANT, LATE_AVENANT, DECLARATIONS = "essai-avenant", "essai-avenant-tardif", "essai-declarations"
DOCTORS = "medecins-prive-2006"


class Synthetic(NamedTuple):
    """A release that no source prints."""

    published_at: datetime
    legal_act: str
    changes: Iterable[Change]


def entry(kind: str, code: str, start: date, end: date = DUSK, act: str | None = None, **told: Any) -> Change:
    return Change(kind, code, Period(start, end), KINDS.find(kind).load(code, told), act, source="essai")


def text(code: str, **told: Any) -> Change:
    data = {"type": "arrete", "title": f"Texte d'essai {code}", "statut": "EN_VIGUEUR"} | told
    return Change("acte_juridique", code, Period(DAWN, DUSK), KINDS.find("acte_juridique").load(code, data), code)


def medicine(code: str, ppv: str, start: date, act: str | None = None, **told: Any) -> Change:
    described = {"nom": "ESSAI", "dci": ["ESSAI"], "admis_remboursement": True, "ppv": ppv, "pbr": ppv}
    return entry("medicament", code, start, act=act, **described | told)


def stay(name: str, montant: str, start: date, act: str | None = None) -> Change:
    told = {"forfait": name, "libelle": "Séjour d'essai, par jour", "convention": DOCTORS, "secteur": "prive"}
    return entry("forfait", f"{name}:{DOCTORS}", start, act=act, **told, unite="JOUR", montant=montant)


def _ground() -> Iterator[Change]:
    yield text(GROUND)
    yield medicine(CORRECTED, "150.00", date(2010, 1, 1))
    yield medicine(WITHDRAWN, "50.00", date(2010, 1, 1))
    yield stay(STAY, "550.00", date(2010, 1, 1))
    yield stay(LATE_STAY, "550.00", date(2010, 1, 1))


def _erratum() -> Iterator[Change]:
    yield text(ERRATUM, type="rectificatif")
    yield medicine(CORRECTED, "102.00", date(2014, 6, 9))


def _withdrawal() -> Iterator[Change]:
    yield text(WITHDRAWAL, published_on="2015-02-02", effective_from=WITHDRAWN_ON.isoformat())
    told = {"admis_remboursement": False, "retire": True, "pbr": None}
    yield medicine(WITHDRAWN, "50.00", WITHDRAWN_ON, **told)


def _declarations() -> Iterator[Change]:
    yield text(DECLARATIONS, type="decision")
    for inpe, etat in ((NOT_MEMBER, "NON_ADHERENTE"), (SUSPENDED, "SUSPENDUE")):
        yield entry("adhesion", f"{inpe}:cnops", date(2016, 6, 8), inpe=inpe, organisme="cnops", etat=etat)
    for code in (CORRECTED, "essai-en-double"):
        listed = {"organisme": "cnops", "version": "essai", "medicament": CORRECTED, "nom": "ESSAI"}
        yield entry("liste_tiers_payant", f"cnops:{code}", date(2016, 6, 8), **listed)
    yield from _mappings()


def _mappings() -> Iterator[Change]:
    """One that carries a price, one that does not, one that says that there is none, one still worked on."""
    versions = {"version_ngap": "2006", "version_ccam": "81"}
    decided = {"decide_par": "experts", "decide_le": "2016-01-20", "preuve": "essai", "statut": "EXPERT_VALIDATED"}
    target = {"acte_ccam": "HBJD001", "phase": "0"}
    for ngap, activite, relation, told in (
        ("D708", "1", "equivalent", decided),
        ("A115", "4", "source-is-broader-than-target", decided),
        ("A100", "1", "related-to", {"statut": "DRAFT"}),
    ):
        fields = {"acte_ngap": ngap, "activite": activite, "relation": relation, **target, **versions, **told}
        yield entry("correspondance", f"{ngap}>HBJD001-{activite}-0", date(2016, 6, 30), **fields)
    absent = {"acte_ngap": "D510", "relation": "no-map", "motif": "Libellé non vu", **versions, **decided}
    yield entry("correspondance", "D510>AUCUN", date(2016, 6, 30), **absent)


def _avenant() -> Iterator[Change]:
    yield text(AVENANT, type="avenant", signed_on="2019-05-20", effective_from=RAISED_ON.isoformat())
    yield stay(STAY, "600.00", RAISED_ON)


def _late_avenant() -> Iterator[Change]:
    yield text(LATE_AVENANT, type="avenant", signed_on="2019-08-20", effective_from=LATE_RAISED_ON.isoformat())
    yield stay(LATE_STAY, "600.00", LATE_RAISED_ON)


def synthetic() -> list[Synthetic]:
    announced = [medicine(CORRECTED, "120.00", date(2014, 6, 9))]
    return [
        Synthetic(datetime(2014, 1, 15, 9, tzinfo=UTC), GROUND, _ground()),
        Synthetic(datetime(2014, 6, 6, 17, tzinfo=UTC), GROUND, announced),
        Synthetic(datetime(2014, 7, 3, 9, tzinfo=UTC), ERRATUM, _erratum()),
        Synthetic(datetime(2015, 2, 2, 9, tzinfo=UTC), WITHDRAWAL, _withdrawal()),
        Synthetic(datetime(2016, 7, 15, 9, tzinfo=UTC), DECLARATIONS, _declarations()),
        Synthetic(datetime(2019, 6, 1, 9, tzinfo=UTC), AVENANT, _avenant()),
        Synthetic(datetime(2019, 12, 15, 9, tzinfo=UTC), LATE_AVENANT, _late_avenant()),
    ]


def publish_golden(session: Session) -> None:
    """Every release of the pack and the synthetic ones, in the order of their instants."""
    pack = [
        (each.published_at, each.about["label"], each.about["legal_act"], each.changes(KINDS))
        for each in pack_releases()
    ]
    made = [(each.published_at, None, each.legal_act, each.changes) for each in synthetic()]
    for published_at, label, legal_act, changes in sorted([*pack, *made], key=lambda release: release[0]):
        publish_changes(session, changes, label=label, legal_act=legal_act, published_at=published_at)
