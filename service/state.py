"""What the running service holds: the database, the snapshots, and how it notices a newer release."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import NamedTuple

import structlog
from sqlalchemy.exc import SQLAlchemyError

from catalog.database import check_schema, open_engine, reading
from catalog.dated_facets import DATED
from catalog.errors import CatalogError
from catalog.kinds import Kinds
from catalog.releases import guards
from catalog.releases.truth import head
from catalog.search.store import FEW, IndexStore
from catalog.searching import SEARCHABLES
from catalog.snapshots.reading import Snapshot
from catalog.snapshots.store import SnapshotStore
from service.looking_out import Here, keep_doing
from service.settings import Settings
from service.warming import WARM_UPS, letting_others_by

REREAD_SECONDS = 0.05
"""How long the pointer to the newest snapshot is believed."""
LOOK_SECONDS = 2.0
"""How often the database is asked for a newer release."""
BUILDING_SECONDS = 120.0
"""How long a release may be published and not yet served here: a long list is built in less, on a busy machine too."""

log = structlog.get_logger()


class _Behind(NamedTuple):
    """What is served, what is published, and when it was first seen that the one is not the other."""

    held: int
    newest: int
    since: float


class ServedCatalogue:
    """The catalogue of one worker. Readers take ``current`` once for a whole request.

    Until ``follow`` is called, who asks for the snapshot looks for a newer one; from then on two threads do, and
    asking costs nothing.
    """

    def __init__(self, settings: Settings, kinds: Kinds) -> None:
        self.engine = open_engine(settings.database_url)
        self.indexes = IndexStore(
            settings.index_dir,
            SEARCHABLES,
            DATED,
            key=settings.find_secret_key(),
            told=lambda sentence: log.warning("search index built here", reason=sentence),
            apart_from=FEW,
        )
        self.store = SnapshotStore(
            settings.snapshot_dir,
            kinds,
            prepare=self._make_index,
            told=lambda sentence: log.warning("snapshot built another way", reason=sentence),
            apart_from=FEW,
        )
        self.kinds = kinds
        self.before_serving: list[Callable[[Snapshot], object]] = list(WARM_UPS)
        """Called with a snapshot before a worker serves it: what is slow for its first reader is done here."""
        self._snapshot: Snapshot | None = None
        self._warmed: Snapshot | None = None
        self._read_at = self._looked_at = float("-inf")
        self._looking, self._taking = Lock(), Lock()
        self._followed_in = 0
        self._behind: _Behind | None = None

    def current(self) -> Snapshot:
        """The newest snapshot. Raises NoSnapshotError or SnapshotDamagedError."""
        # A worker forked from the one that began to follow has not its threads.
        if self._snapshot is not None and self._followed_in == Here.process:
            return self._snapshot
        self._look_for_newer()
        if self._snapshot is None or monotonic() - self._read_at > REREAD_SECONDS:
            return self._take_up()
        return self._snapshot

    @property
    def held(self) -> Snapshot | None:
        """The snapshot last served, without looking for another."""
        return self._snapshot

    def refresh(self) -> None:
        """Builds and takes up what has just been published, whenever the database was last asked."""
        with self._looking:
            self._build_newer()
            self._looked_at = monotonic()
        self._take_up()

    def warm(self) -> None:
        """Opens the snapshot and its index; what cannot be opened yet is told when somebody asks for it."""
        with suppress(CatalogError):
            self._make_index(self.current())

    def follow(self) -> Callable[[], None]:
        """From now on, in this process, newer releases are noticed beside the requests; answers what ends that.

        One thread takes up what is served on this machine, another has built what only the database holds yet.
        """
        self.warm()
        stops = (
            keep_doing(ServedCatalogue._follow_pointer, self, every=REREAD_SECONDS, name="snapshot pointer"),
            keep_doing(ServedCatalogue._look_for_newer, self, every=LOOK_SECONDS, name="newer releases"),
        )
        self._followed_in = Here.process

        def stop() -> None:
            self._followed_in = 0
            for end in stops:
                end()

        return stop

    def _follow_pointer(self) -> None:
        with suppress(CatalogError):
            self._prepare_ahead()
        # Nothing published yet, or nothing built, is told to who asks.
        with suppress(CatalogError):
            before, now = self._snapshot, self._take_up()
            if now is not before:
                with letting_others_by():
                    self._make_index(now)

    def _prepare_ahead(self) -> None:
        """While its search index is built, perhaps by another worker, the snapshot that comes is warmed up."""
        coming = self.store.ahead()
        if coming is not None:
            with self._taking:
                self._warm_up(coming)

    def _take_up(self) -> Snapshot:
        """Serves what the pointer names, from the next request on; those under way end with what they have."""
        with self._taking:
            newest = self.store.current()
            if newest is not self._snapshot:
                self._warm_up(newest)
                self._snapshot, self._warmed = newest, None
            self._read_at = monotonic()
            return newest

    def _warm_up(self, snapshot: Snapshot) -> None:
        """Once for each. The snapshot that is served at first is not waited for."""
        if snapshot is self._warmed or self._snapshot is None:
            return
        self._warmed = snapshot
        with letting_others_by():
            for make_ready in self.before_serving:
                try:
                    make_ready(snapshot)
                except Exception:
                    log.exception("snapshot not warmed up", release=snapshot.head)

    def _look_for_newer(self) -> None:
        """One at once has what is missing built; the others go on with the release they have, if any."""
        if not self._is_due() or not self._looking.acquire(blocking=self._snapshot is None):
            return
        try:
            if self._is_due():
                self._build_newer()
                self._looked_at = monotonic()
        finally:
            self._looking.release()

    def _make_index(self, snapshot: Snapshot) -> None:
        """A search that fails does not keep prices from being served: `/readyz` tells it, and tries again."""
        try:
            self.indexes.refresh(snapshot)
        except Exception:
            log.exception("search index not built", release=snapshot.head)

    def _is_due(self) -> bool:
        return monotonic() - self._looked_at >= LOOK_SECONDS

    def _build_newer(self) -> None:
        # A database that is away does not stop the reading of what was published.
        try:
            with reading(self.engine) as session:
                self.store.refresh(session)
        except (SQLAlchemyError, CatalogError, OSError) as error:
            log.warning("snapshot not refreshed", reason=str(error).partition("\n")[0])

    def faults(self) -> dict[str, str]:
        """What keeps the service from being ready, by name of the check; empty when it is."""
        checks = (
            ("database", self._check_database),
            ("guards", self._check_guards),
            ("snapshot", self._check_snapshot),
            ("index", self._check_index),
        )
        found = {name: _sentence(check) for name, check in checks}
        return {name: fault for name, fault in found.items() if fault}

    def _check_database(self) -> str | None:
        # A file removed under a running service is still open to it: what it then writes is lost.
        path = self.engine.url.database
        if self.engine.dialect.name == "sqlite" and path and not Path(path).exists():
            return "The database file is gone. Put it back, then restart the service."
        check_schema(self.engine)
        return None

    def _check_guards(self) -> str | None:
        with self.engine.connect() as connection:
            missing = guards.missing(connection)
        return f"The database lacks its guards {', '.join(missing)}. Run `amo-catalog init`." if missing else None

    @property
    def building(self) -> int | None:
        """The newest release, where the last look at the faults found it published and not yet served."""
        return self._behind.newest if self._behind is not None else None

    def _check_snapshot(self) -> str | None:
        """Every machine is behind for a moment after each publication, and none is unready for that."""
        held = self.current().head
        with reading(self.engine) as session:
            newest = head(session)
        known = self._behind
        since = known.since if known is not None and known.held == held else monotonic()
        self._behind = _Behind(held, newest, since) if held < newest else None
        if held == newest or (held < newest and monotonic() - since < BUILDING_SECONDS):
            return None
        return f"The snapshot holds release {held}, the database release {newest}."

    def _check_index(self) -> str | None:
        """Builds again what is missing or damaged, rather than serve it; one caller at once."""
        return self.indexes.mend(self.current())


def _sentence(check: Callable[[], str | None]) -> str | None:
    try:
        return check()
    except CatalogError as error:
        return str(error)
    except SQLAlchemyError as error:
        log.warning("readiness check failed", reason=str(error).partition("\n")[0])
        return "The database does not answer, or not as it should."
    except Exception:
        log.exception("readiness check failed")
        return "The check itself failed; the log tells why."
