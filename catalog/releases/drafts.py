"""The editorial verbs on a draft: open, stage, submit, approve, reject. The caller owns the transaction.

Each takes the lock of writers first, and writes the journal last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from unicodedata import category

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import (
    DraftStateError,
    EmptyDraftError,
    FourEyesError,
    InvalidError,
    LegalActRequiredError,
    UnknownDraftError,
    UnknownLegalActError,
)
from catalog.journal import record
from catalog.kinds import Kinds
from catalog.legal.codes import parse_act_id
from catalog.legal.family import LEGAL_ACT
from catalog.releases.changes import Change
from catalog.releases.labels import parse_new_label
from catalog.releases.locking import take_lock
from catalog.releases.models import Draft, DraftChange, DraftHand
from catalog.releases.placing import fold, lend_hand, place, remove
from catalog.releases.recounting import (
    counts,
    differing,
    held_after,
    held_before,
    only_differences,
    staged_entry,
    subject_of,
)
from catalog.releases.truth import head, standing_spans
from catalog.temporal import Period

TITLE_MAX = 200
UNPRINTABLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Unicode categories kept out of titles: control characters, overrides of direction, line separators."""


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
    told_title = parse_title(title)
    if not told_title or not author.strip():
        raise InvalidError("A draft needs a title and an author.")
    take_lock(session)
    draft = Draft(
        title=told_title,
        author=author.strip(),
        created_at=at,
        legal_act=parse_act_id(legal_act) if legal_act else None,
        label=parse_new_label(label) if label else None,
        covers=" ".join(sorted(covers)),
        base_seq=head(session),
        status="draft",
    )
    session.add(draft)
    session.flush()
    after = {"title": draft.title, "legal_act": draft.legal_act, "label": draft.label, "covers": draft.covered_kinds}
    told = {name: value for name, value in after.items() if value} | {"base": draft.base_seq}
    record(session, at=at, actor=draft.author, action="draft.opened", subject=subject_of(draft), after=told)
    return draft


def parse_title(text: str) -> str:
    """A title without the spaces around it. Raises InvalidError where it is long, or shows other than it reads."""
    title = text.strip()
    if len(title) > TITLE_MAX or any(category(letter) in UNPRINTABLE for letter in title):
        raise InvalidError(f"A title has at most {TITLE_MAX} characters, all of them printable.")
    return title


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
        yield change_of(kinds, line)


