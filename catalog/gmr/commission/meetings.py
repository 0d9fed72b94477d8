"""Meetings of the commission: their day, their agenda of dossiers, their minutes."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import InvalidError
from catalog.gmr.commission.dossiers import parse_number
from catalog.gmr.commission.errors import NumberTakenError, UnknownMeetingError
from catalog.gmr.commission.models import MEETING_STATES, Dossier, Meeting
from catalog.gmr.commission.states import State
from catalog.journal import record
from catalog.releases.locking import take_lock
from catalog.temporal import day_in_morocco

LABELS = {"prevue": "Prévue", "tenue": "Tenue", "annulee": "Annulée"}


def find_meeting(session: Session, meeting_id: int | str) -> Meeting:
    """Raises UnknownMeetingError."""
    text = str(meeting_id).strip()
    found = session.get(Meeting, int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else None
    if found is None:
        raise UnknownMeetingError(meeting_id)
    return found


def plan(session: Session, numero: str, jour: date, *, by: str, at: datetime) -> Meeting:
    """A new meeting, planned. Raises CodeError or NumberTakenError."""
    meeting = Meeting(numero=_free(session, numero), jour=jour, statut="prevue")
    session.add(meeting)
    session.flush()
    subject = f"seance {meeting.numero}"
    record(session, at=at, actor=by, action="meeting.planned", subject=subject, after=_told(meeting))
    return meeting


def _free(session: Session, numero: str, own: int | None = None) -> str:
    parsed = parse_number(numero)
    take_lock(session)
    other = session.scalar(sa.select(Meeting.id).where(Meeting.numero == parsed))
    if other not in (None, own):
        raise NumberTakenError("meeting", parsed)
    return parsed


def minute(
    session: Session,
    meeting: Meeting,
    *,
    numero: str,
    jour: date,
    statut: str,
    presents: str | None,
    proces_verbal: str | None,
    by: str,
    at: datetime,
) -> None:
    """Writes what became of a meeting. It is held on a day that has come; one with an agenda is not cancelled."""
    if statut not in MEETING_STATES:
        raise InvalidError(f"{statut!r} is not one of {', '.join(MEETING_STATES)}.")
    if statut == "tenue" and jour > day_in_morocco(at):
        raise InvalidError(f"A meeting of {jour} has not been held yet.")
    if statut == "annulee" and agenda(session, meeting):
        raise InvalidError(f"Meeting {meeting.numero} has dossiers on its agenda: postpone them first.")
    given = [dossier for dossier in agenda(session, meeting) if dossier.etat != State.INSCRIT]
    if given and (statut, jour) != (meeting.statut, meeting.jour):
        raise InvalidError(f"Opinions were given at meeting {meeting.numero}: its day stands, and that it was held.")
    before = _told(meeting)
    meeting.numero, meeting.jour, meeting.statut = _free(session, numero, meeting.id), jour, statut
    meeting.presents = (presents or "").strip() or None
    meeting.proces_verbal = (proces_verbal or "").strip() or None
    session.flush()
    after = _told(meeting)
    if after != before:
        subject = f"seance {meeting.numero}"
        record(session, at=at, actor=by, action="meeting.amended", subject=subject, before=before, after=after)


def _told(meeting: Meeting) -> dict[str, Any]:
    return {
        "numero": meeting.numero,
        "jour": meeting.jour.isoformat(),
        "statut": meeting.statut,
        "presents": meeting.presents,
        "proces_verbal": meeting.proces_verbal,
    }


def agenda(session: Session, meeting: Meeting) -> list[Dossier]:
    """The dossiers of a meeting, in order of number."""
    return list(session.scalars(sa.select(Dossier).where(Dossier.seance_id == meeting.id).order_by(Dossier.numero)))


def open_meetings(session: Session) -> list[Meeting]:
    """Meetings that are not cancelled, latest first: those on which a dossier may be enrolled."""
    query = sa.select(Meeting).where(Meeting.statut != "annulee").order_by(Meeting.jour.desc(), Meeting.id.desc())
    return list(session.scalars(query))


def meetings(session: Session) -> list[tuple[Meeting, int, int]]:
    """Every meeting, latest first, with its number of dossiers and of those still without an opinion."""
    waiting = sa.func.sum(sa.case((Dossier.etat == State.INSCRIT.value, 1), else_=0))
    query = (
        sa.select(Meeting, sa.func.count(Dossier.id), sa.func.coalesce(waiting, 0))
        .outerjoin(Dossier, Dossier.seance_id == Meeting.id)
        .group_by(Meeting.id)
        .order_by(Meeting.jour.desc(), Meeting.id.desc())
    )
    return [(meeting, int(count), int(left)) for meeting, count, left in session.execute(query)]


def next_number(session: Session, year: int) -> str:
    """The number after the highest ``YYYY-NN`` of a year."""
    taken = session.scalars(sa.select(Meeting.numero).where(Meeting.numero.like(f"{year}-%")))
    numbers = [int(found[1]) for numero in taken if (found := re.fullmatch(r"\d{4}-(\d{1,4})", numero))]
    return f"{year}-{max(numbers, default=0) + 1:02d}"
