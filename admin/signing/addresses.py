"""Where to go after signing in: only ever within the console."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import url_for

ROOT = "/admin/"


def page_after(asked: str | None) -> str:
    """The page asked for when it is one of the console, else the dashboard."""
    return asked if asked is not None and is_ours(asked) else url_for("admin.index")


def is_ours(address: str) -> bool:
    """Whether an address stays in the console, however a browser reads it."""
    if not address.isprintable() or "\\" in address or not address.startswith(ROOT):
        return False
    split = urlsplit(address)
    return not split.scheme and not split.netloc and ".." not in split.path.split("/")
