"""The glossary as it is read: in the order of a dictionary of each language, with what founds each term."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.site.glossaire_ordre import arabic_order
from tests.site.reading import Markup


def terms(client: FlaskClient, address: str) -> list[str]:
    """The codes of the terms shown, in their order."""
    return [one.attributes["id"] for one in Markup(client.get(address).text).find("article")]


def test_every_term_in_force_is_shown_from_a_to_z_below_its_code(pack_client: FlaskClient) -> None:
    shown = terms(pack_client, "/glossaire")
    assert len(shown) == 26 and len(set(shown)) == 26
    assert shown[0] == "accord-prealable" and shown[-1] == "tnr"
    assert shown.index("ald") < shown.index("ppv") < shown.index("tiers-payant")
    assert "26 termes en vigueur le 22 novembre 2026" in pack_client.get("/glossaire").text


def test_a_term_has_its_meaning_its_arabic_its_text_and_its_act(pack_client: FlaskClient) -> None:
    term = pack_client.get("/glossaire").text.partition('id="princeps"')[2].partition("</article>")[0]
    assert "دواء أصيل (أصلي)" in term and "remboursé sur le prix du plus proche" in term
    assert "Décret 2-05-733" in term and 'href="/actes-juridiques/decret-2-05-733"' in term
    assert "depuis le 1er juillet 2026" in term and 'href="/glossaire#generique"' in term


def test_the_arabic_page_has_the_arabic_order_and_those_without_an_arabic_name_last(pack_client: FlaskClient) -> None:
    shown = terms(pack_client, "/ar/glossaire")
    assert len(shown) == 26
    assert shown[0] == "convention-nationale"  # اتفاقية
    assert shown.index("amo") < shown.index("tiers-payant") < shown.index("gmr") < shown.index("anam")  # ت ث د و
    assert shown.index("anam") < shown.index("accord-prealable") < shown.index("tnr")


@pytest.mark.parametrize(
    ("names", "ordered"),
    [
        (["الأدوية", "الاتفاقيات", "الإرجاع"], ["الاتفاقيات", "الأدوية", "الإرجاع"]),
        (["دواء جنيس", "الثالث المؤدي", "دَواء", "تعاضدية"], ["تعاضدية", "الثالث المؤدي", "دَواء", "دواء جنيس"]),
    ],
)
def test_an_arabic_name_is_ordered_without_its_article_its_marks_and_its_hamzas(
    names: list[str], ordered: list[str]
) -> None:
    assert sorted(names, key=arabic_order) == ordered


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("prealable", {"accord-prealable"}),
        ("PRÉALABLE accord", {"accord-prealable"}),
        ("جنيس", {"generique"}),
        ("zzz", set()),
    ],
)
def test_the_box_keeps_the_terms_that_hold_every_word(pack_client: FlaskClient, asked: str, found: set[str]) -> None:
    answer = pack_client.get("/glossaire", query_string={"q": asked})
    assert answer.status_code == 200
    assert {one.attributes["id"] for one in Markup(answer.text).find("article")} == found
    assert ("Aucun terme ne répond" in answer.text) == (not found)


@pytest.mark.parametrize("asked", ["<script>alert(1)</script>", "\x00", "\u202eabc", "x" * 10_000, "*:*", "(" * 200])
def test_whatever_is_typed_is_answered(pack_client: FlaskClient, asked: str) -> None:
    answer = pack_client.get("/glossaire", query_string={"q": asked})
    assert answer.status_code == 200 and "<script>alert" not in answer.text


def test_every_anchor_and_every_related_term_leads_somewhere(pack_client: FlaskClient) -> None:
    for address in ("/glossaire", "/ar/glossaire"):
        page = Markup(pack_client.get(address).text)
        known = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
        asked = {one.attributes["href"].partition("#")[2] for one in page.find("a") if "#" in one.attributes["href"]}
        assert asked <= set(known) and len(known) == len(set(known))


def told(client: FlaskClient, address: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Markup(client.get(address).text).one("script", type_="application/ld+json").text)
    return found


def test_machines_are_told_the_same_terms(pack_client: FlaskClient) -> None:
    found = told(pack_client, "/glossaire")
    assert found["@type"] == "DefinedTermSet" and len(found["hasDefinedTerm"]) == 26
    ppv = next(term for term in found["hasDefinedTerm"] if term["termCode"] == "ppv")
    assert ppv["name"] == "PPV" and ppv["alternateName"] == {"@value": "الثمن العمومي للبيع", "@language": "ar"}
    assert ppv["@id"].endswith("#ppv") and "as_of=2026-11-22" in ppv["@id"]


def test_before_the_glossary_began_the_page_leads_to_its_beginning(pack_client: FlaskClient) -> None:
    page = pack_client.get("/glossaire?as_of=2014-01-01").text
    assert "Aucun terme n’est en vigueur le 1er janvier 2014." in page
    assert 'href="/glossaire?as_of=2026-07-01"' in page


def test_a_release_without_a_glossary_has_none(pack_client: FlaskClient, empty_client: FlaskClient) -> None:
    assert terms(pack_client, "/glossaire?release=5") == []
    assert empty_client.get("/glossaire").status_code == 200
    assert terms(empty_client, "/ar/glossaire") == []
