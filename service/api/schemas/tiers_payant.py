"""Answers about tiers payant."""

from __future__ import annotations

from marshmallow import Schema, fields

from catalog.conventions.codes import ORGANISMES
from catalog.conventions.schemas import ETATS, ListeTiersPayantSchema
from catalog.pricing import tiers_payant as rules
from service.api.schemas.actes import NamedWithAct
from service.api.schemas.parts import ActeJuridique, Bounded, Clocked, Grounded, Paged, day, flag, number, part, text
from service.api.schemas.tarifications import Amounts

REASONS = [
    rules.DRUG_NOT_ON_LIST, rules.DRUG_NOT_REIMBURSABLE, rules.LIST_NOT_IN_FORCE, rules.PAYER_NOT_APPLYING,
    rules.PHARMACY_NOT_MEMBER, rules.PHARMACY_SUSPENDED, rules.ALD_NOT_DECLARED, rules.PRIOR_AGREEMENT_MISSING,
    rules.PRIOR_AGREEMENT_EXPIRED, rules.PRICE_UNKNOWN, rules.LISTED_BY_NAME_ONLY,
]  # fmt: skip


def causes(about: str) -> fields.List[str]:
    return fields.List(fields.String(metadata={"enum": REASONS}), metadata={"description": about})


class ListedIn(Bounded):
    """The entry of the medicine on the payer's list."""

    version = text("Version of the list.")
    acte_juridique = part(ActeJuridique)


class RecordedList(Schema):
    """How much of the payer's list in force is recorded: the list published may have more lines."""

    versions = fields.List(fields.String(), metadata={"description": "Versions of the list that its lines name."})
    lines = number("Lines recorded.")
    without_presentation = number("Those known by a name alone.")


class Pharmacy(Schema):
    """A pharmacy's standing with the payer."""

    inpe = text("Its INPE.")
    etat = text("Its standing.", enum=list(ETATS))
    by_default = flag("True where nothing is recorded: a pharmacy is then a member.")
    acte_juridique = part(ActeJuridique, nullable=True)


class EligibilityDates(Schema):
    """The days the answer rests on; null where there is none."""

    as_of = day("The day of dispensing.")
    payer_applies_from = day("From when the payer applies the convention.", nullable=True)
    list_from = day("From when the medicine is on the list.", nullable=True)
    price_from = day("From when its price holds.", nullable=True)
    pharmacy_from = day("From when the pharmacy's standing holds.", nullable=True)
    pec_until = day("Last day of the agreement declared, included.", nullable=True)


class Condition(Schema):
    condition = text("Name of the condition.")
    met = fields.Boolean(
        allow_none=True,
        metadata={"description": "Whether it is met; null where it was not looked at, or cannot be told."},
    )
    reason = text("The reason it gives when it is not met, or cannot be told.", nullable=True, enum=[*REASONS, None])
    acte_juridique = part(ActeJuridique, nullable=True)
    text = text("What was found, in a sentence.")


class Eligibility(Clocked):
    """Whether a payer pays a costly medicine to the pharmacy."""

    code = text("The code asked for, normalised.")
    nom = text("Name of the medicine; null where it is not in force that day.", nullable=True)
    organisme = text("The payer.", enum=list(ORGANISMES))
    eligibility = text("The answer.", enum=[rules.ELIGIBLE, rules.CONDITIONAL, rules.NOT_ELIGIBLE])
    reasons = causes(
        "What stands in the way; empty when eligible. LISTED_BY_NAME_ONLY: the list names the medicine without its "
        "presentation, and nothing tells whether it holds this one."
    )
    amounts = part(Amounts, "For one box at its public price.")
    list = part(ListedIn, "Null where it is on no list in force.", nullable=True)
    recorded_list = part(
        RecordedList, "Null where the payer has no list in force, or it was not looked at.", nullable=True
    )
    pharmacy = part(Pharmacy, "Null where no INPE was given.", nullable=True)
    dates = part(EligibilityDates)
    conditions = part(Condition, "Every condition, in the order in which it is looked at.", many=True)


class Listed(ListeTiersPayantSchema, Grounded):
    """A medicine on a list."""

    code = text("Code of the entry.")


class ListeTiersPayant(Paged, Clocked):
    """The list in force for a payer."""

    organisme = text("The payer.", enum=list(ORGANISMES))
    convention = part(
        NamedWithAct, "The pharmacists' convention it applies; null where it applies none.", nullable=True
    )
    versions = fields.List(fields.String(), metadata={"description": "Versions of the list that its entries name."})
    reasons = causes("Why the list is empty; empty when it is not.")
    medicaments = part(
        Listed,
        "By name; one without `medicament` is known by name alone: a medicine of that name is undecided.",
        many=True,
    )
