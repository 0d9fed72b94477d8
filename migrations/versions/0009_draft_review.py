"""What review keeps of a draft: the warnings accepted with a reason, and the hour planned for publishing."""

import sqlalchemy as sa
from alembic import op

from migrations.shapes import code, instant

revision = "0009"
down_revision = "0008"


def upgrade():
    op.create_table(
        "draft_acceptance",
        sa.Column("id", sa.Integer),
        sa.Column("draft_id", sa.Integer, nullable=False),
        sa.Column("revision", sa.String(64), nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("kind", code(), nullable=False),
        sa.Column("code", code()),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("covered", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("accepted_by", sa.Text, nullable=False),
        sa.Column("accepted_at", instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_draft_acceptance"),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_draft_acceptance_draft_id"),
        sa.UniqueConstraint(
            "draft_id", "revision", "fingerprint", name="uq_draft_acceptance_draft_id_revision_fingerprint"
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_draft_acceptance_reason")),
    )
    op.create_table(
        "draft_plan",
        sa.Column("draft_id", sa.Integer, autoincrement=False),
        sa.Column("publish_at", instant(), nullable=False),
        sa.Column("revision", sa.String(64), nullable=False),
        sa.Column("planned_by", sa.Text, nullable=False),
        sa.Column("planned_at", instant(), nullable=False),
        sa.Column("failed_at", instant()),
        sa.Column("failure", sa.Text),
        sa.PrimaryKeyConstraint("draft_id", name="pk_draft_plan"),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_draft_plan_draft_id"),
        sa.CheckConstraint("(failed_at IS NULL) = (failure IS NULL)", name=op.f("ck_draft_plan_failure")),
    )


def downgrade():
    op.drop_table("draft_plan")
    op.drop_table("draft_acceptance")
