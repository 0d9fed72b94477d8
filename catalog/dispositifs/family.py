"""The kind of the devices family."""

from __future__ import annotations

from catalog.dispositifs.codes import parse_device
from catalog.dispositifs.rules import DISPOSITIF_RULES
from catalog.dispositifs.schemas import DispositifSchema
from catalog.kinds import Kind

DISPOSITIF = Kind("dispositif", "dispositifs", "device", parse_device, DispositifSchema, DISPOSITIF_RULES)

KINDS = (DISPOSITIF,)
