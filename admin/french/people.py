"""Refusals of what is done in the rooms: accounts, reviews, planned publications, the commission, mappings."""

from __future__ import annotations

PAIRS: tuple[tuple[str, str], ...] = (
    # Accounts and keys
    (
        "{} is the last administrator who can sign in: name another one first.",
        "{0} est le dernier administrateur qui puisse se connecter : nommez-en d’abord un autre.",
    ),
    ("This is not the account's present password.", "Ce n’est pas le mot de passe actuel du compte."),
    (
        "The code is wrong, too old, or was used before.",
        "Le code est faux, trop ancien, ou a déjà servi.",
    ),
    (
        "This link is unknown, was used, or has expired: ask for a new one.",
        "Ce lien est inconnu, a déjà servi ou a expiré : demandez-en un autre.",
    ),
    ("There is no machine key {}.", "La clé de machine {0} n’existe pas."),
    (
        "A machine key needs a label of at most {} characters: what it is for.",
        "Une clé de machine a besoin d’un libellé de {0} caractères au plus : à quoi elle sert.",
    ),
    ("A machine key must expire after it is made.", "Une clé de machine doit expirer après sa création."),
    ("Scopes are {}; found {}.", "Les portées sont {0} ; trouvé : {1}."),
    (
        "{} signs in through the identity provider: it has no password or code here.",
        "{0} se connecte par le fournisseur d’identité : ce compte n’a ici ni mot de passe ni code.",
    ),
    (
        "{} has a second factor already: take it off first.",
        "{0} a déjà un second facteur : retirez-le d’abord.",
    ),
    ("The identity provider names nobody.", "Le fournisseur d’identité ne nomme personne."),
    ("The identity provider gives {} no role here.", "Le fournisseur d’identité ne donne ici aucun rôle à {0}."),
    (
        "An account named {} exists already and is somebody's own.",
        "Un compte s’appelle déjà {0} et appartient à quelqu’un d’autre.",
    ),
    (
        "The account name {} is kept for the program itself: choose another one.",
        "Le nom de compte {0} est réservé au programme lui-même : choisissez-en un autre.",
    ),
    ("No account can be opened: {}", "Aucun compte ne peut être ouvert : {0}"),
    ("A password has at most {} characters.", "Un mot de passe a au plus {0} caractères."),
    (
        "A password does not repeat a few characters, nor hold the account's name.",
        "Un mot de passe ne répète pas quelques caractères, et ne contient pas le nom du compte.",
    ),
    # The journal
    (
        "{} is not an action of the journal, such as draft.staged.",
        "{0} n’est pas une action du journal, comme draft.staged.",
    ),
    ("The journal needs {}, as plain text.", "Le journal a besoin de {0}, en texte simple."),
    ("The journal cannot hold {}: {}.", "Le journal ne peut pas tenir {0} : {1}."),
    # Reviews and plans
    ("A warning is accepted with a reason.", "Une anomalie s’accepte avec un motif."),
    ("A draft is rejected with a comment.", "Un brouillon se rejette avec un commentaire."),
    (
        "Draft {} has {} errors to correct first: {}.",
        "Le brouillon {0} a {1} erreurs à corriger d’abord : {2}.",
    ),
    (
        "Draft {} has {} warnings to correct or to accept with a reason: {}.",
        "Le brouillon {0} a {1} anomalies à corriger, ou à accepter avec un motif : {2}.",
    ),
    ("Draft {} has no such warning to accept.", "Le brouillon {0} n’a pas cette anomalie à accepter."),
    (
        "Draft {} has changed since it was shown: look at it again.",
        "Le brouillon {0} a changé depuis que vous l’avez ouvert : regardez-le de nouveau.",
    ),
    (
        "The form does not say what it was shown with: reload the page.",
        "Le formulaire ne dit pas ce qu’il montrait : rechargez la page.",
    ),
    (
        "Draft {} already starts from the newest release, {}: there is nothing to rebase.",
        "Le brouillon {0} part déjà de la dernière version, {1} : il n’y a rien à rebaser.",
    ),
    ("No publication of draft {} is planned.", "Aucune publication du brouillon {0} n’est prévue."),
    (
        "Draft {} has changed since its publication was planned: plan it again.",
        "Le brouillon {0} a changé depuis que sa publication est prévue : prévoyez-la de nouveau.",
    ),
    ("{} has gone by", "{0} est passé"),
    (
        "Draft {} starts from release {}, and release {} has been published since: rebase it, then judge the file "
        "again.",
        "Le brouillon {0} part de la version {1}, et la version {2} a été publiée depuis : rebasez-le, puis relisez "
        "le fichier.",
    ),
    ("a day before 9999-12-31, which stands for no end", "un jour avant le 31/12/9999, qui veut dire « sans fin »"),
    # Drafts, entry by entry
    (
        "{}: {} cannot be read. {}",
        "{0} : {1} est illisible. {2}",
    ),
    (
        "A correction of the past needs its reason: say what was wrong and how it was found.",
        "Corriger le passé demande un motif : dites ce qui était faux et comment on l’a su.",
    ),
    (
        "Draft {} has no change {}: it was taken out, or replaced by a later one.",
        "Le brouillon {0} n’a pas de modification {1} : elle a été retirée, ou remplacée par une plus récente.",
    ),
    (
        "Entry {} was changed meanwhile: {}. Look at the value it has now, then decide.",
        "La fiche {0} a été modifiée entre-temps : {1}. Regardez sa valeur actuelle, puis décidez.",
    ),
    (
        "Nothing changes for the {} {}: these values hold already.",
        "Rien ne change pour cette fiche ({0} {1}) : ces valeurs valent déjà.",
    ),
    (
        "Nothing is in force for the {} {} on {}: add the entry from that day on instead.",
        "Rien n’est en vigueur pour cette fiche ({0} {1}) au {2} : ajoutez plutôt la fiche à partir de ce jour.",
    ),
    (
        "The {} {} already holds {}: change it instead of adding it.",
        "Cette fiche ({0} {1}) vaut déjà {2} : modifiez-la plutôt que de l’ajouter.",
    ),
    (
        "The {} {} has later values, from {}: say that they are withdrawn too, or give the end of the withdrawal.",
        "Cette fiche ({0} {1}) a des valeurs plus tardives, à partir du {2} : dites qu’elles sont retirées aussi, "
        "ou donnez la fin du retrait.",
    ),
    ("The number {} is already that of another {}.", "Le numéro {0} est déjà pris ({1})."),
    # Imports from the console, and publishing
    ("Say why the row is corrected or left aside.", "Dites pourquoi la ligne est corrigée ou écartée."),
    (
        "The catalogue, the draft or the corrections have changed since the file was judged.",
        "Le catalogue, le brouillon ou les corrections ont changé depuis la lecture du fichier.",
    ),
    ("The file has {} errors: nothing was staged.", "Le fichier contient {0} erreurs : rien n’a été proposé."),
    ("The report has no row {}.", "Le rapport n’a pas de ligne {0}."),
    ("This import is already in draft {}.", "Cet import est déjà dans le brouillon {0}."),
    ("The journal has no entry {}.", "Le journal n’a pas d’entrée {0}."),
    ("To publish, type {} as shown.", "Pour publier, écrivez {0} comme c’est affiché."),
    ("an hour written YYYY-MM-DDTHH:MM", "une heure sous la forme AAAA-MM-JJTHH:MM"),
    (
        "Nothing is published on a database without its guards. {} Run `amo-catalog init`.",
        "Rien ne se publie dans une base de données sans ses gardes. {0} Lancez `amo-catalog init`.",
    ),
    (
        "Nothing is published over rows that no release wrote: beyond release {} there are {}. Somebody wrote to the "
        "database directly; restore it from a copy.",
        "Rien ne se publie par-dessus des lignes qu’aucune version n’a écrites : au-delà de la version {0}, il y a "
        "{1}. Quelqu’un a écrit directement dans la base ; restaurez-la d’une copie.",
    ),
    # Forms
    (
        "The form does not say which values its page had shown: load the page again.",
        "Le formulaire ne dit pas quelles valeurs la page montrait : rechargez la page.",
    ),
    # The workshop of mappings
    ("There is no proposal {}.", "La proposition {0} n’existe pas."),
    (
        "The mapping {} is already proposed (proposal {}): comment on it instead.",
        "La correspondance {0} est déjà proposée (proposition {1}) : commentez-la plutôt.",
    ),
    (
        "Proposal {} is {}: nothing more is decided on it.",
        "La proposition {0} est {1} : il n’y a plus rien à y décider.",
    ),
    (
        "Proposal {} goes into a draft once two experts have validated it.",
        "La proposition {0} entre dans un brouillon une fois que deux experts l’ont validée.",
    ),
    (
        "{} cannot validate this proposal: {}. Another expert must.",
        "{0} ne peut pas valider cette proposition : {1}. Un autre expert doit le faire.",
    ),
    ("they proposed it", "c’est la personne qui l’a proposée"),
    ("they have validated it already", "cette personne l’a déjà validée"),
    (
        "{} cannot withdraw this proposal: only {}, who made it, can.",
        "{0} ne peut pas retirer cette proposition : seule la personne qui l’a faite, {1}, le peut.",
    ),
    (
        "The {} {} is not in force: it takes no mapping.",
        "{0} {1} : cet acte n’est pas en vigueur, il ne reçoit pas de correspondance.",
    ),
    (
        "The act {} cannot be without correspondence: the mapping {} is in force.",
        "L’acte {0} ne peut pas être sans correspondance : la correspondance {1} est en vigueur.",
    ),
    (
        "The mapping {} is already in force with these very values.",
        "La correspondance {0} est déjà en vigueur avec ces mêmes valeurs.",
    ),
    (
        "A proposal names a CCAM act, its activity and its phase, or says that there is none.",
        "Une proposition nomme un acte CCAM, son activité et sa phase, ou dit qu’il n’y en a pas.",
    ),
    ("An act without correspondence needs its reason.", "Un acte sans correspondance demande un motif."),
    (
        "A mapping pins the version of both code systems.",
        "Une correspondance nomme la version des deux nomenclatures.",
    ),
    ("A comment needs its text.", "Écrivez le commentaire."),
    ("A refusal needs its reason.", "Un refus demande un motif."),
)
