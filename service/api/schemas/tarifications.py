"""The question and the answer of ``POST /tarifications``; the lines themselves are read by ``catalog.pricing``."""

from __future__ import annotations

from marshmallow import Schema, fields

from catalog.conventions.codes import MODES, ORGANISMES, SECTEURS
from catalog.pricing.answers import BASES, REASONS, STATUSES
from catalog.pricing.line_fields import KINDS, MAX_QUANTITY
from service.api.schemas.parts import ActeJuridique, Bounded, Clocked, Fault, day, instant, number, part, text

AMOUNT = r"^\d+\.\d\d$"
RATE = r"^[01]\.\d{2,4}$"
MOST_LINES = 10_000


def own_mark(about: str) -> fields.Raw:
    return fields.Raw(allow_none=True, metadata={"description": about, "type": ["string", "integer"]})


def amount(about: str) -> fields.String:
    return text(about, nullable=True, pattern=AMOUNT)


def declared(about: str, *, default: bool) -> fields.Boolean:
    return fields.Boolean(load_default=default, metadata={"description": about})


class TarificationLine(Schema):
    """A billed line."""

    id = own_mark("The caller's own, echoed.")
    kind = fields.String(required=True, metadata={"description": "What was billed.", "enum": list(KINDS)})
    code = fields.String(
        required=True,
        metadata={"description": "GTIN; act (D708), letter (C) or letter and coefficient (K50); device; forfait."},
    )
    as_of = day("Date of care of this line; default: that of the whole.")
    organisme = fields.String(required=True, metadata={"description": "The payer.", "enum": list(ORGANISMES)})
    secteur = text("Needed for acts and forfaits.", enum=list(SECTEURS))
    mode = text("Default: ambulatoire, but hospitalisation for stays and bands of surgery.", enum=list(MODES))
    quantity = fields.Integer(
        load_default=1, metadata={"description": "Units billed.", "minimum": 1, "maximum": MAX_QUANTITY}
    )
    billed = text("Unit price billed, in dirhams; absent = the reference price.", pattern=r"^\d+(\.\d{1,2})?$")
    exoneration = declared("Patient exempt from the ticket modérateur (ALD, ALC), as declared.", default=False)
    mutuelle = declared("Whether to add the complementary share.", default=False)
    accord_prealable = declared("Whether the prior agreement is held.", default=False)
    justified = declared("For rules that need it, such as that of the unjustified césarienne.", default=True)


class TarificationRequest(Schema):
    """Lines to price, and the two clocks; ``known_at`` and ``release`` exclude each other."""

    as_of = day("Date of care of the lines that name none. Default: today in Africa/Casablanca.")
    known_at = instant("What had been published at that instant. Default: now.")
    release = fields.Raw(
        metadata={
            "description": "What that release knew, by number or label; stands in for `known_at`.",
            "type": ["integer", "string"],
        }
    )
    lines = fields.List(
        fields.Nested(TarificationLine),
        required=True,
        metadata={"description": "Lines, in the order of the answer.", "minItems": 1, "maxItems": MOST_LINES},
    )


class Amounts(Schema):
    """Figures of a line; null where none is known, never 0.00 in its stead."""

    unit_price = amount("Reference public price or tariff of one unit.")
    base = amount("What the rate applies to, of one unit.")
    rate = text("Rate of the payer.", nullable=True, pattern=RATE)
    amo = amount("Paid by AMO for the line.")
    mutuelle = amount("Paid by the mutuelle for the line.")
    patient = amount("Left to the patient: amo + mutuelle + patient = billed × quantity.")


class KnownThen(Amounts):
    """The answer as it was known on the day of care."""

    release = number("The newest release on that day.")
    status = text("Status then.", enum=list(STATUSES))


class TarificationWarning(Schema):
    """What the reader should know beside the amounts."""

    code = text("Name of it: a reason, or a finding of its own.")
    message = text("The same in a sentence.")
    known_then = part(KnownThen, "Only for RETROACTIVE_CHANGE.")


class TarificationStep(Schema):
    """A step of the calculation."""

    rule = text("Name of the step.")
    acte_juridique = part(ActeJuridique, "The act it rests on.", nullable=True)
    text = text("What it did, in a sentence.")


class TarificationResult(Amounts, Bounded):
    """The answer to a line."""

    id = own_mark("As received.")
    status = text("What became of it.", enum=list(STATUSES))
    acte_juridique = part(ActeJuridique, "The act of the tariff, whose period is told.", nullable=True)
    as_of = day("Date of care the line was priced at; null where it cannot be read.", nullable=True)
    pricing_date_basis = text("Which date selects the tariff.", nullable=True, enum=[*BASES, None])
    reasons = fields.List(
        fields.String(metadata={"enum": list(REASONS)}), metadata={"description": "Reasons, each once."}
    )
    warnings = part(TarificationWarning, "What the reader should know.", many=True)
    errors = part(Fault, "Only where something is wrong with the line.", many=True)
    explanation = part(TarificationStep, "Only with `explain=true`.", many=True)


class Tarifications(Clocked):
    """The answers, in the order of the lines."""

    total = number("Lines answered.")
    statuses = fields.Dict(keys=fields.String(), values=fields.Integer(), metadata={"description": "Lines by status."})
    lines = part(TarificationResult, "One answer a line, in order.", many=True)
