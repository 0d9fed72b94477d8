"""Receiving a dossier, correcting it, and the presentations it concerns. The caller owns the transaction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import CodeError, InvalidError
from catalog.gmr.codes import parse_reference
from catalog.gmr.commission.errors import (
    MoveDayError,
    NotNowError,
    NumberTakenError,
    UnknownDossierError,
)
from catalog.gmr.commission.models import Dossier, DraftLink, Move
from catalog.gmr.commission.states import State, label
from catalog.gmr.schemas import TYPES_DEMANDE
from catalog.journal import record
from catalog.releases.locking import take_lock
from catalog.temporal import day_in_morocco


@dataclass(frozen=True, slots=True)
class Request:
    """What a laboratory asks, as it is received."""

    numero: str
    objet: str
    type_demande: str
    recu_le: date
    laboratoire: str | None = None
    remarque: str | None = None


def find_dossier(session: Session, numero: str) -> Dossier:
    """Raises UnknownDossierError."""
    try:
        code = parse_number(numero)
    except CodeError:
        raise UnknownDossierError(numero) from None
    found = session.scalar(sa.select(Dossier).where(Dossier.numero == code))
    if found is None:
        raise UnknownDossierError(numero)
    return found


def parse_number(text: str) -> str:
    """The number of a dossier or meeting, which becomes part of codes and addresses. Raises CodeError."""
    code = parse_reference(text)
    if not re.fullmatch(r"[A-Z0-9][A-Z0-9._-]{0,39}", code):
        raise CodeError(text, "write 1 to 40 letters, digits, dots, dashes or underscores, such as 2026-041.")
    return code


def receive(session: Session, asked: Request, *, by: str, at: datetime) -> Dossier:
    """A new dossier, in the state ``recu``. Raises InvalidError, MoveDayError or NumberTakenError."""
    dossier = Dossier(etat=State.RECU.value)
    _write(session, dossier, asked, day_in_morocco(at))
    session.add(dossier)
    session.flush()
    session.add(Move(dossier_id=dossier.id, vers=dossier.etat, jour=dossier.recu_le, par=by, fait_le=at))
    session.flush()
    record(
        session, at=at, actor=by, action="dossier.received", subject=f"dossier {dossier.numero}", after=told(dossier)
    )
    return dossier


def amend(session: Session, dossier: Dossier, asked: Request, *, by: str, at: datetime) -> None:
    """Corrects what was entered. Its day of reception may not come after its first decision."""
    before = told(dossier)
    later = session.scalar(sa.select(sa.func.min(Move.jour)).where(Move.dossier_id == dossier.id, Move.de.is_not(None)))
    if later is not None and asked.recu_le > later:
        raise MoveDayError(asked.recu_le, f"the dossier was already moved on {later}")
    _write(session, dossier, asked, day_in_morocco(at))
    session.flush()
    after = told(dossier)
    if after != before:
        subject = f"dossier {dossier.numero}"
        record(session, at=at, actor=by, action="dossier.amended", subject=subject, before=before, after=after)


def _write(session: Session, dossier: Dossier, asked: Request, today: date) -> None:
    take_lock(session)
    numero = parse_number(asked.numero)
    other = session.scalar(sa.select(Dossier.id).where(Dossier.numero == numero))
    if other is not None and other != dossier.id:
        raise NumberTakenError("dossier", numero)
    if dossier.numero not in (None, numero) and _is_staged(session, dossier):
        raise NotNowError(dossier.numero, label(dossier.etat), "its number is in the code of opinions put into a draft")
    if asked.type_demande not in TYPES_DEMANDE:
        raise InvalidError(f"{asked.type_demande!r} is not one of {', '.join(TYPES_DEMANDE)}.")
    if not asked.objet.strip():
        raise InvalidError("A dossier needs its object.")
    if asked.recu_le > today:
        raise MoveDayError(asked.recu_le, "it has not come yet")
    dossier.numero, dossier.type_demande, dossier.recu_le = numero, asked.type_demande, asked.recu_le
    dossier.objet = " ".join(asked.objet.split())
    dossier.laboratoire = " ".join((asked.laboratoire or "").split()) or None
    dossier.remarque = (asked.remarque or "").strip() or None


def _is_staged(session: Session, dossier: Dossier) -> bool:
    return session.scalar(sa.select(DraftLink.id).where(DraftLink.dossier_id == dossier.id).limit(1)) is not None


def told(dossier: Dossier) -> dict[str, Any]:
    """A dossier as the journal writes it."""
    return {
        "numero": dossier.numero,
        "objet": dossier.objet,
        "laboratoire": dossier.laboratoire,
        "type_demande": dossier.type_demande,
        "recu_le": dossier.recu_le.isoformat(),
        "remarque": dossier.remarque,
    }


def next_number(session: Session, year: int) -> str:
    """The number after the highest ``YYYY-NNN`` of a year."""
    taken = session.scalars(sa.select(Dossier.numero).where(Dossier.numero.like(f"{year}-%")))
    numbers = [int(found[1]) for numero in taken if (found := re.fullmatch(r"\d{4}-(\d{1,6})", numero))]
    return f"{year}-{max(numbers, default=0) + 1:03d}"
