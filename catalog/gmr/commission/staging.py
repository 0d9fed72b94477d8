"""From the opinions of a dossier to changes of a draft: they are published like everything else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.gmr.commission.errors import NotNowError
from catalog.gmr.commission.meetings import find_meeting
from catalog.gmr.commission.models import Dossier, Opinion
from catalog.gmr.commission.opinions import opinions
from catalog.gmr.commission.outcome import link
from catalog.gmr.commission.states import FROM_OPINION, label
from catalog.gmr.commission.targets import codes_of, opinion_fields, target_of
from catalog.journal.models import JournalEntry
from catalog.kinds import Kinds
from catalog.releases import drafts
from catalog.releases.changes import Change
from catalog.releases.models import Draft, DraftChange
from catalog.releases.placing import lend_hand
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DAWN, Moment, Period

WRITING = ("opinion.written", "opinion.removed")
"""What the journal calls having had a hand in the opinions of a dossier."""


def changes(session: Session, kinds: Kinds, snapshot: Snapshot, dossier: Dossier, today: date) -> list[Change]:
    """What the opinions of a dossier change in the catalogue, withdrawals of what they no longer say included."""
    meeting = find_meeting(session, dossier.seance_id or 0)
    made: list[Change] = []
    for opinion in opinions(session, dossier):
        start = opinion.effet or meeting.jour
        moment = Moment(max(start, today), snapshot.head)
        shared = _payload(dossier, opinion, meeting.numero, meeting.jour)
        target = target_of(opinion)
        named: Sequence[str | None] = [None] if target.portee == "dci" else codes_of(snapshot, target, moment)
        for code in named:
            own = opinion_code(dossier, opinion, code)
            payload = kinds.find("avis").load(own, {**shared, **_external(opinion_fields(target, code))})
            made.append(Change("avis", own, Period(start), payload, source=f"dossier {dossier.numero}"))
    return [*made, *_superseded(snapshot, dossier, made)]


def opinion_code(dossier: Dossier, opinion: Opinion, presentation: str | None = None) -> str:
    """``CT-2026-041-1``, and for one of the presentations it names ``CT-2026-041-1/6118000100058``."""
    code = f"CT-{dossier.numero}-{opinion.rang}"
    return f"{code}/{presentation}" if presentation else code


def _payload(dossier: Dossier, opinion: Opinion, seance: str, jour: date) -> dict[str, Any]:
    told = {
        "dossier": dossier.numero,
        "type_demande": dossier.type_demande,
        "decision": opinion.decision,
        "date_avis": jour.isoformat(),
        "seance": seance,
        "indication": opinion.indication,
        "smr": opinion.smr,
        "asmr": opinion.asmr,
        "texte": opinion.texte,
    }
    return {name: value for name, value in told.items() if value}


def _external(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def _superseded(snapshot: Snapshot, dossier: Dossier, made: Iterable[Change]) -> Iterator[Change]:
    """Where a published opinion of the dossier goes on over days that it no longer covers, nothing holds."""
    starts = {change.code: change.period.start for change in made}
    prefix = f"CT-{dossier.numero}-"
    for code in snapshot.codes("avis"):
        if not code.startswith(prefix):
            continue
        for version in snapshot.versions("avis", code, snapshot.head):
            if version.payload["dossier"] != dossier.numero:
                continue
            left = version.period if code not in starts else _before(version.period, starts[code])
            if left is not None:
                yield Change("avis", code, left, None)


def _before(period: Period, start: date) -> Period | None:
    return period.clip(Period(DAWN, start)) if start > DAWN else None


def stage_opinions(
    session: Session,
    kinds: Kinds,
    snapshot: Snapshot,
    dossier: Dossier,
    draft: Draft,
    *,
    by: str,
    at: datetime,
    today: date,
) -> int:
    """Puts the dossier's opinions into an open draft and links the two; answers how many changes there are.

    What the draft already held of this dossier is replaced. Whoever wrote the opinions does not approve the draft, even
    where somebody else stages them. Raises NotNowError before the opinion is given, and what ``stage`` raises.
    """
    if dossier.etat not in FROM_OPINION or dossier.seance_id is None:
        raise NotNowError(dossier.numero, label(dossier.etat), "its opinion has not been given")
    proposed = changes(session, kinds, snapshot, dossier, today)
    if not proposed:
        raise NotNowError(dossier.numero, label(dossier.etat), "it has no opinion to publish")
    for code in _already_staged(session, dossier, draft):
        drafts.unstage(session, kinds, draft, "avis", code, by=by, at=at)
    count = drafts.stage(session, kinds, draft, proposed, by=by, at=at)
    for author in authors(session, dossier):
        lend_hand(session, draft, author)
    link(session, dossier, draft, "avis", by=by, at=at)
    return count


def authors(session: Session, dossier: Dossier) -> list[str]:
    """Who wrote, rewrote or removed opinions of the dossier, under any number it has borne, as the journal tells."""
    subjects = [f"dossier {numero}" for numero in _numbers(session, dossier)]
    query = sa.select(JournalEntry.actor).where(JournalEntry.action.in_(WRITING), JournalEntry.subject.in_(subjects))
    return sorted(set(session.scalars(query)))


def _numbers(session: Session, dossier: Dossier) -> set[str]:
    """The number of a dossier and those it bore before it was corrected: the journal names it by that of the day."""
    amended = sa.select(JournalEntry.before).where(JournalEntry.action == "dossier.amended")
    known: set[str] = set()
    fresh = {dossier.numero}
    while fresh:
        known |= fresh
        told = session.scalars(amended.where(JournalEntry.subject.in_([f"dossier {numero}" for numero in fresh])))
        fresh = {json.loads(before)["numero"] for before in told if before} - known
    return known


def _already_staged(session: Session, dossier: Dossier, draft: Draft) -> list[str]:
    query = sa.select(DraftChange.code).where(
        DraftChange.draft_id == draft.id,
        DraftChange.kind == "avis",
        DraftChange.code.startswith(f"CT-{dossier.numero}-", autoescape=True),
    )
    return list(session.scalars(query.distinct()))
