"""A judged file without errors, ready to go into a draft: a new one, or one that is already being written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import ConflictError, DraftStateError, InvalidError
from catalog.importing.findings import StagedAlready, StagedOverlap
from catalog.importing.profiles.model import Mode
from catalog.kinds import Kinds
from catalog.releases import drafts
from catalog.releases.changes import Change
from catalog.releases.models import Draft, DraftChange
from catalog.releases.truth import head
from catalog.temporal import Period
from catalog.validation import Violation


class DraftBehindError(ConflictError):
    """A draft that was begun on an older release than the one the file was judged against."""

    def __init__(self, draft: int, base: int, newest: int) -> None:
        self.draft, self.base, self.newest = draft, base, newest
        super().__init__(
            f"Draft {draft} starts from release {base}, and release {newest} has been published since: rebase it, then "
            "judge the file again."
        )


@dataclass(frozen=True, slots=True)
class ReadyImport:
    """What staging needs of a judged file. ``act`` is the ground of every change that names none of its own."""

    file: str
    kind: str
    mode: Mode
    act: str
    records: int
    title: str
    label: str | None
    changes: tuple[Change, ...]


def stage_ready(
    session: Session, kinds: Kinds, ready: ReadyImport, *, by: str, at: datetime, draft: Draft | None = None
) -> Draft:
    """All of it into ``draft``, or into a new one. Raises InvalidError where it changes nothing.

    A draft already begun must be open and stand on the newest release: DraftStateError, DraftBehindError. OverlapError
    when it holds a change of an entry for other, overlapping days.
    """
    if not ready.changes:
        raise InvalidError(f"{ready.file} changes nothing: all {ready.records} entries are as it says.")
    covers = [ready.kind] if ready.mode == "full" else []
    if draft is None:
        draft = drafts.open_draft(
            session, title=ready.title, author=by, at=at, legal_act=ready.act, label=ready.label, covers=covers
        )
    else:
        join(session, draft)
        draft.covers = " ".join(sorted({*draft.covered_kinds, *covers}))
        if draft.legal_act is None:
            drafts.ground(session, draft, by=by, at=at, legal_act=ready.act)
    drafts.stage(session, kinds, draft, _grounded(ready, draft), by=by, at=at)
    return draft


def join(session: Session, draft: Draft) -> None:
    """Whether a file may go into a draft that exists. Raises DraftStateError, DraftBehindError."""
    newest = head(session)
    if draft.status != "draft":
        raise DraftStateError(draft.id, draft.status, "change", "draft")
    if draft.base_seq != newest:
        raise DraftBehindError(draft.id, draft.base_seq, newest)


def _grounded(ready: ReadyImport, draft: Draft) -> Iterator[Change]:
    """In a draft that rests on another act, each change names the act of its file."""
    for change in ready.changes:
        own = change.legal_act or (ready.act if draft.legal_act != ready.act else None)
        yield replace(change, legal_act=own)


def clashes(session: Session, kinds: Kinds, draft: Draft, changes: Sequence[Change]) -> Iterator[Violation]:
    """What the draft already proposes for the same entries: replaced on the same days, refused on overlapping ones."""
    query = sa.select(
        DraftChange.kind, DraftChange.code, DraftChange.valid_from, DraftChange.valid_to, DraftChange.payload
    ).where(DraftChange.draft_id == draft.id)
    staged: dict[tuple[str, str], list[tuple[Period, str | None]]] = {}
    for kind, code, start, end, payload in session.execute(query):
        staged.setdefault((kind, code), []).append((Period(start, end), payload))
    for change in changes:
        text = None if change.payload is None else kinds.find(change.kind).to_text(change.payload)
        for period, payload in staged.get((change.kind, change.code), []):
            if period != change.period and period.overlaps(change.period):
                yield StagedOverlap.broken(change.row, f"({period})", code=change.code)
            elif period == change.period and payload != text:
                yield StagedAlready.broken(change.row, code=change.code)
