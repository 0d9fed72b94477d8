"""Every page of the console against WCAG 2.2 AA by axe, in both themes, wide and on a phone."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.browser.seats import Seats
from tests.browser.serving import Served
from tests.browser.walking import PHONE, WIDE, crawl, faults
from tests.browser.work_in_hand import begin

pytestmark = [pytest.mark.browser, pytest.mark.slow]

APART = ("medicaments", "actes-ngap", "actes-juridiques")
"""Kinds whose pages have parts of their own; those of the others are made alike."""


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


@pytest.fixture(scope="module")
def addresses(seats: Seats, served: Served) -> list[str]:
    page = seats.sit("admin")
    begin(page)
    found = crawl(page, f"{served.url}/admin/", shape, is_page)
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
