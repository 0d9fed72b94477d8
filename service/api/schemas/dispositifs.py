"""Answers about devices."""

from __future__ import annotations

from catalog.dispositifs.schemas import DispositifSchema
from service.api.schemas.actes import NamedWithAct
from service.api.schemas.parts import Clocked, Grounded, part, text


class Dispositif(DispositifSchema, Grounded, Clocked):
    """A device in force; a limit that no text gives is null, which is not the same as none."""

    code = text("Code of the device: the line of its arrêté, or an internal code.")
    kind = text("Always dispositif.", enum=["dispositif"])
    remplacant = part(NamedWithAct, "The device in force that has taken its place.", nullable=True)
