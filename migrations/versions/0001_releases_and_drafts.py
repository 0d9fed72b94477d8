"""Entities, releases, drafts, accounts and legal acts: what every kind rests on."""

import sqlalchemy as sa
from alembic import op

from migrations.shapes import code, create_kind, drop_kind, instant

revision = "0001"
down_revision = None


def upgrade():
    op.create_table(
        "entity",
        sa.Column("id", sa.Integer, autoincrement=False),
        sa.Column("kind", code(), nullable=False),
        sa.Column("code", code(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entity"),
        sa.UniqueConstraint("kind", "code", name="uq_entity_kind_code"),
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("label", sa.Text),
        sa.Column("legal_act", code()),
        sa.Column("covers", sa.Text, nullable=False),
        sa.Column("base_seq", sa.Integer, nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("created_at", instant(), nullable=False),
        sa.Column("submitted_by", sa.Text),
        sa.Column("submitted_at", instant()),
        sa.Column("approver", sa.Text),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_at", instant()),
        sa.Column("comment", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.CheckConstraint(
            "status IN ('draft','in_review','approved','published','rejected')", name=op.f("ck_draft_status")
        ),
        sa.CheckConstraint("approver IS NULL OR approver <> author", name=op.f("ck_draft_four_eyes")),
        sa.CheckConstraint(
            "status NOT IN ('approved','published') OR approver IS NOT NULL", name=op.f("ck_draft_approved_by")
        ),
    )
    op.create_table(
        "draft_change",
        sa.Column("id", sa.Integer),
        sa.Column("draft_id", sa.Integer, nullable=False),
        sa.Column("kind", code(), nullable=False),
        sa.Column("code", code(), nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_to", sa.Date, nullable=False),
        sa.Column("payload", sa.Text),
        sa.Column("legal_act", code()),
        sa.Column("source", sa.Text),
        sa.Column("confidence", sa.String(1)),
        sa.Column("reason", sa.Text),
        sa.Column("row", sa.Integer),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_draft_change"),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_draft_change_draft_id"),
        sa.CheckConstraint("valid_from < valid_to", name=op.f("ck_draft_change_period")),
        sa.UniqueConstraint(
            "draft_id", "kind", "code", "valid_from", name="uq_draft_change_draft_id_kind_code_valid_from"
        ),
    )
    op.create_table(
        "release",
        sa.Column("seq", sa.Integer, autoincrement=False),
        sa.Column("label", sa.Text),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("legal_act_id", sa.Integer, nullable=False),
        sa.Column("draft_id", sa.Integer, nullable=False),
        sa.Column("published_at", instant(), nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("approver", sa.Text, nullable=False),
        sa.Column("publisher", sa.Text, nullable=False),
        sa.Column("n_facts", sa.Integer, nullable=False),
        sa.Column("content_digest", sa.String(64), nullable=False),
        sa.Column("prev_digest", sa.String(64), nullable=False),
        sa.Column("chain_digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_release"),
        sa.ForeignKeyConstraint(["legal_act_id"], ["entity.id"], name="fk_release_legal_act_id"),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_release_draft_id"),
        sa.UniqueConstraint("label", name="uq_release_label"),
        sa.UniqueConstraint("draft_id", name="uq_release_draft_id"),
        sa.UniqueConstraint("prev_digest", name="uq_release_prev_digest"),
        sa.UniqueConstraint("chain_digest", name="uq_release_chain_digest"),
        sa.CheckConstraint("author <> approver", name=op.f("ck_release_four_eyes")),
        sa.CheckConstraint("seq > 0", name=op.f("ck_release_seq")),
    )
    lock = op.create_table(
        "publication_lock",
        sa.Column("id", sa.Integer, autoincrement=False),
        sa.Column("taken", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_publication_lock"),
        sa.CheckConstraint("id = 1", name=op.f("ck_publication_lock_one_row")),
    )
    op.bulk_insert(lock, [{"id": 1, "taken": 0}])
    op.create_table(
        "account",
        sa.Column("name", code(), nullable=False),
        sa.Column("full_name", sa.Text, nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("is_disabled", sa.Boolean, nullable=False),
        sa.Column("created_at", instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_account"),
    )
    create_kind(
        "acte_juridique",
        {
            "type": "text",
            "numero": "text",
            "title": "text",
            "title_ar": "text",
            "statut": "text",
            "signed_on": "day",
            "approved_on": "day",
            "published_on": "day",
            "bo_numero": "text",
            "effective_from": "day",
            "effective_to": "day",
            "parent": "text",
            "url": "text",
        },
        required=["type", "title", "statut"],
    )


def downgrade():
    drop_kind("acte_juridique")
    for table in ("account", "publication_lock", "release", "draft_change", "draft", "entity"):
        op.drop_table(table)
