"""What a draft would change if it were published now, entry by entry: the difference a reviewer reads."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.kinds import Kind, Kinds, canonical_json
from catalog.legal.family import LEGAL_ACT
from catalog.releases.changes import Change, Held, fact_digest
from catalog.releases.diffing import EntryDiff, diff, touched_spans
from catalog.releases.models import Draft, DraftChange, Release
from catalog.releases.publishing import content_digest
from catalog.releases.truth import Rectangle, head, standing_spans
from catalog.temporal import Period, day_in_morocco

REVISION_FORMAT = "amo-revision-1"
SHOWN_FORMAT = "amo-shown-1"
PUBLISHED, PROPOSED, NEVER = 1, 2, 3
"""The releases the comparison feigns: what is published, what the draft would make of it, and after."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed change and the hand that wrote it."""

    change: Change
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Value:
    """What holds, or would hold, over a period: as ``diffing.diff`` reads it."""

    code: str
    period: Period
    rel_from: int
    rel_to: int
    held: Held


@dataclass(frozen=True, slots=True)
class Review:
    """A draft compared with release ``base``. ``entries`` and ``proposals`` go by kind."""

    base: int
    revision: str
    entries: Mapping[str, Sequence[EntryDiff]]
    proposals: Mapping[str, Sequence[Proposal]] = field(repr=False)
    _written: dict[tuple[str, str], list[Proposal]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for name, found in self.proposals.items():
            for code, written in by_code(found).items():
                self._written[name, code] = written

    def written(self, kind: str, code: str, period: Period) -> Proposal | None:
        """The proposal behind a piece of an entry's days."""
        found = self._written.get((kind, code), ())
        return next((proposal for proposal in found if proposal.change.period.overlaps(period)), None)


def revision_of(session: Session, draft: Draft) -> str:
    """A digest of what a draft says: it changes whenever the draft does, and with nothing else."""
    columns = (
        DraftChange.kind,
        DraftChange.code,
        DraftChange.valid_from,
        DraftChange.valid_to,
        DraftChange.payload,
        DraftChange.legal_act,
        DraftChange.source,
        DraftChange.confidence,
    )
    query = sa.select(*columns).where(DraftChange.draft_id == draft.id)
    digest = hashlib.sha256(f"{REVISION_FORMAT}|{draft.id}|{draft.legal_act}|{draft.covers}".encode())
    for row in session.execute(query.order_by(DraftChange.kind, DraftChange.code, DraftChange.valid_from)):
        texts = [value.isoformat() if isinstance(value, date) else value for value in row]
        digest.update(canonical_json(texts).encode())
    return digest.hexdigest()


def shown_of(session: Session, draft: Draft, revision: str | None = None) -> str:
    """A digest of all that a decision covers: what the draft says, its label and its title."""
    parts = [SHOWN_FORMAT, revision or revision_of(session, draft), draft.label, draft.title]
    return hashlib.sha256(canonical_json(parts).encode()).hexdigest()


def proposals_of(session: Session, kinds: Kinds, draft: Draft) -> dict[str, list[Proposal]]:
    """The proposed changes with their authors, by kind, in order of code and start."""
    columns = (*DraftChange.__table__.c,)
    query = (
        sa.select(*columns)
        .where(DraftChange.draft_id == draft.id)
        .order_by(DraftChange.kind, DraftChange.code, DraftChange.valid_from)
    )
    found: dict[str, list[Proposal]] = defaultdict(list)
    for row in session.execute(query):
        payload = None if row.payload is None else kinds.find(row.kind).from_text(row.payload)
        period = Period(row.valid_from, row.valid_to)
        told = (row.legal_act, row.source, row.confidence, row.reason, row.row)
        change = Change(row.kind, row.code, period, payload, *told)
        found[row.kind].append(Proposal(change, row.made_by, row.made_at))
    return dict(found)


def review(session: Session, kinds: Kinds, draft: Draft, today: date, revision: str | None = None) -> Review:
    """The draft against the newest release; a published one against the release before its own.

    ``today`` is the day of publication that flags what reaches into the past; ``revision`` the draft's, where known.
    """
    proposals = proposals_of(session, kinds, draft)
    sealed = session.scalar(sa.select(Release).where(Release.draft_id == draft.id))
    entries: dict[str, list[EntryDiff]] = {}
    for name in _in_order(kinds, proposals):
        kind = kinds.find(name)
        if sealed is None:
            entries[name] = _compare(session, kind, draft, proposals[name], today)
        else:
            touched = touched_spans(session, kind, sealed.seq - 1, sealed.seq)
            day = day_in_morocco(sealed.published_at)
            entries[name] = diff(kind, touched, sealed.seq - 1, sealed.seq, lambda _, day=day: day)  # type: ignore[misc]
    base = sealed.seq - 1 if sealed else head(session)
    return Review(base, revision or revision_of(session, draft), entries, proposals)


def _in_order(kinds: Kinds, names: Iterable[str]) -> list[str]:
    known = [kind.name for kind in kinds]
    return sorted(names, key=known.index)


def _compare(session: Session, kind: Kind, draft: Draft, proposals: Sequence[Proposal], today: date) -> list[EntryDiff]:
    changes = by_code(proposals)
    standing = standing_spans(session, kind, changes)
    values = [
        value
        for code, written in changes.items()
        for value in _values(code, standing.get(code, ()), [found.change for found in written], draft)
    ]
    return diff(kind, values, PUBLISHED, PROPOSED, lambda _: today)


def by_code(proposals: Iterable[Proposal]) -> dict[str, list[Proposal]]:
    """Proposals of one kind by the entry they speak of."""
    found: dict[str, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        found[proposal.change.code].append(proposal)
    return dict(found)


def _values(code: str, standing: Iterable[Rectangle], changes: Sequence[Change], draft: Draft) -> Iterator[Value]:
    for span in standing:
        yield Value(code, span.period, PUBLISHED, PROPOSED, span.held)
        for period in left_of(span.period, changes):
            yield Value(code, period, PROPOSED, NEVER, span.held)
    for change in changes:
        held = held_by(change, draft)
        if held is not None:
            yield Value(code, change.period, PROPOSED, NEVER, held)


def left_of(period: Period, changes: Iterable[Change]) -> list[Period]:
    """The parts of a period that changes leave alone."""
    left = [period]
    for change in changes:
        left = [part for whole in left for part in whole.minus(change.period)]
    return left


def act_behind(change: Change, draft: Draft) -> str:
    """A change's legal ground: its own, or the draft's; a legal act is its own. Empty where there is none yet."""
    if change.legal_act is None and change.kind == LEGAL_ACT.name:
        return change.code
    return change.legal_act or draft.legal_act or ""


def held_by(change: Change, draft: Draft) -> Held | None:
    """What would hold over the period of a change; None where it withdraws."""
    if change.payload is None:
        return None
    return Held(change.payload, act_behind(change, draft), change.source, change.confidence)


def digest_to_seal(session: Session, kinds: Kinds, draft: Draft) -> str:
    """The content digest the release will carry if the draft is published as it stands."""
    digests = []
    for name, found in proposals_of(session, kinds, draft).items():
        kind = kinds.find(name)
        for change in (proposal.change for proposal in found):
            act = act_behind(change, draft)
            digests.append(fact_digest(kind, change.code, change.period, held_by(change, draft), act))
    return content_digest(digests)
