"""What a page costs a phone, and that it asks nothing of anybody else."""

from __future__ import annotations

import gzip
import re
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask

from tests.site.reading import Library, Markup
from tests.site.shapes import ADDRESSES, EVERY, FILES, arabic, rules

MOST_BYTES = 60_000
"""HTML, styles and scripts of one page, compressed (issue 5); no page loads fonts."""
HOST = "http://localhost"
OUTWARD: frozenset[str] = frozenset()
"""Hosts that pages may link to. None: sources are named, not linked."""
NAMESPACE = "http://www.w3.org"
"""Of SVG: a name that nobody fetches."""
FETCHED = {
    "link": "href",
    "script": "src",
    "img": "src",
    "video": "src",
    "source": "src",
    "iframe": "src",
    "svg:use": "href",
    "svg:image": "href",
}
NOT_FETCHED = {"canonical", "alternate", "bookmark", "prev", "next"}

pages = pytest.mark.parametrize("address", [*EVERY, *map(arabic, EVERY)])


@pytest.fixture(scope="module")
def library(pack_app: Flask) -> Library:
    return Library(pack_app)


def fetched(page: Markup, address: str) -> set[str]:
    """What a browser asks for to show the page."""
    return {
        urljoin(HOST + address, element.attributes[FETCHED[element.tag]])
        for element in page.elements
        if FETCHED.get(element.tag) in element.attributes
        and not NOT_FETCHED & set(element.attributes.get("rel", "").split())
    }


def linked(page: Markup, address: str) -> set[str]:
    """Every address the page names, whether fetched or only followed."""
    named = ("href", "src", "action", "formaction", "poster", "data", "srcset", "xlink:href")
    return {
        urljoin(HOST + address, element.attributes[name])
        for element in page.elements
        for name in named
        if name in element.attributes
    }


def test_every_rule_of_the_site_has_an_address_in_these_tests(app: Flask) -> None:
    assert set(rules(app)) == {*ADDRESSES, *FILES}


@pages
def test_a_page_with_its_styles_and_scripts_is_light(library: Library, address: str) -> None:
    answer = library.answer(address)
    parts = {address: answer.data}
    for url in fetched(Markup(answer.text), address):
        resource = library.answer(urlsplit(url).path)
        assert resource.status_code == 200, url
        parts[url] = resource.data
    weights = {name: len(gzip.compress(data)) for name, data in parts.items()}
    assert sum(weights.values()) < MOST_BYTES, weights


@pages
def test_a_page_names_no_other_host(library: Library, address: str) -> None:
    page = library.page(address)
    hosts = {urlsplit(url).netloc for url in linked(page, address) if urlsplit(url).scheme in ("http", "https")}
    assert hosts <= {urlsplit(HOST).netloc, *OUTWARD}
    schemes = {urlsplit(url).scheme for url in linked(page, address)}
    assert schemes <= {"http", "https"}, schemes


def test_styles_and_scripts_name_no_other_host_either(library: Library) -> None:
    urls = {url for address in EVERY for url in fetched(library.page(address), address)}
    assert any(url.endswith(".css") for url in urls)
    for url in urls:
        named = set(re.findall(r"(?:https?:)?//[\w-]+(?:\.[\w-]+)+", library.answer(urlsplit(url).path).text))
        assert named <= {NAMESPACE}, url


def test_a_page_runs_no_script_but_its_files(library: Library) -> None:
    for address in EVERY:
        page = library.page(address)
        for script in page.find("script"):
            data = script.attributes.get("type") == "application/ld+json"
            assert data or (script.attributes.get("src", "").startswith("/static/") and not script.text), address
        assert not [name for element in page.elements for name in element.attributes if name.startswith("on")], address
        assert not [element.tag for element in page.elements if "style" in element.attributes], address
