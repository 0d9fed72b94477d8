"""One value edited where it stands in a list: parsed, staged, answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from admin.drafts.fields import raw_choice
from admin.entries.values import form_of, write_value
from admin.workplace import Workplace
from catalog.errors import DateError, InvalidError
from catalog.kinds import Kind
from catalog.releases.drafts import find_draft
from catalog.releases.editing import Grounds, Seen, edit_entry
from catalog.releases.editing_layers import layer_on
from catalog.releases.editing_values import read_day, read_values
from catalog.releases.editing_writing import read_entry
from catalog.releases.models import Draft, DraftChange


class UnreadableCellError(InvalidError):
    def __init__(self) -> None:
        super().__init__("La demande n’est pas lisible : il faut kind, code, field, value et from.")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a list asks: ``text`` for a field of an entry from a day on.

    ``expected`` is the text the list showed, where it says so: another value there now refuses the edit.
    ``reason`` is needed of a day that is past.
    """

    kind: str
    code: str
    field: str
    text: str
    start: date
    expected: str | None = None
    reason: str | None = None


def read_cell(body: Any) -> Cell:
    """Raises UnreadableCellError, or DateError for a day that is none."""
    if not isinstance(body, Mapping) or not all(isinstance(body.get(name), str) for name in _NEEDED):
        raise UnreadableCellError
    start = read_day(body["from"])
    if start is None:
        raise DateError(body["from"])
    expected, reason = body.get("expected"), body.get("reason")
    return Cell(
        body["kind"],
        body["code"],
        body["field"],
        body["value"],
        start,
        expected if isinstance(expected, str) else None,
        (" ".join(reason.split()) or None) if isinstance(reason, str) else None,
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
            session,
            place.kinds,
            draft,
            kind.name,
            cell.code,
            values,
            cell.start,
            by=by,
            at=place.now(),
            today=place.today(),
            grounds=_grounds(place, session, draft, cell),
            seen=seen,
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


def _grounds(place: Workplace, session: Session, draft: Draft, cell: Cell) -> Grounds | None:
    """The reason given, with what else the value staged that day rests on; None where no reason is given."""
    if cell.reason is None:
        return None
    layer = layer_on(read_entry(session, place.kinds, draft, cell.kind, cell.code).layers, cell.start)
    if layer is None or layer.change is None:
        return Grounds(reason=cell.reason)
    return Grounds(layer.change.legal_act, layer.change.source, layer.change.confidence, cell.reason)


def _read(kind: Kind, field: str, text: str) -> dict[str, Any]:
    if field in kind.fields:
        text = raw_choice(field, kind.fields[field], text)
    return read_values(kind, {field: text})
