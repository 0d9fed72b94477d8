"""What search engines and those who share a link are told of every page."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from flask import Flask

from tests.api.golden_catalogue import DIAMICRON, WITHDRAWN
from tests.site.reading import Library, Markup
from tests.site.shapes import ADDRESSES, EVERY, PLAIN, REFUSED, arabic

HOST = "http://localhost"
SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
SHORTEST, LONGEST = {"fr": 50, "ar": 40}, 200
"""Characters of a description: less says nothing, more is cut. Arabic writes no short vowels."""
LONGEST_TITLE = 160
DIRECTIONS = {"fr": "ltr", "ar": "rtl"}
CLOCKS = "as_of=2014-07-01&release=5"

UNMAPPED = {
    "/lettres-cles/<lettre>",
    "/forfaits/<forfait>",
    "/tiers-payant/listes/<organisme>",
    "/affiches/<path:code>",
    "/affiches/tiers-payant/<organisme>",
    "/versions/<n>",
    "/versions/<n>/differences",
    "/actes-juridiques/<path:code>",
}
"""Pages that the map leaves to be found from the pages it names."""

in_both_languages = pytest.mark.parametrize("address", [*EVERY, *map(arabic, EVERY)])


@pytest.fixture(scope="module")
def library(pack_app: Flask) -> Library:
    return Library(pack_app)


def clocked(address: str) -> str:
    """The address at two clocks, whichever it names already."""
    return f"{address}{'&' if '?' in address else '?'}{CLOCKS}" if "as_of" not in address else address


def parts(url: str) -> tuple[str, dict[str, list[str]]]:
    """An address whatever the order of its parameters."""
    return url.partition("?")[0], parse_qs(urlsplit(url).query)


@in_both_languages
def test_a_page_says_what_it_is(library: Library, address: str) -> None:
    page = library.page(address)
    language = page.one("html").attributes["lang"]
    heading, title = page.one("h1").text.split(), page.one("title").text
    assert heading and len(title) <= LONGEST_TITLE
    assert title.partition(" · ")[0].strip(), "the title names the page before the site"
    assert SHORTEST[language] <= len(page.meta("description")) <= LONGEST, page.meta("description")


@in_both_languages
def test_a_page_says_in_which_language_and_where_the_other_one_is(library: Library, address: str) -> None:
    page, language = library.page(address), "ar" if address.startswith("/ar") else "fr"
    root = page.one("html").attributes
    assert (root["lang"], root["dir"]) == (language, DIRECTIONS[language])
    alternate = page.one("link", rel="alternate", hreflang="fr" if language == "ar" else "ar").attributes["href"]
    twin = library.page(alternate.removeprefix(HOST))
    assert twin.one("html").attributes["lang"] == ("fr" if language == "ar" else "ar")
    back = twin.one("link", rel="alternate", hreflang=language).attributes["href"]
    assert parts(back) == parts(HOST + address)


@in_both_languages
def test_a_page_has_one_address_whatever_its_clocks(library: Library, address: str) -> None:
    canonical = library.page(address).one("link", rel="canonical").attributes["href"]
    assert canonical.startswith(HOST) and not {"as_of", "release"} & set(parse_qs(urlsplit(canonical).query))
    assert library.page(canonical.removeprefix(HOST)).one("link", rel="canonical").attributes["href"] == canonical
    later = library.answer(clocked(address))
    if later.status_code == 200:
        assert Markup(later.text).one("link", rel="canonical").attributes["href"] == canonical


@in_both_languages
def test_a_shared_link_shows_title_description_and_language(library: Library, address: str) -> None:
    page = library.page(address)
    assert page.meta("og:title") and page.one("title").text.startswith(page.meta("og:title"))
    assert page.meta("og:description") == page.meta("description")
    assert page.meta("og:url") == page.one("link", rel="canonical").attributes["href"]
    assert page.meta("og:locale") == ("ar_MA" if address.startswith("/ar") else "fr_MA")
    assert page.meta("og:site_name") and page.meta("og:type")


@pytest.mark.parametrize("told", ["title", "description"])
def test_no_two_makes_of_page_are_told_alike(library: Library, told: str) -> None:
    seen: Counter[str] = Counter()
    for address in [*PLAIN, *map(arabic, PLAIN)]:
        page = library.page(address)
        seen[page.one("title").text if told == "title" else page.meta("description")] += 1
    assert [text for text, count in seen.items() if count > 1] == []


@pytest.mark.parametrize(("address", "status"), REFUSED.items())
def test_a_refusal_is_in_no_search_engine(library: Library, address: str, status: int) -> None:
    for asked in (address, arabic(address)):
        page = library.page(asked, status)
        assert page.one("h1").text.strip()
        assert "noindex" in page.meta("robots")


def test_robots_are_kept_out_of_the_console_and_told_of_the_map(library: Library) -> None:
    answer = library.answer("/robots.txt")
    assert answer.mimetype == "text/plain"
    lines = answer.text.splitlines()
    assert {"User-agent: *", "Disallow: /admin/", f"Sitemap: {HOST}/sitemap.xml"} <= set(lines)


def urls_of_the_map(library: Library) -> dict[str, dict[str, str]]:
    """Every address of every part, with those of its languages."""
    index = ElementTree.fromstring(library.answer("/sitemap.xml").data)
    parts = [loc.text or "" for loc in index.findall("s:sitemap/s:loc", SPACES)]
    assert parts
    found = {}
    for part in parts:
        for url in ElementTree.fromstring(library.answer(urlsplit(part).path).data):
            links = {link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", SPACES)}
            found[url.findtext("s:loc", "", SPACES)] = links
    return found


def test_the_map_leads_to_pages_and_only_to_pages(library: Library) -> None:
    found = urls_of_the_map(library)
    assert {f"{HOST}/", f"{HOST}/ar/", f"{HOST}/medicaments/{DIAMICRON}"} <= set(found)
    told = list(found)
    for url in told[:: max(1, len(told) // 60)]:
        assert library.answer(url.removeprefix(HOST)).status_code == 200, url
        assert set(found[url]) == {"fr", "ar"} and url in found[url].values()


def test_the_map_names_pages_as_they_name_themselves(library: Library) -> None:
    told = set(urls_of_the_map(library))
    for rule, (address, *_) in ADDRESSES.items():
        canonical = library.page(address).one("link", rel="canonical").attributes["href"]
        assert (canonical in told) == (rule not in UNMAPPED), rule


def drugs(page: Markup) -> list[dict[str, Any]]:
    """What the page tells machines of medicines (schema.org)."""
    told = [json.loads(script.text) for script in page.find("script", type_="application/ld+json")]
    flat = [node for each in told for node in (each.get("@graph", [each]) if isinstance(each, dict) else each)]
    assert all(each.get("@context") == "https://schema.org" for each in told if isinstance(each, dict))
    return [node for node in flat if node.get("@type") == "Drug"]


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_a_medicine_is_told_to_machines(library: Library, prefix: str) -> None:
    page = library.page(f"{prefix}/medicaments/{DIAMICRON}")
    (drug,) = drugs(page)
    assert drug["name"].startswith("DIAMICRON")
    assert drug["url"] == page.one("link", rel="canonical").attributes["href"]
    assert "GLICLAZIDE" in json.dumps(drug["activeIngredient"])
    assert drug["dosageForm"] == "COMPRIME SECABLE"
    assert DIAMICRON in json.dumps(drug)
    assert drug["isAvailableGenerically"] is True
    assert "37.20" in json.dumps(drug) and "MAD" in json.dumps(drug)


def test_what_is_not_known_of_a_medicine_is_not_told_to_machines(library: Library) -> None:
    (drug,) = drugs(library.page(f"/medicaments/{WITHDRAWN}"))
    assert not {"dosageForm", "manufacturer", "isAvailableGenerically"} & set(drug)
    assert None not in drug.values()


def test_what_is_said_to_machines_is_json_on_every_page(library: Library) -> None:
    for address in EVERY:
        for script in library.page(address).find("script", type_="application/ld+json"):
            assert json.loads(script.text), address
