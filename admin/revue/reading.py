"""What the pages of a review are made of, computed once for a state of the draft and of the catalogue."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy.orm import Session

from admin.revue.counting import Family, families
from admin.revue.lines import Line, make_lines
from admin.revue.shelf import Shelf
from admin.workplace import Workplace
from catalog.kinds import Kind
from catalog.releases.models import Draft
from catalog.releases.reviewing import Review, review, revision_of
from catalog.releases.reviewing_acceptance import Judgement, judgement
from catalog.releases.reviewing_prices import Impact, impact
from catalog.releases.reviewing_rules import Finding, Published, Stretch, judge, published_in
from catalog.releases.truth import head
from catalog.snapshots.reading import Snapshot

KEPT = 8
"""Reviews remembered by a worker: one of 5,000 changes takes some ten megabytes."""
AT_ONCE = 1_000
"""A draft of more changes shows its difference first, and is put to the rules by a request of its own."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A review with its lines and what it does to prices."""

    review: Review
    lines: Sequence[Line]
    impacts: Sequence[Impact]
    families: Sequence[Family]

    @property
    def proposed(self) -> int:
        return sum(map(len, self.review.proposals.values()))


_compared = Shelf(KEPT)
_judged = Shelf(KEPT)


def forget() -> None:
    """Works everything out anew: for measuring."""
    for shelf in (_compared, _judged):
        shelf.clear()


def compare_draft(place: Workplace, session: Session, draft: Draft) -> Compared:
    """The difference of a draft as it stands."""
    revision = revision_of(session, draft)
    key = (*_state(place, session, draft, revision), place.today(), draft.status == "published")
    return cast(Compared, _compared.find(key, lambda: _compare(place, session, draft, place.today(), revision)))


def _state(place: Workplace, session: Session, draft: Draft, revision: str) -> tuple[Hashable, ...]:
    return str(place.engine.url), draft.id, revision, head(session)


def _compare(place: Workplace, session: Session, draft: Draft, today: date, revision: str) -> Compared:
    made = review(session, place.kinds, draft, today, revision)
    lines = [line for name, found in made.entries.items() for line in make_lines(place.kinds.find(name), found)]
    impacts = [one for name, found in made.entries.items() for one in impact(place.kinds.find(name), found)]
    return Compared(made, lines, impacts, families(place.kinds, made.entries))


def findings_of(place: Workplace, session: Session, draft: Draft, compared: Compared) -> list[Finding]:
    """What a draft breaks."""
    return cast(list[Finding], _findings(place, session, draft, compared, only_if_known=False))


def _findings(
    place: Workplace, session: Session, draft: Draft, compared: Compared, *, only_if_known: bool
) -> list[Finding] | None:
    def make() -> list[Finding]:
        return judge(place.kinds, compared.review.proposals, _published(place, session))

    key = _state(place, session, draft, compared.review.revision)
    return _judged.find(key, None if only_if_known else make)


def judge_draft(place: Workplace, session: Session, draft: Draft, compared: Compared) -> Judgement:
    """What a draft breaks, and how far that is settled."""
    return judgement(session, draft, findings_of(place, session, draft, compared), compared.review.revision)


def judge_if_quick(place: Workplace, session: Session, draft: Draft, compared: Compared) -> Judgement | None:
    """The same where it is known, or soon found out; None for a large draft that nobody has yet put to the rules."""
    if draft.status == "published":
        return None
    found = _findings(place, session, draft, compared, only_if_known=compared.proposed > AT_ONCE)
    return None if found is None else judgement(session, draft, found, compared.review.revision)


def _published(place: Workplace, session: Session) -> Published:
    """The newest snapshot where it is not behind: it has the catalogue in memory; else the tables."""
    snapshot = place.current()
    if snapshot.head != head(session):
        return published_in(session)
    return _snapshot_reader(snapshot)


def _snapshot_reader(snapshot: Snapshot) -> Published:
    read: dict[str, list[Stretch]] = {}

    def published(kind: Kind) -> Iterable[Stretch]:
        if kind.name not in read:
            versions = (
                v for code in snapshot.codes(kind.name) for v in snapshot.versions(kind.name, code, snapshot.head)
            )
            read[kind.name] = [Stretch(version.code, version.period, version.held) for version in versions]
        return read[kind.name]

    return published
