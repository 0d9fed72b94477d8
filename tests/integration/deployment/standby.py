"""A PostgreSQL standby that follows a primary of the tests, by streaming."""

from __future__ import annotations

from tests.servers import OWNER, NoServerError, PostgresServer


class Standby(PostgresServer):
    """A copy of a started server, taken while it runs; it replays what its primary writes, and writes nothing."""

    def __init__(self, primary: PostgresServer) -> None:
        super().__init__(primary.binaries)
        self.primary = primary

    def _create_cluster(self) -> None:
        program = self.binaries / "pg_basebackup"
        if not program.exists():
            raise NoServerError(f"{program} is absent: a standby cannot be made")
        copied = self._call(
            program, "-h", self.primary.place, "-U", OWNER, "-D", self.place / "data", "-R", "-c", "fast", "--no-sync"
        )
        if copied.returncode:
            raise NoServerError(f"pg_basebackup failed: {copied.stderr.decode(errors='replace').strip()}")
