"""Tiers payant of costly medicines: the lists, and whether a payer pays the pharmacy."""

from __future__ import annotations

from typing import Any

from catalog.conventions.codes import ORGANISMES, parse_inpe
from catalog.errors import CodeError, ConflictError, UnknownCodeError
from catalog.pricing import telling_tiers_payant
from catalog.releases.telling import Told
from service.api.asking import Asked
from service.api.endpoints import Room
from service.api.parameters import ChoiceParameter, DayParameter, FlagParameter, Pages, Parameter, TwoClocks
from service.api.schemas.tiers_payant import Eligibility, ListeTiersPayant
from service.telling.listes import tell_list

room = Room("Tiers payant", "Costly medicines that a payer pays to the pharmacy: its list, and the answer for one.")


class InpeParameter(Parameter):
    """The number of a pharmacy."""

    def parse(self, text: str) -> Any:
        return parse_inpe(text)


class EligibilityQuery(TwoClocks):
    organisme = ChoiceParameter("The payer.", ORGANISMES, required=True)
    inpe = InpeParameter("The pharmacy, by its INPE of 9 digits; left out, no pharmacy is judged.")
    exoneration = FlagParameter(
        "Whether the patient is declared exempt from the ticket modérateur (ALD, ALC).", load_default=False
    )
    pec = Parameter("Number of the payer's agreement, declared by the caller and not kept.")
    pec_until = DayParameter("Last day of that agreement, included.")


@room.get(
    "/tiers-payant/{code}",
    Eligibility,
    query=EligibilityQuery,
    raises=(CodeError, UnknownCodeError, ConflictError),
    is_kept=True,
)
def tiers_payant(asked: Asked, code: str) -> Told:
    """Whether a payer pays a costly medicine to the pharmacy that day, condition by condition, with the amounts.

    What concerns the patient is declared by the caller and never stored: left out, the answer is CONDITIONAL.
    """
    names = ("inpe", "exoneration", "pec", "pec_until")
    declared = {name: asked.query[name] for name in names if name in asked.query}
    payer = asked.query["organisme"]
    return asked.answer(telling_tiers_payant.tiers_payant(asked.snapshot, code, payer, asked.moment, **declared))


class ListQuery(Pages, TwoClocks):
    organisme = ChoiceParameter("The payer.", ORGANISMES, required=True)


@room.get("/listes/tiers-payant", ListeTiersPayant, query=ListQuery)
def liste_tiers_payant(asked: Asked) -> Told:
    """The list of costly medicines in force for a payer, by name; empty, with the reason, where none is."""
    told = tell_list(asked.snapshot, asked.query["organisme"], asked.moment)
    shown, pages = asked.page_of(told["medicaments"])
    return asked.answer({**told, **pages, "medicaments": list(shown)})
