"""Answers about conventions, their tariffs and the key letters."""

from __future__ import annotations

from marshmallow import Schema, fields

from catalog.conventions.codes import ORGANISMES, SECTEURS, VARIANTES
from catalog.conventions.lookups import NEGOTIATED_NOT_IN_FORCE, PAYER_APPLICATION_DATE, SIGNED_NOT_IN_FORCE
from catalog.conventions.schemas import USAGES, ConventionSchema
from catalog.legal.schemas import STATUSES
from service.api.schemas.actes import NamedWithAct
from service.api.schemas.parts import ActeJuridique, Clocked, Grounded, Paged, day, flag, number, part, text

NOTED = [SIGNED_NOT_IN_FORCE, NEGOTIATED_NOT_IN_FORCE, PAYER_APPLICATION_DATE]
AMOUNT = r"^\d+\.\d\d$"


def standing(about: str) -> fields.String:
    return text(about, nullable=True, enum=[*STATUSES, None])


class TarifNote(Schema):
    """A value that is recorded for that day and is not the one applied."""

    reason = text("Why it is not applied.", enum=NOTED)
    code = text("Code of the entry.")
    convention = text("Code of its convention.")
    amount = text("What it would be, in dirhams: never to price with.", pattern=AMOUNT)
    statut = standing("Status of the act behind it that day.")
    acte_juridique = part(ActeJuridique, "The act behind it.")
    text = text("The reason in a sentence.")


class LettreCle(Grounded):
    """The value of a key letter in force, or what is recorded of a letter that has none."""

    code = text("Code of the entry; null where no value is in force.", nullable=True)
    lettre = text("Key letter, as printed.")
    variante = text("Variant, for a letter with two values.", nullable=True, enum=[*VARIANTES, None])
    designation = text("What it is for.", nullable=True)
    secteur = text("Sector.", enum=list(SECTEURS))
    organisme = text("The payer whose own value this is; null for all.", nullable=True, enum=[*ORGANISMES, None])
    convention = text("Code of the convention.", nullable=True)
    convention_libelle = text("Its label.", nullable=True)
    usage = text("With a coefficient, or alone as a complete fee.", nullable=True, enum=[*USAGES, None])
    valeur = text("Value of one unit, in dirhams; null where no value is in force.", nullable=True, pattern=AMOUNT)
    statut = standing("Status of the act of the value that day.")
    notes = part(TarifNote, "Values that exist and are not applied.", many=True)


class LettresCles(Paged, Clocked):
    lettres_cles = part(LettreCle, "In order of letter, sector, variant and payer.", many=True)


class AppliedFrom(Schema):
    """By payer, the first day it says that it applies the convention; null where no entry says so."""

    cnops = day("CNOPS.", nullable=True)
    cnss = day("CNSS.", nullable=True)


class Convention(ConventionSchema, Grounded):
    """A convention or an avenant, with its dates and how far it has gone."""

    code = text("Code of the convention.")
    kind = text("Always convention.", enum=["convention"])
    statut = standing("How far its act has gone that day; only EN_VIGUEUR answers prices.")
    signed_on = day("Day of signature.", nullable=True)
    approved_on = day("Day of approval.", nullable=True)
    published_on = day("Day of publication.", nullable=True)
    effective_from = day("Day of effect.", nullable=True)
    effective_to = day("End of effect, excluded.", nullable=True)
    applied_by = fields.List(
        fields.String(), metadata={"description": "Payers that apply it that day; all, where no entry names one."}
    )
    applied_by_payer_from = part(AppliedFrom)


class Conventions(Paged, Clocked):
    conventions = part(Convention, "In order of code, whatever their status.", many=True)


class Adherence(Grounded):
    """What a payer has declared of a convention over a period."""

    organisme = text("The payer.", enum=list(ORGANISMES))
    applique = flag("Whether it applies the convention.")
    remarque = text("Remark.", nullable=True)


class Avenant(NamedWithAct):
    statut = standing("How far it has gone that day.")


class ConventionInFull(Convention, Clocked):
    """A convention with its payers and its avenants."""

    adherences = part(Adherence, "By payer, oldest first, whatever the day.", many=True)
    avenants = part(Avenant, "Conventions that amend it.", many=True)


class Tarif(Grounded):
    """A line of a convention: a key letter or a forfait."""

    kind = text("What it is.", enum=["lettre_cle", "forfait"])
    code = text("Code of the entry.")
    nom = text("The letter, or the name of the forfait.")
    convention = text("Code of the convention whose grid holds it.")
    montant = text("Value of one unit of the letter, or amount of the forfait.", pattern=AMOUNT)
    libelle = text("Label.", nullable=True)
    variante = text("Variant of a letter.", nullable=True)
    secteur = text("Sector; null for all.", nullable=True, enum=[*SECTEURS, None])
    organisme = text("The payer whose own amount this is; null for all.", nullable=True, enum=[*ORGANISMES, None])
    unite = text("Unit of a forfait.", nullable=True)
    lettre = text("The letter, or that of a band of surgery.", nullable=True)
    coef_min = number("First coefficient of a band, included; null from 0.", nullable=True)
    coef_max = number("Last coefficient of a band, included; null without end.", nullable=True)
    palier = number("Width of the further bands.", nullable=True)
    montant_palier = text("Added for each further band begun.", nullable=True, pattern=AMOUNT)
    devise = text("Currency; null is MAD.", nullable=True)
    acte_source = text("Code of the act in its own nomenclature.", nullable=True)
    activite = text("Activity.", nullable=True)
    phase = text("Phase.", nullable=True)
    remarque = text("Remark.", nullable=True)
    in_force = flag("Whether it answers prices that day.")
    statut = standing("Status of the act of the line that day.")


class Tarifs(Paged, Clocked):
    """The tariffs of a convention."""

    code = text("Code of the convention.")
    libelle = text("Its label.")
    statut = standing("How far the convention has gone that day.")
    in_force = number("Lines in force.")
    not_in_force = number("Lines recorded for that day and not in force; `pending=true` shows them.")
    tarifs = part(Tarif, "Letters first, in order of code.", many=True)
