"""The legal acts that every value rests on: their list, and what each of them brought."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from catalog.errors import UnknownCodeError
from catalog.legal.family import LEGAL_ACT
from catalog.legal.schemas import STATUSES, TYPES
from catalog.releases.telling import tell_period
from service.site.rooms import PageRoom, Shown
from service.site.versions import acts, brought
from service.site.versions.asking import read_kind
from service.site.versions.brought import Brought
from service.site.versions.naming import address_of, name_of
from service.site.versions.paging import cut
from service.site.versions.words import kind_name, value_name
from service.site.visits import Visit

room = PageRoom()


@room.page("/actes-juridiques")
def actes_juridiques(visit: Visit) -> Shown:
    """Newest first; found by number, title, Bulletin officiel, type and status."""
    asked, found = acts.listed(visit)
    kept = {name: value for name, value in asked.items() if value}
    context = {
        "asked": asked,
        "sheet": cut(visit, found, "actes_juridiques", **kept),
        "types": acts.choices("type", TYPES),
        "statuts": acts.choices("statut", STATUSES),
        "value_name": value_name,
    }
    return Shown("actes_juridiques.html", context)


@room.page("/actes-juridiques/<path:code>")
def acte_juridique(visit: Visit, code: str) -> Shown:
    """An act, its dates, what its status means, and everything that rests on it."""
    asked = LEGAL_ACT.parse_code(code)
    act = acts.find(visit, asked)
    if act is None:
        raise UnknownCodeError(LEGAL_ACT.label, asked)
    snapshot, release = visit.snapshot, visit.moment.release
    children = brought.children_by_act(snapshot, release).get(asked, ())
    context = {
        "act": act,
        "meaning": acts.meaning(act.statut),
        "url": readable(act.payload["url"]),
        "parent": acts.find(visit, act.payload["parent"]) if act.payload["parent"] else None,
        "children": [child for name in children if (child := acts.find(visit, name))],
        "payers": [(v, tell_period(v.period)) for v in brought.payer_dates(snapshot, asked, release)],
        "releases": [info for info in snapshot.releases[:release][::-1] if info.legal_act == asked],
        "value_name": value_name,
        **_brought(visit, asked),
    }
    return Shown("acte_juridique.html", context)


def _brought(visit: Visit, code: str) -> dict[str, Any]:
    """Counts by kind, then one page of the facts of the kind asked, or of all."""
    facts: Sequence[Brought] = brought.facts_by_act(visit.snapshot, visit.moment.release).get(code, ())
    kind = read_kind(visit)
    chosen = [fact for fact in facts if fact.kind == kind.name] if kind else facts
    sheet = cut(visit, chosen, "acte_juridique", code=code, **({"kind": kind.plural} if kind else {}))
    kinds = visit.snapshot.kinds
    counts = [(kinds.find(name), number) for name, number in Counter(fact.kind for fact in facts).items()]
    return {
        "counts": counts,
        "kind": kind,
        "kind_name": kind_name,
        "sheet": sheet,
        "facts": [_fact(visit, fact) for fact in sheet.items],
    }


def _fact(visit: Visit, fact: Brought) -> dict[str, Any]:
    """A fact with the name its entry had at that release, and its page; a withdrawal leads to what it ended."""
    known = visit.snapshot.history(fact.kind, fact.code, visit.moment.release)
    payload = next((version.payload for version in known if version.period.overlaps(fact.period)), None)
    named = payload or next((version.payload for version in known), None)
    link = None if fact.is_void else address_of(visit, fact.kind, fact.code, fact.period, fact.release)
    return {"fact": fact, "name": name_of(fact.code, named), "link": link, **tell_period(fact.period)}


def readable(url: str | None) -> str | None:
    """An address that a browser may be led to; anything else is shown as text."""
    return url if url and urlsplit(url).scheme in ("http", "https") else None
