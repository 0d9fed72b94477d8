"""Alembic migrations, numbered and two-way, for SQLite and PostgreSQL."""
