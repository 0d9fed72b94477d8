"""What several pages of tariffs read of an address, and a long list cut into pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from catalog.errors import InvalidError
from service.site.visits import Visit

PER_PAGE = 50


def choice(visit: Visit, name: str, choices: Sequence[str]) -> str | None:
    """A parameter that is one of a few words, None when absent. Raises InvalidError: another word is not overlooked."""
    asked = visit.text(name)
    if asked and asked not in choices:
        raise InvalidError(f"{name} is one of {', '.join(choices)}.")
    return asked or None


def paged(visit: Visit, rows: Sequence[Any], view: str, **asked: str) -> dict[str, Any]:
    """The rows of the page asked, the last one for a page beyond it; what the pager of the templates needs."""

    def address(number: int) -> str:
        return visit.link(view, **asked, page=number)

    pages = max(1, -(-len(rows) // PER_PAGE))
    page = min(visit.number("page"), pages)
    shown = rows[(page - 1) * PER_PAGE : page * PER_PAGE]
    return {"shown": shown, "total": len(rows), "page": page, "pages": pages, "address": address}
