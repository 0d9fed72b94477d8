"""What the draft that one works in says of an entry."""

from __future__ import annotations

from collections.abc import Sequence

from admin.drafts.current import current_draft, staged_of
from admin.room import holds
from admin.workplace import Workplace
from catalog.kinds import Kind
from catalog.releases.changes import Change
from catalog.releases.models import Draft

WRITING = "write drafts"


def staged_for(place: Workplace, kind: Kind, code: str) -> tuple[Draft | None, Sequence[Change]]:
    """The current draft and its changes of an entry, by start; nothing for someone who writes no drafts."""
    if not holds(WRITING):
        return None, ()
    with place.reading() as session:
        draft = current_draft(session)
        return draft, () if draft is None else staged_of(session, draft, kind.name, [code]).get(code, ())
