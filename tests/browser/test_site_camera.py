"""The scan of a box: a camera that reads a code fills the form and sends it; without a camera there is no button."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.api.golden_catalogue import EPREX
from tests.browser.site_visitors import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.slow]

READER = """
window.stopped = 0;
window.BarcodeDetector = class {
  static getSupportedFormats() { return Promise.resolve(FORMATS); }
  detect() { return Promise.resolve([{ rawValue: "CODE", format: "ean_13" }]); }
};
Object.defineProperty(navigator, "mediaDevices", { configurable: true, value: { getUserMedia: async () => {
  if (REFUSED) throw new DOMException("no", "NotAllowedError");
  const canvas = document.createElement("canvas");
  canvas.getContext("2d").fillRect(0, 0, 10, 10);
  const stream = canvas.captureStream(20);
  const draw = () => { canvas.getContext("2d").fillRect(0, 0, 10, 10); requestAnimationFrame(draw); };
  draw();
  return stream;
} } });
"""
"""A browser that can read bars, before a camera that always sees the same box."""
NONE = "delete window.BarcodeDetector; Object.defineProperty(navigator, 'mediaDevices', { value: undefined });"


def with_reader(page: Page, *, refused: bool = False, formats: str = '["ean_13", "qr_code"]') -> Page:
    script = READER.replace("FORMATS", formats).replace("CODE", EPREX).replace("REFUSED", str(refused).lower())
    page.add_init_script(script)
    return page


def test_a_code_seen_by_the_camera_is_filled_in_and_sent(visitors: Visitors) -> None:
    page = with_reader(visitors.come(phone=True))
    page.goto("/tiers-payant")
    page.locator("#f-organisme").select_option("cnops")
    page.get_by_role("button", name="Scanner avec la caméra").click()
    expect(page.locator("#verdict")).to_be_visible()
    assert f"code={EPREX}" in page.url
    expect(page.locator("#f-code")).to_have_value(EPREX)


def test_a_code_is_kept_while_the_payer_is_still_to_be_chosen(visitors: Visitors) -> None:
    page = with_reader(visitors.come(phone=True))
    page.goto("/ar/tiers-payant")
    page.locator("#scan").click()
    expect(page.locator("#f-code")).to_have_value(EPREX)
    assert page.url.endswith("/ar/tiers-payant")
    assert page.locator("#scanner video").evaluate("video => video.srcObject === null"), "the camera is let go"


def test_a_camera_that_is_refused_is_said_and_the_form_stays(visitors: Visitors) -> None:
    page = with_reader(visitors.come(phone=True), refused=True)
    page.goto("/tiers-payant")
    page.locator("#scan").click()
    expect(page.locator("#scanner [role=status]")).to_contain_text("refusé")
    expect(page.locator("#f-code")).to_be_editable()


@pytest.mark.parametrize("script", [NONE, READER.replace("FORMATS", '["qr_code"]').replace("REFUSED", "false")])
def test_where_no_box_can_be_read_no_button_is_shown(visitors: Visitors, script: str) -> None:
    page = visitors.come(phone=True)
    page.add_init_script(script)
    page.goto("/tiers-payant")
    expect(page.locator("#scan")).to_be_hidden()
