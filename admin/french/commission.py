"""What the verbs of the commission refuse, in French."""

from __future__ import annotations

PAIRS: tuple[tuple[str, str], ...] = (
    ("There is no dossier {}.", "Il n’y a pas de dossier {0}."),
    ("There is no meeting {}.", "Il n’y a pas de séance {0}."),
    ("Dossier {} has no opinion {}.", "Le dossier {0} n’a pas d’avis n° {1}."),
    ("Dossier {} concerns no presentation numbered {}.", "Le dossier {0} n’a pas de présentation n° {1}."),
    ("The number {} is already that of another dossier.", "Le numéro {0} est déjà celui d’un autre dossier."),
    ("The number {} is already that of another meeting.", "Le numéro {0} est déjà celui d’une autre séance."),
    (
        "Dossier {} is {}: it cannot become {}. What may follow: {}.",
        "Le dossier {0} est à l’état « {1} » : il ne peut pas passer à « {2} ». Suites possibles : {3}.",
    ),
    (
        "Dossier {} has become {} in the meantime: look at it again before you act.",
        "Le dossier {0} est passé à « {1} » entre-temps : relisez-le avant d’agir.",
    ),
    ("something else", "un autre état"),
    ("The day {} is refused: {}.", "La date du {0} est refusée : {1}."),
    ("the dossier was already moved on {}", "le dossier a déjà avancé le {0}"),
    ("the last step was taken on {}", "la dernière étape est du {0}"),
    ("it has not come yet", "elle n’est pas encore venue"),
    ("the meeting is of {}", "la séance est du {0}"),
    ("Dossier {} cannot become {}: {}.", "Le dossier {0} ne peut pas passer à « {1} » : {2}."),
    ("choose a meeting", "choisissez une séance"),
    ("meeting {} is cancelled", "la séance {0} est annulée"),
    ("meeting {} has not been recorded as held", "la séance {0} n’est pas encore notée comme tenue"),
    ("write the opinion on at least one indication first", "écrivez d’abord l’avis sur une indication au moins"),
    ("write the opinion of the CEFPS", "écrivez l’avis de la CEFPS"),
    ("keep a table of costs of treatment first", "conservez d’abord un tableau des coûts de traitement"),
    ("give the code of the arrêté", "donnez le code de l’arrêté"),
    (
        "the act {} is in no release and no draft",
        "l’acte {0} n’est dans aucune version ni dans aucun brouillon ; ajoutez-le d’abord aux actes juridiques",
    ),
    ("Dossier {} is {}: {}.", "Le dossier {0} est à l’état « {1} » : {2}."),
    (
        "opinions are written once it is on a meeting's agenda",
        "les avis s’écrivent quand il est inscrit à une séance",
    ),
    (
        "its number is in the code of opinions put into a draft",
        "son numéro est dans le code d’avis déjà mis dans un brouillon",
    ),
    (
        "Opinions were given at meeting {}: its day stands, and that it was held.",
        "Des avis ont été rendus à la séance {0} : sa date et le fait qu’elle s’est tenue ne changent plus.",
    ),
    ("its opinions stand", "ses avis ne se retirent plus"),
    ("its opinion has not been given", "son avis n’est pas encore rendu"),
    ("it has no opinion to publish", "il n’a aucun avis à publier"),
    ("costs are compared after the opinion", "les coûts se comparent après l’avis"),
    ("draft {} is published", "le brouillon {0} est publié"),
    ("Draft {} is not linked to dossier {}.", "Le brouillon {0} n’est pas lié au dossier {1}."),
    ("The opinion touches no presentation: {}.", "L’avis ne concerne aucune présentation : {0}."),
    (
        "name a code or a class with presentations in force",
        "donnez un code, ou une classe qui a des présentations en vigueur",
    ),
    ("name its DCI", "donnez sa DCI"),
    (
        "{} is not a level of {}; levels of the list in force: {}.",
        "{0} n’est pas un niveau de {1} ; niveaux de la liste en vigueur : {2}.",
    ),
    (
        "{}: {} is not a number above zero with at most two decimals.",
        "{0} : {1} n’est pas un nombre supérieur à zéro, avec deux décimales au plus.",
    ),
    ("Units of a pack", "Unités par boîte"),
    ("Units a day", "Unités par jour"),
    ("Days of treatment", "Jours de traitement"),
    (
        "write 1 to 40 letters, digits, dots, dashes or underscores, such as 2026-041.",
        "écrivez 1 à 40 lettres, chiffres, points ou tirets, comme 2026-041.",
    ),
    ("A draft of opinions needs its legal act.", "Donnez l’acte juridique sur lequel le brouillon repose."),
    ("A dossier needs its object.", "Donnez l’objet du dossier."),
    ("Presentation {} is already in the dossier.", "La présentation {0} est déjà dans le dossier."),
    ("A proposed presentation needs its name.", "Donnez le nom de la présentation proposée."),
    ("A meeting of {} has not been held yet.", "Une séance du {0} n’a pas encore pu être tenue."),
    (
        "Meeting {} has dossiers on its agenda: postpone them first.",
        "La séance {0} a des dossiers à son ordre du jour : reportez-les d’abord.",
    ),
    ("Say why in a comment.", "Dites pourquoi dans le commentaire."),
    ("A table of costs compares one proposed medicine.", "Un tableau de coûts compare un médicament proposé."),
    (
        "An opinion is one of {}, about one of {}.",
        "Choisissez le sens de l’avis ({0}) et ce qu’il concerne ({1}).",
    ),
)
