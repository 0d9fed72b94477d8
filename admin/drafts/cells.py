"""One value edited where it stands in a list: parsed, staged, answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from admin.drafts.fields import raw_choice
from admin.entries.values import form_of, write_value
from admin.workplace import Workplace
from catalog.errors import DateError, InvalidError
from catalog.kinds import Kind
from catalog.releases.drafts import find_draft
from catalog.releases.editing import Seen, edit_entry
from catalog.releases.editing_values import read_day, read_values
from catalog.releases.models import DraftChange


class UnreadableCellError(InvalidError):
    def __init__(self) -> None:
        super().__init__("La demande n’est pas lisible : il faut kind, code, field, value et from.")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a list asks: ``text`` for a field of an entry from a day on.

    ``expected`` is the text the list showed, where it says so: another value there now refuses the edit.
    """

    kind: str
    code: str
    field: str
    text: str
    start: date
    expected: str | None = None


def read_cell(body: Any) -> Cell:
    """Raises UnreadableCellError, or DateError for a day that is none."""
    if not isinstance(body, Mapping) or not all(isinstance(body.get(name), str) for name in _NEEDED):
        raise UnreadableCellError
    start = read_day(body["from"])
    if start is None:
        raise DateError(body["from"])
    expected = body.get("expected")
    return Cell(
        body["kind"],
        body["code"],
        body["field"],
        body["value"],
        start,
        expected if isinstance(expected, str) else None,
    )


_NEEDED = ("kind", "code", "field", "value", "from")


def edit_cell(place: Workplace, draft_id: int, cell: Cell, by: str) -> dict[str, Any]:
    """``old`` and ``new`` in French, the later values that stay, and how many changes the draft holds."""
    kind = place.kinds.find(cell.kind)
    values = _read(kind, cell.field, cell.text)
    with place.writing() as session:
        draft = find_draft(session, draft_id)
        seen = None if cell.expected is None else Seen(cell.start, _read(kind, cell.field, cell.expected))
        done = edit_entry(
            session, place.kinds, draft, kind.name, cell.code, values, cell.start, by=by, at=place.now(), seen=seen
        )
        counted = sa.select(sa.func.count()).select_from(DraftChange).where(DraftChange.draft_id == draft.id)
        staged = session.scalar(counted)
    form = form_of(kind.fields[cell.field])
    return {
        "old": write_value(form, cell.field, (done.before or {}).get(cell.field)),
        "new": write_value(form, cell.field, (done.after or {}).get(cell.field)),
        "staged": staged,
        "until": next((stay.day.isoformat() for stay in done.stays), None),
    }


def _read(kind: Kind, field: str, text: str) -> dict[str, Any]:
    if field in kind.fields:
        text = raw_choice(field, kind.fields[field], text)
    return read_values(kind, {field: text})
