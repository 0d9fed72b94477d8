"""Answers about acts and their mappings: the fields are those of the kinds."""

from __future__ import annotations

from marshmallow import Schema

from catalog.ngap_ccam.schemas import MODES, ActeCcamSchema, ActeNgapSchema, CorrespondanceSchema
from service.api.schemas.parts import ActeJuridique, Clocked, Grounded, Paged, flag, number, part, text


class Named(Schema):
    """An entry by its code and its label."""

    code = text("Code.")
    libelle = text("French label.")


class NamedWithAct(Named):
    acte_juridique = part(ActeJuridique, nullable=True)


class Cotation(Schema):
    """What prices an act: its own cotation, or that of the act to which it is assimilated."""

    acte = text("Code of the act that prices it, itself or another; null where none does.", nullable=True)
    missing = text("Code of the act it is assimilated to and that is not in force that day.", nullable=True)
    mode = text("How it is paid.", enum=list(MODES))
    lettre = text("Key letter.", nullable=True)
    variante = text("Variant of the letter: soins or prothese.", nullable=True)
    coefficient = text("Coefficient; null where no text gives it: it is never guessed.", nullable=True)
    coefficient_anesthesie = text("Coefficient of the anaesthesia.", nullable=True)
    accord_prealable = flag("Whether prior agreement is needed, by this act or one it is assimilated to.")


class ActeNgap(ActeNgapSchema, Grounded, Clocked):
    """An NGAP act in force."""

    code = text("Code of the act, which is not its cotation.")
    kind = text("Always acte_ngap.", enum=["acte_ngap"])
    cotation = part(Cotation, "What prices the act.")
    assimilations = part(NamedWithAct, "The acts it is assimilated to, in order; empty for most.", many=True)


class Noeud(Named):
    """A heading of the CCAM tree."""

    niveau = number("1 chapter to 4 sub-paragraph; null at the top.", nullable=True)
    strate = text("Place in the tree.", nullable=True)


class PricedThrough(Schema):
    """The NGAP act that prices a CCAM act for its main operator: by an equivalent, validated mapping or not at all."""

    acte_ngap = text("Code of the NGAP act.", nullable=True)
    correspondance = text("Code of the mapping that says so.", nullable=True)
    refusal = text("Why there is none.", nullable=True)


class ActeCcam(ActeCcamSchema, Grounded, Clocked):
    """A CCAM act in force."""

    code = text("Four letters and three digits.")
    kind = text("Always acte_ccam.", enum=["acte_ccam"])
    arborescence = part(Noeud, "The headings above it, from the top down.", many=True)
    priced_through = part(PricedThrough)


class Correspondance(CorrespondanceSchema, Grounded):
    """A mapping both sides of which are in force."""

    code = text("Code of the mapping.")
    acte_ngap_libelle = text("Label of the NGAP act.")
    acte_ccam_libelle = text("Label of the CCAM act; null where there is none: `motif` says why.", nullable=True)
    relation_libelle = text("The relation in French, read from the act asked about to the other one.")
    carries_price = flag("Whether it may carry a price: only an equivalent one may.")


class Correspondances(Paged, Clocked):
    """The validated mappings of an act."""

    code = text("Code of the act asked about.")
    kind = text("Which nomenclature it belongs to.", enum=["acte_ngap", "acte_ccam"])
    libelle = text("Its French label.")
    in_progress = number("Mappings being worked on, which are not told until an expert has validated them.")
    correspondances = part(Correspondance, "In order of code; `relation` is read from NGAP to CCAM.", many=True)
