"""The editorial verbs on a draft: open, stage, submit, approve, reject. The caller owns the transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import (
    DraftStateError,
    EmptyDraftError,
    FourEyesError,
    InvalidError,
    LegalActRequiredError,
    OverlapError,
    UnknownDraftError,
    UnknownLegalActError,
)
from catalog.kinds import Kinds
from catalog.legal.codes import parse_act_id
from catalog.legal.family import LEGAL_ACT
from catalog.releases.changes import Change
from catalog.releases.labels import parse_label
from catalog.releases.models import Draft, DraftChange
from catalog.releases.truth import batched, head, standing_spans
from catalog.temporal import Period

INSERTED_AT_ONCE = 2000


def open_draft(
    session: Session,
    *,
    title: str,
    author: str,
    at: datetime,
    legal_act: str | None = None,
    label: str | None = None,
    covers: Collection[str] = (),
) -> Draft:
    """A new draft on the newest release. ``covers`` names the kinds it will replace as whole lists."""
    if not title.strip() or not author.strip():
        raise InvalidError("A draft needs a title and an author.")
    draft = Draft(
        title=title.strip(),
        author=author.strip(),
        created_at=at,
        legal_act=parse_act_id(legal_act) if legal_act else None,
        label=parse_label(label) if label else None,
        covers=" ".join(sorted(covers)),
        base_seq=head(session),
        status="draft",
    )
    session.add(draft)
    session.flush()
    return draft


def find_draft(session: Session, draft_id: int | str) -> Draft:
    """Raises UnknownDraftError."""
    text = str(draft_id).strip()
    found = session.get(Draft, int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else None
    if found is None:
        raise UnknownDraftError(draft_id)
    return found


def changes_of(session: Session, kinds: Kinds, draft: Draft) -> Iterator[Change]:
    """The proposed changes, in order of kind, code and start."""
    query = (
        sa.select(DraftChange)
        .where(DraftChange.draft_id == draft.id)
        .order_by(DraftChange.kind, DraftChange.code, DraftChange.valid_from)
        .execution_options(yield_per=2000)
    )
    for line in session.scalars(query):
        payload = None if line.payload is None else kinds.find(line.kind).from_text(line.payload)
        yield Change(
            line.kind,
            line.code,
            Period(line.valid_from, line.valid_to),
            payload,
            line.legal_act,
            line.source,
            line.confidence,
            line.reason,
            line.row,
        )


def stage(session: Session, kinds: Kinds, draft: Draft, changes: Iterable[Change], *, by: str, at: datetime) -> int:
    """Adds changes to an open draft and answers how many.

    A change over exactly the period of one already staged for the entry replaces it, whoever made it; any other
    overlap raises OverlapError. Codes are made canonical here; a payload must be complete and typed.
    """
    _require(draft, "draft", "change")
    staged = _staged_periods(session, draft)
    lines: list[dict[str, Any]] = []
    for change in changes:
        line = _line(kinds, draft, change, by, at)
        period, key = change.period, (line["kind"], line["code"])
        if period in staged[key]:
            _remove(session, draft, *key, period)
            lines = [other for other in lines if _key(other) != (*key, period.start)]
        elif any(period.overlaps(other) for other in staged[key]):
            raise OverlapError(f"{line['kind']} {line['code']} is staged twice {period}")
        staged[key].add(period)
        lines.append(line)
    for chunk in batched(lines, INSERTED_AT_ONCE):
        session.execute(sa.insert(DraftChange), list(chunk))
    return len(lines)


def _key(line: dict[str, Any]) -> tuple[str, str, Any]:
    return line["kind"], line["code"], line["valid_from"]


def _staged_periods(session: Session, draft: Draft) -> dict[tuple[str, str], set[Period]]:
    query = sa.select(DraftChange.kind, DraftChange.code, DraftChange.valid_from, DraftChange.valid_to)
    staged: dict[tuple[str, str], set[Period]] = defaultdict(set)
    for kind, code, start, end in session.execute(query.where(DraftChange.draft_id == draft.id)):
        staged[kind, code].add(Period(start, end))
    return staged


def _remove(session: Session, draft: Draft, kind: str, code: str, period: Period | None = None) -> int:
    query = sa.delete(DraftChange).where(
        DraftChange.draft_id == draft.id, DraftChange.kind == kind, DraftChange.code == code
    )
    if period is not None:
        query = query.where(DraftChange.valid_from == period.start)
    return session.execute(query).rowcount  # type: ignore[attr-defined,no-any-return]


def _line(kinds: Kinds, draft: Draft, change: Change, by: str, at: datetime) -> dict[str, Any]:
    kind = kinds.find(change.kind)
    return {
        "draft_id": draft.id,
        "kind": kind.name,
        "code": kind.parse_code(change.code),
        "valid_from": change.period.start,
        "valid_to": change.period.end,
        "payload": None if change.payload is None else kind.to_text(change.payload),
        "legal_act": parse_act_id(change.legal_act) if change.legal_act else None,
        "source": change.source,
        "confidence": change.confidence,
        "reason": change.reason,
        "row": change.row,
        "made_by": by,
        "made_at": at,
    }


def unstage(session: Session, kinds: Kinds, draft: Draft, kind_name: str, code: str) -> int:
    """Takes every change of one entry out of an open draft; answers how many there were."""
    _require(draft, "draft", "change")
    kind = kinds.find(kind_name)
    return _remove(session, draft, kind.name, kind.parse_code(code))


def ground(
    session: Session, draft: Draft, *, legal_act: str | None = None, label: str | None = None, title: str | None = None
) -> None:
    """Gives an open draft its legal act, label or title; an argument left out changes nothing."""
    _require(draft, "draft", "change")
    draft.legal_act = parse_act_id(legal_act) if legal_act else draft.legal_act
    draft.label = parse_label(label) if label else draft.label
    draft.title = title or draft.title
    session.flush()


def submit(session: Session, kinds: Kinds, draft: Draft, *, by: str, at: datetime) -> None:
    """Puts a draft under review. It must propose something, and every change must have its legal act."""
    _require(draft, "draft", "submit")
    check_grounds(session, kinds, draft)
    draft.status, draft.submitted_by, draft.submitted_at = "in_review", by, at
    draft.approver = draft.decided_by = draft.decided_at = draft.comment = None
    session.flush()


def check_grounds(session: Session, kinds: Kinds, draft: Draft) -> None:
    """Raises EmptyDraftError, LegalActRequiredError or UnknownLegalActError."""
    own = DraftChange.draft_id == draft.id
    if session.scalar(sa.select(DraftChange.id).where(own).limit(1)) is None:
        raise EmptyDraftError(draft.id)
    if draft.legal_act is None:
        raise LegalActRequiredError(draft.id)
    cited = {draft.legal_act, *session.scalars(sa.select(DraftChange.legal_act).where(own).distinct())} - {None}
    brought = set(
        session.scalars(
            sa.select(DraftChange.code).where(own, DraftChange.kind == LEGAL_ACT.name, DraftChange.payload.is_not(None))
        )
    )
    acts = {act for act in cited if act is not None}
    known = standing_spans(session, LEGAL_ACT, acts - brought)
    for act in sorted(acts - brought - set(known)):
        raise UnknownLegalActError(act)


def approve(session: Session, draft: Draft, *, by: str, at: datetime, comment: str | None = None) -> None:
    """A second person agrees. Raises FourEyesError for the author and for anyone who wrote one of the changes."""
    _require(draft, "in_review", "approve")
    if by.strip().casefold() == draft.author.strip().casefold():
        raise FourEyesError(by, "they are its author")
    wrote = sa.select(DraftChange.id).where(DraftChange.draft_id == draft.id, DraftChange.made_by == by).limit(1)
    if session.scalar(wrote) is not None:
        raise FourEyesError(by, "they wrote one of its changes")
    draft.status, draft.approver, draft.decided_by, draft.decided_at, draft.comment = "approved", by, by, at, comment
    session.flush()


def reject(session: Session, draft: Draft, *, by: str, at: datetime, comment: str | None = None) -> None:
    """Refuses a draft under review or approved; it can be reopened."""
    if draft.status not in ("in_review", "approved"):
        raise DraftStateError(draft.id, draft.status, "reject", "in_review or approved")
    draft.status, draft.approver, draft.decided_by, draft.decided_at, draft.comment = "rejected", None, by, at, comment
    session.flush()


def reopen(session: Session, draft: Draft) -> None:
    """Takes a draft back to work: from review, approval or rejection. An approval is lost."""
    if draft.status in ("draft", "published"):
        raise DraftStateError(draft.id, draft.status, "reopen", "in_review, approved or rejected")
    draft.status, draft.approver = "draft", None
    session.flush()


def _require(draft: Draft, status: str, verb: str) -> None:
    if draft.status != status:
        raise DraftStateError(draft.id, draft.status, verb, status)
