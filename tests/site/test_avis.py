"""The public pages of the commission's opinions: the list of a day, and each with its history and its legal act."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from catalog.database import open_engine, writing
from catalog.releases.changes import Change
from catalog.temporal import Period
from service import create_app
from service.settings import Settings
from tests.api.catalogue import DELISTING, LIST, NOW, PRINCEPS, entry, publish_all, publish_changes
from tests.databases import copy_sqlite
from tests.site.reading import Markup

SINCE_2020, SINCE_2022 = Period(date(2020, 1, 1)), Period(date(2022, 1, 1))
OLD = Period(date(2014, 6, 9), date(2020, 1, 1))


@pytest.fixture(scope="module")
def judged(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The small catalogue after two more releases: an opinion judged anew, one published and withdrawn."""
    folder = tmp_path_factory.mktemp("judged")
    url = copy_sqlite(sqlite_template, folder)
    publish_all(url)
    anew = {"nom": "DIAMICRON", "type_demande": "REEVALUATION", "smr": "IMPORTANT", "decision": "FAVORABLE"}
    first = [
        entry("niveau", "ASMR:V", liste="ASMR", niveau="V", libelle="Inexistante", libelle_ar="منعدم", rang=5),
        Change("avis", "CT-1", SINCE_2020, None),
        entry("avis", "CT-2", SINCE_2020, **anew, asmr="V", dossier="D-17", indication="Diabète <de> type 2"),
        entry("avis", "CT-3", OLD, dci=["GLICLAZIDE"], type_demande="INSCRIPTION", date_avis="2013-05-02"),
        entry("avis", "CT-4", SINCE_2022, medicament=PRINCEPS, type_demande="RETRAIT", smr="IMPORTANT"),
    ]
    second = [Change("avis", "CT-4", SINCE_2022, None)]
    engine = open_engine(url)
    for day, changes, act in ((10, first, LIST), (12, second, DELISTING)):
        at = datetime(2026, 11, day, 9, tzinfo=UTC)
        with writing(engine) as session:
            publish_changes(session, changes, label=None, legal_act=act, published_at=at)
    engine.dispose()
    settings = Settings(database_url=url, data_dir=folder, log_level="ERROR")
    return create_app(settings, clock=lambda: NOW).test_client()


def rows(client: FlaskClient, address: str) -> list[str]:
    """The opinions a list shows, by code."""
    links = Markup(client.get(address).text).find("a")
    found = [link.attributes["href"].partition("?")[0].partition("/avis/")[2] for link in links]
    return [code for code in found if code]


def facts(client: FlaskClient, address: str) -> dict[str, str]:
    """What the page of an opinion says, by label."""
    page = Markup(client.get(address).text)
    labels, values = ([one.text.strip() for one in page.find(tag)] for tag in ("dt", "dd"))
    return dict(zip(labels, values, strict=True))


def test_the_list_shows_the_opinions_of_a_day(client: FlaskClient) -> None:
    page = client.get("/avis").text
    assert "1 avis en vigueur le 22 novembre 2026" in page
    assert 'href="/avis/CT-1"' in page and "15 janvier 2014" in page and "IMPORTANT" in page
    before = client.get("/avis", query_string={"as_of": "2014-01-01"}).text
    assert "Aucun avis n’est en vigueur le 1er janvier 2014." in before


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ({"texte": "diamicron"}, True),
        ({"texte": "ct-1"}, True),
        ({"texte": "aspirine"}, False),
        ({"smr": "IMPORTANT"}, True),
        ({"smr": "important"}, True),
        ({"smr": "FAIBLE"}, False),
        ({"smr": "AUCUN"}, False),
        ({"asmr": "AUCUN"}, True),
        ({"asmr": "V"}, False),
        ({"demande": "INSCRIPTION"}, True),
        ({"demande": "RETRAIT"}, False),
        ({"annee": "2014"}, True),
        ({"annee": "2013"}, False),
        ({"annee": "deux mille"}, False),
        ({"smr": "IMPORTANT", "texte": "aspirine"}, False),
        ({"page": "99"}, True),
        ({"page": "x"}, True),
        ({"page": "-1"}, True),
        ({"texte": "9" * 10_000}, False),
        ({"texte": "\x00<script>alert(1)</script>\u202e"}, False),
    ],
)
def test_it_is_searched_by_text_level_request_and_year(
    client: FlaskClient, asked: dict[str, str], is_found: bool
) -> None:
    response = client.get("/avis", query_string=asked)
    assert response.status_code == 200
    assert ("/avis/CT-1" in response.text) == is_found
    assert ("ne répond à cette recherche" in response.text) != is_found
    assert "<script>alert" not in response.text


def test_the_newest_opinion_comes_first_and_one_without_a_date_counts_from_its_beginning(judged: FlaskClient) -> None:
    assert rows(judged, "/avis") == ["CT-2"]
    assert rows(judged, "/avis?as_of=2019-06-01") == ["CT-1", "CT-3"]
    assert rows(judged, "/avis?as_of=2019-06-01&annee=2013") == ["CT-3"]
    assert rows(judged, "/avis?annee=2020") == ["CT-2"]


def test_a_list_of_more_than_a_page_is_turned(pack_client: FlaskClient) -> None:
    first, last = rows(pack_client, "/avis?page=1"), rows(pack_client, "/avis?page=9")
    assert 0 < len(first) <= 50 and len(set(first)) == len(first)
    assert set(last) <= set(first) or set(last).isdisjoint(first)


