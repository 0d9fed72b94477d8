"""The glossary: terms in French and Arabic, versioned like the rest."""

from migrations.shapes import create_kind, drop_kind

revision = "0010"
down_revision = "0009"

FIELDS = {
    "libelle": "text",
    "libelle_ar": "text",
    "definition": "text",
    "definition_ar": "text",
    "source_legale": "text",
    "voir": "text",
}


def upgrade():
    create_kind("terme", FIELDS, ["libelle", "definition"])


def downgrade():
    drop_kind("terme")
