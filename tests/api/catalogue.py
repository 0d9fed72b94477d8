"""A small catalogue of four releases, published by the real verbs: enough for every route to have something to say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from catalog.database import open_engine, writing
from catalog.registry import KINDS
from catalog.releases import drafts
from catalog.releases.changes import Change
from catalog.releases.publishing import publish
from catalog.temporal import DAWN, DUSK, Period
from tests.api.families import families

NOW = datetime(2026, 11, 22, 10, 0, 0, 250_000, tzinfo=UTC)
TODAY = date(2026, 11, 22)

PRINCEPS, GENERIC, DEARER = "6118000100058", "6118000190462", "6118000021216"
ERRATUM, DELISTED, WITHDRAWN, HOSPITAL = "6118000040019", "6118000040026", "6118000040033", "6118000040040"
SECOND_GTIN = "6118010001154"
GROUP, SLASHED = "GLICLAZIDE-80-CP-20", "A/B 1"

LIST, ERRATUM_ACT, DELISTING, RISE = "gmr-06-23", "rectificatif-1", "arrete-retrait-1", "arrete-hausse-1"

LISTED = Period(date(2014, 6, 9))
DELISTED_ON = date(2015, 3, 1)
RISES_ON = date(2026, 12, 22)

PUBLISHED = (
    datetime(2014, 6, 6, 16, tzinfo=UTC),
    datetime(2014, 7, 3, 9, tzinfo=UTC),
    datetime(2015, 2, 2, 9, tzinfo=UTC),
    datetime(2026, 11, 1, 9, tzinfo=UTC),
)


def medicament(code: str, nom: str, period: Period = LISTED, **told: Any) -> Change:
    data = {
        "nom": nom,
        "dci": ["GLICLAZIDE"],
        "dosages": ["80"],
        "unites": ["MG"],
        "forme": "COMPRIME",
        "presentation": "1 BOITE 20 COMPRIME",
        "admis_remboursement": True,
    }
    return entry("medicament", code, period, **data | told)


def entry(kind: str, code: str, period: Period = LISTED, act: str | None = None, **told: Any) -> Change:
    return Change(kind, code, period, KINDS.find(kind).load(code, told), act, source="liste imprimée", confidence="H")


def act(code: str, title: str, **told: Any) -> Change:
    data = {"type": "arrete", "title": title, "statut": "EN_VIGUEUR"} | told
    return entry("acte_juridique", code, Period(DAWN, DUSK), **data)


def first_list() -> Iterable[Change]:
    yield act(LIST, "Guide 06-23", type="guide", numero="06-23", published_on="2014-06-06", bo_numero="6262 bis")
    yield entry("groupe_generique", GROUP, libelle="Gliclazide 80 mg, boîte de 20")
    yield entry("groupe_generique", SLASHED, libelle="Un code à barre oblique")
    yield entry("substance", "GLICLAZIDE 80 MG", dci=["GLICLAZIDE"], inscrite=True)
    yield entry("substance", "AMOXICILLINE + ACIDE", dci=["AMOXICILLINE", "ACIDE CLAVULANIQUE"], inscrite=True)
    yield entry("niveau", "SMR:IMPORTANT", liste="SMR", niveau="IMPORTANT", libelle="Important", rang=2)
    yield entry("avis", "CT-1", nom="DIAMICRON", type_demande="INSCRIPTION", smr="IMPORTANT", date_avis="2014-01-15")
    grouped = {"groupe_generique": GROUP}
    yield medicament(
        PRINCEPS,
        "DIAMICRON",
        princeps_generique="P",
        ppv="37.20",
        ph="24.60",
        pbr="29.70",
        taux_liste="0.70",
        **grouped,
    )
    yield medicament(GENERIC, "GLYAZID", princeps_generique="G", ppv="29.70", pbr="29.70", **grouped)
    yield medicament(DEARER, "=GLIC", princeps_generique="G", ppv="39.00", pbr="39.00", **grouped)
    yield entry("gtin", SECOND_GTIN, presentation=PRINCEPS)
    yield entry("gtin", PRINCEPS, presentation=PRINCEPS)
    yield medicament(ERRATUM, "ERRATUM", ppv="120.00", pbr="120.00")
    yield medicament(DELISTED, "RADIE", ppv="50.00", pbr="50.00")
    yield medicament(WITHDRAWN, "RETIRE DU GUIDE", ppv="60.00", pbr="60.00")
    yield medicament(HOSPITAL, "HOSPITALIER", ph="58465.00", admis_remboursement=False)
    yield from families(listed=GENERIC)


def erratum() -> Iterable[Change]:
    yield act(ERRATUM_ACT, "Rectificatif", type="rectificatif")
    yield medicament(ERRATUM, "ERRATUM", ppv="102.00", pbr="102.00")


def delisting() -> Iterable[Change]:
    yield act(DELISTING, "Arrêté de retrait", numero="1-15", published_on="2015-02-01")
    after = Period(DELISTED_ON)
    yield medicament(DELISTED, "RADIE", after, ppv="50.00", pbr="50.00", admis_remboursement=False, retire=True)
    yield Change("medicament", WITHDRAWN, after, None)


def rise() -> Iterable[Change]:
    yield act(RISE, "Arrêté de hausse")
    grouped = {"groupe_generique": GROUP, "princeps_generique": "P", "ph": "24.60", "taux_liste": "0.70"}
    yield medicament(PRINCEPS, "DIAMICRON", Period(RISES_ON), ppv="40.00", pbr="29.70", **grouped)


FIRST = sum(1 for _ in first_list())
"""Facts of the first release."""
RELEASES = (
    ("06-23", LIST, first_list),
    (None, ERRATUM_ACT, erratum),
    (None, DELISTING, delisting),
    ("07-01", RISE, rise),
)


def publish_changes(
    session: Session, changes: Iterable[Change], *, label: str | None, legal_act: str, published_at: datetime
) -> None:
    draft = drafts.open_draft(
        session, title=f"Version du {published_at:%Y-%m-%d}", author="amina", at=NOW, legal_act=legal_act, label=label
    )
    drafts.stage(session, KINDS, draft, changes, by="amina", at=NOW)
    drafts.submit(session, KINDS, draft, by="amina", at=NOW)
    drafts.approve(session, draft, by="brahim", at=NOW)
    publish(session, KINDS, draft, by="brahim", at=NOW, published_at=published_at)


def publish_all(url: str, upto: int = len(RELEASES)) -> None:
    """The first releases, up to a number, into a migrated database."""
    engine = open_engine(url)
    for (label, legal_act, changes), published_at in list(zip(RELEASES, PUBLISHED, strict=True))[:upto]:
        with writing(engine) as session:
            publish_changes(session, changes(), label=label, legal_act=legal_act, published_at=published_at)
    engine.dispose()
