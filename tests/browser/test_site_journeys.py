"""The public's ways through the site in a real browser: by keyboard, in Arabic on a phone, without scripts."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.api.golden_catalogue import DIAMICRON, EPREX, GLYAZID, NOT_MEMBER
from tests.browser.site_catalogue import LAST_DAY, LEAVING_TITLE, LEFT, LEFT_NAME, LEFT_ON, LIST
from tests.browser.site_visitors import Visitors, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ABILIFY, ACLASTA = "6118001183203", "6118001030538"
PRICED_ON = "2026-07-01"
POSTER = "/affiches/medecins-prive-2006"
WORDS = {
    "fr": {"yes": "Oui", "no": "Non", "perhaps": "Oui, à condition", "price": "37,20 DH", "patient": "16,41 DH"},
    "ar": {"yes": "نعم", "no": "لا", "perhaps": "نعم، بشرط", "price": "37,20", "patient": "16,41"},
}
PREFIX = {"fr": "", "ar": "/ar"}


def search(page: Page, text: str) -> None:
    """By the form, with its button."""
    form = page.get_by_role("search").first
    form.locator("[name=q]").fill(text)
    form.get_by_role("button").click()


def tiles(page: Page) -> Locator:
    return page.locator("dl.tiles").first


def section(page: Page, ident: str) -> Locator:
    """The part of a page under a heading known by its anchor."""
    return page.locator(f"section[aria-labelledby='{ident}']")


def set_clock(page: Page, day: str) -> None:
    page.locator("form.clocks input[name=as_of]").fill(day)
    page.locator("form.clocks button").click()


def seen(page: Page) -> list[str]:
    """The facts of a page: every amount and period in its order, wherever the page is reached from."""
    return [line.strip() for line in page.locator("main dl.tiles, main table").all_inner_texts()]


def test_a_misspelt_name_leads_by_keyboard_to_price_share_equivalents_and_a_permanent_link(visitors: Visitors) -> None:
    page = visitors.come()
    page.goto("/")
    page.locator("#q").focus()
    page.keyboard.type("diamicrom")
    offered = page.get_by_role("listbox").get_by_role("option")
    expect(offered.first).to_contain_text("DIAMICRON")
    page.keyboard.press("ArrowDown")
    expect(offered.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(offered).to_have_count(0)
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_contain_text("Vouliez-vous dire")
    assert not too_wide(page)
    page.get_by_role("link", name="diamicron", exact=True).click()
    expect(page.locator("main")).not_to_contain_text("Vouliez-vous dire")
    page.locator(f"ol.hits a[href$='{DIAMICRON}']").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("DIAMICRON")
    for told in ("37,20 DH", "29,70 DH", "70 %", "16,41 DH"):
        expect(tiles(page)).to_contain_text(told.replace(" ", "\u00a0"))
    expect(section(page, "payeurs")).to_contain_text("CNSS")
    cheaper = section(page, "equivalents").get_by_role("row").filter(has_text="GLYAZID")
    expect(cheaper).to_contain_text("7,50\u00a0DH")
    expect(cheaper.locator(f"a[href$='{GLYAZID}']")).to_be_visible()
    assert not too_wide(page)

    facts, permanent = seen(page), page.locator("a[rel=bookmark]").get_attribute("href")
    assert permanent and {"as_of", "release"} == set(parse_qs(urlsplit(permanent).query))
    page.goto(permanent)
    assert seen(page) == facts


def test_a_suggestion_chosen_by_keyboard_opens_its_page(visitors: Visitors) -> None:
    page = visitors.come()
    page.goto("/recherche")
    page.locator("#q").focus()
    page.keyboard.type("diam")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/medicaments/{DIAMICRON}$"))


def test_the_name_of_a_real_list_is_found_with_a_doubled_letter(visitors: Visitors) -> None:
    if not LIST.is_file():
        pytest.skip(f"the real list is absent: {LIST}")
    page = visitors.come()
    page.goto("/")
    search(page, "dolliprane 500")
    expect(page.locator("ol.hits > li").first).to_contain_text("DOLIPRANE")
    expect(page.locator("main")).to_contain_text("Vouliez-vous dire")


def test_the_history_is_told_as_chart_and_table_and_the_clock_turns_the_page_back(visitors: Visitors) -> None:
    page = visitors.come()
    page.goto(f"/medicaments/{ABILIFY}?as_of={PRICED_ON}")
    expect(tiles(page)).to_contain_text("1 200,00\u00a0DH")
    history = section(page, "historique")
    expect(history.get_by_role("img")).to_be_visible()
    history.get_by_text("Voir le tableau").click()
    table = history.get_by_role("table")
    for told in ("1 500,00\u00a0DH", "1 200,00\u00a0DH", "du 9 juin 2014 au 1er janvier 2026 exclu"):
        expect(table).to_contain_text(told)
    set_clock(page, "2025-12-31")
    expect(tiles(page)).to_contain_text("1 500,00\u00a0DH")
    expect(page.locator(".clock-notice")).to_contain_text("31 décembre 2025")
    page.goto(f"/medicaments/{ACLASTA}?as_of={PRICED_ON}")
    section(page, "avis").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ACLASTA")
    assert f"as_of={PRICED_ON}" in page.url, "the clock that was chosen goes along"


def test_a_medicine_that_left_is_found_until_the_day_before_and_then_told_with_its_act(visitors: Visitors) -> None:
    page = visitors.come()
    page.goto(f"/recherche?as_of={LAST_DAY}")
    search(page, LEFT_NAME.lower())
    expect(page.locator("ol.hits > li")).to_contain_text(LEFT_NAME)

    page.goto(f"/recherche?as_of={LEFT_ON}")
    search(page, LEFT_NAME.lower())
    expect(page.locator("ol.hits")).to_have_count(0)
    told = page.locator("main")
    for words in ("Sorti le 1er mars 2015", LEAVING_TITLE):
        expect(told).to_contain_text(words)
    page.get_by_role("link", name="Voir au 28 février 2015").click()
    expect(tiles(page)).to_contain_text("50,00\u00a0DH")
    set_clock(page, LEFT_ON.isoformat())
    expect(told).to_contain_text("Retiré à partir du 1er mars 2015")
    expect(told).to_contain_text(LEAVING_TITLE)
    assert f"/medicaments/{LEFT}" in page.url and not page.locator("dl.tiles").count()


def ask_tiers_payant(page: Page, prefix: str, code: str, **told: str) -> Locator:
    """The answer to the form, filled by hand."""
    page.goto(f"{prefix}/tiers-payant")
    page.locator("#f-code").fill(code)
    page.locator("#f-organisme").select_option("cnops")
    page.locator("#f-as_of").fill("2017-01-10")
    for name, text in told.items():
        field = page.locator(f"#f-{name}")
        if text == "on":
            field.check()
        else:
            field.fill(text)
    page.locator("form.check button[type=submit]").click()
    return page.locator("#verdict")


def check_tiers_payant(page: Page, language: str) -> None:
    words, prefix = WORDS[language], PREFIX[language]
    expect(ask_tiers_payant(page, prefix, DIAMICRON)).to_have_text(words["no"])
    expect(ask_tiers_payant(page, prefix, EPREX)).to_have_text(words["perhaps"])
    assert page.locator("section.verdict li").count() >= 2, "what is missing is said, each with what to do"
    assert not too_wide(page)
    declared = {"exoneration": "on", "pec": "PEC-1"}
    expect(ask_tiers_payant(page, prefix, EPREX, **declared)).to_have_text(words["yes"])
    assert "PEC-1" not in (page.locator("a[rel=bookmark]").get_attribute("href") or "")
    expect(ask_tiers_payant(page, prefix, EPREX, inpe=NOT_MEMBER, **declared)).to_have_text(words["no"])


def test_a_pharmacy_is_told_yes_no_or_what_is_missing_and_finds_the_list(visitors: Visitors) -> None:
    page = visitors.come()
    check_tiers_payant(page, "fr")
    page.locator("a[href*='/tiers-payant/listes/cnops']").first.click()
    expect(page.get_by_role("row").filter(has_text="EPREX")).to_contain_text(EPREX)
    assert not too_wide(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["phone, dark", "phone, dark, no scripts"])
def test_the_same_in_arabic_on_a_phone(visitors: Visitors, scripts: bool) -> None:
    page = visitors.come(phone=True, dark=True, scripts=scripts)
    page.goto("/")
    page.get_by_role("link", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    search(page, "diamicrom")
    assert not too_wide(page)
    page.locator(f"ol.hits a[href$='/ar/medicaments/{DIAMICRON}']").click()
    for told in ("price", "patient"):
        expect(tiles(page)).to_contain_text(WORDS["ar"][told])
    expect(section(page, "equivalents")).to_contain_text("GLYAZID")
    assert not too_wide(page)
    set_clock(page, "2014-06-08")
    expect(page.locator("main")).to_contain_text("8 يونيو 2014")
    check_tiers_payant(page, "ar")


def test_arabic_script_finds_a_brand(visitors: Visitors) -> None:
    page = visitors.come(phone=True)
    page.goto("/ar/recherche")
    search(page, "دياميكرون")
    expect(page.locator("ol.hits > li").first).to_contain_text("DIAMICRON")


def test_without_scripts_everything_is_there(visitors: Visitors) -> None:
    page = visitors.come(scripts=False)
    page.goto("/")
    search(page, "diamicrom")
    page.locator(f"ol.hits a[href$='{DIAMICRON}']").click()
    expect(tiles(page)).to_contain_text(WORDS["fr"]["price"].replace(" ", "\u00a0"))
    section(page, "historique").get_by_text("Voir le tableau").click()
    expect(section(page, "historique").get_by_role("table")).to_be_visible()
    check_tiers_payant(page, "fr")
    expect(page.locator("#scan")).to_be_hidden()


def test_a_poster_is_shown_and_printed_as_pdf(visitors: Visitors) -> None:
    page = visitors.come()
    page.goto("/affiches")
    page.locator(f"a[href$='{POSTER}']").first.click()
    poster = page.locator("main")
    expect(poster).to_contain_text("Convention nationale des médecins")
    expect(poster.locator("[lang=ar]").first).to_be_attached()
    assert not too_wide(page)
    address = page.get_by_role("link", name="Ouvrir en PDF").get_attribute("href")
    answer = page.request.get(address or "")
    assert answer.status == 200 and answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")


def test_two_versions_are_compared(visitors: Visitors) -> None:
    page = visitors.come()
    page.goto("/versions")
    assert not too_wide(page)
    page.locator("#f-de").select_option("15")
    page.locator("#f-a").select_option("16")
    page.get_by_role("button", name="Comparer").click()
    expect(page).to_have_url(re.compile(r"/versions/16/differences\?.*de=15"))
    page.goto(f"{page.url}&q={quote('ABILIFY 10')}")
    entry = page.locator("ol.entries > li").first
    expect(entry).to_contain_text("1 500,00")
    expect(entry).to_contain_text("1 200,00")
    assert not too_wide(page)


def test_a_file_names_its_release_and_holds_what_the_pages_say(visitors: Visitors, tmp_path: Path) -> None:
    page = visitors.come()
    page.goto(f"/telechargements?as_of={PRICED_ON}&release=17")
    with page.expect_download() as started:
        page.get_by_role("link", name="médicaments, csv", exact=True).click()
    assert "release-17" in started.value.suggested_filename and PRICED_ON in started.value.suggested_filename
    started.value.save_as(tmp_path / "file.csv")
    text = (tmp_path / "file.csv").read_text(encoding="utf-8-sig")
    rows = {row["code"]: row for row in csv.DictReader(StringIO(text))}
    assert (rows[DIAMICRON]["ppv"], rows[ABILIFY]["ppv"]) == ("37.20", "1200.00")


def test_the_feeds_tell_of_releases_and_of_a_molecule(visitors: Visitors) -> None:
    page = visitors.come()
    page.goto("/flux")
    page.get_by_role("searchbox").fill("gliclazide")
    page.get_by_role("button", name="Trouver").click()
    atom = page.get_by_role("link", name=re.compile("GLICLAZIDE.*Atom", re.I)).first.get_attribute("href")
    feed = ElementTree.fromstring(page.request.get(atom or "").body())
    titles = [entry.findtext("{*}title", "") for entry in feed.findall("{*}entry")]
    assert titles and feed.tag.endswith("}feed")
    told = page.locator("a[href$='/flux/versions.json']").first.get_attribute("href")
    items = json.loads(page.request.get(told or "").body())["items"]
    assert len(items) >= 19
