"""What is typed: in Arabic script, in great length, or to do harm."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

HOSTILE = [
    "*", "?*?*?*", "*:*", "(" * 90 + ")" * 90, "a\x00b", "\u202edoliprane\u202c", "\u2066\u2067\u2068", "AND OR NOT",
    "'; DROP TABLE fact; --", "nom:[a TO z]", "~~~^^^", "%", "\\", "\ufffd", "é" * 200, "💊" * 100, "\xed\xa0\x80",
    "1" * 200, " ".join("abcdefghijkl"), "{{7*7}}", "$" * 200,
]  # fmt: skip


@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize("query", HOSTILE)
def test_whatever_is_typed_gets_a_page(client: FlaskClient, prefix: str, query: str) -> None:
    answer = client.get(f"{prefix}/recherche", query_string={"q": query})
    assert answer.status_code in (200, 400)
    shown = re.sub(r'<input type="hidden"[^>]*>', "", answer.text)
    assert "\x00" not in shown
    assert "\u202e" not in shown


@pytest.mark.parametrize(
    "query", ["a" * 10_000, "doliprane " * 1000, " ".join(f"mot{n}" for n in range(500)), " ".join("abcdefghijklmnop")]
)
def test_too_long_a_query_is_refused_in_words(client: FlaskClient, query: str) -> None:
    answer = client.get("/recherche", query_string={"q": query})
    assert answer.status_code == 400
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cette recherche est trop longue" in answer.text
    assert len(re.sub(r'href="[^"]*"', "", answer.text)) < 12_000, "what was typed is cut"


def test_raw_bytes_that_are_no_text_get_a_page(client: FlaskClient) -> None:
    for raw in ("%ED%A0%80", "%FF%FE", "%00", "%C3%28"):
        assert client.get(f"/recherche?q={raw}&dci={raw}&sort={raw}&page={raw}").status_code in (200, 400)


@pytest.mark.parametrize(
    "name", ["q", "dci", "forme", "smr", "organisme", "convention", "sort", "page", "as_of", "release"]
)
def test_nothing_typed_is_ever_read_as_markup(client: FlaskClient, name: str) -> None:
    typed = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    page = client.get("/recherche", query_string={"q": "gliclazide", name: typed}).text
    assert "<script>alert" not in page
    assert "<img" not in page


def test_what_was_typed_is_shown_apart_from_the_sentence(client: FlaskClient) -> None:
    page = client.get("/recherche", query_string={"q": "<b>gliclazide</b>"}).text
    assert '<bdi dir="auto">&lt;b&gt;gliclazide&lt;/b&gt;</bdi>' in page


@pytest.mark.parametrize(
    ("prefix", "asked", "told"),
    [
        ("", "kind=secret", ["Demande illisible", '<code dir="ltr">kind</code>', "Acte CCAM", "acte_ccam", "secret"]),
        ("", "sort=zzz", ['<code dir="ltr">sort</code>', "Prix croissant", "prix", "titre", "zzz"]),
        ("/ar", "kind=secret", ["طلب غير مقروء", '<code dir="ltr">kind</code>', "acte_ccam", "قيمه هي"]),
        ("/ar", "sort=zzz", ['<code dir="ltr">sort</code>', "الثمن تصاعديا", "prix"]),
    ],
)
def test_a_parameter_that_cannot_be_read_is_named_with_its_values(
    client: FlaskClient, prefix: str, asked: str, told: list[str]
) -> None:
    answer = client.get(f"{prefix}/recherche?q=gliclazide&{asked}")
    assert answer.status_code == 400
    assert [one for one in told if one not in answer.text] == []
    name = asked.partition("=")[0]
    offered = re.findall(rf'href="({prefix}/recherche\?q=gliclazide&amp;{name}=[^"]+)"', answer.text)
    assert len(offered) > 3
    for address in offered:
        assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_an_order_that_makes_no_sense_of_a_kind_is_the_usual_one(client: FlaskClient) -> None:
    answer = client.get("/recherche?kind=acte_ngap&sort=prix")
    assert answer.status_code == 200
    assert '<b aria-current="true">Nom</b>' in answer.text


@pytest.mark.parametrize("query", ["qqqzzzxxww 80", "qqqzzzxxww comprime", "80 mg qqqzzzxxww comprime"])
def test_a_dose_or_a_form_alone_answers_no_unknown_name(client: FlaskClient, query: str) -> None:
    page = client.get("/recherche", query_string={"q": query}).text
    assert '<li class="hit">' not in page
    assert "Vouliez-vous dire" not in page
    assert "Que faire" in page


def test_a_query_in_arabic_finds_the_latin_name_and_the_page_is_arabic(
    pack_client: FlaskClient, client: FlaskClient
) -> None:
    page = client.get("/ar/recherche", query_string={"q": "دياميكرون"}).text
    assert '<html lang="ar" dir="rtl">' in page
    assert "DIAMICRON" in page
    assert "37,20" in page
    assert re.search(r'href="/ar/medicaments/\d+"', page)
    assert 'value="دياميكرون"' in page


def test_the_arabic_pages_have_no_french_sentence_left(client: FlaskClient) -> None:
    french = (
        "résultat", "Trier", "Affiner", "Rechercher", "Pertinence", "Que faire", "Parcourir", "Princeps", "Générique",
        "Vouliez", "Base ", "Taux ", "depuis le", "Retirer",
    )  # fmt: skip
    for address in ("", "?q=gliclazide", "?q=diamicrron", "?q=zzzqqqxx", "?kind=medicament", "?kind=dispositif"):
        page = client.get(f"/ar/recherche{address}").text
        body = re.sub(r'<(bdi|a)[^>]*lang="fr".*?</\1>', "", page, flags=re.S)
        assert [word for word in french if word in body] == [], address
