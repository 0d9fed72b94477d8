"""Payloads of the medicines family. Prices in centimes, rates in basis points; the French words are the law's."""

from __future__ import annotations

from catalog.fields import (
    DayField,
    FlagField,
    MoneyField,
    NumberField,
    PayloadSchema,
    RateField,
    TextField,
    TextListField,
)

TYPES_DEMANDE = (
    "INSCRIPTION", "EXTENSION_INDICATION", "EXTENSION_GAMME", "MAINTIEN_RENOUVELLEMENT", "REEVALUATION", "RETRAIT",
    "AVIS_INDIVIDUEL_HORS_AMM", "AUTRE",
)  # fmt: skip
DECISIONS = ("FAVORABLE", "DEFAVORABLE", "AVEC_RESERVE")


class MedicamentSchema(PayloadSchema):
    """One presentation of a medicine, as a list shows it (DOMAIN 1.1, 1.2)."""

    nom = TextField("Nom de spécialité", required=True)
    nom_ar = TextField("Nom en arabe")
    specialite = TextField("Code de spécialité", "Code shared by the presentations of one brand, where a list has one.")
    laboratoire = TextField("Laboratoire")
    dci = TextListField("DCI", "International names, in the order of dosages and units.")
    dosages = TextListField("Dosages")
    unites = TextListField("Unités de dosage")
    forme = TextField("Forme")
    presentation = TextField("Présentation")
    princeps_generique = TextField("Princeps ou générique", choices=("P", "G"))
    code_source_pg = TextField(
        "Code P/G de la source", "A code of unknown meaning kept as printed (CNSS 2026: A, N, C, B)."
    )
    groupe_generique = TextField("Groupe générique", "Kept by editors; never guessed from names (DOMAIN 1.3).")
    classe_therapeutique = TextField("Classe thérapeutique")
    ppv = MoneyField("Prix public de vente")
    ph = MoneyField("Prix hospitalier")
    pbr = MoneyField("Prix base de remboursement", "Published, not computed (DOMAIN fact 3).")
    pbr_ph = MoneyField("Base de remboursement du prix hospitalier")
    pfht = MoneyField("Prix fabricant hors taxe")
    tva = RateField("Taux de TVA")
    admis_remboursement = FlagField("Admis au remboursement", required=True)
    retire = FlagField("Radié par arrêté", "Delisted by the legal act of this fact.", load_default=False)
    taux_liste = RateField("Taux inscrit sur la liste", "As printed; the rate paid depends on payer and patient.")
    numero_amm = TextField("Numéro d'AMM")
    etat_commercialisation = TextField("État de commercialisation")


class GtinSchema(PayloadSchema):
    """A further code of a presentation, or a period other than the presentation's own for its first one."""

    presentation = TextField("Présentation", "Code of the presentation this GTIN stands for.", required=True)
    remarque = TextField("Remarque")


class GroupeGeneriqueSchema(PayloadSchema):
    """A generic group: explicit data of the editors. Its members name it."""

    libelle = TextField("Libellé", required=True)
    dci = TextListField("DCI")
    dosages = TextListField("Dosages")
    unites = TextListField("Unités de dosage")
    forme = TextField("Famille de formes")
    conditionnement = TextField("Conditionnement", "Pack size the group compares.")


class AvisSchema(PayloadSchema):
    """An opinion of the commission de la transparence for one indication (DOMAIN 1.6).

    It concerns the presentations that match every given field among ``medicament``, ``specialite``, ``nom``, ``dci``,
    ``dosages``, ``unites`` and ``forme``.
    """

    medicament = TextField("Code de présentation")
    specialite = TextField("Code de spécialité")
    nom = TextField("Nom de spécialité")
    dci = TextListField("DCI")
    dosages = TextListField("Dosages")
    unites = TextListField("Unités de dosage")
    forme = TextField("Forme")
    dossier = TextField("Numéro de dossier")
    type_demande = TextField("Type de demande", choices=TYPES_DEMANDE, required=True)
    decision = TextField("Décision", choices=DECISIONS)
    date_avis = DayField("Date de l'avis")
    seance = TextField("Séance", "Meeting at which the opinion was given.")
    indication = TextField("Indication")
    smr = TextField("Niveau de SMR", "A level of the code list SMR.")
    asmr = TextField("Niveau d'ASMR", "A level of the code list ASMR.")
    texte = TextField("Texte de l'avis")


class NiveauSchema(PayloadSchema):
    """A level of a versioned code list (SMR, ASMR)."""

    liste = TextField("Liste", choices=("SMR", "ASMR"), required=True)
    niveau = TextField("Niveau", required=True)
    libelle = TextField("Libellé", required=True)
    libelle_ar = TextField("Libellé en arabe")
    rang = NumberField("Rang", "1 is the most favourable.", required=True, minimum=1)
    groupe_affichage = TextField("Groupe d'affichage")


class SubstanceSchema(PayloadSchema):
    """A DCI listed by arrêté, often with dosage and form: the other parent of a GMR entry (DOMAIN fact 1)."""

    dci = TextListField("DCI", required=True)
    dosages = TextListField("Dosages")
    unites = TextListField("Unités de dosage")
    forme = TextField("Forme")
    liste = TextField("Liste", "The list of the arrêté, for example huitième liste additive.")
    inscrite = FlagField("Inscrite", "False once an arrêté has withdrawn it.", required=True)
