"""The presentations a dossier concerns: listed ones by their code, proposed ones by their description."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import InvalidError
from catalog.gmr.codes import parse_presentation
from catalog.gmr.commission.errors import UnknownItemError
from catalog.gmr.commission.models import CostTable, Dossier, Item
from catalog.journal import record
from catalog.kinds import canonical_json
from catalog.releases.locking import take_lock

PROPOSED = ("nom", "dci", "dosage", "forme", "presentation", "classe_therapeutique")
"""What a proposed presentation is described by, as text."""


def concern(session: Session, dossier: Dossier, code: str, *, by: str, at: datetime) -> Item:
    """Adds a listed presentation by its code. Raises CodeError, or InvalidError when it is there already."""
    parsed = parse_presentation(code)
    if any(item.code == parsed for item in items(session, dossier)):
        raise InvalidError(f"Presentation {parsed} is already in the dossier.")
    return _add(session, dossier, Item(code=parsed), {"code": parsed}, by=by, at=at)


def propose(session: Session, dossier: Dossier, described: Mapping[str, str], *, by: str, at: datetime) -> Item:
    """Adds a presentation that is not listed yet. Only its name is needed; its code may be known already."""
    texts = {name: " ".join(described.get(name, "").split()) for name in PROPOSED}
    kept = {name: text for name, text in texts.items() if text}
    if "nom" not in kept:
        raise InvalidError("A proposed presentation needs its name.")
    code = described.get("code", "").strip()
    item = Item(code=parse_presentation(code) if code else None, proposee=canonical_json(kept))
    return _add(session, dossier, item, {"code": item.code, **kept}, by=by, at=at)


def _add(session: Session, dossier: Dossier, item: Item, after: Mapping[str, Any], *, by: str, at: datetime) -> Item:
    take_lock(session)
    item.dossier_id = dossier.id
    # A number that a kept table of costs names is not given to another presentation.
    costed = session.scalar(sa.select(sa.func.max(CostTable.position)).where(CostTable.dossier_id == dossier.id))
    item.position = 1 + max((known.position for known in items(session, dossier)), default=0)
    item.position = max(item.position, 1 + (costed or 0))
    session.add(item)
    session.flush()
    subject = f"dossier {dossier.numero}"
    record(session, at=at, actor=by, action="dossier.presentation-added", subject=subject, after=dict(after))
    return item


def leave_out(session: Session, dossier: Dossier, position: int, *, by: str, at: datetime) -> None:
    """Takes a presentation out of the dossier. Raises UnknownItemError."""
    item = find_item(session, dossier, position)
    before = {"code": item.code, **described(item)}
    session.delete(item)
    session.flush()
    subject = f"dossier {dossier.numero}"
    record(session, at=at, actor=by, action="dossier.presentation-removed", subject=subject, before=before)


def find_item(session: Session, dossier: Dossier, position: int) -> Item:
    """Raises UnknownItemError."""
    for item in items(session, dossier):
        if item.position == position:
            return item
    raise UnknownItemError(dossier.numero, position)


def items(session: Session, dossier: Dossier) -> list[Item]:
    """The presentations concerned, in their order."""
    query = sa.select(Item).where(Item.dossier_id == dossier.id).order_by(Item.position)
    return list(session.scalars(query))


def described(item: Item) -> dict[str, str]:
    """The description of a proposed presentation; empty for a listed one."""
    found: dict[str, str] = json.loads(item.proposee) if item.proposee else {}
    return found
