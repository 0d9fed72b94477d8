"""Opinions of the commission: which concern a presentation, in which order, and the level they give."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from catalog.gmr.lookups import avis, medicament
from catalog.gmr.opinions import brand
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Period
from tests.unit.gmr.builders import Fact, at, fact, snapshot, void

CODE = "6118000100058"
SUMMER = date(2016, 7, 1)
NOTHING: dict[str, Any] = {"nom": None}
SCALE = [("SMR", "MAJEUR", 1), ("SMR", "IMPORTANT", 2), ("SMR", "FAIBLE", 4), ("ASMR", "I", 1), ("ASMR", "V", 5)]
LEVELS = [
    fact("niveau", f"{liste}:{niveau}", liste=liste, niveau=niveau, libelle=niveau, rang=rang)
    for liste, niveau, rang in SCALE
]
AMOXICLAV: dict[str, Any] = {
    "nom": "AUGMENTIN 500 MG", "specialite": "SPE-1", "dci": "AMOXICILLINE / ACIDE CLAVULANIQUE",
    "dosages": "500 / 125", "unites": "MG / MG", "forme": "COMPRIME PELLICULE",
}  # fmt: skip


def shelf(*opinions: Fact, **described: Any) -> Snapshot:
    return snapshot([fact("medicament", CODE, **described), *LEVELS, *opinions])


def opinions_found(found: Snapshot) -> list[str]:
    return [each["code"] for each in avis(found, CODE, at(SUMMER))]


@pytest.mark.parametrize(
    "target",
    [
        {"medicament": CODE},
        {"specialite": "spe-1"},
        {"nom": "Augmentin 500 mg"},
        {"nom": "AUGMENTIN"},
        {"dci": "Acide clavulanique / Amoxicilline"},
        {"dci": "ACIDE CLAVULANIQUE / AMOXICILLINE", "dosages": "125 / 500", "unites": "mg / mg"},
        {"dci": "AMOXICILLINE / ACIDE CLAVULANIQUE", "dosages": "500 / 125", "unites": "MG"},
        {"dci": "AMOXICILLINE / ACIDE CLAVULANIQUE", "dosages": "500 / 125"},
        {"nom": "AUGMENTIN", "forme": "Comprimé"},
        {"specialite": "SPE-1", "dosages": "500 / 125"},
    ],
)
def test_an_opinion_concerns_what_matches_every_field_it_gives(target: dict[str, Any]) -> None:
    assert opinions_found(shelf(fact("avis", "CT-1", **NOTHING | target), **AMOXICLAV)) == ["CT-1"]


@pytest.mark.parametrize(
    "target",
    [
        {"medicament": "6118010116230"},
        {"specialite": "SPE-2"},
        {"nom": "AUGMENTIN ENFANT"},
        {"nom": "AUG"},
        {"dci": "AMOXICILLINE"},
        {"dci": "AMOXICILLINE / ACIDE CLAVULANIQUE", "dosages": "125 / 500", "unites": "MG / MG"},
        {"dci": "AMOXICILLINE / ACIDE CLAVULANIQUE", "dosages": "500 / 125", "unites": "G / G"},
        {"dci": "AMOXICILLINE / ACIDE CLAVULANIQUE", "unites": "UI"},
        {"nom": "AUGMENTIN", "forme": "POUDRE POUR SUSPENSION BUVABLE"},
        {"specialite": "SPE-1", "nom": "CLAMOXYL"},
        {},
    ],
)
def test_an_opinion_that_differs_in_one_field_concerns_another(target: dict[str, Any]) -> None:
    assert opinions_found(shelf(fact("avis", "CT-1", **NOTHING | target), **AMOXICLAV)) == []


@pytest.mark.parametrize(
    ("nom", "word"),
    [
        ("ARANESP 10 µG/0,4 ML", "ARANESP"),
        ("DIAMICRON MR", "DIAMICRON MR"),
        ("5-FLUORO", "5-FLUORO"),
        ("R.O.R", "R.O.R"),
    ],
)
def test_a_brand_is_a_name_without_its_strength(nom: str, word: str) -> None:
    assert brand(nom) == word


def test_opinions_come_newest_first_and_only_those_in_force() -> None:
    found = shelf(
        fact("avis", "CT-1", date_avis="2013-01-01"),
        fact("avis", "CT-2", date_avis="2015-01-01"),
        fact("avis", "CT-3", Period(date(2014, 1, 1)), date_avis=None),
        fact("avis", "CT-4", Period(date(2017, 1, 1)), date_avis="2016-12-01"),
    )
    assert opinions_found(found) == ["CT-2", "CT-3", "CT-1"]


def test_an_opinion_withdrawn_by_a_release_stays_known_before_it() -> None:
    found = snapshot([fact("medicament", CODE), fact("avis", "CT-1")], [void("avis", "CT-1", Period(date.min))])
    assert [len(avis(found, CODE, at(SUMMER, release))) for release in (1, 2)] == [1, 0]


def levels(found: Snapshot) -> tuple[str | None, str | None]:
    told = medicament(found, CODE, at(SUMMER))
    return told["smr"], told["asmr"]


class TestLevel:
    def test_the_latest_opinion_gives_it(self) -> None:
        older = fact("avis", "CT-1", date_avis="2013-01-01", smr="MAJEUR")
        assert levels(shelf(older, fact("avis", "CT-2", date_avis="2015-01-01", smr="FAIBLE"))) == ("FAIBLE", None)

    def test_an_opinion_without_a_level_leaves_the_former_one(self) -> None:
        older = fact("avis", "CT-1", date_avis="2013-01-01", smr="MAJEUR", asmr="I")
        assert levels(shelf(older, fact("avis", "CT-2", date_avis="2015-01-01", smr=None, asmr="V"))) == ("MAJEUR", "V")

    def test_among_indications_of_one_day_the_most_favourable_counts(self) -> None:
        day: dict[str, Any] = {"date_avis": "2015-01-01"}
        found = shelf(
            fact("avis", "CT-1A", smr="FAIBLE", asmr="V", **day), fact("avis", "CT-1B", smr="MAJEUR", asmr="I", **day)
        )
        assert levels(found) == ("MAJEUR", "I")

    def test_a_level_outside_the_list_comes_after_the_listed_ones(self) -> None:
        found = shelf(fact("avis", "CT-1", smr="A REVOIR"), fact("avis", "CT-2", smr="FAIBLE"))
        assert levels(found) == ("FAIBLE", None)

    def test_an_individual_answer_says_nothing_of_the_medicine(self) -> None:
        individual = fact("avis", "CT-9", type_demande="AVIS_INDIVIDUEL_HORS_AMM", smr="MAJEUR")
        found = shelf(individual)
        assert (levels(found), opinions_found(found)) == ((None, None), ["CT-9"])
