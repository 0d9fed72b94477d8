"""The words of the journal in French: families of actions, actions, subjects, and the values that are no field."""

from __future__ import annotations

from collections.abc import Mapping

FAMILIES: Mapping[str, str] = {
    "account": "Comptes",
    "dossier": "Dossiers de la commission",
    "draft": "Brouillons",
    "import": "Imports",
    "key": "Clés de programmes",
    "mapping": "Correspondances NGAP–CCAM",
    "meeting": "Séances de la commission",
    "opinion": "Avis de la commission",
}

ACTIONS: Mapping[str, tuple[str, str]] = {
    "account.added": ("a ouvert un compte", "info"),
    "account.disabled": ("a désactivé un compte", "warn"),
    "account.enabled": ("a réactivé un compte", "info"),
    "account.link": ("a donné un lien d’entrée", "info"),
    "account.locked": ("compte verrouillé après trop d’essais", "alarm"),
    "account.password": ("a changé un mot de passe", "soft"),
    "account.recovery_codes": ("a tiré des codes de secours", "soft"),
    "account.roles": ("a changé des rôles", "warn"),
    "account.signed_in": ("s’est connecté", "soft"),
    "account.signed_out": ("s’est déconnecté", "soft"),
    "account.signed_out_everywhere": ("a fermé toutes les sessions d’un compte", "warn"),
    "account.totp_off": ("a retiré un second facteur", "warn"),
    "account.totp_on": ("a ajouté un second facteur", "soft"),
    "account.unlocked": ("a déverrouillé un compte", "info"),
    "dossier.amended": ("a corrigé un dossier", "soft"),
    "dossier.costed": ("a chiffré un coût de traitement", "soft"),
    "dossier.draft-linked": ("a lié un brouillon à un dossier", "info"),
    "dossier.draft-unlinked": ("a délié un brouillon d’un dossier", "warn"),
    "dossier.moved": ("a fait avancer un dossier", "info"),
    "dossier.presentation-added": ("a ajouté une présentation à un dossier", "soft"),
    "dossier.presentation-removed": ("a retiré une présentation d’un dossier", "warn"),
    "dossier.received": ("a enregistré un dossier", "info"),
    "draft.approved": ("a approuvé", "ok"),
    "draft.edited": ("a modifié une fiche", "soft"),
    "draft.grounded": ("a changé le fondement", "warn"),
    "draft.opened": ("a ouvert un brouillon", "info"),
    "draft.plan.failed": ("publication prévue, empêchée", "alarm"),
    "draft.planned": ("a prévu la publication", "info"),
    "draft.published": ("a publié", "ok"),
    "draft.rebased": ("a rebasé", "info"),
    "draft.rejected": ("a rejeté", "alarm"),
    "draft.reopened": ("a rouvert", "warn"),
    "draft.restored": ("a rétabli la valeur publiée", "soft"),
    "draft.staged": ("a proposé des modifications", "soft"),
    "draft.submitted": ("a soumis à relecture", "info"),
    "draft.unplanned": ("a annulé la publication prévue", "warn"),
    "draft.unstaged": ("a retiré des modifications", "warn"),
    "draft.warnings.accepted": ("a accepté des anomalies", "warn"),
    "draft.warnings.refused": ("a repris son accord sur des anomalies", "soft"),
    "draft.withdrawn": ("a proposé un retrait", "warn"),
    "import.correction_withdrawn": ("a retiré la correction d’une ligne", "soft"),
    "import.discarded": ("a abandonné un fichier", "warn"),
    "import.judged": ("a fait contrôler de nouveau un fichier", "soft"),
    "import.received": ("a déposé un fichier", "info"),
    "import.row_corrected": ("a corrigé une ligne d’un fichier", "soft"),
    "import.row_skipped": ("a écarté une ligne d’un fichier", "warn"),
    "import.settings": ("a changé les réglages d’un fichier", "warn"),
    "import.staged": ("a versé un fichier dans un brouillon", "info"),
    "key.issued": ("a donné une clé", "info"),
    "key.revoked": ("a révoqué une clé", "warn"),
    "mapping.commented": ("a commenté une correspondance", "soft"),
    "mapping.proposed": ("a proposé une correspondance", "info"),
    "mapping.refused": ("a refusé une correspondance", "alarm"),
    "mapping.staged": ("a versé une correspondance dans un brouillon", "info"),
    "mapping.validated": ("a validé une correspondance", "ok"),
    "mapping.withdrawn": ("a retiré une proposition", "warn"),
    "meeting.amended": ("a corrigé une séance", "soft"),
    "meeting.planned": ("a fixé une séance", "info"),
    "opinion.removed": ("a retiré un avis en préparation", "warn"),
    "opinion.written": ("a rédigé un avis", "info"),
}
"""By action, what the person did, and the tone of its badge."""

