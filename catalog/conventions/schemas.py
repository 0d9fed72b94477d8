"""Payloads of the conventions family. Centimes and basis points; an empty organisme or secteur means all."""

from __future__ import annotations

from catalog.conventions.codes import MODES, ORGANISMES, PRESTATIONS, REGIMES, SECTEURS, SITUATIONS, VARIANTES
from catalog.fields import FlagField, MoneyField, NumberField, PayloadSchema, RateField, TextField, TextListField

PROFESSIONS = ("medecins", "dentistes", "biologistes", "pharmaciens", "etablissements", "autre")
UNITES = ("SEJOUR", "JOUR", "SEANCE", "ACTE")
DEVISES = ("MAD", "EUR")
ASSIETTES = ("PBR", "PPV", "TNR", "FORFAIT", "PH")
REGLES = ("BASE_GENERIQUE", "CESARIENNE_NON_JUSTIFIEE", "ARRONDI", "DATE_TARIFICATION")
ETATS = ("ADMISE", "NON_ADHERENTE", "SUSPENDUE", "ADHERENTE")


class ConventionSchema(PayloadSchema):
    """A national convention or an avenant; its dates and its status are those of its legal act (DOMAIN 3.1)."""

    libelle = TextField("Libellé", required=True)
    libelle_ar = TextField("Libellé en arabe")
    secteur = TextField("Secteur", choices=SECTEURS)
    profession = TextField("Profession", choices=PROFESSIONS)
    parent = TextField("Convention modifiée", "For an avenant: the convention it amends and never edits.")
    acte = TextField("Acte juridique", "The act whose dates and status are the convention's; empty = that of the fact.")
    remarque = TextField("Remarque")


class AdherenceSchema(PayloadSchema):
    """Whether a payer applies a convention over the period of the entry (DOMAIN 6.1, ``applied_by_payer_from``)."""

    convention = TextField("Convention", required=True)
    organisme = TextField("Organisme", choices=ORGANISMES, required=True)
    applique = FlagField("Appliquée", required=True)
    remarque = TextField("Remarque")


USAGES = (AU_COEFFICIENT, SEULE) = ("COEFFICIENT", "FORFAITAIRE")
"""How a key letter is used: multiplied by an act's coefficient, or alone."""


class LettreCleSchema(PayloadSchema):
    """The value of a key letter under a convention (DOMAIN 3.2)."""

    lettre = TextField("Lettre clé", "As printed; compared without case.", required=True)
    variante = TextField("Variante", "For a letter with two values.", choices=VARIANTES)
    designation = TextField("Désignation")
    convention = TextField("Convention", required=True)
    secteur = TextField("Secteur", choices=SECTEURS, required=True)
    organisme = TextField("Organisme", "The payer whose own value this is.", choices=ORGANISMES)
    usage = TextField(
        "Usage",
        "With a coefficient, or alone as a complete fee (DOMAIN 2.1); absent where no text says.",
        choices=USAGES,
    )
    valeur = MoneyField("Valeur", required=True)


class ForfaitSchema(PayloadSchema):
    """A flat amount for a stay, a day, a session or an act; surgery goes by bands of a letter's coefficient."""

    forfait = TextField("Forfait", required=True)
    libelle = TextField("Libellé", required=True)
    convention = TextField("Convention", required=True)
    secteur = TextField("Secteur", choices=SECTEURS)
    organisme = TextField("Organisme", "The payer whose own amount this is.", choices=ORGANISMES)
    montant = MoneyField("Montant", required=True)
    unite = TextField("Unité", choices=UNITES, required=True)
    lettre = TextField("Lettre de la tranche")
    coef_min = NumberField("Coefficient minimal", "Included; empty = from 0.")
    coef_max = NumberField("Coefficient maximal", "Included; empty = no end.")
    palier = NumberField("Palier", "Width of the further bands that each add ``montant_palier``.", minimum=1)
    montant_palier = MoneyField("Montant par palier", "Added for each band begun from ``coef_min`` on.")
    devise = TextField("Devise", "Empty = MAD.", choices=DEVISES)
    acte_source = TextField("Acte tarifé", "Code of the act in its nomenclature, for a price by act.")
    activite = TextField("Activité")
    phase = TextField("Phase")
    remarque = TextField("Remarque")


class TauxSchema(PayloadSchema):
    """A rate of reimbursement: of a régime, a class of care and a situation, never of a medicine (DOMAIN 1.4, 3.3)."""

    organisme = TextField("Organisme", choices=ORGANISMES, required=True)
    regime = TextField("Régime", choices=REGIMES, required=True)
    prestation = TextField("Prestation", choices=PRESTATIONS, required=True)
    mode = TextField("Mode", choices=MODES, required=True)
    secteur = TextField("Secteur", choices=SECTEURS)
    situation = TextField("Situation", choices=SITUATIONS, required=True)
    taux = RateField("Taux", required=True)
    assiette = TextField("Assiette", "What the rate applies to.", choices=ASSIETTES, required=True)
    remarque = TextField("Remarque")


class RegleOrganismeSchema(PayloadSchema):
    """A rule of one payer: it ranks below national law and stays visible in the explanation (DOMAIN 3.4)."""

    organisme = TextField("Organisme", choices=ORGANISMES, required=True)
    regle = TextField("Règle", choices=REGLES, required=True)
    forfait = TextField("Forfait visé")
    remplace = TextField("Forfait remplacé")
    par = TextField("Forfait payé à la place")
    parametre = TextField("Paramètre")
    rang = NumberField("Rang", "1 national law, 2 convention, 3 payer's decision.", required=True, minimum=1, maximum=3)
    libelle = TextField("Libellé", required=True)


class ListeTiersPayantSchema(PayloadSchema):
    """A costly medicine on a payer's tiers-payant list over the period of the entry (DOMAIN 5)."""

    organisme = TextField("Organisme", choices=ORGANISMES, required=True)
    version = TextField("Version de la liste", required=True)
    medicament = TextField("Code de présentation", "Empty where only the name is known: then nothing matches it.")
    nom = TextField("Nom", required=True)
    dci = TextListField("DCI")
    remarque = TextField("Remarque")


class AdhesionSchema(PayloadSchema):
    """A pharmacy's standing with a payer; a pharmacy without an entry is a member (DOMAIN 5: opt-out)."""

    inpe = TextField("INPE", "9 digits.", required=True)
    organisme = TextField("Organisme", choices=ORGANISMES, required=True)
    etat = TextField("État", choices=ETATS, required=True)
    remarque = TextField("Remarque")
