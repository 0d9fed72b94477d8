"""A walk through pages by their links, one of each shape, and what axe finds wrong with the one before us."""

from __future__ import annotations

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
WIDE, PHONE = (1280, 860), (390, 844)
ENOUGH = 60
"""Pages that are visited at most, of which there are fewer shapes."""


def crawl(
    page: Page,
    start: str,
    shape: Callable[[str], str],
    is_page: Callable[[str], bool],
    look: Callable[[Page], None] = lambda page: None,
) -> list[str]:
    """One address of each shape that is reached by links from ``start``; ``look`` is called at each."""
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
        look(page)
    return list(found.values())


def faults(page: Page) -> list[str]:
    """Violations of the page before us, one sentence each."""
    result = Axe().run(page, options=RULES)
    told = [
        f"{fault['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for fault in result.response["violations"]
        for node in fault["nodes"][:3]
    ]
    if is_too_wide(page):
        told.append("wider than the screen")
    return told


def is_too_wide(page: Page) -> bool:
    """Whether the page as a whole scrolls sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return bool(wide)
