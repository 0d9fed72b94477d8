"""The kinds of the acts and devices families."""

from migrations.shapes import create_kind, drop_kind

revision = "0004"
down_revision = "0003"

KINDS = {
    "acte_ngap": (
        {
            "libelle": "text",
            "libelle_ar": "text",
            "chapitre": "text",
            "mode": "text",
            "lettre": "text",
            "variante": "text",
            "coefficient": "number",
            "coefficient_anesthesie": "number",
            "accord_prealable": "flag",
            "assimile_a": "text",
            "condition": "text",
            "remarque": "text",
        },
        ["libelle", "mode"],
    ),
    "noeud_ccam": (
        {
            "libelle": "text",
            "parent": "text",
            "niveau": "number",
            "strate": "text",
        },
        ["libelle"],
    ),
    "acte_ccam": (
        {
            "libelle": "text",
            "libelle_court": "text",
            "activites": "text",
            "phases": "text",
            "noeud": "text",
            "type_acte": "text",
            "compatibilite_sexe": "text",
            "exoneration": "text",
            "remarque": "text",
        },
        ["libelle"],
    ),
    "correspondance": (
        {
            "acte_ngap": "text",
            "acte_ccam": "text",
            "activite": "text",
            "phase": "text",
            "relation": "text",
            "statut": "text",
            "version_ngap": "text",
            "version_ccam": "text",
            "motif": "text",
            "condition": "text",
            "decide_par": "text",
            "decide_le": "day",
            "preuve": "text",
        },
        ["acte_ngap", "relation", "statut", "version_ngap", "version_ccam"],
    ),
    "dispositif": (
        {
            "libelle": "text",
            "libelle_ar": "text",
            "classe": "text",
            "forfait": "money",
            "accord_prealable": "flag",
            "quantite_max": "number",
            "renouvellement_mois": "number",
            "age_min": "number",
            "age_max": "number",
            "lateralite": "text",
            "unite": "text",
            "ligne_arrete": "text",
            "remplace_par": "text",
            "parent": "text",
            "remarque": "text",
        },
        ["libelle"],
    ),
}


def upgrade():
    for name, (fields, required) in KINDS.items():
        create_kind(name, fields, required)


def downgrade():
    for name in reversed(KINDS):
        drop_kind(name)
