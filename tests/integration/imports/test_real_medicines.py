"""The official Moroccan lists, each with its built-in profile."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from catalog.errors import InvalidError
from catalog.gmr.lookups import medicament
from catalog.gmr.statut import statut
from catalog.temporal import Moment
from tests.integration.imports.catalogues import Loader
from tests.integration.imports.conftest import CNOPS, Loaded

pytestmark = pytest.mark.slow

SUMMER_2014 = date(2014, 7, 1)
SPRING_2026 = date(2026, 4, 1)
HOSPITAL_ONLY = 208


def test_the_cnops_list_loses_nothing_and_keeps_its_flaws(cnops: Loaded) -> None:
    report = cnops.report
    held = cnops.loader.in_force("medicament", SUMMER_2014, 1)
    assert (report.counts["records"], len(held)) == (5917, 5917)
    assert report.by_rule()["CheckDigitIsWrong"] == 19
    assert report.by_rule()["AdmittedWithoutBase"] == 27
    assert report.errors == []
    assert all(value.payload["ppv"] != 0 and value.payload["ph"] != 0 for value in held.values())


def test_a_medicine_without_public_price_is_hospital_only_never_free(cnops: Loaded) -> None:
    held = cnops.loader.in_force("medicament", SUMMER_2014, 1)
    without = [value.payload for value in held.values() if value.payload["ppv"] is None]
    assert len(without) == HOSPITAL_ONLY
    assert {statut(payload) for payload in without if payload["ph"]} == {"HOSPITALIER"}
    revlimid = next(payload for payload in without if payload["ph"] == 5846500)
    assert revlimid["admis_remboursement"] is False


def test_the_golden_prices_of_2014(cnops: Loaded) -> None:
    moment = Moment(SUMMER_2014, 1)
    snapshot = cnops.loader.snapshot()
    expected = {
        "6118000190462": ("29.70", "29.70", "ADMIS"),
        "6118000100058": ("37.20", "29.70", "ADMIS"),
        "6118000250555": ("98.90", "98.90", "ADMIS"),
        "6118000100256": ("232.40", "105.00", "ADMIS"),
        "6118001070169": ("440.00", "440.00", "NON_ADMIS"),
    }
    for code, (ppv, pbr, state) in expected.items():
        found = medicament(snapshot, code, moment)
        assert (found["ppv"], found["pbr"], found["statut"]) == (ppv, pbr, state)


def test_gmr_6_23_verbatim_holds_its_3236_products(loader: Loader, shared_data: Path) -> None:
    report = loader.load("medicaments", shared_data / "gmr/gmr_6_23_all_rows_verbatim.csv")
    held = [value.payload for value in loader.in_force("medicament", SUMMER_2014, 1).values()]
    assert len(held) == 3236
    assert [sum(payload["princeps_generique"] == letter for payload in held) for letter in "GP"] == [1791, 1445]
    assert report.by_rule()["NoCode"] == 96


def test_both_forms_of_gmr_6_23_agree(loader: Loader, shared_data: Path) -> None:
    loader.load("medicaments", shared_data / "gmr/gmr_6_23_all_rows_verbatim.csv")
    with pytest.raises(InvalidError, match="changes nothing: all 3140 entries"):
        loader.load("medicaments", shared_data / "gmr/gmr_6_23_rows.csv", mode="delta")


def test_the_cnss_sample_turns_aclasta_and_actemra_reimbursable(cnops: Loaded, shared_data: Path) -> None:
    loader = cnops.loader
    loader.load("medicaments", shared_data / "gmr/cnss_2026_sample.csv")
    turned = {
        entry.code: piece
        for entry in loader.diff("medicament", 1, 2)
        for piece in entry.pieces
        if ("admis_remboursement", False, True) in list(piece.fields()) and piece.before
    }
    assert {piece.after.payload["nom"].split()[0] for piece in turned.values() if piece.after} == {"ACLASTA", "ACTEMRA"}
    kept = loader.in_force("medicament", SPRING_2026, 2)
    assert len(kept) > 5917, "a delta withdraws nothing"


def test_the_ammps_sample_reads_its_hard_prices(loader: Loader, shared_data: Path) -> None:
    loader.load("medicaments", shared_data / "gmr/ammps_2026_sample.csv")
    held = [value.payload for value in loader.in_force("medicament", date(2026, 11, 1), 1).values()]
    by_name = {(payload["nom"], payload["presentation"]): payload["ppv"] for payload in held}
    assert by_name["ABILIFY", "BOITE DE 28"] == 120000
    assert by_name["ABBOTICINE", "BOITE DE 1 FLACON DE 60 ML"] == 2510
    assert by_name["18F PSMA RIM", "BOITE D'UN FLACON MONODOSE DE 15 ML"] is None


def test_the_opinions_of_the_2015_report_are_imported_with_their_levels(loader: Loader, shared_data: Path) -> None:
    asmr = loader.load("avis", shared_data / "gmr/ct_asmr_2012_2015.csv")
    smr = loader.load("avis", shared_data / "gmr/ct_smr_insuffisant_2015.csv")
    held = [value.payload for value in loader.in_force("avis", date(2016, 1, 1), 2).values()]
    assert (asmr.counts["added"], smr.counts["added"], len(held)) == (33, 8, 41)
    assert {payload["smr"] for payload in held} == {None, "INSUFFISANT"}


def test_the_same_list_again_changes_nothing(cnops: Loaded, shared_data: Path) -> None:
    with pytest.raises(InvalidError, match="changes nothing"):
        cnops.loader.load("medicaments", shared_data / CNOPS)
