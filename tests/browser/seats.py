"""People before the console in a browser: each signs in once, by the page, and keeps the session."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.admin.desk import PASSWORD

LEFT_OUT = ("status of 404", "status of 409", "status of 422", "status of 403", "status of 400")
"""What Chromium itself writes of an answer that a test asked for on purpose."""


@dataclass
class Seats:
    browser: Browser
    url: str
    _contexts: dict[str, BrowserContext] = field(default_factory=dict)
    _complaints: list[str] = field(default_factory=list)

    def sit(self, name: str, *, width: int = 1280, height: int = 860, dark: bool = False) -> Page:
        """A page of that person's, signed in, of that size and theme."""
        page = self._context(name).new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self._complaints.append(f"{page.url}: {error}"))
        return page

    def visitor(self, **options: object) -> Page:
        """A page of nobody's."""
        page = self.browser.new_context(base_url=self.url, locale="fr-FR", **options).new_page()  # type: ignore[arg-type]
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self._complaints.append(f"{page.url}: {error}"))
        return page

    def _context(self, name: str) -> BrowserContext:
        if name not in self._contexts:
            context = self.browser.new_context(base_url=self.url, locale="fr-FR")
            page = context.new_page()
            page.goto("/admin/connexion")
            page.get_by_label("Nom du compte").fill(name)
            page.get_by_label("Mot de passe").fill(PASSWORD)
            page.get_by_role("button", name="Se connecter").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Tableau de bord")
            page.close()
            self._contexts[name] = context
        return self._contexts[name]

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(known in message.text for known in LEFT_OUT):
            self._complaints.append(f"{message.location.get('url')}: {message.text}")

    def take_complaints(self) -> list[str]:
        taken, self._complaints = self._complaints, []
        return taken

    def close(self) -> None:
        for context in self._contexts.values():
            context.close()
