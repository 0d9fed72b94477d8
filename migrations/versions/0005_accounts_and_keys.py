"""Signing in: second factors, one-time links, lockout, sessions, and machine keys."""

import sqlalchemy as sa
from alembic import op

from migrations.shapes import code, instant

revision = "0005"
down_revision = "0004"

ADDED = ("stamp", "signed_in_at", "totp_secret", "totp_pending", "totp_step", "oidc_issuer", "oidc_subject")


def upgrade():
    op.add_column("account", sa.Column("stamp", sa.Text, nullable=False, server_default="0"))
    op.add_column("account", sa.Column("signed_in_at", instant()))
    op.add_column("account", sa.Column("totp_secret", sa.Text))
    op.add_column("account", sa.Column("totp_pending", sa.Text))
    op.add_column("account", sa.Column("totp_step", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("account", sa.Column("oidc_issuer", sa.Text))
    op.add_column("account", sa.Column("oidc_subject", sa.Text))
    op.create_index("uq_account_oidc_subject", "account", ["oidc_issuer", "oidc_subject"], unique=True)
    _owned("recovery_code", sa.Column("used_at", instant()))
    _owned(
        "sign_in_link",
        sa.Column("created_at", instant(), nullable=False),
        sa.Column("expires_at", instant(), nullable=False),
        sa.Column("used_at", instant()),
    )
    _owned(
        "console_session",
        sa.Column("stamp", sa.Text, nullable=False),
        sa.Column("began_at", instant(), nullable=False),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("name", code(), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failed_at", instant(), nullable=False),
        sa.Column("locked_until", instant()),
        sa.PrimaryKeyConstraint("name", name="pk_sign_in_failure"),
    )
    op.create_table(
        "machine_key",
        sa.Column("prefix", code(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("created_at", instant(), nullable=False),
        sa.Column("expires_at", instant()),
        sa.Column("last_used_at", instant()),
        sa.Column("revoked_at", instant()),
        sa.Column("revoked_by", sa.Text),
        sa.PrimaryKeyConstraint("prefix", name="pk_machine_key"),
    )


def _owned(table, *columns):
    """A table of digests, each of one account."""
    op.create_table(
        table,
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("account", code(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("digest", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["account"], ["account.name"], name=f"fk_{table}_account"),
    )
    op.create_index(f"ix_{table}_account", table, ["account"])


def downgrade():
    for table in ("machine_key", "sign_in_failure", "console_session", "sign_in_link", "recovery_code"):
        op.drop_table(table)
    op.drop_index("uq_account_oidc_subject", "account")
    for column in reversed(ADDED):
        op.drop_column("account", column)