SUBJECTS: Mapping[str, str] = {
    "account": "compte",
    "draft": "brouillon",
    "key": "clé",
    "meeting": "séance",
    "opinion": "avis",
    "release": "version",
}
"""First words of subjects that are not French already."""

LABELS: Mapping[str, str] = {
    "approver": "Approuvé par",
    "author": "Auteur",
    "base": "Version de départ",
    "chain": "Empreinte de chaîne",
    "changes": "Modifications",
    "clashes": "Champs changés des deux côtés",
    "code": "Code",
    "column": "Colonne",
    "columns": "Colonnes",
    "comment": "Commentaire",
    "confidence": "Confiance",
    "covers": "Listes remplacées en entier",
    "draft": "Brouillon",
    "dropped": "Déjà faites, abandonnées",
    "effective": "Date d’effet",
    "facts": "Faits scellés",
    "failures": "Essais manqués",
    "file": "Fichier",
    "full_name": "Nom complet",
    "how": "Moyen",
    "is_disabled": "Désactivé",
    "kind": "Liste",
    "kinds": "Par liste",
    "label": "Libellé",
    "legal_act": "Acte juridique",
    "merged": "Fiches fusionnées",
    "mode": "Étendue",
    "name": "Nom",
    "note": "Note",
    "number": "Nombre",
    "profile": "Format du fichier",
    "published_at": "Publiée le",
    "reason": "Motif",
    "release": "Version",
    "roles": "Rôles",
    "row": "Ligne",
    "rows": "Lignes",
    "rule": "Règle",
    "rules": "Règles",
    "scopes": "Portées",
    "set": "fixées",
    "sha256": "Empreinte du fichier",
    "size": "Taille en octets",
    "source": "Source",
    "status": "État",
    "title": "Titre",
    "withdrawn": "retirées",
}
"""By name of a kept value, its French label; fields of entries have their own."""

WAYS: Mapping[str, str] = {
    "link": "lien à usage unique",
    "oidc": "compte de l’organisme",
    "password": "mot de passe",
    "recovery code": "code de secours",
    "totp": "mot de passe et code du téléphone",
}
"""By kept word of ``how``, by what means a person signed in."""


def action_name(action: str) -> str:
    """What was done, in French; the action's own word where none is known."""
    return ACTIONS.get(action, (action, "soft"))[0]


def action_tone(action: str) -> str:
    """The tone of an action's badge."""
    return ACTIONS.get(action, (action, "soft"))[1]


def subject_name(subject: str) -> str:
    """``brouillon 12`` of ``draft 12``."""
    word, _, rest = subject.partition(" ")
    return f"{SUBJECTS.get(word, word)} {rest}".strip()


def label(name: str) -> str:
    """The label of a kept value."""
    return LABELS.get(name, name.replace("_", " ").capitalize())


def action_options(known: list[str]) -> list[tuple[str, str]]:
    """What the filter offers: everything, the families there are, then each action."""
    families = sorted({action.partition(".")[0] for action in known}, key=_family)
    told = [("", "Toutes")]
    for family in families:
        told.append((family, f"{_family(family)} : toutes"))
        told += [(action, f"— {action_name(action)}") for action in known if action.startswith(f"{family}.")]
    return told


def _family(family: str) -> str:
    return FAMILIES.get(family, family)