def test_the_clocks_chosen_are_kept_by_links_and_by_the_form(judged: FlaskClient) -> None:
    page = Markup(judged.get("/avis?as_of=2019-06-01&release=4").text)
    assert [link for link in page.find("a") if link.attributes["href"] == "/avis/CT-1?as_of=2019-06-01&release=4"]
    assert {one.attributes["value"] for one in page.find("input", type_="hidden", name="as_of")} == {"2019-06-01"}
    assert rows(judged, "/avis?as_of=2021-01-01&release=4") == ["CT-1"]


def test_an_opinion_has_its_page_with_its_legal_act_and_what_it_concerns(client: FlaskClient) -> None:
    page = client.get("/avis/CT-1").text
    assert "Guide 06-23" in page and 'href="/actes-juridiques/gmr-06-23"' in page and "BO n° 6262 bis" in page
    assert f'href="/medicaments/{PRINCEPS}"' in page and "1 présentation en vigueur" in page
    assert "Inscription" in page and "depuis le 9 juin 2014" in page
    assert 'href="/glossaire#smr"' in page and 'href="/avis#niveaux"' in page


def test_what_an_opinion_does_not_say_is_said_to_be_missing(judged: FlaskClient) -> None:
    told = facts(judged, "/avis/CT-3?as_of=2019-06-01")
    assert told["Service médical rendu (SMR)"] == told["Sens de l’avis"] == told["Dossier"] == "non donné"
    assert told["Indication"] == told["Séance"] == "non donnée"


def test_what_it_says_is_shown_with_the_label_of_its_level(judged: FlaskClient) -> None:
    told = facts(judged, "/avis/CT-2")
    assert told["Amélioration du SMR (ASMR)"] == "V (Inexistante)"
    assert told["Sens de l’avis"] == "Favorable" and told["Dossier"] == "D-17"
    assert told["Indication"] == "Diabète <de> type 2"
    assert "V (منعدم)" in Markup(judged.get("/ar/avis/CT-2").text).one("main").text


def test_the_other_opinions_of_a_medicine_are_beside_it(judged: FlaskClient) -> None:
    assert "Autres avis" not in judged.get("/avis/CT-2").text
    beside = judged.get("/avis/CT-2?as_of=2023-01-01&release=5").text.partition('id="autres"')[2]
    assert 'href="/avis/CT-4?as_of=2023-01-01&amp;release=5"' in beside.partition("</section>")[0]


def test_an_opinion_out_of_force_says_when_it_was(judged: FlaskClient) -> None:
    answer = judged.get("/avis/CT-1")
    assert answer.status_code == 404 and answer.headers["Cache-Control"] == "no-store"
    assert "n’est pas en vigueur le 22 novembre 2026" in answer.text
    assert 'href="/avis/CT-1?as_of=2014-06-09"' in answer.text
    assert "du 9 juin 2014 au 1er janvier 2020 exclu" in answer.text
    assert judged.get("/avis/CT-1?as_of=2019-12-31").status_code == 200


def test_an_opinion_that_a_later_release_withdrew_is_told_so(judged: FlaskClient) -> None:
    answer = judged.get("/avis/CT-4")
    assert answer.status_code == 404
    assert "à la version 6 il n’est en vigueur à aucune date" in answer.text
    assert "remplacée par la version 6" in answer.text
    assert judged.get("/avis/CT-4?release=5").status_code == 200


@pytest.mark.parametrize(
    ("url", "status", "expected"),
    [
        ("/avis?as_of=hier", 400, "La date « hier » ne se lit pas"),
        ("/avis/CT-1?as_of=hier", 400, "La date « hier » ne se lit pas"),
        ("/avis?release=99", 400, "Aucune version « 99 » n’a été publiée"),
        ("/avis/CT-9", 404, "Rien n’a été publié sous ce code."),
        ("/avis/<script>alert(1)</script>", 400, "Ce code ne se lit pas."),
        ("/avis/CT-1?as_of=2014-01-01", 404, "n’est pas en vigueur le 1er janvier 2014"),
    ],
)
def test_a_refusal_is_told_in_french(client: FlaskClient, url: str, status: int, expected: str) -> None:
    response = client.get(url)
    assert response.status_code == status
    assert response.headers["Cache-Control"] == "no-store"
    assert expected in response.text
    assert "<script>alert" not in response.text


def test_the_levels_are_explained_in_their_order_with_their_act(pack_client: FlaskClient) -> None:
    page = pack_client.get("/avis").text
    levels = page.partition('id="niveaux"')[2]
    assert levels.index("MAJEUR") < levels.index("MODERE") < levels.index("INSUFFISANT")
    assert "échelle française, supposée au Maroc" in levels and 'href="/glossaire#asmr"' in levels


def test_before_anything_is_published_the_page_says_so(empty_client: FlaskClient) -> None:
    answer = empty_client.get("/avis")
    assert answer.status_code == 200 and "Aucun avis n’est en vigueur" in answer.text
    assert empty_client.get("/avis/CT-1").status_code == 404


@pytest.mark.parametrize(
    "address", ["/ar/avis", "/ar/avis?texte=zzz", "/ar/avis/CT-1", "/ar/avis/CT-1?as_of=2001-01-01"]
)
def test_the_arabic_pages_are_arabic(client: FlaskClient, address: str) -> None:
    page = client.get(address).text
    assert '<html lang="ar" dir="rtl">' in page
    assert "en vigueur" not in page and "Aucun" not in page


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get("/avis").headers["ETag"]
    assert client.get("/avis", headers={"If-None-Match": tag}).status_code == 304
