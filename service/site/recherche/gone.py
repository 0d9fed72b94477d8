"""An entry that the query names and that is not in force that day: when it was, and what ended it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from catalog.releases.telling import Told, tell_period
from catalog.search.leaving import Left
from catalog.temporal import DAWN, Moment
from service.site.entries import page_of
from service.site.recherche.values import TARIFFS, detail_of
from service.site.recherche.words import kind_name
from service.site.visits import Visit


@dataclass(frozen=True, slots=True)
class Gone:
    """``code`` is None where ``detail`` tells the entry. ``act`` ended the period; ``entered`` is the act of
    its last value; ``address`` leads to ``day``.
    """

    code: str | None
    detail: Sequence[tuple[str, bool]]
    kind: str
    title: str
    period: Told
    is_past: bool
    act: Told | None
    entered: Told | None
    day: str | None
    address: str | None


def tell_gone(visit: Visit, left: Left) -> Gone:
    """What is said of it, with a link to the last day it was in force, or the first it will be."""
    document, period = left.document, left.period
    is_past = period.end <= visit.as_of
    day = (
        None if period.start == DAWN and not is_past else (period.end - timedelta(days=1) if is_past else period.start)
    )
    page = page_of(document.kind, document.code)
    known = visit.snapshot.find(document.kind, document.code, Moment(day, visit.moment.release)) if day else None
    written = day.isoformat() if day else None
    detail = detail_of(visit, known) if known and document.kind in TARIFFS else []
    return Gone(
        None if detail else document.code,
        detail,
        kind_name(document.kind),
        document.title,
        tell_period(period),
        is_past,
        visit.act_of(left.legal_act) if left.legal_act else None,
        visit.act_of(known.legal_act) if known else None,
        written,
        visit.link(page[0], **{**page[1], "as_of": written}) if page and written else None,
    )
