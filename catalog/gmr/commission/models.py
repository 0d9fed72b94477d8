"""The working tables of the commission. They hold the way to an opinion; what is published is in the releases."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from catalog.gmr.commission.states import State
from catalog.orm import Base, Code, Instant

MEETING_STATES = ("prevue", "tenue", "annulee")
SCOPES = ("codes", "dci", "classe")
PURPOSES = ("avis", "gmr")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class Meeting(Base):
    """A séance. ``proces_verbal`` is the text of its minutes."""

    __tablename__ = "ct_seance"
    __table_args__ = (sa.CheckConstraint(_one_of("statut", MEETING_STATES), name="statut"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    numero: Mapped[str] = mapped_column(Code, unique=True)
    jour: Mapped[date] = mapped_column(sa.Date)
    statut: Mapped[str] = mapped_column(sa.String(10), default="prevue")
    presents: Mapped[str | None] = mapped_column(sa.Text)
    proces_verbal: Mapped[str | None] = mapped_column(sa.Text)


class Dossier(Base):
    """A request of a laboratory, or the commission's own (réévaluation)."""

    __tablename__ = "ct_dossier"
    __table_args__ = (sa.CheckConstraint(_one_of("etat", tuple(map(str, State))), name="etat"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    numero: Mapped[str] = mapped_column(Code, unique=True)
    objet: Mapped[str] = mapped_column(sa.Text)
    laboratoire: Mapped[str | None] = mapped_column(sa.Text)
    type_demande: Mapped[str] = mapped_column(sa.String(30))
    recu_le: Mapped[date] = mapped_column(sa.Date, index=True)
    etat: Mapped[str] = mapped_column(sa.String(12), default=State.RECU.value, index=True)
    seance_id: Mapped[int | None] = mapped_column(sa.ForeignKey("ct_seance.id"), index=True)
    cefps_avis: Mapped[str | None] = mapped_column(sa.Text)
    acte: Mapped[str | None] = mapped_column(Code)
    remarque: Mapped[str | None] = mapped_column(sa.Text)


class Item(Base):
    """A presentation the dossier concerns: a listed one by its ``code``, or a proposed one described here."""

    __tablename__ = "ct_dossier_presentation"
    __table_args__ = (sa.UniqueConstraint("dossier_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(sa.ForeignKey("ct_dossier.id"))
    position: Mapped[int] = mapped_column(sa.Integer)
    code: Mapped[str | None] = mapped_column(Code)
    proposee: Mapped[str | None] = mapped_column(sa.Text)


class Move(Base):
    """One step of a dossier; steps are added, never changed."""

    __tablename__ = "ct_mouvement"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(sa.ForeignKey("ct_dossier.id"), index=True)
    de: Mapped[str | None] = mapped_column(sa.String(12))
    vers: Mapped[str] = mapped_column(sa.String(12))
    jour: Mapped[date] = mapped_column(sa.Date)
    par: Mapped[str] = mapped_column(sa.Text)
    fait_le: Mapped[datetime] = mapped_column(Instant)
    commentaire: Mapped[str | None] = mapped_column(sa.Text)


class Opinion(Base):
    """What the commission says of one indication, and of which presentations.

    ``portee`` is the scope: listed codes, a DCI (with strengths and form where given), or a therapeutic class.
    ``cible`` and ``sauf`` are canonical JSON, see ``targets``.
    """

    __tablename__ = "ct_avis"
    __table_args__ = (
        sa.UniqueConstraint("dossier_id", "rang"),
        sa.CheckConstraint(_one_of("portee", SCOPES), name="portee"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(sa.ForeignKey("ct_dossier.id"))
    rang: Mapped[int] = mapped_column(sa.Integer)
    indication: Mapped[str | None] = mapped_column(sa.Text)
    decision: Mapped[str] = mapped_column(sa.String(20))
    smr: Mapped[str | None] = mapped_column(sa.Text)
    asmr: Mapped[str | None] = mapped_column(sa.Text)
    texte: Mapped[str | None] = mapped_column(sa.Text)
    effet: Mapped[date | None] = mapped_column(sa.Date)
    portee: Mapped[str] = mapped_column(sa.String(6))
    cible: Mapped[str] = mapped_column(sa.Text)


class CostTable(Base):
    """Costs of treatment as they were computed on one release; kept as they stood, in canonical JSON."""

    __tablename__ = "ct_cout"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(sa.ForeignKey("ct_dossier.id"), index=True)
    position: Mapped[int] = mapped_column(sa.Integer)
    version: Mapped[int] = mapped_column(sa.Integer)
    jour: Mapped[date] = mapped_column(sa.Date)
    base: Mapped[str] = mapped_column(sa.String(8))
    lignes: Mapped[str] = mapped_column(sa.Text)
    par: Mapped[str] = mapped_column(sa.Text)
    fait_le: Mapped[datetime] = mapped_column(Instant)


class DraftLink(Base):
    """A draft that carries the dossier's opinions (``avis``), or the GMR version it ends in (``gmr``)."""

    __tablename__ = "ct_brouillon"
    __table_args__ = (
        sa.UniqueConstraint("dossier_id", "draft_id", "objet"),
        sa.CheckConstraint(_one_of("objet", PURPOSES), name="objet"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(sa.ForeignKey("ct_dossier.id"))
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("draft.id"), index=True)
    objet: Mapped[str] = mapped_column(sa.String(4))
    par: Mapped[str] = mapped_column(sa.Text)
    fait_le: Mapped[datetime] = mapped_column(Instant)
