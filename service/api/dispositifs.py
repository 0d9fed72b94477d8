"""Devices admitted to reimbursement."""

from __future__ import annotations

from catalog.errors import CodeError, NotInForceError, UnknownCodeError
from catalog.releases.telling import Told
from service.api.asking import Asked
from service.api.endpoints import Room
from service.api.schemas.dispositifs import Dispositif
from service.ready.days import days_of_dispositif
from service.telling.dispositifs import tell_dispositif

room = Room("Dispositifs", "Devices of classes I to III, with the forfait that is the ceiling of their base.")


@room.get(
    "/dispositifs/{code}",
    Dispositif,
    raises=(CodeError, UnknownCodeError, NotInForceError),
    turning_days=days_of_dispositif,
)
def dispositif(asked: Asked, code: str) -> Told:
    """A device: class, forfait, prior agreement, limits, and what has taken its place. An absent limit is not seen."""
    return asked.answer(tell_dispositif(asked.snapshot, code, asked.moment))
