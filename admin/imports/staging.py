"""A judged upload goes into its draft: once, whole, and only while what it was judged against still stands."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from admin.imports.child import standing
from admin.imports.reports import ReportFile
from admin.imports.uploads import Asked, Upload
from catalog.errors import ConflictError
from catalog.importing.ready import ReadyImport, stage_ready
from catalog.journal import record
from catalog.journal.models import JournalEntry
from catalog.kinds import Kinds
from catalog.releases import drafts
from catalog.releases.locking import take_lock
from catalog.releases.models import Draft
from catalog.releases.placing import lend_hand

STAGED = "import.staged"
SETTLED = "import.settings"


class StagedBeforeError(ConflictError):
    """The import is in a draft already; ``draft`` is its number."""

    def __init__(self, draft: int) -> None:
        self.draft = draft
        super().__init__(f"This import is already in draft {draft}.")


class MovedSinceError(ConflictError):
    """The catalogue or the draft has changed since the judgement, or a correction waits to be judged."""

    def __init__(self) -> None:
        super().__init__("The catalogue, the draft or the corrections have changed since the file was judged.")


class RefusedRowsError(ConflictError):
    """Rows are refused, and an import is staged whole or not at all."""

    def __init__(self, errors: int) -> None:
        self.errors = errors
        super().__init__(f"The file has {errors} errors: nothing was staged.")


def subject(asked: Asked) -> str:
    """What the journal calls an import."""
    return f"import {asked.id}"


def stage_upload(session: Session, kinds: Kinds, upload: Upload, *, by: str, at: datetime) -> tuple[Draft, int]:
    """The draft, and how many changes went into it. Raises one of the errors above, or what staging raises.

    The journal tells that it was done, in the same transaction: it is what a second attempt meets, even when the
    server was stopped before it could write the state down.
    """
    asked, report = upload.asked(), ReportFile(upload.report)
    take_lock(session)
    refuse_twice(session, asked)
    upload.need("stage", "judged")
    meta = report.meta()
    if meta["standing"] != standing(session, asked.draft) or meta["amendments"] != upload.amendments_made():
        raise MovedSinceError
    if meta["errors"]:
        raise RefusedRowsError(meta["errors"])
    target = None if asked.draft is None else drafts.find_draft(session, asked.draft)
    ready = _ready(asked, meta, kinds, report)
    draft = stage_ready(session, kinds, ready, by=by, at=at, draft=target)
    lend_hands(session, draft, upload)
    detail = _detail(upload, meta) | {"draft": draft.id, "changes": len(ready.changes)}
    record(session, at=at, actor=by, action=STAGED, subject=subject(asked), detail=detail)
    return draft, len(ready.changes)


def lend_hands(session: Session, draft: Draft, upload: Upload) -> None:
    """Who brought the file, corrected it or changed its settings wrote the draft as much as who staged it."""
    query = sa.select(JournalEntry.actor).where(
        JournalEntry.action == SETTLED, JournalEntry.subject == subject(upload.asked())
    )
    for name in sorted({*upload.hands(), *session.scalars(query)}):
        lend_hand(session, draft, name)


def _detail(upload: Upload, meta: dict[str, Any]) -> dict[str, Any]:
    asked = upload.asked()
    return {
        "file": asked.name,
        "sha256": asked.sha256,
        "profile": meta["profile"],
        "mode": meta["mode"],
        "effective": meta["effective"],
        "legal_act": str(meta["act"]),
        "counts": meta["counts"],
        "amendments": len(upload.amendments()),
    }


def refuse_twice(session: Session, asked: Asked) -> None:
    """Raises StagedBeforeError when the journal tells that the import was staged."""
    query = sa.select(JournalEntry.detail).where(JournalEntry.action == STAGED, JournalEntry.subject == subject(asked))
    found = session.scalars(query).first()
    if found is not None:
        raise StagedBeforeError(json.loads(found)["draft"])


def _ready(asked: Asked, meta: dict[str, Any], kinds: Kinds, report: ReportFile) -> ReadyImport:
    counts: dict[str, int] = meta["counts"]
    return ReadyImport(
        file=asked.name,
        kind=kinds.find(asked.kind).name,
        mode=meta["mode"],
        act=str(meta["act"]),
        records=counts["records"],
        title=asked.title or f"{meta['title']} ({asked.name})",
        label=asked.label,
        changes=tuple(report.changes(kinds)),
    )
