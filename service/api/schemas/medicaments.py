"""Answers about medicines: the fields are those of the kinds."""

from __future__ import annotations

from marshmallow import Schema, fields

from catalog.gmr.schemas import AvisSchema, GroupeGeneriqueSchema, MedicamentSchema, SubstanceSchema
from catalog.gmr.statut import ADMIS, HOSPITALIER, NON_ADMIS, RETIRE
from service.api.schemas.parts import ActeJuridique, Bounded, Clocked, Grounded, Paged, flag, number, part, text


class Statut(Schema):
    dosage = text("Dosages with their units, in one text.", nullable=True)
    statut = text("Standing towards reimbursement.", enum=[ADMIS, NON_ADMIS, HOSPITALIER, RETIRE])


class Gtin(Bounded):
    """A code printed on the packs of a presentation, with its own period."""

    code = text("GTIN-13 or 14.")
    in_force = flag("Whether it is in force on the day asked.")


class FieldChange(Schema):
    field = text("Name of the field.")
    before = fields.Raw(allow_none=True, metadata={"description": "Value before."})
    after = fields.Raw(allow_none=True, metadata={"description": "Value after."})


class Upcoming(Bounded):
    """A later version that is already published, or a withdrawal."""

    withdrawn = flag("True where nothing is in force over the period.")
    changes = part(FieldChange, "What differs from the version before it.", many=True)
    acte_juridique = part(ActeJuridique, nullable=True)


class Oddity(Schema):
    code = text("Name of what is odd.")
    message = text("What is odd, in a sentence. Nothing was corrected.")


class Medicament(MedicamentSchema, Statut, Grounded, Clocked):
    """A presentation in force."""

    code = text("The code asked for, normalised.")
    kind = text("Always medicament.", enum=["medicament"])
    code_presentation = text("Code of the presentation the code asked for stands for.")
    gtins = part(Gtin, "Codes of the presentation.", many=True)
    smr = text("Level of SMR of the latest opinion that gives one.", nullable=True)
    asmr = text("Level of ASMR of the latest opinion that gives one.", nullable=True)
    tiers_payant = fields.List(fields.String(), metadata={"description": "Organismes whose tiers-payant list has it."})
    upcoming = part(Upcoming, "What is published for later days, earliest first.", many=True)
    warnings = part(Oddity, "What a reader should know of the code or the prices.", many=True)


class MedicamentVersion(MedicamentSchema, Statut, Grounded):
    """A version of a presentation."""

    code = text("Code of the presentation.")
    release = number("The release that brought it.")
    closed_by = number("The release that corrected or withdrew it; null while it is believed.", nullable=True)


class MedicamentHistory(Clocked):
    code = text("The code asked for, normalised.")
    versions = part(MedicamentVersion, "Every version, latest days first.", many=True)


class Member(MedicamentSchema, Statut, Grounded):
    """A presentation of a generic group."""

    code = text("Code of the presentation.")


class Equivalent(Member):
    is_asked = flag("Whether it is the presentation asked about.")
    saving = text(
        "Public price asked about less this one, in dirhams; negative where this one is dearer.", nullable=True
    )


class MedicamentEquivalents(Clocked):
    code = text("The code asked for, normalised.")
    equivalents = part(Equivalent, "The generic group, cheapest first; empty without a group.", many=True)


class Avis(AvisSchema, Grounded):
    """An opinion of the commission de la transparence for one indication."""

    code = text("Identifier of the opinion.")


class MedicamentAvis(Clocked):
    code = text("The code asked for, normalised.")
    avis = part(Avis, "Opinions in force, newest first.", many=True)


class GroupeGenerique(GroupeGeneriqueSchema, Grounded, Clocked):
    """A generic group in force and its members."""

    code = text("Code of the group.")
    members = part(Member, "Presentations in force that name it, cheapest first.", many=True)


class Substance(SubstanceSchema, Grounded):
    """A DCI listed by arrêté."""

    code = text("Identifier of the listing.")


class Substances(Paged, Clocked):
    substances = part(Substance, "Listings in force, in order of code.", many=True)