def change_of(kinds: Kinds, line: DraftChange) -> Change:
    """What a row of a draft proposes."""
    return Change(
        line.kind,
        line.code,
        Period(line.valid_from, line.valid_to),
        None if line.payload is None else kinds.find(line.kind).from_text(line.payload),
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
    _take(session, draft, "draft", "change")
    listed = list(changes)
    was = held_before(session, kinds, draft, listed)
    placed = place(session, kinds, draft, listed, by=by, at=at)
    before, after = only_differences(was, held_after(kinds, listed))
    if placed:
        record(
            session,
            at=at,
            actor=by,
            action="draft.staged",
            subject=subject_of(draft),
            before=before or None,
            after=after or None,
            detail=counts(listed),
        )
    return placed


def unstage(session: Session, kinds: Kinds, draft: Draft, kind_name: str, code: str, *, by: str, at: datetime) -> int:
    """Takes every change of one entry out of an open draft; answers how many there were.

    Who takes out has written in the draft as much as who puts in: they may not approve it.
    """
    _take(session, draft, "draft", "change")
    kind = kinds.find(kind_name)
    canonical = kind.parse_code(code)
    before = staged_entry(session, draft, kind, canonical)
    removed = remove(session, draft, kind.name, canonical)
    if removed:
        lend_hand(session, draft, by)
        after, detail = dict.fromkeys(before), {"changes": removed}
        told = {"before": before, "after": after, "detail": detail}
        record(session, at=at, actor=by, action="draft.unstaged", subject=subject_of(draft), **told)
    return removed


def ground(
    session: Session,
    draft: Draft,
    *,
    by: str,
    at: datetime,
    legal_act: str | None = None,
    label: str | None = None,
    title: str | None = None,
) -> None:
    """Gives an open draft its legal act, label or title; an argument left out changes nothing.

    Who gives another ground has written in the draft: they may not approve it.
    """
    _take(session, draft, "draft", "change")
    was = {"legal_act": draft.legal_act, "label": draft.label, "title": draft.title}
    draft.legal_act = parse_act_id(legal_act) if legal_act else draft.legal_act
    draft.label = (parse_new_label(label) if label else None) or draft.label
    draft.title = parse_title(title) if title else draft.title
    session.flush()
    before, after = differing(was, {name: getattr(draft, name) for name in was})
    if after:
        lend_hand(session, draft, by)
        told = {"before": before, "after": after}
        record(session, at=at, actor=by, action="draft.grounded", subject=subject_of(draft), **told)


def submit(session: Session, kinds: Kinds, draft: Draft, *, by: str, at: datetime) -> None:
    """Puts a draft under review. It must propose something, and every change must have its legal act."""
    _take(session, draft, "draft", "submit")
    check_grounds(session, kinds, draft)
    draft.submitted_by, draft.submitted_at = by, at
    draft.approver = draft.decided_by = draft.decided_at = draft.comment = None
    _move(session, draft, "in_review", "draft.submitted", by=by, at=at)


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
    """A second person agrees. Raises FourEyesError for the author and for anyone who worked on the draft."""
    _take(session, draft, "in_review", "approve")
    who = fold(by)
    if who == fold(draft.author):
        raise FourEyesError(by, "they are its author")
    if who in _writers(session, draft):
        raise FourEyesError(by, "they wrote one of its changes")
    if session.get(DraftHand, (draft.id, who)) is not None:
        raise FourEyesError(by, "they worked on it, even if nothing they wrote is left")
    draft.approver, draft.decided_by, draft.decided_at, draft.comment = by, by, at, comment
    _move(session, draft, "approved", "draft.approved", by=by, at=at, comment=comment)


def _writers(session: Session, draft: Draft) -> set[str]:
    names = session.scalars(sa.select(DraftChange.made_by).where(DraftChange.draft_id == draft.id).distinct())
    return {fold(name) for name in names}


def reject(session: Session, draft: Draft, *, by: str, at: datetime, comment: str | None = None) -> None:
    """Refuses a draft under review or approved; it can be reopened."""
    _take(session, draft, None, "reject")
    if draft.status not in ("in_review", "approved"):
        raise DraftStateError(draft.id, draft.status, "reject", "in_review or approved")
    draft.approver, draft.decided_by, draft.decided_at, draft.comment = None, by, at, comment
    _move(session, draft, "rejected", "draft.rejected", by=by, at=at, comment=comment)


def reopen(session: Session, draft: Draft, *, by: str, at: datetime) -> None:
    """Takes a draft back to work: from review, approval or rejection. An approval is lost."""
    _take(session, draft, None, "reopen")
    if draft.status in ("draft", "published"):
        raise DraftStateError(draft.id, draft.status, "reopen", "in_review, approved or rejected")
    draft.approver = None
    _move(session, draft, "draft", "draft.reopened", by=by, at=at)


def _take(session: Session, draft: Draft, status: str | None, verb: str) -> None:
    """Queues behind other writers, and looks at the draft as they left it."""
    take_lock(session)
    session.refresh(draft)
    if status is not None and draft.status != status:
        raise DraftStateError(draft.id, draft.status, verb, status)


def _move(
    session: Session, draft: Draft, status: str, action: str, *, by: str, at: datetime, comment: str | None = None
) -> None:
    before, draft.status = {"status": draft.status}, status
    session.flush()
    detail = {"comment": comment} if comment else None
    told = {"before": before, "after": {"status": status}, "detail": detail}
    record(session, at=at, actor=by, action=action, subject=subject_of(draft), **told)
