"""What a field means, in French, where its name does not say it all."""

from __future__ import annotations

from collections.abc import Mapping

EVERYWHERE: Mapping[str, str] = {
    "dci": "Dénominations communes internationales, dans l’ordre des dosages et des unités.",
    "organisme": "Vide : tous les organismes.",
    "secteur": "Vide : tous les secteurs.",
    "nom_ar": "Tel que la liste l’imprime en arabe.",
}
"""By field, whatever the kind."""

BY_KIND: Mapping[str, Mapping[str, str]] = {
    "medicament": {
        "specialite": "Code commun aux présentations d’une même marque, quand une liste en donne un.",
        "code_source_pg": "Code de sens inconnu, gardé tel qu’imprimé (CNSS 2026 : A, N, C, B).",
        "groupe_generique": "Tenu par les rédacteurs ; jamais deviné d’après les noms.",
        "pbr": "Publié, jamais calculé.",
        "pbr_ph": "Base qui s’applique au prix hospitalier.",
        "retire": "Oui quand l’acte juridique de cette valeur radie le médicament.",
        "taux_liste": "Tel qu’imprimé ; le taux payé dépend de l’organisme et du patient.",
        "statut": "Déduit : admission, radiation, et présence d’un prix public ou hospitalier.",
    },
    "gtin": {"presentation": "La présentation que ce code désigne."},
    "groupe_generique": {"conditionnement": "Taille de boîte que le groupe compare."},
    "avis": {
        "medicament": "Vide : l’avis vise toutes les présentations qui répondent aux autres champs.",
        "seance": "Séance au cours de laquelle l’avis a été rendu.",
        "smr": "Un niveau de la liste SMR.",
        "asmr": "Un niveau de la liste ASMR.",
    },
    "niveau": {"rang": "1 est le plus favorable."},
    "substance": {
        "liste": "La liste de l’arrêté, par exemple « huitième liste additive ».",
        "inscrite": "Non dès qu’un arrêté l’a retirée.",
    },
    "acte_juridique": {
        "statut": "Jusqu’où l’acte est allé vers son entrée en vigueur ; seul un acte en vigueur donne des prix.",
        "parent": "L’acte que celui-ci modifie, rectifie ou applique.",
        "url": "Où le texte peut être lu.",
    },
    "acte_ngap": {
        "variante": "La lettre D vaut différemment pour les soins et pour les prothèses.",
        "coefficient": "Absent quand aucun texte ne le donne ; jamais deviné.",
        "assimile_a": "Code de l’acte par lequel celui-ci est tarifé (arrêté 826-12).",
    },
    "acte_ccam": {
        "noeud": "Rubrique sous laquelle l’acte se trouve.",
        "type_acte": "Tel que la source le code.",
        "compatibilite_sexe": "Telle que la source la code.",
    },
    "noeud_ccam": {
        "parent": "Absent en tête de l’arborescence.",
        "niveau": "De 1 (chapitre) à 4 (sous-paragraphe) ; absent en tête.",
        "strate": "Place dans l’arborescence, par exemple 07.02.02.04.",
    },
    "correspondance": {
        "acte_ccam": "Absent seulement quand il n’existe pas d’acte correspondant.",
        "motif": "Pourquoi il n’y a pas d’acte correspondant.",
        "preuve": "Où la décision peut être lue.",
    },
    "convention": {
        "parent": "Pour un avenant : la convention qu’il modifie, et ne réécrit jamais.",
        "acte": "L’acte dont viennent les dates et le statut ; vide : celui de la valeur.",
    },
    "lettre_cle": {
        "lettre": "Telle qu’imprimée ; comparée sans égard à la casse.",
        "variante": "Pour une lettre à deux valeurs.",
        "organisme": "L’organisme dont c’est la valeur propre.",
        "usage": "Avec un coefficient, ou seule comme honoraire entier ; absent quand aucun texte ne le dit.",
    },
    "forfait": {
        "organisme": "L’organisme dont c’est le montant propre.",
        "coef_min": "Inclus ; vide : depuis 0.",
        "coef_max": "Inclus ; vide : sans fin.",
        "palier": "Largeur des tranches suivantes, qui ajoutent chacune le montant par palier.",
        "montant_palier": "Ajouté pour chaque tranche entamée depuis le coefficient minimal.",
        "devise": "Vide : dirham.",
        "acte_source": "Code de l’acte dans sa nomenclature, pour un prix par acte.",
    },
    "taux": {"assiette": "Ce à quoi le taux s’applique."},
    "regle_organisme": {"rang": "1 loi nationale, 2 convention, 3 décision de l’organisme."},
    "liste_tiers_payant": {"medicament": "Vide quand seul le nom est connu : rien ne lui correspond alors."},
    "adhesion": {"inpe": "9 chiffres."},
    "dispositif": {
        "classe": "I traitement, II externe, III interne (implants).",
        "forfait": "Tarif de référence ; la base est le plus petit de ce tarif et du prix d’achat.",
        "accord_prealable": "Sur la sous-liste de l’arrêté 2315-08 ; absent quand elle n’a pas été vue.",
        "renouvellement_mois": "Mois avant qu’un autre soit payé.",
        "age_min": "En années.",
        "age_max": "En années, inclus.",
        "remplace_par": "Code du dispositif qui prend sa place.",
        "parent": "Rubrique de la liste sous laquelle il se trouve.",
    },
}
"""By kind and field."""


def about(kind: str, field: str) -> str:
    """What a field of a kind means; empty where its label is enough."""
    return BY_KIND.get(kind, {}).get(field) or EVERYWHERE.get(field, "")
