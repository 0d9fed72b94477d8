"""Payloads of the acts family. Coefficients are hundredths; the French words are the law's."""

from __future__ import annotations

from catalog.fields import DayField, DecimalField, FlagField, NumberField, PayloadSchema, TextField, TextListField
from catalog.ngap_ccam.codes import ACTIVITES, PHASES

MODES = ("LETTRE_COEFFICIENT", "ACTE_FORFAITAIRE", "FORFAIT")
"""A coefficient times a key letter; the value of a key letter alone (C, V, a session); a forfait of the convention."""
VARIANTES = ("soins", "prothese")

RELATIONS = (
    "equivalent", "source-is-narrower-than-target", "source-is-broader-than-target", "related-to", "not-related-to",
    "no-map",
)  # fmt: skip
"""FHIR R5 ConceptMap, read from NGAP to CCAM, and ``no-map``: absence, with its reason (DOMAIN 2.3)."""
STATUTS = (
    "DRAFT", "TEAM_DONE", "WORKSHOP_REVIEWED", "EXPERT_VALIDATED", "PUBLISHED", "REJECTED", "SUPERSEDED",
)  # fmt: skip


class ActeNgapSchema(PayloadSchema):
    """An act of the NGAP (arrêté 177-06), priced by a coefficient and a key letter, whose value a convention fixes."""

    libelle = TextField("Libellé", required=True)
    libelle_ar = TextField("Libellé en arabe")
    chapitre = TextField("Chapitre")
    mode = TextField("Mode de tarification", choices=MODES, required=True)
    lettre = TextField("Lettre clé")
    variante = TextField(
        "Variante de la lettre", "D has a value for soins and another for prothèses.", choices=VARIANTES
    )
    coefficient = DecimalField("Coefficient", "Absent where no text gives it; never guessed (DOMAIN 2.1).")
    coefficient_anesthesie = DecimalField("Coefficient d'anesthésie")
    accord_prealable = FlagField("Accord préalable", load_default=False)
    assimile_a = TextField("Assimilé à", "Code of the act through which this one is priced (arrêté 826-12).")
    condition = TextField("Condition")
    remarque = TextField("Remarque")


class ActeCcamSchema(PayloadSchema):
    """An act of the CCAM, the target code system of the mappings: it has no Moroccan tariff (DOMAIN 2.2)."""

    libelle = TextField("Libellé", required=True)
    libelle_court = TextField("Libellé court")
    activites = TextListField("Activités")
    phases = TextListField("Phases")
    noeud = TextField("Nœud de l'arborescence", "Heading under which the act stands.")
    type_acte = TextField("Type d'acte", "As the source codes it.")
    compatibilite_sexe = TextField("Compatibilité avec le sexe", "As the source codes it.")
    exoneration = TextField("Exonération")
    remarque = TextField("Remarque")


class NoeudCcamSchema(PayloadSchema):
    """A heading of the CCAM tree."""

    libelle = TextField("Libellé", required=True)
    parent = TextField("Nœud parent", "Absent at the top of the tree.")
    niveau = NumberField("Niveau", "1 chapter to 4 sub-paragraph; absent at the top.")
    strate = TextField("Strate", "Place in the tree, such as 07.02.02.04.")


class CorrespondanceSchema(PayloadSchema):
    """The relation of an NGAP act to a CCAM code in one activity and phase, both code systems pinned (DOMAIN 2.3)."""

    acte_ngap = TextField("Acte NGAP", required=True)
    acte_ccam = TextField("Acte CCAM", "Absent only where the relation is no-map.")
    activite = TextField("Activité", choices=ACTIVITES)
    phase = TextField("Phase", choices=PHASES)
    relation = TextField("Relation", choices=RELATIONS, required=True)
    statut = TextField("Statut", choices=STATUTS, required=True)
    version_ngap = TextField("Version de la NGAP", required=True)
    version_ccam = TextField("Version de la CCAM", required=True)
    motif = TextField("Motif", "Why there is no corresponding act.")
    condition = TextField("Condition")
    decide_par = TextField("Décidé par")
    decide_le = DayField("Décidé le")
    preuve = TextField("Preuve", "Where the decision can be read.")
