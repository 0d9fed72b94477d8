"""The consequences of a draft, and staging one that an editor agrees with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from admin.drafts.telling import write_period
from admin.entries.labels import main_field, one
from admin.entries.values import form_of, write_value
from admin.workplace import Workplace
from catalog.errors import ConflictError
from catalog.gmr.consequences import Consequence, consequences
from catalog.releases.changes import Change
from catalog.releases.drafts import changes_of
from catalog.releases.editing import Edit, Grounds, correct_past, withdraw_entry
from catalog.releases.models import Draft
from catalog.temporal import Moment


class ConsequenceGoneError(ConflictError):
    def __init__(self) -> None:
        super().__init__("Cette conséquence n’est plus d’actualité : le brouillon a changé. Rechargez la page.")


@dataclass(frozen=True, slots=True)
class Follow:
    """A consequence as pages show it: texts in French."""

    found: Consequence
    kind_word: str
    plural: str
    name: str
    label: str
    old: str
    new: str
    period: str

    @property
    def is_proposal(self) -> bool:
        return self.found.change is not None


@dataclass(frozen=True, slots=True)
class Proposed:
    """A consequence about to be staged."""

    place: Workplace
    session: Session
    draft: Draft
    found: Consequence

    def stage(self, *, by: str, at: datetime) -> Edit:
        """Puts it in the draft, over exactly its days."""
        change = self.found.change
        if change is None:
            raise ConsequenceGoneError
        grounds = Grounds(reason=self.found.text)
        entry = (self.session, self.place.kinds, self.draft, change.kind, change.code)
        if self.found.field is None or change.payload is None:
            return withdraw_entry(
                *entry, change.period, by=by, at=at, today=self.place.today(), grounds=grounds, also_later=True
            )
        values = {self.found.field: self.found.new}
        return correct_past(*entry, values, change.period, by=by, at=at, grounds=grounds)


def find_consequence(place: Workplace, session: Session, draft: Draft, key: str) -> Proposed:
    """The consequence of that key, computed again. Raises ConsequenceGoneError."""
    changes = list(changes_of(session, place.kinds, draft))
    for found in consequences(place.current(), changes):
        if found.key == key and found.change is not None:
            return Proposed(place, session, draft, found)
    raise ConsequenceGoneError


def find_all(place: Workplace, changes: Sequence[Change]) -> list[Consequence]:
    """What follows from changes, those with something to propose first."""
    return sorted(consequences(place.current(), changes), key=lambda found: found.change is None)


def follow(place: Workplace, found: Sequence[Consequence]) -> list[Follow]:
    """Consequences as pages show them."""
    return [_show(place, one_) for one_ in found]


def _show(place: Workplace, found: Consequence) -> Follow:
    kind, snapshot = place.kinds.find(found.kind), place.current()
    version = snapshot.find(found.kind, found.code, Moment(found.period.start, snapshot.head))
    name = main_field(kind)
    field = kind.fields[found.field] if found.field else None
    return Follow(
        found=found,
        kind_word=one(kind),
        plural=kind.plural,
        name=str(version.payload[name] or "") if version and name else "",
        label=field.label if field else "",
        old=write_value(form_of(field), found.field, found.old) if field and found.field else "",
        new=write_value(form_of(field), found.field, found.new) if field and found.field else "",
        period=write_period(found.period),
    )
