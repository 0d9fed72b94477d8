"""The economic step: tables of costs of treatment, kept with the dossier as computed on a release."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.errors import InvalidError
from catalog.gmr.commission.costs import Posology, cost_of_treatment, cost_per_day
from catalog.gmr.commission.equivalents import BASES
from catalog.gmr.commission.errors import NotNowError
from catalog.gmr.commission.items import find_item
from catalog.gmr.commission.models import CostTable, Dossier
from catalog.gmr.commission.states import State, label
from catalog.journal import record
from catalog.kinds import canonical_json
from catalog.temporal import Moment

COSTED_IN = (State.AVIS_RENDU, State.CEFPS, State.TRANSMIS)


@dataclass(frozen=True, slots=True)
class Compared:
    """One medicine to be costed. ``prix`` in centimes; ``contenance`` and ``par_jour`` in hundredths of a unit."""

    code: str | None
    nom: str
    prix: int
    contenance: int
    par_jour: int
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class CostLine:
    """A line of a kept table; costs in centimes. ``ecart`` is its cost a treatment less that of the proposed one."""

    code: str | None
    nom: str
    prix: int
    contenance: int
    par_jour: int
    is_asked: bool
    cout_jour: int
    cout_traitement: int
    ecart: int


def compare(compared: Sequence[Compared], jours: int) -> list[CostLine]:
    """Costs line by line, the proposed medicine first, then the cheapest treatment. Raises InvalidError without it."""
    asked = [line for line in compared if line.is_asked]
    if len(asked) != 1:
        raise InvalidError("A table of costs compares one proposed medicine.")
    reference = _cost(asked[0], jours)
    lines = [
        CostLine(
            **asdict(line),
            cout_jour=cost_per_day(line.prix, _posology(line, jours)),
            cout_traitement=_cost(line, jours),
            ecart=_cost(line, jours) - reference,
        )
        for line in compared
    ]
    return sorted(lines, key=lambda line: (not line.is_asked, line.cout_traitement, line.nom))


def _posology(line: Compared, jours: int) -> Posology:
    return Posology(line.contenance, line.par_jour, jours)


def _cost(line: Compared, jours: int) -> int:
    return cost_of_treatment(line.prix, _posology(line, jours))


def keep_table(
    session: Session,
    dossier: Dossier,
    position: int,
    basis: str,
    compared: Sequence[Compared],
    jours: int,
    moment: Moment,
    *,
    by: str,
    at: datetime,
) -> CostTable:
    """Computes a table and keeps it; earlier ones stay. Raises NotNowError, UnknownItemError or InvalidError."""
    if dossier.etat not in COSTED_IN:
        raise NotNowError(dossier.numero, label(dossier.etat), "costs are compared after the opinion")
    if basis not in BASES:
        raise InvalidError(f"{basis!r} is not one of {', '.join(BASES)}.")
    item = find_item(session, dossier, position)
    lines = [asdict(line) for line in compare(compared, jours)]
    table = CostTable(
        dossier_id=dossier.id,
        position=item.position,
        version=moment.release,
        jour=moment.as_of,
        base=basis,
        lignes=canonical_json({"jours": jours, "lignes": lines}),
        par=by,
        fait_le=at,
    )
    session.add(table)
    session.flush()
    after = {"position": position, "release": moment.release, "jours": jours, "lignes": lines}
    record(session, at=at, actor=by, action="dossier.costed", subject=f"dossier {dossier.numero}", after=after)
    return table


@dataclass(frozen=True, slots=True)
class KeptTable:
    """A table as it was kept, with the release and the day it was computed on."""

    position: int
    version: int
    jour: date
    base: str
    jours: int
    lignes: tuple[CostLine, ...]
    par: str
    fait_le: datetime


def tables(session: Session, dossier: Dossier) -> list[KeptTable]:
    """The tables of a dossier, newest first."""
    query = sa.select(CostTable).where(CostTable.dossier_id == dossier.id).order_by(CostTable.id.desc())
    return [_kept(table) for table in session.scalars(query)]


def _kept(table: CostTable) -> KeptTable:
    told = json.loads(table.lignes)
    lines = tuple(CostLine(**line) for line in told["lignes"])
    return KeptTable(
        table.position, table.version, table.jour, table.base, told["jours"], lines, table.par, table.fait_le
    )
