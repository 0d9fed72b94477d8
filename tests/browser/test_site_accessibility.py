"""Every make of public page against WCAG 2.2 AA by axe: in French wide and light, in Arabic small and dark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from service import create_app
from service.settings import Settings
from tests.browser.serving import Served
from tests.browser.site_catalogue import LEFT
from tests.browser.site_visitors import Visitors, too_wide
from tests.browser.walking import crawl, faults
from tests.databases import copy_sqlite
from tests.site.shapes import EVERY, arabic

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODED = ("medicaments", "groupes-generiques", "substances", "dispositifs", "conventions", "lettres-cles", "forfaits",
         "actes-juridiques", "avis", "versions", "affiches")  # fmt: skip
"""Areas whose second step is a code."""
REFUSALS = ("/nulle-part", "/medicaments/6118009999999", f"/medicaments/{LEFT}", "/versions/999", "/recherche?q=zzyzxw",
            "/recherche?q=diamicron&as_of=hier", "/tiers-payant?code=12&organisme=cnops")  # fmt: skip
FEWEST = 25
"""Makes of page that a walk must meet, lest it tests nothing."""


def shape(url: str) -> str:
    """The address without codes, clocks and what else differs between pages of one make."""
    area, *rest = [part for part in urlsplit(url).path.split("/") if part] or [""]
    if area in CODED and rest and rest[0] != "tiers-payant":
        rest[0] = "n"
    if area == "actes" and len(rest) > 1:
        rest[1:] = ["n"]
    return "/".join([area, *rest])


def is_page(url: str) -> bool:
    """Whether a link leads to a French page of the site, not to a file; the Arabic ones are asked for by address."""
    path = urlsplit(url).path
    return not path.startswith(("/api/", "/admin/", "/ar/")) and "." not in path.rsplit("/", 1)[-1]


@dataclass
class Inspector:
    """Looks at one page after another, and remembers what is wrong by the address of the page."""

    site: Served
    told: dict[str, list[str]] = field(default_factory=dict)

    def look(self, page: Page) -> None:
        if found := faults(page) + too_wide(page):
            self.told[page.url.removeprefix(self.site.url)] = found

    def walk(self, page: Page, addresses: Iterable[str]) -> Inspector:
        for address in addresses:
            page.goto(f"{self.site.url}{address}")
            self.look(page)
        return self

    @property
    def report(self) -> str:
        return "\n".join(f"{path}\n    " + "\n    ".join(found) for path, found in self.told.items())


def test_no_french_page_breaks_a_rule(visitors: Visitors, site: Served) -> None:
    page, inspector = visitors.come(), Inspector(site)
    found = crawl(page, f"{site.url}/", shape, is_page, inspector.look)
    assert len(found) >= FEWEST, found
    inspector.walk(page, (address for address in EVERY if "?" in address))
    assert not inspector.told, inspector.report


def test_no_arabic_page_breaks_a_rule_on_a_phone_in_the_dark(visitors: Visitors, site: Served) -> None:
    inspector = Inspector(site).walk(visitors.come(phone=True, dark=True), map(arabic, EVERY))
    assert not inspector.told, inspector.report


@pytest.mark.parametrize("language", ["", "/ar"], ids=["French", "Arabic"])
def test_no_refusal_and_no_empty_page_breaks_a_rule(visitors: Visitors, site: Served, language: str) -> None:
    page = visitors.come(phone=bool(language), dark=not language)
    inspector = Inspector(site).walk(page, (f"{language}{address}" for address in REFUSALS))
    assert not inspector.told, inspector.report


@pytest.fixture
def empty_site(sqlite_template: Path, tmp_path: Path) -> Iterator[Served]:
    """A service before its first release; `amo-catalog serve` would publish the bundled pack."""
    settings = Settings(database_url=copy_sqlite(sqlite_template, tmp_path), data_dir=tmp_path, log_level="ERROR")
    server = make_server("127.0.0.1", 0, create_app(settings), threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield Served(f"http://127.0.0.1:{server.server_port}", tmp_path)
    server.shutdown()


def test_no_page_of_an_empty_catalogue_breaks_a_rule(browser: Browser, empty_site: Served) -> None:
    come = Visitors(browser, empty_site.url)
    addresses = ("/", "/recherche", "/tiers-payant", "/versions", "/ar/telechargements")
    inspector = Inspector(empty_site).walk(come.come(), addresses)
    complaints = come.take_complaints()
    come.close()
    assert not inspector.told, inspector.report
    assert not complaints, "\n".join(complaints)
