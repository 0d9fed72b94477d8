"""What reading a file or its profile refuses or notes."""

from __future__ import annotations

PAIRS: tuple[tuple[str, str], ...] = (
    ("{} cannot be read: {}. {}.", "{0} est illisible : {1}. {2}."),
    # Any file
    ("it holds more than {} MiB once unpacked", "il dépasse {0} Mio une fois décompressé"),
    ("Split it, or check that it is the file you meant", "Coupez-le, ou vérifiez que c’est le bon fichier"),
    (
        "its {} bytes unpack to more than {} MiB, which no list needs",
        "ses {0} octets en donnent plus de {1} Mio une fois décompressés, ce dont aucune liste n’a besoin",
    ),
    ("it is empty", "il est vide"),
    ("Download it again", "Téléchargez-le de nouveau"),
    ("it is a folder", "c’est un dossier"),
    ("Give the file inside it", "Donnez le fichier qui s’y trouve"),
    ("there is no such file", "ce fichier n’existe pas"),
    ("Check its name and folder", "Vérifiez son nom et son dossier"),
    ("it is no ordinary file", "ce n’est pas un fichier ordinaire"),
    ("Copy its content to a file first", "Copiez d’abord son contenu dans un fichier"),
    ("the system refuses it ({})", "le système le refuse ({0})"),
    ("Check its permissions", "Vérifiez les droits d’accès"),
    ("its gzip packing is cut short or damaged", "sa compression gzip est tronquée ou abîmée"),
    ("Download or copy it again", "Téléchargez-le ou copiez-le de nouveau"),
    ("it holds no row", "il ne contient aucune ligne"),
    ("Check that it is the file you meant", "Vérifiez que c’est le bon fichier"),
    ("it holds a header and not one row", "il contient un en-tête et aucune ligne"),
    ("Check that it was downloaded whole", "Vérifiez qu’il a été téléchargé en entier"),
    ("the profile {} also needs {}, which is not beside it", "le profil {0} demande aussi {1}, qui n’est pas à côté"),
    ("Put both in one folder", "Mettez les deux dans un même dossier"),
    ("row {} does not have {} cells", "la ligne {0} n’a pas {1} cellules"),
    ("its header (row {}) names {} twice", "son en-tête (ligne {0}) nomme {1} deux fois"),
    ("Rename or delete one of them", "Renommez ou supprimez l’une des deux colonnes"),
    # Text files
    ("it holds NUL characters, so it is not text", "il contient des caractères NUL : ce n’est pas du texte"),
    ("Save it again as CSV in UTF-8, or as xlsx", "Enregistrez-le en CSV UTF-8, ou en xlsx"),
    (
        "it is a web page or a document under the name of a table",
        "c’est une page web ou un document sous le nom d’un tableau",
    ),
    ("Save the table itself as CSV or xlsx", "Enregistrez le tableau lui-même en CSV ou en xlsx"),
    ("its quoting is broken ({})", "ses guillemets sont incohérents ({0})"),
    (
        "Look for a quotation mark that is never closed, or turn quoting off in the profile",
        "Cherchez un guillemet jamais fermé, ou désactivez les guillemets dans le profil",
    ),
    (
        "its encoding is neither UTF-8 nor one that gives plausible French",
        "son encodage n’est ni UTF-8 ni un encodage qui donne du français plausible",
    ),
    (
        "State the encoding in the profile, or save the file again as UTF-8",
        "Dites l’encodage dans le profil, ou enregistrez le fichier en UTF-8",
    ),
    ("no encoding is named {}", "aucun encodage ne s’appelle {0}"),
    ("Name it as Python does: cp1252", "Nommez-le comme Python : cp1252"),
    ("line {} holds bytes that are not {}", "la ligne {0} contient des octets qui ne sont pas du {1}"),
    (
        "State the encoding it was saved in, or save it again as UTF-8",
        "Dites dans quel encodage il a été enregistré, ou enregistrez-le en UTF-8",
    ),
    # JSON
    (
        "Write an array of objects whose values are texts, numbers, true, false, null or lists of texts",
        "Écrivez un tableau d’objets dont les valeurs sont des textes, nombres, true, false, null ou listes de textes",
    ),
    ("its values are nested too deeply", "ses valeurs sont imbriquées trop profondément"),
    ("line {}, column {} is not JSON ({})", "ligne {0}, colonne {1} : ce n’est pas du JSON ({2})"),
    ("its list is empty", "sa liste est vide"),
    ("it is not a list of objects", "ce n’est pas une liste d’objets"),
    ("item {} holds an object or a mixed list under {}", "l’élément {0} contient un objet ou une liste mêlée sous {1}"),
    ("{} is no number", "{0} n’est pas un nombre"),
    ("an object names {} twice", "un objet nomme {0} deux fois"),
    # Workbooks
    ("it is named as a workbook and is none", "il porte un nom de classeur et n’en est pas un"),
    ("Download it again, or rename it", "Téléchargez-le de nouveau, ou renommez-le"),
    (
        "the workbook needs more memory or time than a list may take, or is damaged",
        "le classeur demande plus de mémoire ou de temps qu’une liste, ou il est abîmé",
    ),
    (
        "Open it, delete what is not the list, and save it as a new .xlsx or as CSV",
        "Ouvrez-le, supprimez ce qui n’est pas la liste, et enregistrez-le en nouveau .xlsx ou en CSV",
    ),
    ("the workbook takes more than {} seconds to read", "le classeur prend plus de {0} secondes à lire"),
    ("Save the list as CSV", "Enregistrez la liste en CSV"),
    ("it has no sheet {}", "il n’a pas de feuille {0}"),
    ("it has no visible sheet", "il n’a aucune feuille visible"),
    ("Its sheets are {}", "Ses feuilles sont {0}"),
    ("its texts are longer than any list's", "ses textes sont plus longs que ceux d’une liste"),
    ("Check where it comes from", "Vérifiez d’où il vient"),
    (
        "it is an .xls workbook, or one locked by a password",
        "c’est un classeur .xls, ou un classeur verrouillé par un mot de passe",
    ),
    ("{} without a password", "{0} sans mot de passe"),
    ("the workbook is larger than {} MiB", "le classeur dépasse {0} Mio"),
    (
        "it is a zip archive without an .xlsx workbook in it",
        "c’est une archive zip qui ne contient aucun classeur .xlsx",
    ),
    ("it is encrypted", "il est chiffré"),
    (
        "its zip directory of {} entries is not one a spreadsheet writes",
        "son répertoire zip de {0} entrées n’est pas de ceux qu’écrit un tableur",
    ),
    (
        "it would unpack to {} MiB ({}), which no list needs",
        "il occuperait {0} Mio une fois décompressé ({1}), ce dont aucune liste n’a besoin",
    ),
    ("Do not open it; ask where it comes from", "Ne l’ouvrez pas ; demandez d’où il vient"),
    ("the workbook is cut short or damaged", "le classeur est tronqué ou abîmé"),
    ("its part {} is cut short or damaged", "sa partie {0} est tronquée ou abîmée"),
    ("its sheet reaches as far as row {}, column {}", "sa feuille va jusqu’à la ligne {0}, colonne {1}"),
    (
        "Delete the empty rows and columns after the list, and save it again",
        "Supprimez les lignes et colonnes vides après la liste, et enregistrez-le",
    ),
    ("its part {} declares XML entities", "sa partie {0} déclare des entités XML"),
    # Profiles
    ("Import profile {}: {}.", "Profil d’import {0} : {1}."),
    (
        "There is no import profile {}: give the path of a .toml file or one of {}.",
        "Aucun profil d’import ne s’appelle {0} : choisissez l’un de ceux-ci : {1}.",
    ),
    (
        "{} fits several import profiles: {}. Choose one with --profile.",
        "{0} convient à plusieurs profils d’import : {1}. Choisissez-en un.",
    ),
    (
        "{} fits no import profile of {}. Its columns: {}. Known profiles: {}. Nearest: {}. "
        "Write a profile for it (docs/import-profiles.md) and give it with --profile.",
        "{0} ne convient à aucun profil d’import de {1}. Ses colonnes : {2}. Profils connus : {3}. Les plus proches : "
        "{4}. Écrivez un profil pour ce fichier (docs/import-profiles.md).",
    ),
    (
        "{} is not what the profile {} reads: {}. Its columns: {}.",
        "{0} n’est pas ce que lit le profil {1} : {2}. Ses colonnes : {3}.",
    ),
    ("it needs {} columns and no header", "il lui faut {0} colonnes et pas d’en-tête"),
    ("unknown columns {}", "colonnes inconnues : {0}"),
    ("it lacks {}", "il y manque {0}"),
    ("it reads {}, not {}", "il lit {0}, pas {1}"),
    ("{} has no field {}; its fields are {}", "{0} n’a pas de champ {1} ; ses champs sont {2}"),
    ("{} has no field {}", "{0} n’a pas de champ {1}"),
    ("{} has no column {}", "{0} n’a pas de colonne {1}"),
    # The import as a whole
    ("{} changes nothing: all {} entries are as it says.", "{0} ne change rien : les {1} fiches sont déjà ainsi."),
    (
        "Neither {} nor the profile {} says from which day it holds: give --effective YYYY-MM-DD.",
        "Ni {0} ni le profil {1} ne disent à partir de quel jour la liste vaut : donnez la date d’effet.",
    ),
    (
        "{} has {} errors; nothing was written. The first, {}: {}",
        "{0} contient {1} erreurs ; rien n’a été écrit. La première, {2} : {3}",
    ),
    ("There is no import {}.", "L’import {0} n’existe pas."),
    ("An import that is {} cannot be asked to {}.", "Un import « {0} » ne peut pas faire ceci : {1}."),
    ("The file has no name.", "Le fichier n’a pas de nom."),
    ("Two files are called {}.", "Deux fichiers s’appellent {0}."),
    ("row {}", "ligne {0}"),
    ("the file", "le fichier"),
    ("The legal act's file {} has no id.", "Le fichier d’acte juridique {0} n’a pas d’identifiant (id)."),
    (
        "The legal act {} is already published with other values. Name it by its id, or correct it with "
        "`amo-catalog import actes-juridiques`.",
        "L’acte juridique {0} est déjà publié avec d’autres valeurs. Citez-le par son code, ou corrigez sa fiche.",
    ),
    (
        "The profile {} names no legal act: give one with --legal-act (an id, or a TOML file).",
        "Le profil {0} ne cite aucun acte juridique : donnez-en un.",
    ),
    ("The legal act's file {} does not exist.", "Le fichier d’acte juridique {0} n’existe pas."),
    (
        "The legal act's file {} cannot be read as TOML: {}.",
        "Le fichier d’acte juridique {0} n’est pas du TOML lisible : {1}.",
    ),
    (
        "Date of effect {}; mode {}; legal act {}.",
        "Date d’effet : {0} ; mode : {1} ; acte juridique : {2}.",
    ),
    ("Read the sheet {}; left aside: {}.", "Feuille lue : {0} ; laissées de côté : {1}."),
)
