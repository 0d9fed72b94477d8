"""From the page of a poster to PDF: one at a time, the last ones kept, and nothing fetched from anywhere.

The same page gives the same bytes. WeasyPrint needs Pango and a font with Arabic letters; without them the poster can
still be printed from its page.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any

from service.answers import digest

STYLE = Path(__file__).parents[1] / "static" / "affiche.css"
KEPT = 24
PATIENCE = 20.0
"""Seconds a reader waits for those before; then asked to come back."""
PLACES = 3
"""Readers at the press at once, the one being served included: the others are asked to come back at once, so that the
threads of the server stay free for pages."""


class PrinterMissingError(Exception):
    """WeasyPrint, the system libraries it needs, or a font with the letters of the poster is not installed."""


class PrinterBusyError(Exception):
    """Too many other posters are being drawn."""


class _Complaints(logging.Handler):
    """What WeasyPrint logs of letters for which no font is installed."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.missing: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if ".notdef" in str(record.msg):
            self.missing.append(record.getMessage())


class Press:
    """Draws documents one at a time, and keeps the last ones by what they were drawn from."""

    def __init__(
        self, draw: Callable[[str], bytes], kept: int = KEPT, patience: float = PATIENCE, places: int = PLACES
    ) -> None:
        self._draw, self._kept, self._patience = draw, kept, patience
        self._places, self._turn, self._shelf_lock = BoundedSemaphore(places), Lock(), Lock()
        self._shelf: OrderedDict[str, bytes] = OrderedDict()

    def find(self, html: str, key: str) -> bytes:
        """The document of a page. Raises PrinterMissingError, PrinterBusyError."""
        kept = self._find_kept(key)
        if kept is not None:
            return kept
        if not self._places.acquire(blocking=False):
            raise PrinterBusyError
        try:
            return self._draw_in_turn(html, key)
        finally:
            self._places.release()

    def _draw_in_turn(self, html: str, key: str) -> bytes:
        if not self._turn.acquire(timeout=self._patience):
            raise PrinterBusyError
        try:
            kept = self._find_kept(key)
            return kept if kept is not None else self._keep(key, self._draw(html))
        finally:
            self._turn.release()

    def _find_kept(self, key: str) -> bytes | None:
        with self._shelf_lock:
            found = self._shelf.get(key)
            if found is not None:
                self._shelf.move_to_end(key)
            return found

    def _keep(self, key: str, drawn: bytes) -> bytes:
        with self._shelf_lock:
            self._shelf[key] = drawn
            while len(self._shelf) > self._kept:
                self._shelf.popitem(last=False)
        return drawn


def tag_of(html: str) -> str:
    """Changes whenever the document would: with the page, its style, or the printer. Raises PrinterMissingError."""
    return digest(html, STYLE.read_bytes(), str(printer().__version__))


def printer() -> Any:
    """WeasyPrint. Raises PrinterMissingError."""
    try:
        return import_module("weasyprint")
    except (ImportError, OSError) as error:
        raise PrinterMissingError(str(error)) from error


def draw(html: str) -> bytes:
    """The page as PDF. Raises PrinterMissingError, also for letters that no font has: they would print as boxes."""
    weasyprint = printer()
    complaints, told = _Complaints(), logging.getLogger("weasyprint")
    told.addHandler(complaints)
    told.propagate = False  # what else it logs is of rules meant for screens
    try:
        closed = weasyprint.urls.URLFetcher(allowed_protocols=())
        style = weasyprint.CSS(string=STYLE.read_text(encoding="utf-8"), url_fetcher=closed)
        drawn: bytes = weasyprint.HTML(string=html, url_fetcher=closed).write_pdf(stylesheets=[style], pdf_tags=True)
    finally:
        told.removeHandler(complaints)
        told.propagate = True
    if complaints.missing:
        raise PrinterMissingError(complaints.missing[0])
    return drawn


@cache
def press() -> Press:
    """The press of this worker."""
    return Press(draw)
