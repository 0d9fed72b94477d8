"""Conventions, their tariffs, and the values of the key letters."""

from __future__ import annotations

from typing import Any

from catalog.conventions.codes import ORGANISMES, SECTEURS, parse_lettre, parse_slug
from catalog.conventions.lookups import conventions as recorded_conventions
from catalog.errors import CodeError, ConflictError, NotInForceError, UnknownCodeError
from catalog.releases.telling import Told
from service.api.asking import Asked
from service.api.endpoints import Room
from service.api.parameters import ChoiceParameter, FlagParameter, Pages, Parameter, TwoClocks
from service.api.schemas.conventions import ConventionInFull, Conventions, LettresCles, Tarifs
from service.telling.conventions import tell_convention, tell_convention_in_full
from service.telling.tarifs import tell_lettres_cles, tell_tarifs

room = Room("Conventions", "National conventions and avenants, how far each has gone, and the tariffs they set.")

REFUSALS = (CodeError, UnknownCodeError, NotInForceError)


class LettreParameter(Parameter):
    """A key letter, compared without case."""

    def parse(self, text: str) -> Any:
        return parse_lettre(text)


class LettresClesQuery(Pages, TwoClocks):
    lettre = LettreParameter("Only this key letter; case does not matter.")
    secteur = ChoiceParameter("Only values of this sector.", SECTEURS)
    organisme = ChoiceParameter("What applies to this payer, its own values included.", ORGANISMES)


@room.get("/lettres-cles", LettresCles, query=LettresClesQuery, raises=(UnknownCodeError, ConflictError))
def lettres_cles(asked: Asked) -> Told:
    """The values of the key letters in force, with convention, legal act and status.

    A value that is signed and not in force, or that the payer does not apply, is a note; where there is nothing but
    notes `valeur` is null. Without `organisme`, the values of the conventions and those of each payer.
    """
    wanted = {name: asked.query.get(name) for name in ("lettre", "secteur", "organisme")}
    shown, pages = asked.page_of(tell_lettres_cles(asked.snapshot, asked.moment, **wanted))
    return asked.answer({**pages, "lettres_cles": list(shown)})


class ConventionsQuery(Pages, TwoClocks):
    pass


@room.get("/conventions", Conventions, query=ConventionsQuery)
def conventions(asked: Asked) -> Told:
    """The conventions and avenants recorded for that day, whatever their status, with their dates and payers."""
    shown, pages = asked.page_of(recorded_conventions(asked.snapshot, asked.moment))
    told = [tell_convention(asked.snapshot, found, asked.moment) for found in shown]
    return asked.answer({**pages, "conventions": told})


@room.get("/conventions/{code}", ConventionInFull, raises=REFUSALS)
def convention(asked: Asked, code: str) -> Told:
    """A convention with its dates and status, what each payer has declared of it, and its avenants."""
    return asked.answer(tell_convention_in_full(asked.snapshot, code, asked.moment))


class TarifsQuery(Pages, TwoClocks):
    pending = FlagParameter(
        "Instead, the lines that are recorded and not in force: to be read, never to price with.", load_default=False
    )


@room.get("/conventions/{code}/tarifs", Tarifs, query=TarifsQuery, raises=REFUSALS)
def convention_tarifs(asked: Asked, code: str) -> Told:
    """The tariffs of a convention in force that day, letters first; of an avenant also those it set in its parent."""
    told = tell_tarifs(asked.snapshot, parse_slug(code), asked.moment, pending=asked.query["pending"])
    shown, pages = asked.page_of(told["tarifs"])
    return asked.answer({**told, **pages, "tarifs": list(shown)})
