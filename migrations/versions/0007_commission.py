"""Dossiers and meetings of the commission de la transparence."""

import sqlalchemy as sa
from alembic import op

from migrations.shapes import code, instant

revision = "0007"
down_revision = "0006"

STATES = "'recu', 'incomplet', 'recevable', 'inscrit', 'avis_rendu', 'cefps', 'transmis', 'arrete', 'refuse', 'retire'"


def upgrade():
    op.create_table(
        "ct_seance",
        sa.Column("id", sa.Integer),
        sa.Column("numero", code(), nullable=False),
        sa.Column("jour", sa.Date, nullable=False),
        sa.Column("statut", sa.String(10), nullable=False),
        sa.Column("presents", sa.Text),
        sa.Column("proces_verbal", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_ct_seance"),
        sa.UniqueConstraint("numero", name="uq_ct_seance_numero"),
        sa.CheckConstraint("statut IN ('prevue', 'tenue', 'annulee')", name=op.f("ck_ct_seance_statut")),
    )
    op.create_table(
        "ct_dossier",
        sa.Column("id", sa.Integer),
        sa.Column("numero", code(), nullable=False),
        sa.Column("objet", sa.Text, nullable=False),
        sa.Column("laboratoire", sa.Text),
        sa.Column("type_demande", sa.String(30), nullable=False),
        sa.Column("recu_le", sa.Date, nullable=False),
        sa.Column("etat", sa.String(12), nullable=False),
        sa.Column("seance_id", sa.Integer),
        sa.Column("cefps_avis", sa.Text),
        sa.Column("acte", code()),
        sa.Column("remarque", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_ct_dossier"),
        sa.ForeignKeyConstraint(["seance_id"], ["ct_seance.id"], name="fk_ct_dossier_seance_id"),
        sa.UniqueConstraint("numero", name="uq_ct_dossier_numero"),
        sa.CheckConstraint(f"etat IN ({STATES})", name=op.f("ck_ct_dossier_etat")),
    )
    for column in ("recu_le", "etat", "seance_id"):
        op.create_index(f"ix_ct_dossier_{column}", "ct_dossier", [column])
    op.create_table(
        "ct_dossier_presentation",
        sa.Column("id", sa.Integer),
        sa.Column("dossier_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("code", code()),
        sa.Column("proposee", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_ct_dossier_presentation"),
        sa.ForeignKeyConstraint(["dossier_id"], ["ct_dossier.id"], name="fk_ct_dossier_presentation_dossier_id"),
        sa.UniqueConstraint("dossier_id", "position", name="uq_ct_dossier_presentation_dossier_id_position"),
    )
    op.create_table(
        "ct_mouvement",
        sa.Column("id", sa.Integer),
        sa.Column("dossier_id", sa.Integer, nullable=False),
        sa.Column("de", sa.String(12)),
        sa.Column("vers", sa.String(12), nullable=False),
        sa.Column("jour", sa.Date, nullable=False),
        sa.Column("par", sa.Text, nullable=False),
        sa.Column("fait_le", instant(), nullable=False),
        sa.Column("commentaire", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_ct_mouvement"),
        sa.ForeignKeyConstraint(["dossier_id"], ["ct_dossier.id"], name="fk_ct_mouvement_dossier_id"),
    )
    op.create_index("ix_ct_mouvement_dossier_id", "ct_mouvement", ["dossier_id"])
    op.create_table(
        "ct_avis",
        sa.Column("id", sa.Integer),
        sa.Column("dossier_id", sa.Integer, nullable=False),
        sa.Column("rang", sa.Integer, nullable=False),
        sa.Column("indication", sa.Text),
        sa.Column("decision", sa.String(20), nullable=False),
        sa.Column("smr", sa.Text),
        sa.Column("asmr", sa.Text),
        sa.Column("texte", sa.Text),
        sa.Column("effet", sa.Date),
        sa.Column("portee", sa.String(6), nullable=False),
        sa.Column("cible", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ct_avis"),
        sa.ForeignKeyConstraint(["dossier_id"], ["ct_dossier.id"], name="fk_ct_avis_dossier_id"),
        sa.UniqueConstraint("dossier_id", "rang", name="uq_ct_avis_dossier_id_rang"),
        sa.CheckConstraint("portee IN ('codes', 'dci', 'classe')", name=op.f("ck_ct_avis_portee")),
    )
    op.create_table(
        "ct_cout",
        sa.Column("id", sa.Integer),
        sa.Column("dossier_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("jour", sa.Date, nullable=False),
        sa.Column("base", sa.String(8), nullable=False),
        sa.Column("lignes", sa.Text, nullable=False),
        sa.Column("par", sa.Text, nullable=False),
        sa.Column("fait_le", instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ct_cout"),
        sa.ForeignKeyConstraint(["dossier_id"], ["ct_dossier.id"], name="fk_ct_cout_dossier_id"),
    )
    op.create_index("ix_ct_cout_dossier_id", "ct_cout", ["dossier_id"])
    op.create_table(
        "ct_brouillon",
        sa.Column("id", sa.Integer),
        sa.Column("dossier_id", sa.Integer, nullable=False),
        sa.Column("draft_id", sa.Integer, nullable=False),
        sa.Column("objet", sa.String(4), nullable=False),
        sa.Column("par", sa.Text, nullable=False),
        sa.Column("fait_le", instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ct_brouillon"),
        sa.ForeignKeyConstraint(["dossier_id"], ["ct_dossier.id"], name="fk_ct_brouillon_dossier_id"),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_ct_brouillon_draft_id"),
        sa.UniqueConstraint("dossier_id", "draft_id", "objet", name="uq_ct_brouillon_dossier_id_draft_id_objet"),
        sa.CheckConstraint("objet IN ('avis', 'gmr')", name=op.f("ck_ct_brouillon_objet")),
    )
    op.create_index("ix_ct_brouillon_draft_id", "ct_brouillon", ["draft_id"])


def downgrade():
    for table in (
        "ct_brouillon",
        "ct_cout",
        "ct_avis",
        "ct_mouvement",
        "ct_dossier_presentation",
        "ct_dossier",
        "ct_seance",
    ):
        op.drop_table(table)
