"""People before the public site in a browser, each as they are: language, device, theme, with scripts or without.

Whatever they look at, an error in the console or a request to another host is noted against the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from tests.browser.seats import LEFT_OUT
from tests.browser.walking import PHONE, WIDE, is_too_wide

WIDTHS = (320, PHONE[0], WIDE[0])


@dataclass
class Visitors:
    browser: Browser
    url: str
    _contexts: list[BrowserContext] = field(default_factory=list)
    _complaints: list[str] = field(default_factory=list)

    def come(self, *, phone: bool = False, dark: bool = False, scripts: bool = True) -> Page:
        """A page of a new visitor."""
        width, height = PHONE if phone else WIDE
        context = self.browser.new_context(
            base_url=self.url,
            viewport={"width": width, "height": height},
            has_touch=phone,
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            accept_downloads=True,
        )
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self._complaints.append(f"{page.url}: {error}"))
        page.on("request", self._watch)
        page.on("response", self._check)
        return page

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(known in message.text for known in LEFT_OUT):
            self._complaints.append(f"{message.location.get('url')}: {message.text}")

    def _watch(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme in ("http", "https", "ws", "wss") and asked.netloc != urlsplit(self.url).netloc:
            self._complaints.append(f"asks another host: {request.url}")

    def _check(self, response: Response) -> None:
        """A style, a script or a picture that is not there; pages may be refused on purpose."""
        if response.status >= 400 and not response.request.is_navigation_request():
            self._complaints.append(f"{response.status} {response.url}")

    def take_complaints(self) -> list[str]:
        taken, self._complaints = self._complaints, []
        return taken

    def close(self) -> None:
        for context in self._contexts:
            context.close()


def too_wide(page: Page) -> list[str]:
    """The widths at which the page before us scrolls sideways; the size of the window is as before afterwards."""
    before, told = page.viewport_size, []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        if is_too_wide(page):
            told.append(f"{urlsplit(page.url).path} at {width} px")
    if before:
        page.set_viewport_size(before)
    return told
