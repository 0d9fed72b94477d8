"""What a value, a code or an amount may not be: the complaints of fields, codes and converters."""

from __future__ import annotations

PAIRS: tuple[tuple[str, str], ...] = (
    # Fields
    ("{} is missing.", "{0} : cette valeur manque."),
    ("{} may not be empty.", "{0} ne peut pas être vide."),
    ("{} is empty.", "{0} est vide."),
    ("{} is not one of {}.", "{0} n’est pas l’une des valeurs possibles : {1}."),
    ("{} is none of {}.", "{0} n’est aucune des valeurs connues : {1}."),
    ("{} is not a text.", "{0} n’est pas un texte."),
    ("{} is not a list of texts.", "{0} n’est pas une liste de textes."),
    ("An item may not hold or make {}.", "Un élément ne peut ni contenir ni former {0}."),
    (
        "A text may not hold a NUL character nor half of a surrogate pair.",
        "Un texte ne peut contenir ni caractère NUL ni moitié de paire de substitution.",
    ),
    (
        '{} is not an amount: write it as a text, such as "29.70".',
        "{0} n’est pas un montant : écrivez-le comme 29,70.",
    ),
    (
        "{} is not an amount: null (an empty cell) means that there is no such price.",
        "{0} n’est pas un montant : laissez la case vide s’il n’y a pas de tel prix.",
    ),
    ("{} is not an amount this catalogue can hold.", "{0} n’est pas un montant que ce catalogue peut tenir."),
    (
        '{} is not a rate: write a fraction as a text, such as "0.70".',
        "{0} n’est pas un taux : écrivez une fraction, comme 0,70.",
    ),
    ('{} is not a number: write it as a text, such as "37.5".', "{0} n’est pas un nombre : écrivez-le comme 37,5."),
    ("{} is not a whole number from {} to {}.", "{0} n’est pas un nombre entier de {1} à {2}."),
    ("{} is neither oui nor non.", "{0} n’est ni oui ni non."),
    ("Unknown field.", "Ce champ n’existe pas."),
    ("Missing data for required field.", "Cette valeur manque."),
    ("Field may not be null.", "Cette valeur ne peut pas être vide."),
    ("Invalid input type.", "Cette valeur n’est pas de la forme attendue."),
    ("{} does not have the form {}.", "{0} n’a pas la forme {1}."),
    # Codes
    (
        "a spreadsheet has destroyed it; take it again from a column formatted as text.",
        "un tableur l’a détruit ; reprenez-le d’une colonne au format texte.",
    ),
    ("a GTIN has 8, 12, 13 or 14 digits.", "un GTIN a 8, 12, 13 ou 14 chiffres."),
    (
        "write 1 to 160 letters, digits or signs among . _ : / | + % , ( ) ' - and space.",
        "écrivez 1 à 160 lettres, chiffres, espaces ou signes parmi . _ : / | + % , ( ) ' -.",
    ),
    (
        "write 1 to 100 letters without accents, digits, dots, dashes, such as KE140201.",
        "écrivez 1 à 100 lettres sans accent, chiffres, points ou tirets, comme KE140201.",
    ),
    (
        "write 2 to 80 letters, digits, dots or dashes, for example arrete-177-06.",
        "écrivez 2 à 80 lettres, chiffres, points ou tirets, par exemple arrete-177-06.",
    ),
    (
        "write small letters, digits, dots or dashes, for example medecins-prive-2006.",
        "écrivez des lettres minuscules, chiffres, points ou tirets, par exemple medecins-prive-2006.",
    ),
    (
        "write 2 to 80 small letters without accents, digits or dashes, for example tnr.",
        "écrivez 2 à 80 lettres minuscules sans accent, chiffres ou tirets, par exemple tnr.",
    ),
    ("a key letter has 1 to 6 letters, for example Cs.", "une lettre-clé a 1 à 6 lettres, par exemple Cs."),
    (
        "write capital letters, digits, _ . or -, for example REANIMATION_JOUR.",
        "écrivez des capitales, chiffres, _ . ou -, par exemple REANIMATION_JOUR.",
    ),
    ("the variant after the dot is one of {}.", "la variante après le point est l’une de celles-ci : {0}."),
    (
        "write its name, its convention and, for a payer's own value, the payer, joined by colons.",
        "écrivez son nom, sa convention et, pour une valeur propre à un organisme, celui-ci, séparés par deux-points.",
    ),
    (
        "write the code of the presentation with its 13 digits.",
        "écrivez le code de la présentation avec ses 13 chiffres.",
    ),
    ("an INPE has 9 digits.", "un INPE a 9 chiffres."),
    ("write {}.", "écrivez {0}."),
    (
        "four letters and three digits are a code of the CCAM.",
        "quatre lettres et trois chiffres forment un code de la CCAM.",
    ),
    (
        "the code of an NGAP act is 1 to 5 letters and 1 to 4 digits, such as D708.",
        "le code d’un acte NGAP a 1 à 5 lettres et 1 à 4 chiffres, comme D708.",
    ),
    (
        "a CCAM code is four letters and three digits, such as HBJD001.",
        "un code CCAM a quatre lettres et trois chiffres, comme HBJD001.",
    ),
    (
        "write the CCAM code, its activity 1 to 5 and its phase 0 to 3, such as HBJD001-1-0.",
        "écrivez le code CCAM, son activité de 1 à 5 et sa phase de 0 à 3, comme HBJD001-1-0.",
    ),
    (
        "a heading of the CCAM tree is six digits, such as 000683.",
        "un titre de l’arbre de la CCAM a six chiffres, comme 000683.",
    ),
    (
        "write NGAP>CCAM-activity-phase, or NGAP>{}.",
        "écrivez NGAP>CCAM-activité-phase, ou NGAP>{0}.",
    ),
    ("a coefficient of 0 prices nothing.", "un coefficient de 0 ne tarife rien."),
    # Amounts and percentages of files
    ("{} cannot be read as an amount: {}.", "{0} ne se lit pas comme un montant : {1}."),
    ("{} cannot be read as a percentage: {}.", "{0} ne se lit pas comme un pourcentage : {1}."),
    (
        "a spreadsheet has written it in powers of ten; format the column as a number",
        "un tableur l’a écrit en puissances de dix ; donnez à la colonne le format nombre",
    ),
    (
        "digits with at most a decimal sign and thousands were expected, without sign or letters",
        "des chiffres étaient attendus, avec au plus un signe décimal et des milliers, sans signe ni lettres",
    ),
    (
        "the three digits after {} may be thousands or decimals; tell the decimal sign",
        "les trois chiffres après {0} peuvent être des milliers ou des décimales ; dites le signe décimal",
    ),
    ("the digits around {} are not groups of thousands", "les chiffres autour de {0} ne sont pas des milliers"),
    ("it has more than two decimals", "il a plus de deux décimales"),
    ("it is larger than any amount this catalogue holds", "il dépasse tout montant que ce catalogue peut tenir"),
    ("write a number from 0 to 100 and a percent sign", "écrivez un nombre de 0 à 100 et un signe pour cent"),
    ("without a percent sign it may be a fraction", "sans signe pour cent, ce peut être une fraction"),
    ("it is more than 100 %", "il dépasse 100 %"),
)
