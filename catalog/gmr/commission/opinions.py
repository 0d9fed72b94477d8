"""Writing the opinions of a dossier, one an indication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import InvalidError
from catalog.gmr.codes import fold
from catalog.gmr.commission.errors import EmptyTargetError, NotNowError, UnknownLevelError, UnknownOpinionError
from catalog.gmr.commission.models import SCOPES, Dossier, Opinion
from catalog.gmr.commission.states import WITH_OPINIONS, label
from catalog.gmr.commission.targets import Target, codes_of
from catalog.gmr.schemas import DECISIONS
from catalog.journal import record
from catalog.releases.locking import take_lock
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment


@dataclass(frozen=True, slots=True)
class OpinionText:
    """An opinion as it is written. ``effet`` None stands for the day of the meeting."""

    decision: str
    target: Target
    indication: str | None = None
    smr: str | None = None
    asmr: str | None = None
    texte: str | None = None
    effet: date | None = None


def opinions(session: Session, dossier: Dossier) -> list[Opinion]:
    """The opinions of a dossier, in their order."""
    return list(session.scalars(sa.select(Opinion).where(Opinion.dossier_id == dossier.id).order_by(Opinion.rang)))


def find_opinion(session: Session, dossier: Dossier, rang: int) -> Opinion:
    """Raises UnknownOpinionError."""
    for opinion in opinions(session, dossier):
        if opinion.rang == rang:
            return opinion
    raise UnknownOpinionError(dossier.numero, rang)


def levels(snapshot: Snapshot, liste: str, moment: Moment) -> list[tuple[str, str]]:
    """(level, label) of the code list ``SMR`` or ``ASMR`` in force, most favourable first."""
    payloads = [v.payload for v in snapshot.in_force("niveau", moment) if v.payload["liste"] == liste]
    return [(p["niveau"], p["libelle"]) for p in sorted(payloads, key=lambda p: (p["rang"], p["niveau"]))]


def write_opinion(
    session: Session,
    snapshot: Snapshot,
    dossier: Dossier,
    told: OpinionText,
    *,
    rang: int | None = None,
    by: str,
    at: datetime,
    today: date,
) -> Opinion:
    """A new opinion, or another text for that of a rank. Raises NotNowError, UnknownLevelError, EmptyTargetError."""
    if dossier.etat not in WITH_OPINIONS:
        raise NotNowError(dossier.numero, label(dossier.etat), "opinions are written once it is on a meeting's agenda")
    _check(snapshot, told, Moment(told.effet or today, snapshot.head))
    take_lock(session)
    opinion = find_opinion(session, dossier, rang) if rang else Opinion(dossier_id=dossier.id)
    before = _told(opinion) if rang else None
    if not rang:
        opinion.rang = 1 + max((known.rang for known in opinions(session, dossier)), default=0)
    _write(opinion, told)
    session.add(opinion)
    session.flush()
    subject = f"dossier {dossier.numero}"
    record(session, at=at, actor=by, action="opinion.written", subject=subject, before=before, after=_told(opinion))
    return opinion


def _check(snapshot: Snapshot, told: OpinionText, moment: Moment) -> None:
    if told.decision not in DECISIONS or told.target.portee not in SCOPES:
        raise InvalidError(f"An opinion is one of {', '.join(DECISIONS)}, about one of {', '.join(SCOPES)}.")
    for liste, asked in (("SMR", told.smr), ("ASMR", told.asmr)):
        known = [niveau for niveau, _ in levels(snapshot, liste, moment)]
        if asked and fold(asked) not in map(fold, known):
            raise UnknownLevelError(liste, asked, known)
    if told.target.portee != "dci":
        codes_of(snapshot, told.target, moment)
    elif not told.target.dci:
        raise EmptyTargetError("name its DCI")


def _write(opinion: Opinion, told: OpinionText) -> None:
    opinion.indication = " ".join((told.indication or "").split()) or None
    opinion.decision, opinion.smr, opinion.asmr = told.decision, told.smr or None, told.asmr or None
    opinion.texte = (told.texte or "").strip() or None
    opinion.effet, opinion.portee, opinion.cible = told.effet, told.target.portee, told.target.to_text()


def _told(opinion: Opinion) -> dict[str, Any]:
    names = ("rang", "indication", "decision", "smr", "asmr", "texte", "portee", "cible")
    told = {name: getattr(opinion, name) for name in names}
    return told | {"effet": opinion.effet.isoformat() if opinion.effet else None}


def remove_opinion(session: Session, dossier: Dossier, rang: int, *, by: str, at: datetime) -> None:
    """Takes an opinion back while the commission deliberates. Raises NotNowError or UnknownOpinionError."""
    if dossier.etat not in WITH_OPINIONS:
        raise NotNowError(dossier.numero, label(dossier.etat), "its opinions stand")
    opinion = find_opinion(session, dossier, rang)
    before = _told(opinion)
    session.delete(opinion)
    session.flush()
    record(session, at=at, actor=by, action="opinion.removed", subject=f"dossier {dossier.numero}", before=before)
