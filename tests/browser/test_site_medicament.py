"""The page of a medicine on a phone and on paper, as a browser lays it out."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.api.golden_catalogue import DIAMICRON
from tests.browser.site_visitors import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FEWEST_PIXELS = 11
MOST_SHEETS = 3
CUT = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.getAttribute('aria-label'))"
LABELS = """all => all.map(one => ({
  size: parseFloat(getComputedStyle(one).fontSize) * one.ownerSVGElement.getScreenCTM().a,
  box: one.getBoundingClientRect().toJSON(),
})).filter(one => one.box.width)"""


@pytest.fixture(params=["", "/ar"], ids=["fr", "ar"])
def on_a_phone(request: pytest.FixtureRequest, visitors: Visitors) -> Page:
    page = visitors.come(phone=True, dark=True)
    page.goto(f"{request.param}/medicaments/{DIAMICRON}")
    return page


def meet(one: dict[str, Any], other: dict[str, Any]) -> bool:
    a, b = one["box"], other["box"]
    return bool(a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"])


def test_nothing_hides_behind_a_sideways_scroll(on_a_phone: Page) -> None:
    on_a_phone.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert on_a_phone.locator(".scroll").evaluate_all(CUT) == []


def test_rows_laid_out_as_cards_are_still_rows_of_a_table(on_a_phone: Page) -> None:
    table = on_a_phone.get_by_role("table").first
    assert table.get_by_role("columnheader").count() == 6
    row = table.get_by_role("row").nth(2)
    expect(row.get_by_role("rowheader")).to_be_visible()
    assert row.get_by_role("cell").count() == 5
    for cell in row.get_by_role("cell").all():
        expect(cell).to_be_visible()


def test_the_letters_of_the_chart_can_be_read_and_do_not_touch(on_a_phone: Page) -> None:
    labels = on_a_phone.locator("svg.chart text").evaluate_all(LABELS)
    assert len(labels) > 4
    assert all(one["size"] >= FEWEST_PIXELS for one in labels)
    assert not [(a, b) for i, a in enumerate(labels) for b in labels[:i] if meet(a, b)]


def test_paper_is_white_and_short_and_says_where_it_comes_from(visitors: Visitors) -> None:
    page = visitors.come(dark=True)
    page.goto(f"/medicaments/{DIAMICRON}")
    expect(page.locator(".paper")).to_be_hidden()
    sheets = re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4"))
    assert 0 < len(sheets) <= MOST_SHEETS
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".paper")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile(r"as_of=.*release="))).to_be_visible()
    expect(page.locator("details ol").first).to_be_hidden()
    for name, colour in (("body", "rgb(255, 255, 255)"), (".tile.first", "rgb(226, 241, 234)")):
        expect(page.locator(name).first).to_have_css("background-color", colour)
    expect(page.locator("table").first).to_have_css("color", "rgb(0, 0, 0)")
