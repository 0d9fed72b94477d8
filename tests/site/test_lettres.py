"""Key letters: every value the API tells, notes as notes, and the history of each."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from catalog.conventions.errors import AmbiguousTariffError
from catalog.releases.telling import Told
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment
from service.site.tarifs import lettres
from service.telling.tarifs import tell_lettres_cles
from tests.site.tarif_reading import figure, french_left, rows, shares_answered, shares_told, words

VARIANTS = {"soins": " (soins)", "prothese": " (prothèse)", None: ""}


def answered(client: FlaskClient, **query: str) -> list[dict[str, Any]]:
    """The values of the API to the same question."""
    found = client.get("/api/v1/lettres-cles", query_string={"per_page": 500, **query}).get_json(force=True)
    told: list[dict[str, Any]] = found["lettres_cles"]
    return told


@pytest.mark.parametrize(
    "query",
    [{}, {"secteur": "public"}, {"organisme": "cnops"}, {"lettre": "d", "organisme": "cnss"}, {"as_of": "2010-01-01"}],
)
def test_the_page_tells_the_values_of_the_api_with_the_same_filters(
    pack_client: FlaskClient, query: dict[str, str]
) -> None:
    page = pack_client.get("/lettres-cles", query_string=query)
    grounds = re.findall(r"<table>.*?</table>", page.text, flags=re.DOTALL)[-1]
    told = sorted((cells[0], cells[2].removesuffix(" DH")) for cells in rows(grounds)[1:])
    values = [each for each in answered(pack_client, **query) if each["valeur"] is not None]
    expected = sorted((f"{each['lettre']}{VARIANTS[each['variante']]}", figure(each["valeur"])) for each in values)
    assert told == expected != []


def test_the_matrix_sets_conventions_side_by_side(pack_client: FlaskClient) -> None:
    matrix = re.findall(r'<table class="matrix">.*?</table>', pack_client.get("/lettres-cles").text, flags=re.DOTALL)[0]
    head, *lines = rows(matrix)
    told = {cells[0].split()[0]: cells[1:] for cells in lines}
    assert len(head) == 6 and "privé" in head[4] and "public" in head[3]
    assert told["C"] == ["— aucune", "— aucune", "50,00 DH", "80,00 DH", "signé 150,00 DH"]
    assert told["B"][-1] == "négocié 0,95 DH"


def test_a_payers_own_value_is_told_under_that_of_the_convention(pack_client: FlaskClient) -> None:
    matrix = rows(pack_client.get("/lettres-cles?lettre=D").text)
    assert next(cells[1] for cells in matrix if cells[0].startswith("D (soins)")) == "17,50 DH CNOPS : 13,00 DH"


def test_a_signed_value_is_a_note_and_no_price(pack_client: FlaskClient) -> None:
    page = pack_client.get("/lettres-cles/C")
    assert "signé 150,00 DH — non applicable : ne sert à aucun calcul." in words(page.text)
    assert all("150,00" not in shares for shares in shares_told(page).values())
    assert shares_told(page) == shares_answered(pack_client, "C") != {}


@pytest.mark.parametrize("day", ["2010-01-01", "2013-07-31", "2013-08-01"])
def test_a_letter_that_is_a_whole_fee_shows_the_shares_of_that_day(pack_client: FlaskClient, day: str) -> None:
    page = pack_client.get("/lettres-cles/Cs", query_string={"as_of": day})
    assert shares_told(page) == shares_answered(pack_client, "Cs", as_of=day) != {}


def test_a_letter_that_needs_a_coefficient_shows_no_share(pack_client: FlaskClient) -> None:
    page = pack_client.get("/lettres-cles/K")
    assert "se multiplie par le coefficient" in page.text and shares_told(page) == {}


def test_the_history_keeps_every_value_of_every_payer(pack_client: FlaskClient) -> None:
    told = [cells for cells in rows(pack_client.get("/lettres-cles/C").text) if len(cells) == 8]
    assert ["CNOPS", "aucun", "15,00 DH"] in [cells[3:6] for cells in told]
    own, *former = [cells for cells in told if cells[5] == "15,00 DH"]
    assert all("remplacé" in cells[-1] for cells in former)
    assert own[0] == "du 1er septembre 2006 au 1er août 2013 exclu hypothèse"


@pytest.mark.parametrize(("lettre", "also"), [("AMM", "mise sur le marché"), ("AMO", "assurance maladie obligatoire")])
def test_letters_that_also_mean_something_else_say_so(pack_client: FlaskClient, lettre: str, also: str) -> None:
    assert f"Ailleurs, {lettre} désigne l’" in pack_client.get(f"/lettres-cles/{lettre}").text
    assert also in pack_client.get(f"/lettres-cles/{lettre}").text


def test_case_does_not_matter(pack_client: FlaskClient) -> None:
    assert words(pack_client.get("/lettres-cles/cs").text).count("75,00 DH") >= 1


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/lettres-cles/QQQ", 404),
        ("/lettres-cles/C4", 400),
        ("/lettres-cles/%3Cscript%3E", 400),
        ("/lettres-cles?lettre=QQQ", 404),
        ("/lettres-cles?secteur=mixte", 400),
        ("/lettres-cles?organisme=%00", 400),
    ],
)
def test_a_question_about_no_letter_is_refused(client: FlaskClient, address: str, status: int) -> None:
    page = client.get(address)
    assert page.status_code == status and "<script>" not in page.text


def test_before_anything_is_published_the_page_says_so(empty_client: FlaskClient) -> None:
    assert "Aucune valeur de lettre clé ne répond" in empty_client.get("/lettres-cles").text


@pytest.mark.parametrize("address", ["", "?organisme=cnops", "/C", "/D", "/AMM", "/AMO", "/K?as_of=2000-01-01"])
def test_the_arabic_pages_leave_no_french_sentence(pack_client: FlaskClient, address: str) -> None:
    page = pack_client.get(f"/ar/lettres-cles{address}")
    assert page.status_code == 200 and 'dir="rtl"' in page.text and french_left(page) == []


def test_a_letter_whose_values_contradict_each_other_hides_no_other(
    pack_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def contradicted(snapshot: Snapshot, moment: Moment, *, lettre: str, **filters: str | None) -> list[Told]:
        if lettre == "C":
            raise AmbiguousTariffError("key letter C", moment, ["C:une", "C:autre"])
        return tell_lettres_cles(snapshot, moment, lettre=lettre, **filters)

    monkeypatch.setattr(lettres, "tell_lettres_cles", contradicted)
    page = words(pack_client.get("/lettres-cles").text)
    assert "La lettre C a plusieurs valeurs qui se contredisent" in page and "Consultation de spécialiste" in page
    page = words(pack_client.get("/lettres-cles/C").text)
    assert "Plusieurs valeurs de cette lettre se contredisent à cette date" in page and "Valeurs en vigueur" not in page
