"""What the catalogue refuses: the sentences of catalog/errors.py and of the verbs, English beside French."""

from __future__ import annotations

PAIRS: tuple[tuple[str, str], ...] = (
    # Values
    (
        "{} is not a date that can be read: write {}.",
        "{0} n’est pas une date lisible : écrivez {1}.",
    ),
    ("a day written YYYY-MM-DD", "un jour sous la forme AAAA-MM-JJ"),
    ("a day written {}", "un jour sous la forme {0}"),
    ("RFC 3339 with its offset, for example {}", "un instant RFC 3339 avec son décalage, par exemple {0}"),
    ("RFC 3339, for example {}", "un instant RFC 3339, par exemple {0}"),
    ("an instant between the years 1 and 9999", "un instant entre les années 1 et 9999"),
    (
        "A period must end after it starts: {} to {} (excluded) holds no day.",
        "Une période doit finir après son début : du {0} au {1} (exclu), elle ne contient aucun jour.",
    ),
    (
        "{} is not an amount in dirhams with at most two decimals, such as 29.70.",
        "{0} n’est pas un montant en dirhams avec deux décimales au plus, comme 29,70.",
    ),
    (
        "{} is not a rate: write a fraction from 0 to 1, such as 0.70.",
        "{0} n’est pas un taux : écrivez une fraction de 0 à 1, comme 0,70.",
    ),
    ("Code {} cannot be read: {}", "Le code {0} est illisible : {1}"),
    # What is not there
    (
        "There is no kind named {}. Known kinds: {}.",
        "Aucune sorte de fiche ne s’appelle {0}. Sortes connues : {1}.",
    ),
    ("No {} with code {} has ever been published.", "{0} {1} : ce code n’a jamais été publié."),
    (
        "The {} {} is not in force on {}. It is in force {}.",
        "{0} {1} : rien n’est en vigueur au {2}. En vigueur {3}.",
    ),
    ("at no date, as known at that release", "à aucune date, selon cette version"),
    ("from {}", "à partir du {0}"),
    ("until {} (excluded)", "jusqu’au {0} (exclu)"),
    ("from {} to {} (excluded)", "du {0} au {1} (exclu)"),
    ("There is no release {}.", "La version {0} n’existe pas."),
    ("Nothing had been published at {}.", "Rien n’était publié à cet instant : {0}."),
    ("There is no draft {}.", "Le brouillon {0} n’existe pas."),
    (
        "The legal act {} is not in the catalogue. Give its TOML file, or import it first with "
        "`amo-catalog import actes-juridiques`.",
        "L’acte juridique {0} n’est pas au catalogue. Ajoutez sa fiche au brouillon, ou publiez-la d’abord.",
    ),
    # States
    (
        "Draft {} is {}: to {} it, it must be {}.",
        "Le brouillon {0} est {1} : pour {2}, il doit être {3}.",
    ),
    ("Draft {} proposes no change.", "Le brouillon {0} ne propose aucune modification."),
    (
        "{} cannot approve this draft: {}. A second person must.",
        "{0} ne peut pas approuver ce brouillon : {1}. Une deuxième personne doit le faire.",
    ),
    ("they are its author", "c’est la personne qui l’a ouvert"),
    ("they wrote one of its changes", "c’est la personne qui a écrit l’une de ses modifications"),
    (
        "they worked on it, even if nothing they wrote is left",
        "c’est une personne qui y a travaillé, même si rien de ce qu’elle a écrit n’y reste",
    ),
    (
        "Draft {} names no legal act: nothing is published without its legal ground.",
        "Le brouillon {0} ne cite aucun acte juridique : rien n’est publié sans fondement légal.",
    ),
    (
        "Draft {} was written on release {}; release {} is now the newest and changed what it touches: {}. "
        "Rebase it, look at the difference, and submit it again.",
        "Le brouillon {0} a été écrit sur la version {1} ; la version {2} est maintenant la dernière et a modifié "
        "ce qu’il touche : {3}. Rebasez-le, regardez la différence, puis soumettez-le de nouveau.",
    ),
    ("{} and {} more", "{0} et {1} autres"),
    ("acte_ccam {}", "acte CCAM {0}"),
    ("acte_juridique {}", "acte juridique {0}"),
    ("acte_ngap {}", "acte NGAP {0}"),
    ("adherence_organisme {}", "adhésion d’un organisme {0}"),
    ("avis {}", "avis {0}"),
    ("groupe_generique {}", "groupe générique {0}"),
    ("gtin {}", "code de présentation {0}"),
    ("lettre_cle {}", "lettre-clé {0}"),
    ("liste_tiers_payant {}", "tiers payant {0}"),
    ("medicament {}", "médicament {0}"),
    ("noeud_ccam {}", "titre de la CCAM {0}"),
    ("regle_organisme {}", "règle d’un organisme {0}"),
    (
        "Two values would hold for one entry on one day: {}.",
        "Deux valeurs vaudraient pour une même fiche le même jour : {0}.",
    ),
    ("{} {} is staged twice {}", "{0} {1} est modifié deux fois {2}"),
    ("the database refused a row of {}", "la base de données a refusé une ligne de {0}"),
    ("The instant of publication is refused: {}.", "L’instant de publication est refusé : {0}."),
    ("{} has not come yet", "{0} n’est pas encore venu"),
    (
        "release {} was published at {}; {} is not later",
        "la version {0} a été publiée le {1} ; {2} n’est pas plus tard",
    ),
    ("A release is already labelled {}.", "Une version s’appelle déjà {0}."),
    (
        "The database is not ready: {}. Run `amo-catalog init`.",
        "La base de données n’est pas prête : {0}. Lancez `amo-catalog init`.",
    ),
    ("its schema is at {}, this program needs {}", "son schéma en est à {0}, ce programme a besoin de {1}"),
    (
        "{} is not a database address, such as sqlite:///var/catalog.sqlite.",
        "{0} n’est pas l’adresse d’une base de données, comme sqlite:///var/catalog.sqlite.",
    ),
    (
        "Databases are sqlite:// or postgresql+psycopg://, not {}://.",
        "Les bases de données sont sqlite:// ou postgresql+psycopg://, pas {0}://.",
    ),
    (
        "A label has at most {} characters: letters without accents, digits, dots (never two in a row), dashes, "
        "underscores and spaces; it starts with a letter or a digit.",
        "Un libellé a {0} caractères au plus : lettres sans accent, chiffres, points (jamais deux de suite), tirets, "
        "soulignés et espaces ; il commence par une lettre ou un chiffre.",
    ),
    (
        "A title has at most {} characters, all of them printable.",
        "Un titre a {0} caractères au plus, tous imprimables.",
    ),
    ("A draft needs a title and an author.", "Un brouillon a besoin d’un titre et d’un auteur."),
    (
        "Draft {} replaces a whole list, and {} entries it does not mention have changed since: {}. "
        "Import the file again on the newest release.",
        "Le brouillon {0} remplace une liste entière, et {1} fiches dont il ne parle pas ont changé depuis : {2}. "
        "Importez de nouveau le fichier sur la dernière version.",
    ),
    # People
    ("{} may not {}: that takes the role {}.", "{0} ne peut pas {1} : il y faut le rôle {2}."),
    ("There is no account named {}.", "Aucun compte ne s’appelle {0}."),
    ("An account named {} exists already.", "Un compte s’appelle déjà {0}."),
    ("The account {} is disabled.", "Le compte {0} est désactivé."),
    (
        "{} is not an account name: 2 to 64 lower-case letters, digits, . _ @ or -.",
        "{0} n’est pas un nom de compte : 2 à 64 lettres minuscules, chiffres, . _ @ ou -.",
    ),
    ("A password has at least {} characters.", "Un mot de passe a au moins {0} caractères."),
    ("Roles are {}; found {}.", "Les rôles sont {0} ; trouvé : {1}."),
    # Tariffs
    (
        "{} has several values on {} as known at release {}, and none is guessed: {}.",
        "{0} a plusieurs valeurs au {1} selon la version {2}, et aucune n’est devinée : {3}.",
    ),
    (
        "{} has several values on {} as known at release {}, and none is guessed: {}. "
        "Say which variant is meant: soins or prothese.",
        "{0} a plusieurs valeurs au {1} selon la version {2}, et aucune n’est devinée : {3}. "
        "Dites quelle variante est voulue : soins ou prothese.",
    ),
    # Snapshots, exports, the reference pack
    (
        "The snapshot {} is not served: {}. Run `amo-catalog reindex`.",
        "L’instantané {0} n’est pas servi : {1}. Lancez `amo-catalog reindex`.",
    ),
    ("of release {}", "de la version {0}"),
    ("it is not a snapshot file of this version", "ce n’est pas un fichier d’instantané de cette version"),
    ("its digest does not match its content", "son empreinte ne correspond pas à son contenu"),
    ("it was written by another version ({})", "il a été écrit par une autre version ({0})"),
    ("it was compiled for another {}", "il a été compilé pour une autre sorte de fiche ({0})"),
    ("its file is missing", "son fichier manque"),
    (
        "No snapshot has been built in {}. Run `amo-catalog reindex`.",
        "Aucun instantané n’a été construit dans {0}. Lancez `amo-catalog reindex`.",
    ),
    (
        "The format {} needs a library that is not installed: pip install 'amo-catalog[{}]'.",
        "Le format {0} demande une bibliothèque qui n’est pas installée : pip install 'amo-catalog[{1}]'.",
    ),
    (
        "A sheet holds {} rows and there are more: take csv, jsonl or parquet.",
        "Une feuille tient {0} lignes et il y en a davantage : prenez csv, jsonl ou parquet.",
    ),
    ("There is no export format named {}. Formats: {}.", "Aucun format d’export ne s’appelle {0}. Formats : {1}."),
    ("Reference pack, {}: {}", "Jeu de référence, {0} : {1}"),
    ("{}/{} line {}", "{0}/{1}, ligne {2}"),
)
