"""Proposals of mappings, their comments and their two validations."""

import sqlalchemy as sa
from alembic import op

from migrations.shapes import code, instant

revision = "0008"
down_revision = "0007"

OPEN = sa.text("status IN ('proposee','une_validation')")
CHECKS = {
    "status": "status IN ('proposee', 'une_validation', 'validee', 'refusee', 'retiree')",
    "first_is_another": "lower(first_expert) <> lower(proposed_by)",
    "second_is_another": "lower(second_expert) <> lower(proposed_by)",
    "two_experts": "lower(second_expert) <> lower(first_expert)",
    "first_comes_first": "second_expert IS NULL OR first_expert IS NOT NULL",
    "validated_twice": "(status = 'validee') = (second_expert IS NOT NULL)",
    "not_yet_validated": "status <> 'proposee' OR first_expert IS NULL",
    "validated_once": "status <> 'une_validation' OR first_expert IS NOT NULL",
    "absence_has_its_reason": (
        "(relation = 'no-map') = (acte_ccam IS NULL) AND (relation <> 'no-map' OR motif IS NOT NULL)"
    ),
}
SAID = (
    "id", "code", "acte_ngap", "acte_ccam", "activite", "phase", "relation", "version_ngap", "version_ccam", "motif",
    "condition", "proposed_by", "proposed_at",
)  # fmt: skip
GIVEN = ("first_expert", "first_at", "second_expert", "second_at")
MESSAGE = "amo: what a proposal says, and what experts gave, does not change"


def upgrade():
    op.create_table(
        "proposition",
        sa.Column("id", sa.Integer),
        sa.Column("code", code(), nullable=False),
        sa.Column("acte_ngap", code(), nullable=False),
        sa.Column("acte_ccam", code()),
        sa.Column("activite", sa.String(1)),
        sa.Column("phase", sa.String(1)),
        sa.Column("relation", code(), nullable=False),
        sa.Column("version_ngap", sa.Text, nullable=False),
        sa.Column("version_ccam", sa.Text, nullable=False),
        sa.Column("motif", sa.Text),
        sa.Column("condition", sa.Text),
        sa.Column("status", sa.String(14), nullable=False),
        sa.Column("proposed_by", code(), nullable=False),
        sa.Column("proposed_at", instant(), nullable=False),
        sa.Column("first_expert", code()),
        sa.Column("first_at", instant()),
        sa.Column("second_expert", code()),
        sa.Column("second_at", instant()),
        sa.Column("closed_by", code()),
        sa.Column("closed_at", instant()),
        sa.Column("closing_reason", sa.Text),
        sa.Column("draft_id", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_proposition"),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_proposition_draft_id"),
        *(sa.CheckConstraint(text, name=op.f(f"ck_proposition_{name}")) for name, text in CHECKS.items()),
    )
    for column in ("code", "acte_ngap", "status"):
        op.create_index(f"ix_proposition_{column}", "proposition", [column])
    op.create_index(
        "uq_proposition_open", "proposition", ["code"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_table(
        "proposition_remarque",
        sa.Column("id", sa.Integer),
        sa.Column("proposition_id", sa.Integer, nullable=False),
        sa.Column("author", code(), nullable=False),
        sa.Column("at", instant(), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_proposition_remarque"),
        sa.ForeignKeyConstraint(["proposition_id"], ["proposition.id"], name="fk_proposition_remarque_proposition_id"),
    )
    op.create_index("ix_proposition_remarque_proposition_id", "proposition_remarque", ["proposition_id"])
    _fix()


def downgrade():
    op.drop_table("proposition_remarque")
    op.drop_table("proposition")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION keep_proposition()")


def _fix():
    """Neither a proposal nor a validation given can be rewritten, and neither a proposal nor a comment deleted."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    other = "IS DISTINCT FROM" if is_postgresql else "IS NOT"
    changed = " OR ".join(f"NEW.{name} {other} OLD.{name}" for name in SAID)
    taken = " OR ".join(f"(OLD.{name} IS NOT NULL AND NEW.{name} {other} OLD.{name})" for name in GIVEN)
    events = {
        "proposition_said": ("UPDATE ON proposition", f"{changed} OR {taken}"),
        "proposition_kept": ("DELETE ON proposition", "1 = 1"),
        "remarque_said": ("UPDATE ON proposition_remarque", "1 = 1"),
        "remarque_kept": ("DELETE ON proposition_remarque", "1 = 1"),
    }
    if is_postgresql:
        op.execute(
            "CREATE FUNCTION keep_proposition() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
        )
    for name, (event, condition) in events.items():
        if is_postgresql:
            body = f"FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION keep_proposition()"
        else:
            body = f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        op.execute(f"CREATE TRIGGER keep_{name} BEFORE {event} {body}")
