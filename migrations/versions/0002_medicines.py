"""The kinds of the medicines family."""

from migrations.shapes import create_kind, drop_kind

revision = "0002"
down_revision = "0001"

KINDS = {
    "medicament": (
        {
            "nom": "text",
            "nom_ar": "text",
            "specialite": "text",
            "laboratoire": "text",
            "dci": "text",
            "dosages": "text",
            "unites": "text",
            "forme": "text",
            "presentation": "text",
            "princeps_generique": "text",
            "code_source_pg": "text",
            "groupe_generique": "text",
            "classe_therapeutique": "text",
            "ppv": "money",
            "ph": "money",
            "pbr": "money",
            "pbr_ph": "money",
            "pfht": "money",
            "tva": "rate",
            "admis_remboursement": "flag",
            "retire": "flag",
            "taux_liste": "rate",
            "numero_amm": "text",
            "etat_commercialisation": "text",
        },
        ["nom", "admis_remboursement"],
    ),
    "gtin": ({"presentation": "text", "remarque": "text"}, ["presentation"]),
    "groupe_generique": (
        {
            "libelle": "text",
            "dci": "text",
            "dosages": "text",
            "unites": "text",
            "forme": "text",
            "conditionnement": "text",
        },
        ["libelle"],
    ),
    "avis": (
        {
            "medicament": "text",
            "specialite": "text",
            "nom": "text",
            "dci": "text",
            "dosages": "text",
            "unites": "text",
            "forme": "text",
            "dossier": "text",
            "type_demande": "text",
            "decision": "text",
            "date_avis": "day",
            "seance": "text",
            "indication": "text",
            "smr": "text",
            "asmr": "text",
            "texte": "text",
        },
        ["type_demande"],
    ),
    "niveau": (
        {
            "liste": "text",
            "niveau": "text",
            "libelle": "text",
            "libelle_ar": "text",
            "rang": "number",
            "groupe_affichage": "text",
        },
        ["liste", "niveau", "libelle", "rang"],
    ),
    "substance": (
        {
            "dci": "text",
            "dosages": "text",
            "unites": "text",
            "forme": "text",
            "liste": "text",
            "inscrite": "flag",
        },
        ["dci", "inscrite"],
    ),
}


def upgrade():
    for name, (fields, required) in KINDS.items():
        create_kind(name, fields, required)


def downgrade():
    for name in reversed(KINDS):
        drop_kind(name)
