"""The journal: who did what, append-only and chained; and the hands that wrote in a draft."""

import sqlalchemy as sa
from alembic import op

from migrations.shapes import code, instant

revision = "0006"
down_revision = "0005"


def upgrade():
    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer, autoincrement=False),
        sa.Column("at", instant(), nullable=False),
        sa.Column("actor", code(), nullable=False),
        sa.Column("action", code(), nullable=False),
        sa.Column("subject", code(), nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("detail", sa.Text),
        sa.Column("prev_digest", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_journal"),
        sa.UniqueConstraint("prev_digest", name="uq_journal_prev_digest"),
        sa.UniqueConstraint("digest", name="uq_journal_digest"),
        sa.CheckConstraint("seq > 0", name=op.f("ck_journal_seq")),
    )
    for column in ("at", "actor", "action", "subject"):
        op.create_index(f"ix_journal_{column}", "journal", [column])
    op.create_table(
        "draft_hand",
        sa.Column("draft_id", sa.Integer, nullable=False),
        sa.Column("name", code(), nullable=False),
        sa.PrimaryKeyConstraint("draft_id", "name", name="pk_draft_hand"),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_draft_hand_draft_id"),
    )
    op.execute("INSERT INTO draft_hand SELECT DISTINCT draft_id, lower(trim(made_by)) FROM draft_change")


def downgrade():
    # The triggers that read draft_hand go first: SQLite refuses to alter any table while one names what is gone.
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER IF EXISTS guard_change_hand ON draft_change")
        op.execute("DROP TRIGGER IF EXISTS guard_draft_hands ON draft")
        for function in ("amo_hand", "amo_draft_hands"):
            op.execute(f"DROP FUNCTION IF EXISTS {function}()")
    else:
        op.execute("DROP TRIGGER IF EXISTS guard_change_hand")
        op.execute("DROP TRIGGER IF EXISTS guard_draft_four_eyes")
    op.drop_table("draft_hand")
    op.drop_table("journal")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS amo_journal()")
