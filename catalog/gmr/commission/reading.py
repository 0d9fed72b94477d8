"""Lists of dossiers: searched, filtered, counted, page by page."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.gmr.commission.models import Dossier, Item, Meeting, Move
from catalog.gmr.commission.outcome import published_dossiers
from catalog.gmr.commission.states import PUBLIE

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; an empty text narrows nothing. ``etat`` may be ``publie``."""

    etat: str = ""
    type_demande: str = ""
    laboratoire: str = ""
    seance: str = ""
    texte: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list. ``moved_on`` is the day of the last step."""

    dossier: Dossier
    meeting: Meeting | None
    etat: str
    presentations: int
    moved_on: object


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list."""

    lines: list[Listed]
    total: int
    page: int
    pages: int


def dossiers(session: Session, asked: Filter, page: int = 1) -> Page:
    """The dossiers that meet a filter, latest received first."""
    conditions = _conditions(asked)
    total = session.scalar(sa.select(sa.func.count(Dossier.id)).where(*conditions)) or 0
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, page), pages)
    count = sa.select(sa.func.count(Item.id)).where(Item.dossier_id == Dossier.id).scalar_subquery()
    last = sa.select(sa.func.max(Move.jour)).where(Move.dossier_id == Dossier.id).scalar_subquery()
    query = (
        sa.select(Dossier, Meeting, Dossier.id.in_(published_dossiers()), count, last)
        .outerjoin(Meeting, Meeting.id == Dossier.seance_id)
        .where(*conditions)
        .order_by(Dossier.recu_le.desc(), Dossier.numero.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    lines = [
        Listed(dossier, meeting, PUBLIE if is_published else dossier.etat, presentations, moved_on)
        for dossier, meeting, is_published, presentations, moved_on in session.execute(query)
    ]
    return Page(lines, total, page, pages)


def _conditions(asked: Filter) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if asked.etat == PUBLIE:
        found.append(Dossier.id.in_(published_dossiers()))
    elif asked.etat:
        found += [Dossier.etat == asked.etat, Dossier.id.not_in(published_dossiers())]
    if asked.type_demande:
        found.append(Dossier.type_demande == asked.type_demande)
    if asked.laboratoire:
        found.append(Dossier.laboratoire.icontains(asked.laboratoire, autoescape=True))
    if asked.seance:
        found.append(Dossier.seance_id == (int(asked.seance) if asked.seance.isdecimal() else 0))
    if asked.texte:
        found.append(_holds(asked.texte))
    return found


def _holds(text: str) -> sa.ColumnElement[bool]:
    columns = (Dossier.numero, Dossier.objet, Dossier.laboratoire)
    named = sa.select(Item.dossier_id).where(
        sa.or_(Item.code.icontains(text, autoescape=True), Item.proposee.icontains(text, autoescape=True))
    )
    return sa.or_(*(column.icontains(text, autoescape=True) for column in columns), Dossier.id.in_(named))


def counts(session: Session) -> dict[str, int]:
    """How many dossiers stand in each state as it is shown."""
    is_published = Dossier.id.in_(published_dossiers())
    shown = sa.case((is_published, PUBLIE), else_=Dossier.etat).label("shown")
    query = sa.select(shown, sa.func.count()).select_from(Dossier).group_by(shown)
    return {state: int(count) for state, count in session.execute(query)}


def laboratories(session: Session) -> list[str]:
    """The laboratories of the dossiers, in order."""
    query = sa.select(Dossier.laboratoire).where(Dossier.laboratoire.is_not(None)).distinct()
    return sorted(str(found) for found in session.scalars(query))
