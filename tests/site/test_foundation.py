"""What every page of the site does, whatever it tells."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.site.entries import page_of
from service.site.visits import link_to


def test_an_address_that_leads_nowhere_is_told_to_people_in_their_language(client: FlaskClient) -> None:
    french, arabic = client.get("/nulle-part"), client.get("/ar/nulle-part")
    assert (french.status_code, arabic.status_code) == (404, 404)
    assert '<html lang="fr" dir="ltr">' in french.text and "Cette page n’existe pas" in french.text
    assert '<html lang="ar" dir="rtl">' in arabic.text and "Cette page" not in arabic.text


@pytest.mark.parametrize(
    "name", ["_method", "endpoint", "_scheme", "_external", "_anchor", "values", "self", "page", "code"]
)
def test_no_parameter_reaches_the_making_of_links(client: FlaskClient, name: str) -> None:
    for address in ("/", "/ar/conventions", "/recherche"):
        answer = client.get(address, query_string={name: "x" * 5000})
        assert answer.status_code in (200, 302, 400)
        assert "x" * 300 not in answer.text


def test_the_room_of_a_page_is_marked_in_the_menu(client: FlaskClient) -> None:
    assert '<a href="/avis" aria-current="page">Avis</a>' in client.get("/avis").text
    assert '<a href="/actes" aria-current="page">Actes</a>' in client.get("/actes").text
    assert '<a href="/ar/dispositifs" aria-current="page">المستلزمات</a>' in client.get("/ar/dispositifs").text
    assert 'aria-current="page"' not in client.get("/affiches").text


@pytest.mark.parametrize(
    "address",
    ["/avis", "/avis/CT-2013-NOCAND", "/versions/5", "/versions/5/differences", "/telechargements", "/chiffres",
     "/actes-juridiques/convention-dentistes-2006"],
)  # fmt: skip
def test_a_table_that_folds_on_a_phone_stays_a_table_with_named_cells(pack_client: FlaskClient, address: str) -> None:
    page = pack_client.get(address)
    assert page.status_code == 200, address
    folding = re.findall(r'<table class="[^"]*folds" role="table">(.*?)</table>', page.text, re.DOTALL)
    assert folding
    for table in folding:
        heads = re.findall(r'<th role="columnheader"[^>]*>(.*?)</th>', table)
        for row in table.partition('<tbody role="rowgroup">')[2].split('<tr role="row">')[1:]:
            assert '<th role="rowheader"' in row
            assert re.findall(r'<td[^>]* role="cell" data-label="([^"]*)"', row) == heads[1:]
            assert row.count("<td") == len(heads) - 1


@pytest.mark.parametrize("address", ["/versions", "/versions/5", "/actes-juridiques", "/avis"])
def test_an_arabic_page_says_once_that_titles_are_in_french(pack_client: FlaskClient, address: str) -> None:
    told = "تُعرض العناوين والأسماء كما نُشرت"
    assert pack_client.get(f"/ar{address}").text.count(told) == 1
    assert "tels que publiés : en français là" not in pack_client.get(address).text


def test_a_host_that_cannot_be_read_gets_an_answer_without_links(client: FlaskClient) -> None:
    answer = client.get("/", headers={"Host": "a" * 64})
    assert answer.status_code in (400, 404)


def test_no_page_depends_on_a_cookie(client: FlaskClient) -> None:
    for address in ("/", "/avis", "/static/site.css", "/api/v1/releases"):
        assert "Cookie" not in client.get(address).headers.get("Vary", "")
    assert "Cookie" in client.get("/admin/connexion").headers["Vary"]


def test_what_a_pharmacy_declares_of_a_patient_is_in_no_link(client: FlaskClient) -> None:
    page = client.get("/tiers-payant/listes/cnops", query_string={"pec": "SECRET777", "pec_until": "2026-12-31"}).text
    assert "SECRET777" not in page


def test_an_older_release_is_not_told_of_later_ones(client: FlaskClient) -> None:
    page = client.get("/", query_string={"release": "2"}).text
    assert "/versions/2?" in page and "/versions/3?" not in page


@pytest.mark.parametrize("address", ["/", "/telechargements", "/flux", "/sitemap.xml", "/medicaments/6118000100058"])
def test_the_public_address_and_not_the_host_asked_is_written(app: Flask, address: str) -> None:
    app.config["PUBLIC_URL"] = "https://amo.example.ma"
    try:
        page = app.test_client().get(address, headers={"Host": "evil.example", "Accept": "text/html"}).text
    finally:
        app.config["PUBLIC_URL"] = None
    assert "evil.example" not in page


def test_every_entry_of_the_pack_has_a_page_that_opens(pack_app: Flask) -> None:
    catalogue, reader = pack_app.extensions["catalogue"], pack_app.test_client()
    snapshot = catalogue.current()
    seen, wrong = set(), []
    for kind in snapshot.kinds:
        for code in snapshot.codes(kind.name):
            version = snapshot.versions(kind.name, code, snapshot.head)[0]
            found = page_of(kind.name, code)
            if found is None or str(found) in seen:
                continue
            seen.add(str(found))
            day = max(version.period.start, date(1990, 1, 1))
            with pack_app.test_request_context("/"):
                address = link_to(found[0], {"as_of": day.isoformat()}, **found[1])
            if reader.get(address.partition("#")[0], headers={"Accept": "text/html"}).status_code >= 400:
                wrong.append(address)
    assert len(seen) > 100
    assert wrong == []
