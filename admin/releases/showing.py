"""Contexts of the pages of the releases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import url_for
from sqlalchemy.orm import Session

from admin.releases.kept import difference
from admin.revue import page
from admin.revue.counting import prices, total
from admin.revue.lines import select
from admin.revue.showing import TYPES, address_of, cut, read_filter, read_page, words
from admin.workplace import Workplace
from catalog.exporting import FORMATS
from catalog.releases.models import GENESIS, Draft, Release
from catalog.releases.publishing import chain_digest
from catalog.releases.telling import find_act
from catalog.releases.verifying import verify
from catalog.snapshots.content import ReleaseInfo
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment

Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A release of the list with the title of its act."""

    info: ReleaseInfo
    act: str


def list_page(snapshot: Snapshot) -> Context:
    """Every release, newest first."""
    rows = [Row(info, act_title(snapshot, info)) for info in reversed(snapshot.releases)]
    sheet = cut(rows, read_page())
    return {"sheet": sheet, "releases": snapshot.releases, "address": address_of(".index"), **words()}


def act_title(snapshot: Snapshot, info: ReleaseInfo) -> str:
    """What the act of a release is called; its identifier where the catalogue does not describe it."""
    found = find_act(snapshot, info.legal_act, Moment(snapshot.published_on(info.seq), snapshot.head))
    return str(found.payload["title"]) if found else info.legal_act


def release_page(place: Workplace, session: Session, info: ReleaseInfo) -> Context:
    """A release: who, on what ground, its place in the chain, and what it changed."""
    snapshot = place.current()
    draft = session.scalar(sa.select(Draft).join(Release, Release.draft_id == Draft.id).where(Release.seq == info.seq))
    return {
        **difference_page(snapshot, info.seq - 1, info.seq, address=address_of(".show", seq=info.seq)),
        "info": info,
        "act_title": act_title(snapshot, info),
        "draft": draft,
        "steps": page.steps(draft, session.get(Release, info.seq), None) if draft else [],
        "is_linked": _is_linked(session, info),
        "is_newest": info.seq == snapshot.head,
        "formats": sorted(FORMATS),
        "kinds": list(snapshot.kinds),
        "own_address": lambda plural: url_for(".show", seq=info.seq, famille=plural) + "#lignes",
    }


def _is_linked(session: Session, info: ReleaseInfo) -> bool:
    """Whether the release follows the one before it, and its digest covers what it says."""
    row = session.get(Release, info.seq)
    before = session.get(Release, info.seq - 1)
    expected = before.chain_digest if before else GENESIS
    return row is not None and row.prev_digest == expected and row.chain_digest == chain_digest(row, info.legal_act)


def difference_page(snapshot: Snapshot, older: int, newer: int, address: Any = None) -> Context:
    """What changed between two releases; 0 stands for before the first. Raises UnknownReleaseError."""
    for seq in (older or 1, newer):
        snapshot.release(seq)
    found = difference(snapshot, older, newer)
    asked = read_filter()
    sheet = cut(select(found.lines, asked, ()), read_page())
    return {
        "older": older,
        "newer": newer,
        "labels": {info.seq: info.label or f"n° {info.seq}" for info in snapshot.releases} | {0: "l’origine"},
        "releases": snapshot.releases,
        "families": found.families,
        "total": total(found.families),
        "impacts": found.impacts,
        "prices": prices(found.impacts),
        "sheet": sheet,
        "asked": asked,
        "types": TYPES,
        "address": address or address_of(".difference", older=older, newer=newer),
        "family_address": lambda plural: url_for(".difference", older=older, newer=newer, famille=plural) + "#lignes",
        **words(),
    }


def proof(place: Workplace, session: Session, info: ReleaseInfo) -> Context:
    """Every digest since the release before, the chain, the spans: recomputed now."""
    faults: Sequence[str] = verify(session, place.kinds, since=info.seq - 1)
    return {"info": info, "faults": faults, "at": place.now()}
