"""What follows a broken rule: the values found, what was expected."""

from __future__ import annotations

PAIRS: tuple[tuple[str, str], ...] = (
    ("Found: {}.", "Trouvé : {0}."),
    ("Found {}.", "Trouvé : {0}."),
    ("Found: {}; levels of {}: {}.", "Trouvé : {0} ; niveaux de {1} : {2}."),
    ("It was {}.", "C’était {0}."),
    ("The row says {}.", "La fiche dit {0}."),
    ("The other: {}.", "L’autre : {0}."),
    ("Its status is {}.", "Son statut est {0}."),
    ("The code says {}, the field {}.", "Le code dit {0}, le champ {1}."),
    ("{} gives {}.", "{0} donne {1}."),
    ("{} and {}.", "{0} et {1}."),
    ("({})", "({0})"),
    ("({} > {})", "({0} > {1})"),
    ("({} to {}, excluded)", "(du {0} au {1}, exclu)"),
    ("(row {})", "(ligne {0})"),
    ("(rows {} and {} overlap from {})", "(les lignes {0} et {1} se recouvrent à partir du {2})"),
    ("({}: {} in row {}, {} in row {})", "({0} : {1} à la ligne {2}, {3} à la ligne {4})"),
    ("({} for {})", "({0} pour {1})"),
    ("({}, {}: {})", "({0}, {1} : {2})"),
    ("{} -> {}", "{0} → {1}"),
    ("{} holds {}. {}.", "{0} contient {1}. {2}."),
    ("a formula", "une formule"),
    ("an error value", "une valeur d’erreur"),
    ("a merge over rows {} to {}", "une fusion des lignes {0} à {1}"),
    ("Correct the cell", "Corrigez la cellule"),
    ("Split the merged cells and fill each row", "Défusionnez les cellules et remplissez chaque ligne"),
    ("Paste plain values", "Collez les valeurs seules"),
    ("Copy the column and paste its values only", "Copiez la colonne et n’en collez que les valeurs"),
    # Prices
    ("Published base: {}; public price: {}.", "Base publiée : {0} ; prix public : {1}."),
    ("Public price: {}; hospital price: {}.", "Prix public : {0} ; prix hôpital : {1}."),
    (
        "Hospital price: {}; public price: {}; expected between {} and {} of it.",
        "Prix hôpital : {0} ; prix public : {1} ; attendu entre {2} et {3} fois celui-ci.",
    ),
    (
        "Before: {}; now: {}, a change of more than {} %.",
        "Avant : {0} ; maintenant : {1}, soit plus de {2} % de changement.",
    ),
    ("Its price: {}; princeps {}: {}.", "Son prix : {0} ; princeps {1} : {2}."),
    (
        "Princeps {}: published base {}; computed from now on: {}.",
        "Princeps {0} : base publiée {1} ; base calculée désormais : {2}.",
    ),
    ("Published: {}; computed: {}, {}.", "Publiée : {0} ; calculée : {1}, {2}."),
    ("its own price, since every generic is dearer", "son propre prix, car tous les génériques sont plus chers"),
    ("the price of the generic {} ({})", "le prix du générique {0} ({1})"),
    ("group {}", "groupe {0}"),
    ("same substances, dosages, form and pack", "mêmes substances, dosages, forme et présentation"),
    (
        "The same name, dosage, form, pack and price ({}): {}.",
        "Mêmes nom, dosage, forme, présentation et prix ({0}) : {1}.",
    ),
)
"""Details are told after the French of their rule, so a phrase here is only what follows the rule's own sentence."""

WHOLE: tuple[tuple[str, str], ...] = (
    (
        "{} is missing: the entry is new, and the file does not give it.",
        "{0} manque : la fiche est nouvelle, et le fichier ne le donne pas.",
    ),
    (
        "A value from {} on is already recorded and stays: this one holds until then.",
        "Une valeur à partir du {0} est déjà enregistrée et reste : celle-ci ne vaut que jusque-là.",
    ),
    ("The legal act {} is not in the catalogue.", "L’acte juridique {0} n’est pas au catalogue."),
    (
        "The published base is {}; the closest generic of its group gives {}.",
        "La base publiée est {0} ; le générique le plus proche de son groupe donne {1}.",
    ),
)
"""Violations made apart from their rule."""
