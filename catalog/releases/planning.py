"""Publishing at a set hour: who planned it, what is due, and why a planned draft was not published."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.database import reading, writing
from catalog.errors import CatalogError, ConflictError, DraftStateError, NotFoundError, PublicationTimeError
from catalog.journal import record
from catalog.kinds import Kinds
from catalog.releases.drafts import find_draft
from catalog.releases.locking import take_lock
from catalog.releases.models import Draft
from catalog.releases.publishing import check_label
from catalog.releases.reviewing import revision_of
from catalog.releases.reviewing_acceptance import check_settled
from catalog.releases.reviewing_models import Plan
from catalog.releases.reviewing_steps import judged, publish_judged
from catalog.temporal import format_instant

CheckMay = Callable[[Session, str], object]
"""Raises when that account may no longer publish."""


class NotPlannedError(NotFoundError):
    def __init__(self, draft: int) -> None:
        super().__init__(f"No publication of draft {draft} is planned.")


class PlanLapsedError(ConflictError):
    """What was planned is no longer what was approved then."""

    def __init__(self, draft: int) -> None:
        super().__init__(f"Draft {draft} has changed since its publication was planned: plan it again.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a planned draft at its hour: a release, or the refusal."""

    draft: int
    release: int | None
    refusal: CatalogError | None = None


def plan(session: Session, kinds: Kinds, draft: Draft, *, publish_at: datetime, by: str, at: datetime) -> Plan:
    """Sets, or moves, the hour at which an approved draft is to be published, as it stands.

    Raises DraftStateError, PublicationTimeError for an hour that is not to come, and what the rules raise now.
    """
    if draft.status != "approved":
        raise DraftStateError(draft.id, draft.status, "plan", "approved")
    if publish_at <= at:
        raise PublicationTimeError(f"{format_instant(publish_at)} has gone by")
    check_label(session, draft)
    check_settled(draft, judged(session, kinds, draft))
    found = plan_of(session, draft)
    before = format_instant(found.publish_at) if found else None
    row = found or Plan(draft_id=draft.id)
    row.publish_at, row.planned_by, row.planned_at = publish_at, by, at
    row.revision, row.failed_at, row.failure = _ground(session, draft), None, None
    session.add(row)
    session.flush()
    record(
        session,
        at=at,
        actor=by,
        action="draft.planned",
        subject=f"draft {draft.id}",
        before={"publish_at": before} if before else None,
        after={"publish_at": format_instant(publish_at)},
    )
    return row


def unplan(session: Session, draft: Draft, *, by: str, at: datetime) -> None:
    """Takes the plan back. Raises NotPlannedError."""
    row = plan_of(session, draft)
    if row is None:
        raise NotPlannedError(draft.id)
    before = {"publish_at": format_instant(row.publish_at)}
    record(session, at=at, actor=by, action="draft.unplanned", subject=f"draft {draft.id}", before=before)
    session.delete(row)
    session.flush()


def plan_of(session: Session, draft: Draft) -> Plan | None:
    """The plan of a draft, kept or failed; None where there is none."""
    return session.get(Plan, draft.id)


def due(session: Session, now: datetime) -> list[Plan]:
    """Plans whose hour has come and that have not failed, in order of hour."""
    query = (
        sa.select(Plan)
        .join(Draft, Draft.id == Plan.draft_id)
        .where(Plan.publish_at <= now, Plan.failed_at.is_(None), Draft.status != "published")
        .order_by(Plan.publish_at, Plan.draft_id)
    )
    return list(session.scalars(query))


def failed(session: Session) -> list[Plan]:
    """Plans that were not carried out at their hour, of drafts that are still to be published."""
    query = (
        sa.select(Plan)
        .join(Draft, Draft.id == Plan.draft_id)
        .where(Plan.failed_at.is_not(None), Draft.status != "published")
        .order_by(Plan.publish_at, Plan.draft_id)
    )
    return list(session.scalars(query))


def publish_due(engine: sa.Engine, kinds: Kinds, *, at: datetime, may: CheckMay | None = None) -> list[Outcome]:
    """Publishes what is due, each draft in a transaction of its own; a refusal is kept with its plan.

    Any number of callers may run at once: each takes the publication lock, and looks again.
    """
    with reading(engine) as session:
        waiting = [row.draft_id for row in due(session, at)]
    outcomes = [_publish_one(engine, kinds, number, at, may) for number in waiting]
    return [outcome for outcome in outcomes if outcome is not None]


def _publish_one(engine: sa.Engine, kinds: Kinds, number: int, at: datetime, may: CheckMay | None) -> Outcome | None:
    try:
        with writing(engine) as session:
            row = _claim(session, number, at)
            if row is None:
                return None
            if may is not None:
                may(session, row.planned_by)
            draft = find_draft(session, number)
            if draft.status == "approved" and row.revision != _ground(session, draft):
                raise PlanLapsedError(number)
            release = publish_judged(session, kinds, draft, by=row.planned_by, at=at)
            return Outcome(number, release.seq)
    except CatalogError as error:
        return _fail(engine, number, at, error)


def _claim(session: Session, number: int, at: datetime) -> Plan | None:
    """The plan, once no other publisher can take it; None when one has."""
    take_lock(session)
    return next((row for row in due(session, at) if row.draft_id == number), None)


def _fail(engine: sa.Engine, number: int, at: datetime, error: CatalogError) -> Outcome | None:
    with writing(engine) as session:
        row = _claim(session, number, at)
        if row is None:
            return None
        row.failed_at, row.failure = at, str(error)
        told = {"publish_at": format_instant(row.publish_at), "refusal": str(error)}
        record(session, at=at, actor=row.planned_by, action="draft.plan.failed", subject=f"draft {number}", after=told)
    return Outcome(number, None, error)


def _ground(session: Session, draft: Draft) -> str:
    """What was approved, and by which decision: another approval of the same content needs a plan of its own."""
    decided = format_instant(draft.decided_at) if draft.decided_at else ""
    parts = (revision_of(session, draft), decided, draft.label or "")
    return hashlib.sha256("|".join(parts).encode()).hexdigest()
