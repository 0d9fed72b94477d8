"""The one verb that moves a dossier from state to state, and what each move needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import InvalidError
from catalog.gmr.commission.errors import DossierMovedError, MoveDayError, MoveRefusedError, NeedsError
from catalog.gmr.commission.meetings import find_meeting
from catalog.gmr.commission.models import CostTable, Dossier, Move, Opinion
from catalog.gmr.commission.states import MOVES, State, label
from catalog.journal import record
from catalog.legal.codes import parse_act_id
from catalog.legal.family import LEGAL_ACT
from catalog.releases.models import DraftChange
from catalog.releases.truth import known_codes
from catalog.temporal import day_in_morocco

COMPARED = ("INSCRIPTION", "EXTENSION_INDICATION", "EXTENSION_GAMME")
"""Requests that the CEFPS weighs against the equivalents already listed; a withdrawal is not one."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is decided: the new state, the day of the decision, and what the new state needs beside.

    ``seen`` is the state the decision was taken on; ``seance`` the id of a meeting, ``acte`` the arrêté's code,
    ``cefps`` the opinion of the CEFPS.
    """

    vers: str
    jour: date
    seen: str | None = None
    commentaire: str | None = None
    seance: str | None = None
    acte: str | None = None
    cefps: str | None = None


def moves(session: Session, dossier: Dossier) -> list[Move]:
    """The steps of a dossier, first to last."""
    return list(session.scalars(sa.select(Move).where(Move.dossier_id == dossier.id).order_by(Move.id)))


def move(session: Session, dossier: Dossier, step: Step, *, by: str, at: datetime) -> Move:
    """Takes a dossier a step further.

    Raises DossierMovedError when somebody moved it since, MoveRefusedError, MoveDayError (in the future, or before the
    last step), NeedsError when something must come first, InvalidError without a comment where one is due.
    """
    if step.seen and step.seen != dossier.etat:
        raise DossierMovedError(dossier.numero, label(dossier.etat))
    vers = _allowed(dossier, step.vers)
    _check_day(session, dossier, step.jour, at)
    if vers in (State.INCOMPLET, State.REFUSE) and not (step.commentaire or "").strip():
        raise InvalidError("Say why in a comment.")
    _NEEDS.get(vers, _nothing)(session, dossier, step)
    return _take(session, dossier, step, vers, by=by, at=at)


def _allowed(dossier: Dossier, asked: str) -> State:
    allowed = MOVES[State(dossier.etat)]
    if asked not in allowed:
        known = label(asked) if asked in set(State) else asked
        raise MoveRefusedError(dossier.numero, label(dossier.etat), known, map(label, allowed))
    return State(asked)


def _check_day(session: Session, dossier: Dossier, jour: date, at: datetime) -> None:
    last = session.scalar(sa.select(sa.func.max(Move.jour)).where(Move.dossier_id == dossier.id))
    if last is not None and jour < last:
        raise MoveDayError(jour, f"the last step was taken on {last}")
    if jour > day_in_morocco(at):
        raise MoveDayError(jour, "it has not come yet")


def _take(session: Session, dossier: Dossier, step: Step, vers: State, *, by: str, at: datetime) -> Move:
    made = Move(
        dossier_id=dossier.id,
        de=dossier.etat,
        vers=vers.value,
        jour=step.jour,
        par=by,
        fait_le=at,
        commentaire=(step.commentaire or "").strip() or None,
    )
    # The condition keeps two editors from both moving a dossier out of one state.
    written = session.execute(
        sa.update(Dossier).where(Dossier.id == dossier.id, Dossier.etat == dossier.etat).values(etat=vers.value)
    )
    if written.rowcount != 1:  # type: ignore[attr-defined]
        raise DossierMovedError(dossier.numero, "something else")
    session.add(made)
    session.flush()
    session.refresh(dossier)
    record(
        session,
        at=at,
        actor=by,
        action="dossier.moved",
        subject=f"dossier {dossier.numero}",
        before={"etat": made.de},
        after={"etat": made.vers, "jour": step.jour.isoformat(), "acte": dossier.acte, "seance": dossier.seance_id},
        detail=made.commentaire,
    )
    return made


def _nothing(session: Session, dossier: Dossier, step: Step) -> None:
    """Most states need nothing beside."""


def _back_on_the_pile(session: Session, dossier: Dossier, step: Step) -> None:
    dossier.seance_id = None
    session.flush()


def _enrol(session: Session, dossier: Dossier, step: Step) -> None:
    if not step.seance:
        raise NeedsError(dossier.numero, label(State.INSCRIT), "choose a meeting")
    meeting = find_meeting(session, step.seance)
    if meeting.statut == "annulee":
        raise NeedsError(dossier.numero, label(State.INSCRIT), f"meeting {meeting.numero} is cancelled")
    dossier.seance_id = meeting.id
    session.flush()


def _deliberated(session: Session, dossier: Dossier, step: Step) -> None:
    asked = label(State.AVIS_RENDU)
    meeting = find_meeting(session, dossier.seance_id or 0)
    if meeting.statut != "tenue":
        raise NeedsError(dossier.numero, asked, f"meeting {meeting.numero} has not been recorded as held")
    if step.jour < meeting.jour:
        raise MoveDayError(step.jour, f"the meeting is of {meeting.jour}")
    if session.scalar(sa.select(Opinion.id).where(Opinion.dossier_id == dossier.id).limit(1)) is None:
        raise NeedsError(dossier.numero, asked, "write the opinion on at least one indication first")


def _costed(session: Session, dossier: Dossier, step: Step) -> None:
    asked = label(State.TRANSMIS)
    if not (step.cefps or dossier.cefps_avis or "").strip():
        raise NeedsError(dossier.numero, asked, "write the opinion of the CEFPS")
    kept = session.scalar(sa.select(CostTable.id).where(CostTable.dossier_id == dossier.id).limit(1))
    if kept is None and dossier.type_demande in COMPARED:
        raise NeedsError(dossier.numero, asked, "keep a table of costs of treatment first")
    if step.cefps:
        dossier.cefps_avis = step.cefps.strip()
        session.flush()


def _ordered(session: Session, dossier: Dossier, step: Step) -> None:
    if not step.acte:
        raise NeedsError(dossier.numero, label(State.ARRETE), "give the code of the arrêté")
    code = parse_act_id(step.acte)
    brought = sa.select(DraftChange.id).where(DraftChange.kind == LEGAL_ACT.name, DraftChange.code == code).limit(1)
    if not known_codes(session, LEGAL_ACT, [code]) and session.scalar(brought) is None:
        raise NeedsError(dossier.numero, label(State.ARRETE), f"the act {code} is in no release and no draft")
    dossier.acte = code
    session.flush()


_NEEDS = {
    State.RECEVABLE: _back_on_the_pile,
    State.INSCRIT: _enrol,
    State.AVIS_RENDU: _deliberated,
    State.TRANSMIS: _costed,
    State.ARRETE: _ordered,
}
