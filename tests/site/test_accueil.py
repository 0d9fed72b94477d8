"""The first page: the search, the ways in, the newest release, and the old address of the lookup."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.api.catalogue import PRINCEPS


def test_the_first_page_tells_the_newest_release_and_who_made_it(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "Version 4 (<bdi" in page
    assert "Version du 2026-11-01" in page
    assert "amina" in page
    assert "brahim" in page
    assert "Arrêté de hausse" in page
    assert 'href="/versions/4"' in page
    assert 'href="/versions/4/differences"' in page
    assert re.search(r"<code dir=\"ltr\">[0-9a-f]{64}</code>", page)


def test_the_figures_are_those_of_the_day(client: FlaskClient) -> None:
    def figures(address: str) -> list[str]:
        tiles = client.get(address).text.partition('<dl class="tiles">')[2].partition("</dl>")[0]
        return re.findall(r"<dd>([^<]+)</dd>", tiles)

    assert figures("/") == ["4", "3", "1", "1"]
    assert figures("/?as_of=2014-07-01") == ["6", "3", "1", "1"], "one was delisted, one withdrawn since"
    assert figures("/?as_of=1999-01-01") == ["0", "0", "0", "0"]


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_every_way_in_leads_somewhere_in_the_language(client: FlaskClient, prefix: str) -> None:
    page = client.get(f"{prefix}/").text
    ways = page.partition('<ul class="cards ways">')[2].partition("</ul>")[0]
    addresses = re.findall(r'href="([^"]+)"', ways)
    assert len(addresses) == 9
    for address in addresses:
        assert address.startswith(f"{prefix}/")
        assert client.get(address).status_code == 200


def test_the_clocks_chosen_are_kept_by_every_way_in(client: FlaskClient) -> None:
    page = client.get("/?as_of=2014-07-01&release=2").text
    ways = page.partition('<ul class="cards ways">')[2].partition("</ul>")[0]
    addresses = re.findall(r'href="([^"]+)"', ways)
    assert all("as_of=2014-07-01&amp;release=2" in address for address in addresses)
    assert '<input type="hidden" name="as_of" value="2014-07-01">' in page


def test_machines_are_told_how_to_search(client: FlaskClient) -> None:
    page = client.get("/").text
    told = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert told["@type"] == "WebSite"
    template = told["potentialAction"]["target"]["urlTemplate"]
    assert template.startswith("http")
    assert template.endswith("/recherche?q={search_term_string}")


def test_the_arabic_page_has_no_french_sentence_left(client: FlaskClient) -> None:
    page = client.get("/ar/").text
    assert '<html lang="ar" dir="rtl">' in page
    assert "عمَّ تبحثون؟" in page
    for french in ("Que cherchez-vous", "Par exemple", "En vigueur", "La dernière version", "Préparée"):
        assert french not in page


def test_before_anything_is_published_the_page_says_so(empty_client: FlaskClient) -> None:
    answer = empty_client.get("/")
    assert answer.status_code == 200
    assert "Rien n’a encore été publié" in answer.text
    assert "En vigueur le" not in answer.text


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        (f"/?code={PRINCEPS}", f"/medicaments/{PRINCEPS}"),
        (f"/?code={PRINCEPS}&as_of=2014-07-01", f"/medicaments/{PRINCEPS}?as_of=2014-07-01"),
        (f"/?code={PRINCEPS}&as_of=hier", f"/medicaments/{PRINCEPS}?as_of=hier"),
        (f"/ar/?code={PRINCEPS}&as_of=2014-07-01", f"/ar/medicaments/{PRINCEPS}?as_of=2014-07-01"),
    ],
)
def test_the_old_address_of_a_lookup_leads_to_the_medicine(client: FlaskClient, asked: str, led: str) -> None:
    answer = client.get(asked)
    assert answer.status_code == 302
    assert answer.location == led


def test_an_old_address_whose_code_cannot_be_read_leads_nowhere(client: FlaskClient) -> None:
    answer = client.get("/?code=//example.org")
    assert (answer.status_code, answer.location) == (400, None)


def offered(page: str) -> list[str]:
    """The examples of the first page."""
    line = page.partition('class="hero welcome"')[2].partition("</section>")[0].partition("</form>")[2]
    return [unescape(one) for one in re.findall(r'href="([^"]+)"', line)]


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_every_example_finds_something_in_force(pack_client: FlaskClient, prefix: str) -> None:
    examples = offered(pack_client.get(f"{prefix}/").text)
    assert len(examples) == 4
    for address in examples:
        assert address.startswith(f"{prefix}/recherche?q=")
        page = pack_client.get(address).text
        assert '<li class="hit">' in page, address


def test_the_examples_are_names_of_this_catalogue_on_that_day(client: FlaskClient) -> None:
    assert "/recherche?q=diamicron+80" in [one.replace("%20", "+") for one in offered(client.get("/").text)]
    assert offered(client.get("/?as_of=1999-01-01").text) == []
    assert "doliprane" not in client.get("/").text


def test_style_script_and_icon_are_the_service_s_own(client: FlaskClient) -> None:
    assert client.get("/static/site.css").content_type.startswith("text/css")
    assert client.get("/static/icon.svg").content_type.startswith("image/svg+xml")
    assert client.get("/static/recherche.js").content_type.partition(";")[0].endswith("/javascript")
    assert client.get("/static/../accueil.py").status_code == 404
