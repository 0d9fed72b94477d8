"""Judges one upload in a process of its own, under limits: ``python -m admin.imports.child FOLDER ATTEMPT``.

The database's address comes in AMO_DATABASE_URL. A file made to exhaust its reader ends this process and nothing else.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from admin.french import sentence, told
from admin.imports.lines import build_lines, rule_title
from admin.imports.reports import write_report
from admin.imports.uploads import Asked, Upload
from catalog.database import open_engine, reading
from catalog.errors import CatalogError
from catalog.importing.limiting import limit_resources
from catalog.importing.ready import clashes, join
from catalog.importing.running import Judged, Request, judge_file
from catalog.kinds import Kinds
from catalog.registry import KINDS
from catalog.releases import drafts
from catalog.releases.models import Draft, DraftChange
from catalog.releases.truth import head
from catalog.validation import Severity

MAX_MEMORY = 2 * 2**30
MAX_CPU_SECONDS = 240


def judge_upload(engine: sa.Engine, kinds: Kinds, upload: Upload, attempt: int) -> None:
    """Reads and judges the file, and leaves its report and state in the folder.

    A judgement that was begun again meanwhile leaves nothing: ``attempt`` is no longer the newest.
    """
    asked = upload.asked()
    made = upload.amendments_made()
    try:
        with reading(engine) as session:
            judged = judge_file(session, kinds, _request(kinds, upload, asked))
            stood = standing(session, asked.draft)
            _join(session, kinds, judged, asked.draft)
    except CatalogError as error:
        _finish(upload, attempt, "unreadable", sentence(error))
        return
    if _is_newest(upload, attempt):
        meta = {**_meta(judged), "amendments": made, "standing": stood}
        write_report(upload.report, kinds, meta, build_lines(judged), judged.changes)
        _finish(upload, attempt, "judged", upload.state().message)


def _request(kinds: Kinds, upload: Upload, asked: Asked) -> Request:
    return Request(
        kind=kinds.find(asked.kind),
        path=upload.file,
        profile=asked.profile,
        mode=asked.mode,  # type: ignore[arg-type]
        effective=date.fromisoformat(asked.effective) if asked.effective else None,
        legal_act=asked.legal_act,
        label=asked.label,
        title=asked.title,
        amendments=upload.amendments(),
        dated_by=asked.name,
    )


def _join(session: Session, kinds: Kinds, judged: Judged, draft_id: int | None) -> None:
    if draft_id is not None:
        draft = drafts.find_draft(session, draft_id)
        join(session, draft)
        judged.report.add(clashes(session, kinds, draft, judged.changes))


def standing(session: Session, draft_id: int | None) -> str:
    """What a judgement rests on, in one text: the newest release, and the content of the draft it is to go into."""
    told: list[Any] = [head(session)]
    if draft_id is not None:
        draft = session.get(Draft, draft_id)
        own = DraftChange.draft_id == draft_id
        query = sa.select(sa.func.count(), sa.func.max(DraftChange.id), sa.func.max(DraftChange.made_at)).where(own)
        told += [draft_id, draft.status if draft else None, draft.base_seq if draft else None]
        told += session.execute(query).one()
    return " ".join(map(str, told))


def _meta(judged: Judged) -> dict[str, Any]:
    report, effective = judged.report, judged.request.effective or judged.read.effective
    severities = {found.rule: found.severity.value for found in report.violations}
    by_rule = sorted(report.by_rule().items(), key=lambda told: (severities[told[0]] != Severity.ERROR, -told[1]))
    return {
        "profile": judged.read.profile.name,
        "profile_title": judged.read.profile.title,
        "mode": judged.mode,
        "act": judged.ground.act,
        "effective": effective.isoformat() if effective else "",
        "title": judged.request.title or judged.read.profile.title,
        "counts": dict(report.counts),
        "errors": len(report.errors),
        "warnings": len(report.warnings),
        "by_rule": [[rule, rule_title(rule), severities[rule], number] for rule, number in by_rule],
        "notes": [told(note) for note in report.notes],
        "changes": len(judged.changes),
        "columns": list(next(iter(judged.read.rows.values()), {})),
    }


def _is_newest(upload: Upload, attempt: int) -> bool:
    state = upload.state()
    return (state.name, state.attempt) == ("judging", attempt)


def _finish(upload: Upload, attempt: int, name: str, message: str | None) -> None:
    if _is_newest(upload, attempt):
        upload.become(replace(upload.state(), name=name, message=message))


def main(folder: str, attempt: str) -> None:
    """Judges the upload of that folder under limits."""
    limit_resources(MAX_MEMORY, MAX_CPU_SECONDS)
    engine = open_engine(os.environ["AMO_DATABASE_URL"])
    judge_upload(engine, KINDS, Upload(Path(folder)), int(attempt))


if __name__ == "__main__":
    main(*sys.argv[1:3])
