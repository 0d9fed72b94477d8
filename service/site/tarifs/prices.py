"""What each payer makes of a price in each sector: answers of pricing, gathered by the value they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog.conventions.codes import MODES, ORGANISMES, SECTEURS
from catalog.conventions.lookups import AmbiguousTariffError, Note, Tarif, VariantNeededError, statut_on
from catalog.money import format_dirhams
from catalog.pricing.answers import NO_TARIFF, RETROACTIVE_CHANGE, Result
from catalog.pricing.tarification import Tarification
from catalog.pricing.telling import tell_amounts
from catalog.releases.telling import Told
from service.site.tarifs.asking import choice
from service.site.visits import Visit
from service.telling.entries import tell_entry

FindTarif = Callable[[str, str], Tarif | None]
"""The value for a sector and a payer. Raises AmbiguousTariffError, VariantNeededError."""
FindNotes = Callable[[str, str], Iterable[Note]]


@dataclass(frozen=True, slots=True)
class Priced:
    """A value in force with the convention that sets it, and what each payer makes of it."""

    value: Told
    convention: Told
    price: str | None
    parts: list[Told] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Prices:
    """``values`` in order of sector; ``without`` are the cases that have no price; ``notes`` are never prices."""

    values: list[Priced]
    without: list[Told]
    notes: list[Told]
    asked: Told


def find_prices(visit: Visit, line: Mapping[str, Any], find: FindTarif, find_notes: FindNotes) -> Prices:
    """The answers to one line in every sector for every payer, the prior agreement given where one is needed."""
    asked = read_asked(visit)
    pricing = Tarification(visit.snapshot, visit.moment.release)
    values: dict[str, Priced] = {}
    without: list[Told] = []
    notes: dict[tuple[str, str], Told] = {}
    for secteur in SECTEURS:
        for payer in ORGANISMES:
            case = {"secteur": secteur, "organisme": payer}
            result = pricing.price({"accord_prealable": True, **asked, **line, **case}, visit.as_of)
            tarif, why = _tarif(find, secteur, payer)
            if tarif is not None and result.status == NO_TARIFF:
                why = "texte"
            part = {**case, **tell_part(result), "why": why}
            if tarif is None or part["unit_price"] is None:
                without.append(part)
            else:
                values.setdefault(tarif.version.code, _priced(visit, tarif, part)).parts.append(part)
            for note in tarif.notes if tarif else find_notes(secteur, payer):
                notes.setdefault((note.version.code, note.reason), tell_note(visit, note, payer))
    return Prices(list(values.values()), without, list(notes.values()), asked)


def read_asked(visit: Visit) -> Told:
    """What the visitor said of the care: its mode, and whether a mutuelle completes. Raises InvalidError."""
    mode, mutuelle = choice(visit, "mode", MODES), choice(visit, "mutuelle", ("oui",))
    return ({"mode": mode} if mode else {}) | ({"mutuelle": True} if mutuelle else {})


def tell_part(result: Result) -> Told:
    """The status and the figures of an answer, and those known on the day of care where they were others."""
    then = next((notice.known_then for notice in result.notices if notice.code == RETROACTIVE_CHANGE), None)
    earlier = None if then is None else {"release": then.release, **tell_amounts(then.amounts)}
    return {"status": result.status, **tell_amounts(result.amounts), "known_then": earlier}


def tell_note(visit: Visit, note: Note, payer: str) -> Told:
    """A value that exists and is not applied, with its act and how far that act has gone."""
    told = tell_entry(visit.snapshot, note.version)
    return {
        **told,
        "reason": note.reason,
        "organisme": payer,
        "amount": format_dirhams(note.value),
        "statut": statut_on(visit.snapshot, note.legal_act, visit.moment),
        "convention_libelle": label_of(visit, told["convention"]),
        "legal_act": note.legal_act,
    }


def label_of(visit: Visit, convention: str) -> str:
    """The label of a convention recorded that day; its code where it is not."""
    found = visit.snapshot.find("convention", convention, visit.moment)
    return str(found.payload["libelle"]) if found else convention


def _tarif(find: FindTarif, secteur: str, payer: str) -> tuple[Tarif | None, str | None]:
    """The value that applies, or in a word why none does."""
    try:
        return find(secteur, payer), None
    except VariantNeededError:
        return None, "variante"
    except AmbiguousTariffError:
        return None, "contradiction"


def _priced(visit: Visit, tarif: Tarif, part: Told) -> Priced:
    convention = tell_entry(visit.snapshot, tarif.convention)
    return Priced(
        {**tell_entry(visit.snapshot, tarif.version), "amount": format_dirhams(tarif.value)},
        convention,
        part["unit_price"],
    )
