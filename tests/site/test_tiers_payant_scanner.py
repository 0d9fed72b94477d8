"""The scanner, in a real browser whose camera and code reader are played: with JavaScript, without, and refused."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

from tests.api.golden_catalogue import EPREX
from tests.browser.conftest import browser as browser
from tests.browser.conftest import chromium as chromium

pytestmark = pytest.mark.browser

CAMERA = """
window.played = { tracks: [], codes: [] };
navigator.mediaDevices.getUserMedia = async () => {
  const canvas = document.createElement("canvas");
  canvas.getContext("2d").fillRect(0, 0, 9, 9);
  const stream = canvas.captureStream(20);
  window.played.tracks.push(...stream.getTracks());
  setInterval(() => canvas.getContext("2d").fillRect(0, 0, 9, 9), 40);
  return stream;
};
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["ean_13", "qr_code"]; }
  async detect() { return window.played.codes.map((rawValue) => ({ rawValue })); }
};
"""
REFUSED = """
window.BarcodeDetector = class { static async getSupportedFormats() { return ["ean_13"]; } };
navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("no", "NotAllowedError"); };
"""
ABSENT = "delete window.BarcodeDetector;"


@pytest.fixture(scope="module")
def address(pack_app: Flask) -> Iterator[str]:
    """The pages over the bundled pack, at an address a browser can open."""
    server = make_server("127.0.0.1", 0, pack_app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/tiers-payant"
    server.shutdown()
    thread.join()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context()
    yield opened
    opened.close()


def opened(context: BrowserContext, address: str, played: str) -> Page:
    page = context.new_page()
    page.add_init_script(played)
    page.goto(address)
    return page


def stopped(page: Page) -> bool:
    ended: bool = page.evaluate("window.played.tracks.length > 0 && played.tracks.every(t => t.readyState === 'ended')")
    return ended


def test_a_code_before_the_camera_fills_the_field_and_asks(context: BrowserContext, address: str) -> None:
    page = opened(context, address, CAMERA)
    page.select_option("#f-organisme", "cnops")
    page.focus("#f-code")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#scanner video")
    with page.expect_navigation():
        page.evaluate(f"played.codes = ['{EPREX}']")
    assert page.input_value("#f-code") == EPREX
    assert page.inner_text("#verdict") == "Oui, à condition"


def test_a_code_read_before_the_payer_is_chosen_stays_in_the_field(context: BrowserContext, address: str) -> None:
    page = opened(context, address, CAMERA)
    page.click("#scan")
    page.evaluate(f"played.codes = ['{EPREX}']")
    expect(page.locator("#f-code")).to_have_value(EPREX)
    assert (page.url, stopped(page)) == (address, True)


@pytest.mark.parametrize("leave", ["button", "escape"])
def test_the_camera_stops_when_asked_and_the_keyboard_is_where_it_was(
    context: BrowserContext, address: str, leave: str
) -> None:
    page = opened(context, address, CAMERA)
    page.click("#scan")
    expect(page.locator("#scanner [role=status]")).to_contain_text("Présentez le code-barres")
    assert not stopped(page)
    page.focus("#scan-stop")
    page.keyboard.press("Enter" if leave == "button" else "Escape")
    assert (stopped(page), page.is_visible("#scanner")) == (True, False)
    assert page.evaluate("document.activeElement.id") == "scan"


def test_a_refused_camera_is_told_and_the_field_remains(context: BrowserContext, address: str) -> None:
    page = opened(context, address, REFUSED)
    page.click("#scan")
    expect(page.locator("#scanner [role=status]")).to_contain_text("est refusé")
    assert page.is_enabled("#f-code")


def test_where_the_browser_cannot_read_codes_nothing_offers_it(browser: Browser, address: str) -> None:
    without = browser.new_context(java_script_enabled=False)
    plain = without.new_page()
    plain.goto(address)
    assert not plain.is_visible("#scan")
    without.close()
    old = browser.new_context()
    assert not opened(old, address, ABSENT).is_visible("#scan")
    old.close()
