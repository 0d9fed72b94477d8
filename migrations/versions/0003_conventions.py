"""The kinds of the conventions family."""

from migrations.shapes import create_kind, drop_kind

revision = "0003"
down_revision = "0002"

KINDS = {
    "convention": (
        {
            "libelle": "text",
            "libelle_ar": "text",
            "secteur": "text",
            "profession": "text",
            "parent": "text",
            "acte": "text",
            "remarque": "text",
        },
        ["libelle"],
    ),
    "adherence_organisme": (
        {"convention": "text", "organisme": "text", "applique": "flag", "remarque": "text"},
        ["convention", "organisme", "applique"],
    ),
    "lettre_cle": (
        {
            "lettre": "text",
            "variante": "text",
            "designation": "text",
            "convention": "text",
            "secteur": "text",
            "organisme": "text",
            "usage": "text",
            "valeur": "money",
        },
        ["lettre", "convention", "secteur", "valeur"],
    ),
    "forfait": (
        {
            "forfait": "text",
            "libelle": "text",
            "convention": "text",
            "secteur": "text",
            "organisme": "text",
            "montant": "money",
            "unite": "text",
            "lettre": "text",
            "coef_min": "number",
            "coef_max": "number",
            "palier": "number",
            "montant_palier": "money",
            "devise": "text",
            "acte_source": "text",
            "activite": "text",
            "phase": "text",
            "remarque": "text",
        },
        ["forfait", "libelle", "convention", "montant", "unite"],
    ),
    "taux": (
        {
            "organisme": "text",
            "regime": "text",
            "prestation": "text",
            "mode": "text",
            "secteur": "text",
            "situation": "text",
            "taux": "rate",
            "assiette": "text",
            "remarque": "text",
        },
        ["organisme", "regime", "prestation", "mode", "situation", "taux", "assiette"],
    ),
    "regle_organisme": (
        {
            "organisme": "text",
            "regle": "text",
            "forfait": "text",
            "remplace": "text",
            "par": "text",
            "parametre": "text",
            "rang": "number",
            "libelle": "text",
        },
        ["organisme", "regle", "rang", "libelle"],
    ),
    "liste_tiers_payant": (
        {
            "organisme": "text",
            "version": "text",
            "medicament": "text",
            "nom": "text",
            "dci": "text",
            "remarque": "text",
        },
        ["organisme", "version", "nom"],
    ),
    "adhesion": (
        {"inpe": "text", "organisme": "text", "etat": "text", "remarque": "text"},
        ["inpe", "organisme", "etat"],
    ),
}


def upgrade():
    for name, (fields, required) in KINDS.items():
        create_kind(name, fields, required)


def downgrade():
    for name in reversed(KINDS):
        drop_kind(name)
