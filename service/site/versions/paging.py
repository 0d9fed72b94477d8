"""One page of a long list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from service.site.visits import Visit

Item = TypeVar("Item")
PAGE = 50


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Item]):
    """What is shown of a list; a page asked beyond the last is the last."""

    items: Sequence[Item]
    page: int
    pages: int
    total: int
    address: Callable[[int], str]


def cut(visit: Visit, items: Sequence[Item], view: str, **kept: Any) -> Sheet[Item]:
    """The page asked of a list; ``kept`` are the path and parameters of the addresses of its pages."""
    pages = max(1, -(-len(items) // PAGE))
    page = min(visit.number("page"), pages)

    def address(number: int) -> str:
        return visit.link(view, **{**kept, "page": number})

    return Sheet(items[(page - 1) * PAGE : page * PAGE], page, pages, len(items), address)
