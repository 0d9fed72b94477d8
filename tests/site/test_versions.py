"""The list of releases and the page of each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from flask.testing import FlaskClient

from admin.french.words import KINDS as KIND_NAMES
from admin.french.words import VALUES
from catalog.registry import KINDS
from service.site.languages import ARABIC, translations

SITE = Path(__file__).parents[2] / "service" / "site"
OWN = (
    *sorted(SITE.glob("templates/site/version*.html")),
    *sorted(SITE.glob("templates/site/differences*.html")),
    *sorted(SITE.glob("templates/site/acte*_juridique*.html")),
    SITE / "templates/site/flux.html",
    SITE / "templates/site/telechargements.html",
)
MODULES = (
    *sorted(SITE.glob("versions/*.py")),
    *sorted(SITE.glob("flux/*.py")),
    SITE / "actes_juridiques.py",
    SITE / "telechargements.py",
)
PAGES = ("/versions", "/versions/4", "/versions/06-23", "/versions/2/differences", "/versions/1/differences?de=4")


def test_the_newest_release_comes_first_with_its_author_and_who_approved_it(client: FlaskClient) -> None:
    text = client.get("/versions").text
    assert re.findall(r'<h2><a href="/versions/(\d)">', text) == ["4", "3", "2", "1"]
    assert text.count("amina") == text.count("brahim") == 4


def test_each_release_says_what_it_changed_and_on_what_ground(client: FlaskClient) -> None:
    third = client.get("/versions").text.split('href="/versions/3"')[1].split('href="/versions/2"')[0]
    assert "1 ajout<" in third and "1 modification<" in third and "1 retrait<" in third
    assert "Arrêté de retrait" in third


def test_the_digests_are_those_of_the_api(client: FlaskClient) -> None:
    told = client.get("/api/v1/releases/4").get_json()
    page = client.get("/versions/4").text
    for name in ("content_digest", "previous_digest", "chain_digest"):
        assert f"<code>{told[name]}</code>" in page
    assert "amo-catalog verify" in page


def test_a_release_is_found_by_number_and_by_any_spelling_of_its_label(client: FlaskClient) -> None:
    for name in ("1", "06-23", "6.23", "GMR_6_23"):
        assert "Version du 2014-06-06" in client.get(f"/versions/{name}").text


@pytest.mark.parametrize("name", ["0", "5", "-1", "abc", "99999999999999999999", "%00", "<script>", "٤", "1" * 3000])
def test_a_release_that_was_never_published_is_not_found(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/versions/{name}")
    assert answer.status_code == 404
    assert "<script>" not in answer.text


def test_a_release_leads_to_the_catalogue_as_it_was_known_then(client: FlaskClient) -> None:
    page = client.get("/versions/2").text
    assert 'href="/recherche?release=2&amp;as_of=2014-07-03"' in page
    assert 'href="/telechargements?release=2"' in page
    assert 'rel="prev" href="/versions/1"' in page and 'rel="next" href="/versions/3"' in page


def test_a_reader_who_pins_a_release_sees_those_known_then_and_keeps_the_pin(client: FlaskClient) -> None:
    text = client.get("/versions?release=2").text
    assert re.findall(r'<h2><a href="/versions/(\d)\?release=2">', text) == ["2", "1"]


def test_the_form_leads_to_the_address_of_a_comparison(client: FlaskClient) -> None:
    answer = client.get("/versions?de=1&a=3&as_of=2014-07-01")
    assert answer.status_code == 302
    assert answer.location == "/versions/3/differences?as_of=2014-07-01&de=1"


def test_a_page_beyond_the_last_is_the_last(client: FlaskClient) -> None:
    for page in ("2", "999999999", "-1", "x", "1e9"):
        assert client.get(f"/versions?page={page}").text.count('<li class="card">') == 4


def test_before_the_first_release_the_list_says_so(empty_client: FlaskClient) -> None:
    assert "Aucune version n’est encore publiée." in empty_client.get("/versions").text
    assert empty_client.get("/versions/1").status_code == 404
    assert empty_client.get("/versions/1/differences").status_code == 404


def test_a_page_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get("/versions/3").headers["ETag"]
    assert client.get("/versions/3", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("path", PAGES)
def test_in_arabic_the_same_page_reads_from_right_to_left_without_a_french_sentence(
    client: FlaskClient, path: str
) -> None:
    text = client.get(f"/ar{path}").text
    assert '<html lang="ar" dir="rtl">' in text
    assert not [message for message in _messages(*OWN) if len(message) > 20 and message in text]
    assert 'href="/versions' not in text.replace('hreflang="fr" href="/versions', "").replace(f'href="{path}"', "")


def test_every_message_of_these_pages_has_its_arabic() -> None:
    known = translations(ARABIC)
    assert [message for message in _messages(*OWN, *MODULES) if known.ugettext(message) == message] == []


def test_every_kind_field_and_choice_has_its_arabic() -> None:
    words = {name for pair in KIND_NAMES.values() for name in pair[:1]}
    words |= {field.label.replace("'", "’") for kind in KINDS for field in kind.fields.values()}
    words |= {word for choices in VALUES.values() for word in choices.values()}
    assert sorted(word for word in words if translations(ARABIC).ugettext(word) == word) == []


def _messages(*paths: Path) -> set[str]:
    found = set()
    for path in paths:
        method = "python" if path.suffix == ".py" else "jinja2"
        for _, message, *_ in extract_from_file(
            method, path, keywords={"_": None, "gettext": None, "ngettext": (1, 2)}
        ):
            found.add(message if isinstance(message, str) else message[0])
    return found
