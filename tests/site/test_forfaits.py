"""Forfaits: amounts, shares, bands of surgery, and every amount a forfait ever had."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.site.tarif_reading import french_left, rows, shares_answered, shares_told, words


@pytest.mark.parametrize("name", ["CESARIENNE", "ACCOUCHEMENT_VOIE_BASSE", "REANIMATION_JOUR", "CHIRURGIE_K030_K039"])
@pytest.mark.parametrize("day", ["2008-01-01", "2026-11-22"])
def test_a_forfait_is_shown_at_the_amounts_and_shares_of_the_api(pack_client: FlaskClient, name: str, day: str) -> None:
    page = pack_client.get(f"/forfaits/{name}", query_string={"as_of": day})
    assert shares_told(page) == shares_answered(pack_client, name, "forfait", as_of=day) != {}


def test_an_avenant_changed_the_amount_from_its_day_on(pack_client: FlaskClient) -> None:
    told = shares_told(pack_client.get("/forfaits/CESARIENNE?as_of=2008-12-31"))
    assert told["prive", "cnops"] == ("6 000,00", "6 000,00", "5 400,00", "600,00")
    told = shares_told(pack_client.get("/forfaits/CESARIENNE?as_of=2009-01-01"))
    assert told["prive", "cnops"] == ("8 000,00", "8 000,00", "7 200,00", "800,00")
    history = [cells[4] for cells in rows(pack_client.get("/forfaits/CESARIENNE").text) if len(cells) == 7][1:]
    assert history == ["8 000,00 DH", "6 000,00 DH"]


def test_the_band_of_a_surgical_forfait_is_told(pack_client: FlaskClient) -> None:
    told = words(pack_client.get("/forfaits/CHIRURGIE_K030_K039").text)
    assert "Tranche de la lettre K, à partir du coefficient 30 inclus, jusqu’au coefficient 39 inclus." in told


def test_an_amount_that_grows_by_steps_is_not_priced_without_a_coefficient(pack_client: FlaskClient) -> None:
    page = pack_client.get("/forfaits/CHIRURGIE_K310")
    assert "par palier de" in page.text and shares_told(page) == {}
    assert "il ne se calcule pas sans lui" in page.text


def test_a_correction_leaves_the_former_belief_in_the_history(pack_client: FlaskClient) -> None:
    page = pack_client.get("/forfaits/SEJOUR_TARDIF_JOUR")
    former = [cells for cells in rows(page.text) if "remplacé par la version" in cells[-1]]
    assert former and former[0][4] == "550,00 DH"
    assert "le jour même, la version" in words(pack_client.get("/forfaits/SEJOUR_TARDIF_JOUR?as_of=2019-09-10").text)


@pytest.mark.parametrize(("name", "status"), [("NULLE_PART", 404), ("%3Cscript%3E", 400), ("X" * 900, 400)])
def test_a_name_of_no_forfait_is_refused(client: FlaskClient, name: str, status: int) -> None:
    page = client.get(f"/forfaits/{name}")
    assert page.status_code == status and "<script>" not in page.text


def test_before_its_first_day_a_forfait_keeps_its_page_and_has_no_amount(pack_client: FlaskClient) -> None:
    page = pack_client.get("/forfaits/CESARIENNE?as_of=2000-01-01")
    assert page.status_code == 200 and "Aucun montant de ce forfait n’est en vigueur" in page.text


@pytest.mark.parametrize("name", ["CESARIENNE", "CHIRURGIE_K030_K039", "CESARIENNE?as_of=2000-01-01"])
def test_the_arabic_page_leaves_no_french_sentence(pack_client: FlaskClient, name: str) -> None:
    page = pack_client.get(f"/ar/forfaits/{name}")
    assert page.status_code == 200 and 'dir="rtl"' in page.text and french_left(page) == []
