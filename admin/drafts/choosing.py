"""The list of drafts: mine, those that wait for a decision, the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.releases.models import Draft, DraftChange

STATES: Mapping[str, tuple[str, str]] = {
    "draft": ("En rédaction", "info"),
    "in_review": ("En relecture", "warn"),
    "approved": ("Approuvé", "ok"),
    "rejected": ("Rejeté", "alarm"),
    "published": ("Publié", "soft"),
}
"""By state, its words and the tone of its badge."""

OPEN_STATES = ("draft", "in_review", "approved", "rejected")


@dataclass(frozen=True, slots=True)
class Listed:
    """A draft in the list, with how many changes it holds."""

    draft: Draft
    changes: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """Drafts under one heading."""

    title: str
    drafts: Sequence[Listed]


def list_drafts(session: Session, who: str, state: str | None) -> list[Shelf]:
    """The shelves of a person: published drafts are shown only when asked for, newest first."""
    wanted = [state] if state in STATES else list(OPEN_STATES)
    query = sa.select(Draft).where(Draft.status.in_(wanted)).order_by(Draft.id.desc()).limit(300)
    listed = [Listed(draft, number) for draft, number in _with_counts(session, list(session.scalars(query)))]
    mine = [found for found in listed if found.draft.author == who]
    waiting = [found for found in listed if found.draft.author != who and found.draft.status == "in_review"]
    others = [found for found in listed if found not in mine and found not in waiting]
    shelves = [Shelf("Les miens", mine), Shelf("En attente d’une relecture", waiting), Shelf("Les autres", others)]
    return [shelf for shelf in shelves if shelf.drafts]


def count_states(session: Session) -> Counter[str]:
    """How many drafts there are in each state."""
    counted: Counter[str] = Counter()
    for state, number in session.execute(sa.select(Draft.status, sa.func.count()).group_by(Draft.status)):
        counted[state] = number
    return counted


def _with_counts(session: Session, drafts: Sequence[Draft]) -> list[tuple[Draft, int]]:
    ids = [draft.id for draft in drafts]
    query = (
        sa.select(DraftChange.draft_id, sa.func.count())
        .where(DraftChange.draft_id.in_(ids))
        .group_by(DraftChange.draft_id)
    )
    counted = Counter[int]()
    for draft_id, number in session.execute(query):
        counted[draft_id] = number
    return [(draft, counted[draft.id]) for draft in drafts]
