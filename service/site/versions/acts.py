"""Legal acts as the pages tell them: their dates, how far they had gone that day, and what that means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from catalog.conventions.acts import statut_from_dates
from catalog.gmr.codes import fold
from catalog.kinds import Payload
from catalog.legal.family import LEGAL_ACT
from catalog.legal.schemas import STATUSES, TYPES
from catalog.releases.telling import find_act
from service.site.languages import gettext
from service.site.versions.asking import read_choice
from service.site.versions.words import value_name
from service.site.visits import Visit

TONES = {"EN_VIGUEUR": "good", "ABROGE": "bad"}
"""Of badges; an act not yet in force warns."""


@dataclass(frozen=True, slots=True)
class Act:
    """An act as described that day, else as last described; ``statut`` is what its own dates prove that day."""

    code: str
    payload: Payload
    statut: str

    @property
    def day(self) -> date | None:
        """The day it is filed under: of its publication, else approval, signature, effect."""
        names = ("published_on", "approved_on", "signed_on", "effective_from")
        return next((self.payload[name] for name in names if self.payload[name]), None)

    @property
    def tone(self) -> str:
        return TONES.get(self.statut, "warn")


def find(visit: Visit, code: str) -> Act | None:
    """An act by its code; None when nothing is known of it at the release asked."""
    version = find_act(visit.snapshot, code, visit.moment)
    if version is None:
        return None
    return Act(code, version.payload, statut_from_dates(version.payload, visit.as_of))


def listed(visit: Visit) -> tuple[dict[str, str], Sequence[Act]]:
    """What is asked, and the acts that answer it, newest first, undated ones last. Raises UnknownChoiceError."""
    asked = {
        "q": visit.text("q", 100),
        "type": read_choice(visit, "type", TYPES),
        "statut": read_choice(visit, "statut", STATUSES),
    }
    found = [act for act in _known(visit) if _answers(act, asked)]
    return asked, sorted(found, key=lambda act: (-(act.day or date.min).toordinal(), act.code))


def _known(visit: Visit) -> Iterator[Act]:
    for code in visit.snapshot.codes(LEGAL_ACT.name) if visit.snapshot.head else ():
        act = find(visit, code)
        if act is not None:
            yield act


def _answers(act: Act, asked: dict[str, str]) -> bool:
    if asked["type"] and act.payload["type"] != asked["type"]:
        return False
    if asked["statut"] and act.statut != asked["statut"]:
        return False
    told = (act.code, *(act.payload[name] for name in ("numero", "title", "title_ar", "bo_numero")))
    words = fold(" ".join(filter(None, told)))
    return all(word in words for word in fold(asked["q"]).split())


def choices(field: str, known: Sequence[str]) -> list[tuple[str, str]]:
    """The choices of a field for a form, and none of them."""
    return [("", gettext("Tous")), *((value, value_name(field, value)) for value in known)]


def meaning(statut: str) -> str:
    """What a status means for whoever reads a price: only an act in force brings one."""
    told = {
        "NEGOCIE": gettext("Cet acte est négocié, ou annoncé sans que le texte ait été vu : il ne fixe aucun prix."),
        "SIGNE": gettext("Cet acte n’est pas en vigueur : il ne fixe aucun prix, et n’est montré qu’en note."),
        "APPROUVE": gettext("Cet acte n’est pas en vigueur : il ne fixe aucun prix, et n’est montré qu’en note."),
        "PUBLIE": gettext("Cet acte n’est pas en vigueur à cette date : il ne fixe aucun prix."),
        "EN_VIGUEUR": gettext("À cette date, ce que cet acte fixe s’applique."),
        "ABROGE": gettext("Cet acte n’est plus en vigueur à cette date : il ne fixe plus aucun prix."),
    }
    return told[statut]
