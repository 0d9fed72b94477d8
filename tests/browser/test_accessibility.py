"""Every page of the console against WCAG 2.2 AA by axe, in both themes, wide and on a phone."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.seats import Seats
from tests.browser.serving import Served
from tests.browser.work_in_hand import begin

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
WIDE, PHONE = (1280, 860), (390, 844)
APART = ("medicaments", "actes-ngap", "actes-juridiques")
"""Kinds whose pages have parts of their own; those of the others are made alike."""
ENOUGH = 60
"""Pages that are visited at most, of which there are fewer shapes."""


def shape(url: str) -> str:
    """The address without what differs between pages of one make."""
    parts = [part for part in urlsplit(url).path.split("/") if part]
    if len(parts) > 2 and parts[1] == "fiches" and parts[2] not in APART:
        parts = ["admin", "fiches", *("n" for _ in parts[2:])]
    return "/".join("n" if any(sign.isdigit() for sign in part) else part for part in parts)


def is_page(url: str) -> bool:
    """Whether a link leads to a page of the console, not to a file."""
    path = urlsplit(url).path
    return path.startswith("/admin/") and "export" not in url and not path.endswith((".csv", ".xlsx", ".jsonl"))


def crawl(page: Page, start: str) -> list[str]:
    """One address of each shape that is reached by links from ``start``."""
    found: dict[str, str] = {}
    waiting = [start]
    while waiting and len(found) < ENOUGH:
        url = waiting.pop(0)
        if shape(url) in found:
            continue
        answer = page.goto(url)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        found[shape(url)] = url
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        waiting += [link.split("#")[0] for link in links if is_page(link)]
    return list(found.values())


def faults(page: Page) -> list[str]:
    """Violations of the page before us, one sentence each."""
    result = Axe().run(page, options=RULES)
    told = [
        f"{fault['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for fault in result.response["violations"]
        for node in fault["nodes"][:3]
    ]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        told.append("wider than the screen")
    return told


@pytest.fixture(scope="module")
def addresses(seats: Seats, served: Served) -> list[str]:
    page = seats.sit("admin")
    begin(page)
    found = crawl(page, f"{served.url}/admin/")
    assert len(found) > 20, found
    return found


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (PHONE, True)], ids=["wide and light", "phone and dark"])
def test_no_page_of_the_console_breaks_a_rule(
    seats: Seats, addresses: list[str], size: tuple[int, int], dark: bool
) -> None:
    page = seats.sit("admin", width=size[0], height=size[1], dark=dark)
    told = {}
    for url in addresses:
        page.goto(url)
        if found := faults(page):
            told[urlsplit(url).path] = found
    assert not told, "\n".join(f"{path}\n    " + "\n    ".join(lines) for path, lines in told.items())


def test_the_ways_in_break_no_rule(seats: Seats) -> None:
    for dark in (False, True):
        page = seats.visitor(color_scheme="dark" if dark else "light")
        page.goto("/admin/connexion")
        assert not faults(page)
