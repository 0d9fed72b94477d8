"""The draft an editor works in: lists show what it stages, and a cell edited there lands in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa
from flask import session as cookie
from sqlalchemy.orm import Session

from admin.workplace import workplace
from catalog.errors import DraftStateError
from catalog.releases.changes import Change
from catalog.releases.drafts import change_of
from catalog.releases.models import Draft, DraftChange
from catalog.releases.truth import CHUNK, batched

KEPT_AS = "draft"
"""Under what name the signed cookie keeps the number of the draft."""


def current_draft(session: Session) -> Draft | None:
    """The chosen draft, as long as it is open for work; None where none is chosen, or it is out of one's hands."""
    number = cookie.get(KEPT_AS)
    found = session.get(Draft, number) if isinstance(number, int) else None
    return found if found is not None and found.status == "draft" else None


def choose_draft(draft: Draft) -> None:
    """Works in this draft from now on. Raises DraftStateError unless it is open."""
    if draft.status != "draft":
        raise DraftStateError(draft.id, draft.status, "work in", "draft")
    cookie[KEPT_AS] = draft.id


def leave_draft() -> None:
    """Works in no draft."""
    cookie.pop(KEPT_AS, None)


def staged_of(session: Session, draft: Draft, kind_name: str, codes: Collection[str]) -> dict[str, list[Change]]:
    """By code, what a draft stages about these entries, by start; entries it leaves alone are not named."""
    place = workplace()
    kind = place.kinds.find(kind_name)
    found: dict[str, list[Change]] = defaultdict(list)
    for chunk in batched(sorted(set(codes)), CHUNK):
        query = (
            sa.select(DraftChange)
            .where(DraftChange.draft_id == draft.id, DraftChange.kind == kind.name, DraftChange.code.in_(chunk))
            .order_by(DraftChange.code, DraftChange.valid_from)
        )
        for line in session.scalars(query):
            found[line.code].append(change_of(place.kinds, line))
    return dict(found)
