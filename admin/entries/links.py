"""Addresses made once for a page and filled in for each of its rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from flask import url_for

from admin.entries.address import Address

_PLACE = "--code--"


def by_code(endpoint: str, suffix: str = "", **values: Any) -> Callable[[str], str]:
    """The address of an endpoint for any code: building one from the rules for every row would cost more than a page.

    ``suffix`` is put behind.
    """
    pattern = url_for(endpoint, code=_PLACE, **values)
    return lambda code: pattern.replace(_PLACE, quote(code, safe="/")) + suffix


def clocks(address: Address) -> str:
    """The date and the release of a page, to be kept by the links that leave it; empty for today's newest."""
    return address.only("as_of", "release").suffix
