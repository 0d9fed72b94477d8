"""The rules that reading a file keeps to, in French: what each says and what to do."""

from __future__ import annotations

from collections.abc import Mapping

OF_FILES: Mapping[str, tuple[str, str]] = {
    "RowTooLong": (
        "La ligne a plus de cellules remplies que l’en-tête n’a de colonnes.",
        "Un texte contient sans doute le séparateur : mettez-le entre guillemets.",
    ),
    "RowTooShort": (
        "La ligne a moins de cellules que l’en-tête n’a de colonnes.",
        "La ligne est sans doute coupée : rétablissez-la.",
    ),
    "DoubtfulCell": ("La cellule ne contient pas une simple valeur.", "Collez dans la feuille les valeurs seules."),
    "SplitUnmatched": (
        "Le texte n’a pas la forme que le profil découpe ; ce qui en serait tiré reste vide.",
        "Corrigez la cellule, ou le motif du profil.",
    ),
    "CompanionLacksKey": (
        "Le fichier joint n’a pas de ligne pour cette clé ; ce qu’il ajouterait reste vide.",
        "Vérifiez que les deux fichiers viennent de la même publication.",
    ),
    "CompanionIsAmbiguous": (
        "Le fichier joint donne plusieurs valeurs pour cette clé ; le champ reste vide.",
        "Remplissez le champ à la main dans le brouillon.",
    ),
    "MissingCode": ("La ligne n’a pas de code.", "Donnez le code, ou écartez la ligne."),
    "NoCode": (
        "La liste n’imprime aucun code pour cette fiche ; elle est gardée sous un code interne.",
        "Donnez-lui son code quand il sera connu ; le code interne reste valable.",
    ),
    "CodeDestroyed": (
        "Un tableur a changé le code en puissances de dix, et ses derniers chiffres sont perdus.",
        "Reprenez le fichier en ouvrant la colonne des codes au format texte.",
    ),
    "CodeUnreadable": (
        "Le code ne suit pas la forme de sa sorte de fiche.",
        "Corrigez la cellule, ou corrigez le profil.",
    ),
    "AmountUnreadable": (
        "La cellule n’est pas, sans aucun doute, un seul montant.",
        "Corrigez la cellule, ou dites le signe décimal dans le profil.",
    ),
    "FieldInvalid": ("La valeur ne convient pas à son champ.", "Corrigez la cellule, ou corrigez le profil."),
    "MissingField": (
        "Un champ que toute fiche doit avoir est vide.",
        "Remplissez la cellule, ou donnez une valeur par défaut dans le profil.",
    ),
    "PeriodInvalid": (
        "La période finit avant de commencer.",
        "Corrigez valid_from ou valid_to ; valid_to est le premier jour qui n’est plus dans la période.",
    ),
    "TwoValuesForOneCode": (
        "Le même code reçoit deux valeurs différentes pour les mêmes jours.",
        "Gardez la ligne juste et écartez l’autre.",
    ),
    "DuplicateRow": ("La ligne en répète une autre ; elle compte une fois.", "Supprimez l’une des deux."),
    "AmendmentUnapplied": (
        "Une correction nomme une ligne ou une colonne qui n’a pas été lue.",
        "Retirez la correction, ou corrigez la ligne visée.",
    ),
    "SkippedWithoutCode": (
        "La ligne est écartée et son code est illisible : une liste complète retire la fiche dont elle parlait.",
        "Corrigez le code plutôt que d’écarter la ligne, ou importez la liste comme une liste de modifications.",
    ),
    "StagedAlready": (
        "Le brouillon propose déjà une autre valeur pour les mêmes jours ; celle-ci la remplace.",
        "Écartez la ligne pour garder ce que le brouillon contient.",
    ),
    "StagedOverlap": (
        "Le brouillon propose déjà une valeur pour d’autres jours qui recouvrent ceux-ci.",
        "Retirez cette modification du brouillon, ou écartez la ligne.",
    ),
    "LaterValueStays": (
        "Une valeur plus tardive est déjà enregistrée et reste : celle-ci ne vaut que jusque-là.",
        "Corrigez aussi la valeur plus tardive, si cette liste doit la remplacer.",
    ),
    "NothingToWithdraw": (
        "Rien n’est en vigueur sur la période que cette ligne retire.",
        "Vérifiez le code et les dates ; la ligne ne change rien.",
    ),
    "UnknownLegalAct": (
        "L’acte juridique cité n’est pas au catalogue.",
        "Ajoutez d’abord sa fiche, ou corrigez son code.",
    ),
}
