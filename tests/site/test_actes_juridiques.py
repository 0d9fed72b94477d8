"""The legal acts: their list, and what each brought."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from service.site.actes_juridiques import readable
from tests.api.catalogue import DELISTING, ERRATUM, LIST, PRINCEPS, WITHDRAWN
from tests.api.families import SIGNED, TARIFFS


def listed(text: str) -> list[str]:
    return re.findall(r'<h2><a href="/actes-juridiques/([^"?]*)', text)


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def test_the_newest_act_comes_first_and_undated_ones_last(client: FlaskClient) -> None:
    codes = listed(client.get("/actes-juridiques").text)
    assert codes[:4] == [DELISTING, LIST, SIGNED, TARIFFS]
    assert set(codes[4:]) == {"arrete-hausse-1", "rectificatif-1"}


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("q=6262", [LIST]), ("q=06-23", [LIST]), ("q=arrete retrait", [DELISTING]), ("q=convention", [SIGNED]),
        ("type=guide", [LIST]), ("statut=SIGNE", [SIGNED]), ("q=zzz", []),
    ],
)  # fmt: skip
def test_an_act_is_found_by_number_title_type_and_status(client: FlaskClient, query: str, codes: list[str]) -> None:
    text = client.get(f"/actes-juridiques?{query}").text
    assert listed(text) == codes
    assert ("Aucun acte ne répond à ce choix." in text) == (not codes)


def test_an_act_tells_its_dates_and_what_its_status_means(client: FlaskClient) -> None:
    told = words(client.get(f"/actes-juridiques/{TARIFFS}").text)
    assert "En vigueur — À cette date, ce que cet acte fixe s’applique." in told
    assert "Date de signature 1er juin 2014" in told and "Date d’effet 9 juin 2014" in told
    assert "Date de publication non donnée" in told


def test_a_signed_act_says_that_it_prices_nothing(client: FlaskClient) -> None:
    told = words(client.get(f"/actes-juridiques/{SIGNED}").text)
    assert "Signé — Cet acte n’est pas en vigueur : il ne fixe aucun prix" in told


def test_before_its_effect_an_act_is_only_what_its_dates_prove(client: FlaskClient) -> None:
    told = words(client.get(f"/actes-juridiques/{TARIFFS}?as_of=2014-06-08").text)
    assert "Signé — Cet acte n’est pas en vigueur" in told
    assert "Statut enregistré : En vigueur" in told


@pytest.mark.parametrize("release", [1, 3, 4])
def test_the_page_counts_what_the_api_counts(client: FlaskClient, release: int) -> None:
    for code in listed(client.get(f"/actes-juridiques?release={release}").text):
        counts = client.get(f"/api/v1/legal-acts/{code}?release={release}").get_json()["counts"]
        page = client.get(f"/actes-juridiques/{code}?release={release}").text
        shown = re.findall(r"#apports\">[^<]* : ([\d\u202f]+)</a>", page)
        assert sorted(map(int, shown)) == sorted(counts.values())


def test_what_it_brought_leads_to_the_entries_at_the_release_that_brought_them(client: FlaskClient) -> None:
    rectified = client.get("/actes-juridiques/rectificatif-1").text
    assert f'href="/medicaments/{ERRATUM}?release=2"' in rectified
    told = words(client.get(f"/actes-juridiques/{DELISTING}").text)
    assert f"RETIRE DU GUIDE {WITHDRAWN}" in told and "retire depuis le 1er mars 2015" in told


def test_one_kind_of_what_it_brought_can_be_shown_alone(client: FlaskClient) -> None:
    only = client.get(f"/actes-juridiques/{LIST}?kind=medicaments").text
    assert PRINCEPS in only and "SMR:IMPORTANT" not in only
    assert "Rien de cette famille ne vient de cet acte." in client.get(f"/actes-juridiques/{LIST}?kind=forfaits").text


def test_the_day_each_payer_applied_a_convention_is_told(client: FlaskClient) -> None:
    told = words(client.get(f"/actes-juridiques/{TARIFFS}").text)
    assert "CNOPS pharmaciens-essai oui depuis le 9 juin 2014" in told
    assert "CNSS pharmaciens-essai non depuis le 9 juin 2014" in told


def test_of_the_bundled_pack_acts_are_tied_to_those_they_amend(pack_client: FlaskClient) -> None:
    amended = words(pack_client.get("/actes-juridiques/arrete-2314-08").text)
    assert "Modifié, corrigé ou appliqué par Arrêté modifiant les forfaits" in amended
    amending = words(pack_client.get("/actes-juridiques/arrete-3207-15").text)
    assert "Modifie, corrige ou applique Arrêté fixant les forfaits" in amending


def test_of_the_bundled_pack_every_act_has_a_page_in_both_languages(pack_client: FlaskClient) -> None:
    codes = [
        *listed(pack_client.get("/actes-juridiques").text),
        *listed(pack_client.get("/actes-juridiques?page=2").text),
    ]
    assert len(codes) > 50
    for code in codes:
        french, arabic = (pack_client.get(f"{prefix}/actes-juridiques/{code}").text for prefix in ("", "/ar"))
        assert 'dir="ltr"' in french and 'dir="rtl"' in arabic
        for text in (french, arabic):
            assert len(unescape(text.split("<title>")[1].split("</title>")[0])) <= 120
            assert 50 <= len(unescape(text.split('name="description" content="')[1].split('"')[0])) <= 200


def test_an_act_unknown_at_a_release_is_not_found_there(client: FlaskClient) -> None:
    assert client.get(f"/actes-juridiques/{DELISTING}?release=2").status_code == 404
    assert DELISTING not in listed(client.get("/actes-juridiques?release=2").text)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/inconnu", 404), ("/%00", 400), ("/<script>", 400), ("/" + "a" * 3000, 400), ("/a/b", 400),
        ("?type=x", 400), ("?statut=SIGNE%00", 400), ("?q=" + "x" * 9000, 200), ("?q=%3Cscript%3E", 200),
        (f"/{LIST}?kind=zz", 404), (f"/{LIST}?page=-5", 200), ("?as_of=hier", 400),
    ],
)  # fmt: skip
def test_hostile_addresses_get_a_plain_answer(client: FlaskClient, path: str, status: int) -> None:
    answer = client.get(f"/actes-juridiques{path}")
    assert answer.status_code == status
    assert "<script>" not in answer.text


def test_only_addresses_of_the_web_become_links() -> None:
    assert readable("https://exemple.ma/texte.pdf") == "https://exemple.ma/texte.pdf"
    for hostile in ("javascript:alert(1)", "data:text/html,x", " javascript:x", "//exemple.ma", "", None):
        assert readable(hostile) is None


def test_the_chosen_day_is_kept_from_page_to_page(client: FlaskClient) -> None:
    text = client.get("/actes-juridiques?as_of=2014-07-01").text
    assert f'href="/actes-juridiques/{LIST}?as_of=2014-07-01"' in text


def test_in_arabic_the_meaning_of_the_status_is_arabic(client: FlaskClient) -> None:
    text = client.get(f"/ar/actes-juridiques/{SIGNED}").text
    assert "لا يحدد أي ثمن" in text and "aucun prix" not in text


def test_before_the_first_release_there_is_no_act(empty_client: FlaskClient) -> None:
    assert "Aucun acte n’est encore publié." in empty_client.get("/actes-juridiques").text
    assert empty_client.get("/actes-juridiques/loi-65-00").status_code == 404
