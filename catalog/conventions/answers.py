"""What a tariff lookup answers: the value with its ground, and what else the caller should be told."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.snapshots.reading import Version

SIGNED_NOT_IN_FORCE = "SIGNED_NOT_IN_FORCE"
NEGOTIATED_NOT_IN_FORCE = "NEGOTIATED_NOT_IN_FORCE"
PAYER_APPLICATION_DATE = "PAYER_APPLICATION_DATE"


@dataclass(frozen=True, slots=True)
class Note:
    """A value that exists that day and is not the one applied: which, of what act, and why."""

    reason: str
    text: str
    version: Version
    value: int
    legal_act: str


@dataclass(frozen=True, slots=True)
class Tarif:
    """The value of one unit of a letter, or of a forfait, in centimes, with the convention it belongs to.

    ``adherence`` is the entry by which the payer applies the convention, None where no entry says so.
    """

    version: Version
    value: int
    convention: Version
    adherence: Version | None = None
    notes: tuple[Note, ...] = ()

    @property
    def legal_act(self) -> str:
        return self.version.legal_act
