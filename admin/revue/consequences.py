"""What a draft's changes entail elsewhere, where the family of medicines says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.revue.lines import write
from admin.revue.reading import Compared
from admin.revue.shelf import Shelf
from admin.workplace import Workplace
from catalog.gmr.consequences import Consequence, consequences
from catalog.kinds import Kinds
from catalog.releases.models import Draft
from catalog.releases.truth import head

AT_ONCE = 500
"""A draft of more changes has its consequences worked out when they are asked for."""

_kept = Shelf(8)


@dataclass(frozen=True, slots=True)
class Entailed:
    """A consequence in words: what is published, and what would follow."""

    plural: str
    code: str
    label: str
    before: str
    after: str
    text: str
    rule: str
    can_be_staged: bool


def consequences_of(
    place: Workplace, session: Session, draft: Draft, compared: Compared, *, asked: bool
) -> Sequence[Entailed] | None:
    """What follows from a draft under way; None where that has yet to be asked for."""
    snapshot = place.current()
    if draft.status == "published" or snapshot.head != head(session):
        return ()
    changes = [proposal.change for found in compared.review.proposals.values() for proposal in found]
    key = (str(place.engine.url), compared.review.revision, snapshot.chain)

    def make() -> Sequence[Entailed]:
        return [_told(place.kinds, found) for found in consequences(snapshot, changes)]

    return _kept.find(key, make if asked or len(changes) <= AT_ONCE else None)


def _told(kinds: Kinds, found: Consequence) -> Entailed:
    kind = kinds.find(found.kind)
    label = kind.fields[found.field].label if found.field else ""
    sides = [write(kind, found.field, value) for value in (found.old, found.new)]
    is_staged = found.change is not None
    return Entailed(kind.plural, found.code, label, sides[0], sides[1], found.text, found.rule, is_staged)
