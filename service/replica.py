"""A machine that only reads, over a standby of PostgreSQL: what it leaves closed, and how far behind it is."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Flask, Response, request
from sqlalchemy.engine import make_url

CONSOLE = "/admin"
CLOSED = (
    "La console n’est pas ouverte sur cette machine, qui ne fait que lire (AMO_READ_ONLY). "
    "Ouvrez-la sur la machine principale.\n"
)
READ_ONLY = "-c default_transaction_read_only=on"

_LAG = sa.text(
    "SELECT pg_is_in_recovery() AS is_standby,"
    " EXISTS (SELECT 1 FROM pg_stat_wal_receiver) AS streaming,"
    " pg_last_wal_receive_lsn() IS NOT DISTINCT FROM pg_last_wal_replay_lsn() AS has_replayed,"
    " extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) AS since"
)


def reading_only(url: str) -> str:
    """The same database, whose server refuses to write for whoever connects so. SQLite has no such server."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "postgresql":
        return url
    options = parsed.query.get("options", "")
    given = options if isinstance(options, str) else " ".join(options)
    told = parsed.update_query_dict({"options": f"{given} {READ_ONLY}".strip()})
    return told.render_as_string(hide_password=False)


def close_console(app: Flask) -> None:
    """Answers 503 below ``/admin``, and says where the console is. Before anything else looks at the request."""

    @app.before_request
    def refuse() -> Response | None:
        # All that is refused in the console's own way (service.problems): its templates are not here.
        if not request.path.startswith(CONSOLE):
            return None
        closed = Response(CLOSED, 503, content_type="text/plain; charset=utf-8")
        closed.headers["Cache-Control"] = "no-store"
        return closed


def replication(engine: sa.Engine) -> dict[str, Any] | None:
    """Whether a standby receives what its primary writes, and the seconds it is behind; None for any other database.

    ``lag_seconds`` is 0 when all that was received is replayed; otherwise the age of the last transaction replayed,
    null when there was none.
    """
    if engine.dialect.name != "postgresql":
        return None
    with engine.connect() as connection:
        told = connection.execute(_LAG).one()
    if not told.is_standby:
        return None
    is_level = told.streaming and told.has_replayed
    lag = 0.0 if is_level else None if told.since is None else round(float(told.since), 1)
    return {"streaming": told.streaming, "lag_seconds": lag}
