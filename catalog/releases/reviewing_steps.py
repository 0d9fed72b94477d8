"""The editorial steps as editors take them: the verbs on a draft, behind the rules it must meet.

``drafts`` and ``publishing`` guard who and in what order; here errors stop a draft, and warnings wait for a reason.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from catalog.errors import InvalidError
from catalog.kinds import Kinds
from catalog.releases import drafts
from catalog.releases.drafts import changes_of
from catalog.releases.locking import take_lock
from catalog.releases.models import Draft, Release
from catalog.releases.publishing import check_freshness, check_label, publish
from catalog.releases.reviewing import shown_of
from catalog.releases.reviewing_acceptance import (
    DraftChangedError,
    Judgement,
    accept,
    check_settled,
    find_findings,
    judgement,
)


def judged(session: Session, kinds: Kinds, draft: Draft) -> Judgement:
    """What the draft breaks now, and how far that is settled."""
    return judgement(session, draft, find_findings(session, kinds, draft))


def ground_judged(
    session: Session,
    draft: Draft,
    *,
    by: str,
    at: datetime,
    legal_act: str | None = None,
    label: str | None = None,
    title: str | None = None,
) -> None:
    """``drafts.ground``, refused by LabelTakenError for a label that is already published."""
    drafts.ground(session, draft, by=by, at=at, legal_act=legal_act, label=label, title=title)
    check_label(session, draft)


def submit_judged(session: Session, kinds: Kinds, draft: Draft, *, by: str, at: datetime) -> None:
    """``drafts.submit``, refused by BrokenRulesError for a draft with errors. Warnings may wait for the reviewer."""
    drafts.submit(session, kinds, draft, by=by, at=at)
    check_label(session, draft)
    check_settled(draft, judged(session, kinds, draft), warnings=False)


def approve_judged(
    session: Session,
    kinds: Kinds,
    draft: Draft,
    *,
    by: str,
    at: datetime,
    comment: str | None = None,
    seen: str | None = None,
    accepting: str | None = None,
) -> None:
    """``drafts.approve`` of a draft that is settled.

    ``seen`` is what was read, of ``shown_of`` (DraftChangedError if it is another); ``accepting`` a reason for which
    every warning still open is accepted with the approval. Raises BrokenRulesError, UnsettledWarningsError.
    """
    check_seen(session, draft, seen)
    findings = find_findings(session, kinds, draft) if draft.status == "in_review" else []
    # Who may not approve may not accept by approving either: the acceptances go with the refusal.
    if accepting:
        for rule in sorted({found.rule for found in judgement(session, draft, findings).unsettled}):
            accept(session, draft, findings, rule=rule, reason=accepting, by=by, at=at)
    drafts.approve(session, draft, by=by, at=at, comment=comment)
    check_label(session, draft)
    check_settled(draft, judgement(session, draft, findings))


def reject_with_reason(session: Session, draft: Draft, *, by: str, at: datetime, comment: str) -> None:
    """``drafts.reject``; its author must be told why. Raises InvalidError without a comment."""
    if not comment.strip():
        raise InvalidError("A draft is rejected with a comment.")
    drafts.reject(session, draft, by=by, at=at, comment=comment.strip())


def publish_judged(
    session: Session, kinds: Kinds, draft: Draft, *, by: str, at: datetime, published_at: datetime | None = None
) -> Release:
    """``publishing.publish`` of a draft that is still settled among what has been published since its approval."""
    take_lock(session)
    session.refresh(draft)
    if draft.status == "approved":
        check_fresh(session, kinds, draft)
        check_settled(draft, judged(session, kinds, draft))
    return publish(session, kinds, draft, by=by, at=at, published_at=published_at)


def check_fresh(session: Session, kinds: Kinds, draft: Draft) -> None:
    """Raises StaleDraftError when what the draft speaks of has changed since it was begun."""
    check_freshness(session, kinds, draft, changes_of(session, kinds, draft))


def check_seen(session: Session, draft: Draft, seen: str | None) -> None:
    """Raises DraftChangedError when ``seen`` is not what the draft shows now (``shown_of``); None was not asked."""
    if seen is None:
        return
    take_lock(session)
    session.refresh(draft)
    if seen != shown_of(session, draft):
        raise DraftChangedError(draft.id)
