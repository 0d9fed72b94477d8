"""The small catalogue, then releases in which everything that an answer rests on turns on a day of its own.

A turning day that is forgotten leaves an answer of the wrong side of it: each line says which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from catalog.database import open_engine, writing
from catalog.releases.changes import Change
from catalog.temporal import DUSK, Period
from tests.api.catalogue import (
    DEARER,
    GENERIC,
    GROUP,
    LIST,
    LISTED,
    NOW,
    PRINCEPS,
    RISE,
    act,
    entry,
    medicament,
    publish_all,
    publish_changes,
)
from tests.api.families import ASSIMILATED, CCAM, DEVICE, NGAP, PHARMACISTS

MOVING = "6118000999991"
"""A GTIN that passes from one presentation to another."""
LATE_ACT, NEXT_DEVICE = "arrete-differe-1", "VALVE-2"


def since(year: int, month: int = 1, end: date = DUSK) -> Period:
    return Period(date(year, month, 1), end)


def turning() -> Iterator[Change]:
    """Days to come and past ones, all known at once."""
    yield entry("gtin", MOVING, since(2016, 1, date(2017, 2, 1)), presentation=GENERIC)
    yield entry("gtin", MOVING, since(2017, 2), presentation=DEARER)
    grouped = {"princeps_generique": "G", "groupe_generique": GROUP}
    # The base of the princeps is no longer that of the closest generic.
    yield medicament(GENERIC, "GLYAZID", since(2018, 3), ppv="25.00", pbr="25.00", **grouped)
    opinion = {"nom": "DIAMICRON", "type_demande": "INSCRIPTION", "date_avis": "2019-04-15"}
    yield entry("avis", "CT-2", since(2019, 5), smr="FAIBLE", **opinion)
    yield entry("avis", "CT-3", since(2019, 7), smr="MODERE", **opinion)
    for name, rank, end in (("FAIBLE", 1, date(2020, 2, 1)), ("MODERE", 2, DUSK)):
        yield entry("niveau", f"SMR:{name}", since(2019, 1, end), liste="SMR", niveau=name, libelle=name, rang=rank)
    # Of two opinions of one day the other counts, once the ranks are turned round.
    yield entry("niveau", "SMR:FAIBLE", since(2020, 2), liste="SMR", niveau="FAIBLE", libelle="Faible", rang=5)
    yield act(LATE_ACT, "Arrêté différé", signed_on="2020-12-01", effective_from="2021-06-01")
    yield listed(PRINCEPS, since(2021), LATE_ACT)
    yield entry("acte_juridique", LIST, since(2022), type="guide", title="Guide, dit autrement", statut="EN_VIGUEUR")
    applied = {"convention": PHARMACISTS, "organisme": "cnops", "applique": "non"}
    yield entry("adherence_organisme", f"{PHARMACISTS}:cnops", since(2022, 5, date(2022, 11, 1)), **applied)
    yield Change("convention", PHARMACISTS, since(2023, 3), None)
    yield from acts_turning()


def listed(code: str, period: Period, ground: str) -> Change:
    told = {"organisme": "cnops", "version": "2", "medicament": code, "nom": "DIAMICRON"}
    return entry("liste_tiers_payant", f"cnops:{code}", period, ground, **told)


def acts_turning() -> Iterator[Change]:
    dental = {"mode": "LETTRE_COEFFICIENT", "lettre": "D"}
    yield entry("acte_ngap", NGAP, since(2017, 4), libelle="Détartrage", coefficient="14", **dental)
    yield entry("acte_ngap", ASSIMILATED, since(2018, 4), libelle="Assimilé, dit autrement", **dental, coefficient="9")
    yield entry("noeud_ccam", "000648", since(2019, 4), libelle="DIGESTIF", niveau=1, strate="07.00.00.00")
    yield Change("correspondance", f"{NGAP}>{CCAM}-1-0", since(2020, 4), None)
    told = {"libelle": "Valve", "classe": "III", "forfait": "17500.00"}
    yield entry("dispositif", DEVICE, since(2017, 9), remplace_par=NEXT_DEVICE, **told)
    yield entry("dispositif", NEXT_DEVICE, since(2018, 9), **told | {"libelle": "Valve nouvelle"})


def retroactive() -> Iterator[Change]:
    """What was known of days long past is put right."""
    grouped = {"princeps_generique": "P", "groupe_generique": GROUP}
    yield medicament(PRINCEPS, "DIAMICRON", since(2015, 1, date(2015, 7, 1)), ppv="36.00", pbr="29.70", **grouped)
    yield Change("liste_tiers_payant", f"cnops:{PRINCEPS}", since(2021, 9), None)
    yield Change("avis", "CT-2", since(2019, 6, date(2019, 9, 1)), None)
    yield entry("acte_ccam", CCAM, Period(date(2016, 8, 1)), libelle="Détartrage complet", noeud="000648")


LATER: tuple[tuple[datetime, Iterable[Change]], ...] = (
    (datetime(2026, 11, 5, 9, tzinfo=UTC), tuple(turning())),
    (datetime(2026, 11, 9, 9, 30, 0, 123_000, tzinfo=UTC), tuple(retroactive())),
)


def publish_turning(url: str) -> None:
    """All of it, into a migrated database."""
    publish_all(url)
    for published_at, changes in LATER:
        publish_more(url, changes, published_at)


def publish_more(url: str, changes: Iterable[Change], published_at: datetime = NOW) -> None:
    """One release more."""
    engine = open_engine(url)
    with writing(engine) as session:
        publish_changes(session, changes, label=None, legal_act=RISE, published_at=published_at)
    engine.dispose()


def dearer_princeps() -> Change:
    return medicament(PRINCEPS, "DIAMICRON", LISTED, princeps_generique="P", groupe_generique=GROUP, ppv="38.00")
