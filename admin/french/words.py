"""Single words of the domain in French: kinds, states, and the values that fields choose among."""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, tuple[str, str]] = {
    "acte_ccam": ("acte CCAM", "actes CCAM"),
    "acte_juridique": ("acte juridique", "actes juridiques"),
    "acte_ngap": ("acte NGAP", "actes NGAP"),
    "adherence_organisme": ("adhésion d’un organisme", "adhésions des organismes"),
    "adhesion": ("adhésion d’une pharmacie", "adhésions des pharmacies"),
    "avis": ("avis de la commission", "avis de la commission"),
    "convention": ("convention", "conventions"),
    "correspondance": ("correspondance NGAP–CCAM", "correspondances NGAP–CCAM"),
    "dispositif": ("dispositif médical", "dispositifs médicaux"),
    "forfait": ("forfait", "forfaits"),
    "groupe_generique": ("groupe générique", "groupes génériques"),
    "gtin": ("code de présentation", "codes de présentations"),
    "lettre_cle": ("lettre-clé", "lettres-clés"),
    "liste_tiers_payant": ("médicament du tiers payant", "médicaments du tiers payant"),
    "medicament": ("médicament", "médicaments"),
    "niveau": ("niveau de SMR ou d’ASMR", "niveaux de SMR et d’ASMR"),
    "noeud_ccam": ("titre de la CCAM", "titres de la CCAM"),
    "regle_organisme": ("règle d’un organisme", "règles des organismes"),
    "substance": ("substance listée", "substances listées"),
    "taux": ("taux de remboursement", "taux de remboursement"),
    "terme": ("terme du glossaire", "termes du glossaire"),
}
"""By kind, its name for one entry and for the list."""

LABELS: Mapping[str, str] = {
    "CCAM act": "acte CCAM",
    "CCAM heading": "titre de la CCAM",
    "NGAP act": "acte NGAP",
    "device": "dispositif médical",
    "generic group": "groupe générique",
    "glossary term": "terme du glossaire",
    "key letter": "lettre-clé",
    "legal act": "acte juridique",
    "level": "niveau",
    "listed substance": "substance listée",
    "mapping": "correspondance",
    "medicine": "médicament",
    "opinion": "avis de la commission",
    "payer's adherence": "adhésion d’un organisme",
    "payer's rule": "règle d’un organisme",
    "pharmacy's adhesion": "adhésion d’une pharmacie",
    "presentation": "présentation",
    "presentation code": "code de présentation",
    "rate": "taux",
    "tiers-payant entry": "médicament du tiers payant",
}
"""What English sentences call a kind."""

STATES: Mapping[str, str] = {
    "draft": "en rédaction",
    "in_review": "en relecture",
    "approved": "approuvé",
    "rejected": "rejeté",
    "published": "publié",
    "not yet published": "non encore publié",
    "in_review or approved": "en relecture ou approuvé",
    "in_review, approved or rejected": "en relecture, approuvé ou rejeté",
}
"""States of a draft."""

VERBS: Mapping[str, str] = {
    "approve": "approuver",
    "approve drafts": "approuver un brouillon",
    "edit": "modifier",
    "import files": "importer un fichier",
    "manage accounts": "gérer les comptes",
    "manage keys": "gérer les clés",
    "plan": "planifier",
    "prepare opinions": "préparer un avis",
    "propose mappings": "proposer une correspondance",
    "publish": "publier",
    "read console": "lire la console",
    "read journal": "lire le journal",
    "rebase": "rebaser",
    "reject": "rejeter",
    "reject drafts": "rejeter un brouillon",
    "reopen": "rouvrir",
    "settle": "régler",
    "settle violations": "régler une anomalie",
    "stage": "modifier",
    "change": "modifier",
    "submit": "soumettre",
    "submit drafts": "soumettre un brouillon",
    "unstage": "modifier",
    "validate mappings": "valider une correspondance",
    "work in": "modifier",
    "write drafts": "rédiger un brouillon",
}

ROLES: Mapping[str, str] = {
    "lecteur": "lecteur",
    "redacteur": "rédacteur",
    "valideur": "valideur",
    "editeur": "éditeur",
    "administrateur": "administrateur",
}

OTHERS: Mapping[str, str] = {
    "": "",
    "none": "aucun",
    "nothing": "rien",
    "blank": "vide",
    "now": "maintenant",
    "full": "liste complète",
    "partial": "liste partielle",
    "delta": "modifications",
    "set": "fixer",
    "void": "retirer",
    "True": "oui",
    "False": "non",
}

