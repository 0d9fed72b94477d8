"""What waits for somebody: drafts to finish, to correct, to approve or to publish, mappings to validate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from admin.accounts.verbs import VERBS, Role
from catalog.ngap_ccam.atelier.models import OPEN, Proposition
from catalog.releases.models import Draft, DraftChange, DraftHand

FINISH, CORRECT, APPROVE, PUBLISH = "finish", "correct", "approve", "publish"
TASKS = {
    FINISH: ("À finir", "info"),
    CORRECT: ("À corriger", "alarm"),
    APPROVE: ("À approuver", "warn"),
    PUBLISH: ("À publier", "ok"),
}
"""By task, its name and the tone of its badge."""
UNPUBLISHED = ("draft", "in_review", "approved", "rejected")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft and what the reader is to do with it. ``is_stale`` says that a release came out after its base."""

    draft: Draft
    task: str
    changes: int
    since: datetime
    is_stale: bool


def waiting_for(session: Session, name: str, roles: frozenset[str], head: int) -> list[Waiting]:
    """The drafts that wait for this person, oldest first."""
    query = sa.select(Draft).where(Draft.status.in_(UNPUBLISHED)).order_by(Draft.id)
    found = [(draft, task) for draft in session.scalars(query) for task in _tasks(session, draft, name, roles)]
    sizes = _sizes(session, [draft.id for draft, _ in found])
    return sorted(
        (Waiting(draft, task, sizes.get(draft.id, 0), _since(draft), _is_stale(draft, head)) for draft, task in found),
        key=lambda waiting: (waiting.since, waiting.draft.id),
    )


def _tasks(session: Session, draft: Draft, name: str, roles: frozenset[str]) -> Iterator[str]:
    mine = draft.author.casefold() == name.casefold()
    if draft.status in ("draft", "rejected") and _may("write drafts", roles):
        if mine or _worked_on(session, draft, name):
            yield FINISH if draft.status == "draft" else CORRECT
    elif draft.status == "in_review" and _may("approve drafts", roles):
        if not mine and not _worked_on(session, draft, name):
            yield APPROVE
    elif draft.status == "approved" and _may("publish", roles):
        yield PUBLISH


def _may(verb: str, roles: frozenset[str]) -> bool:
    return bool(roles & {*VERBS[verb], Role.ADMINISTRATEUR})


def _worked_on(session: Session, draft: Draft, name: str) -> bool:
    return session.get(DraftHand, (draft.id, name.casefold())) is not None


def _since(draft: Draft) -> datetime:
    if draft.status == "draft":
        return draft.created_at
    told = draft.submitted_at if draft.status == "in_review" else draft.decided_at
    return told or draft.created_at


def _is_stale(draft: Draft, head: int) -> bool:
    return draft.base_seq < head


def _sizes(session: Session, drafts: list[int]) -> dict[int, int]:
    query = sa.select(DraftChange.draft_id, sa.func.count()).where(DraftChange.draft_id.in_(drafts))
    return {row[0]: row[1] for row in session.execute(query.group_by(DraftChange.draft_id))}


def mappings_to_validate(session: Session, name: str, roles: frozenset[str]) -> int:
    """How many proposals of others wait for this person's validation."""
    if not _may("validate mappings", roles):
        return 0
    folded, lower = name.lower(), sa.func.lower
    open_to = (
        Proposition.status.in_(OPEN),
        lower(Proposition.proposed_by) != folded,
        sa.or_(Proposition.first_expert.is_(None), lower(Proposition.first_expert) != folded),
    )
    return session.scalar(sa.select(sa.func.count()).select_from(Proposition).where(*open_to)) or 0