VALUES: Mapping[str, Mapping[str, str]] = {
    "princeps_generique": {"P": "Princeps", "G": "Générique"},
    "decision": {
        "FAVORABLE": "Favorable", "DEFAVORABLE": "Défavorable", "AVEC_RESERVE": "Favorable avec réserve",
    },
    "type_demande": {
        "INSCRIPTION": "Inscription",
        "EXTENSION_INDICATION": "Extension d’indication",
        "EXTENSION_GAMME": "Extension de gamme",
        "MAINTIEN_RENOUVELLEMENT": "Maintien ou renouvellement",
        "REEVALUATION": "Réévaluation",
        "RETRAIT": "Retrait",
        "AVIS_INDIVIDUEL_HORS_AMM": "Avis individuel hors AMM",
        "AUTRE": "Autre",
    },
    "statut": {
        "NEGOCIE": "Négocié",
        "SIGNE": "Signé",
        "APPROUVE": "Approuvé",
        "PUBLIE": "Publié",
        "EN_VIGUEUR": "En vigueur",
        "ABROGE": "Abrogé",
        "DRAFT": "Ébauche",
        "TEAM_DONE": "Revue en équipe",
        "WORKSHOP_REVIEWED": "Revue en atelier",
        "EXPERT_VALIDATED": "Validée par les experts",
        "PUBLISHED": "Publiée",
        "REJECTED": "Refusée",
        "SUPERSEDED": "Remplacée",
    },
    "relation": {
        "equivalent": "Équivalent",
        "source-is-narrower-than-target": "NGAP plus étroit que CCAM",
        "source-is-broader-than-target": "NGAP plus large que CCAM",
        "related-to": "Apparenté",
        "not-related-to": "Sans rapport",
        "no-map": "Sans correspondance",
    },
    "mode": {
        "LETTRE_COEFFICIENT": "Lettre-clé et coefficient",
        "ACTE_FORFAITAIRE": "Valeur de la lettre seule",
        "FORFAIT": "Forfait",
        "ambulatoire": "Ambulatoire",
        "hospitalisation": "Hospitalisation",
    },
    "type": {
        "loi": "Loi", "decret": "Décret", "arrete": "Arrêté", "convention": "Convention", "avenant": "Avenant",
        "decision": "Décision", "rectificatif": "Rectificatif", "guide": "Guide", "publication": "Publication",
        "rapport": "Rapport",
    },
    "organisme": {"cnops": "CNOPS", "cnss": "CNSS"},
    "secteur": {"prive": "Privé", "public": "Public"},
    "variante": {"soins": "Soins", "prothese": "Prothèse"},
    "profession": {
        "medecins": "Médecins", "dentistes": "Dentistes", "biologistes": "Biologistes", "pharmaciens": "Pharmaciens",
        "etablissements": "Établissements", "autre": "Autre",
    },
    "unite": {"SEJOUR": "Séjour", "JOUR": "Jour", "SEANCE": "Séance", "ACTE": "Acte"},
    "usage": {"COEFFICIENT": "Avec coefficient", "FORFAITAIRE": "Seule"},
    "regime": {"AMO": "AMO", "MUTUELLE": "Mutuelle"},
    "prestation": {
        "MEDICAMENT": "Médicament", "ACTE": "Acte", "FORFAIT": "Forfait", "DISPOSITIF": "Dispositif",
        "DENTAIRE_SOINS": "Soins dentaires", "DENTAIRE_PROTHESE": "Prothèses dentaires",
    },
    "situation": {"NORMALE": "Normale", "EXONERATION": "Exonération"},
    "assiette": {
        "PBR": "Base de remboursement", "PPV": "Prix public", "TNR": "Tarif national de référence",
        "FORFAIT": "Forfait", "PH": "Prix hôpital",
    },
    "regle": {
        "BASE_GENERIQUE": "Base du générique", "CESARIENNE_NON_JUSTIFIEE": "Césarienne non justifiée",
        "ARRONDI": "Arrondi", "DATE_TARIFICATION": "Date de tarification",
    },
    "etat": {
        "ADMISE": "Admise", "NON_ADHERENTE": "Non adhérente", "SUSPENDUE": "Suspendue", "ADHERENTE": "Adhérente",
    },
    "lateralite": {"DROITE": "Droite", "GAUCHE": "Gauche", "INDIFFERENTE": "Indifférente"},
    "confidence": {"H": "Élevée", "M": "Moyenne", "L": "Faible"},
    "admis_remboursement": {"True": "Admis", "False": "Non admis"},
}  # fmt: skip
"""By field, what its choices are called; a field not named here shows its values as they are."""

WORDS: Mapping[str, str] = {**LABELS, **STATES, **VERBS, **OTHERS}


def kind_name(kind: str, plural: bool = False) -> str:
    """What a kind is called in French; its own name where none is known."""
    return KINDS.get(kind, (kind, kind))[plural]


def state_name(state: str) -> str:
    """What a state of a draft is called."""
    return STATES.get(state, state)


def role_name(role: str) -> str:
    """What a role is called."""
    return ROLES.get(role, role)


def value_name(field: str, value: object) -> str:
    """What a choice of a field is called; yes and no for flags, else the value as it is."""
    text = str(value)
    return VALUES.get(field, {}).get(text) or OTHERS.get(text, text)
