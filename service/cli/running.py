"""init, serve, reindex, verify."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile

import click
import sqlalchemy as sa

from admin.accounts.links import offer_first_link
from admin.accounts.verbs import FIRST, OPERATOR
from catalog.database import migrate, writing
from catalog.errors import CatalogError, ConflictError
from catalog.reference_pack.loading import publish_pack
from catalog.registry import KINDS
from catalog.releases.truth import head
from catalog.releases.verifying import verify as prove
from service.cli.addresses import check_address, web_address
from service.cli.base import (
    REFUSED,
    Catalogue,
    echo,
    json_option,
    now,
    open_catalogue,
    print_json,
    tell,
    unusable_folder,
)

HOST, PORT = "127.0.0.1", 8000
THREADS = 8
"""Requests a worker answers at once, unless told otherwise; more wait their turn."""
CONNECTIONS = 1024
"""Callers that a worker listens to at once, idle ones among them; others wait to be let in."""
STOPPING_SECONDS = 15
"""How long a worker may go on with the requests under way when it is told to stop."""


@click.command()
@click.option("--demo", is_flag=True, help="Also publish the bundled reference pack, as several dated releases.")
def init(demo: bool) -> None:
    """Create the database, or bring it to the newest schema; the first administrator's link is printed."""
    catalogue = open_catalogue()
    check_folder(catalogue)
    prepare(catalogue, demo=demo)
    echo(f"The catalogue is ready: {catalogue.engine.url.render_as_string(hide_password=True)}")
    _tell_first_link(catalogue, web_address(HOST, PORT))


def check_folder(catalogue: Catalogue) -> None:
    """Raises SettingsError when nothing can be written to the data folder."""
    try:
        with TemporaryFile(dir=catalogue.settings.data_dir):
            pass
    except OSError as error:
        raise unusable_folder(catalogue.settings, error) from None


def prepare(catalogue: Catalogue, *, demo: bool) -> None:
    """Migrates, and publishes the pack when asked. Raises ConflictError over a catalogue that holds releases."""
    catalogue.check_writable()
    migrate(catalogue.engine)
    if demo:
        with writing(catalogue.engine) as session:
            if head(session):
                raise ConflictError(
                    "This catalogue already holds releases; the reference pack is published on an empty one only."
                )
            for release in publish_pack(session, KINDS, at=now()):
                tell(f"Published release {release.seq} ({release.label}): {release.title}")
    catalogue.refresh()


@click.command()
@click.option("--host", default=HOST, show_default=True)
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that answer.")
@click.option(
    "--threads",
    default=THREADS,
    show_default=True,
    type=click.IntRange(1, 256),
    help="Requests each answers at once.",
)
@click.option(
    "--read-only",
    is_flag=True,
    help="Only read, from a replica: no migration, no console, no planned release. Same as AMO_READ_ONLY=yes.",
)
def serve(host: str, port: int, workers: int, threads: int, read_only: bool) -> None:
    """Serve the API, the site and the console; an empty database is initialised with the bundled pack first."""
    check_address(host, port)
    catalogue = open_catalogue()
    if read_only:
        # The workers are processes of their own, and read it there.
        os.environ["AMO_READ_ONLY"] = "yes"
        catalogue = Catalogue(replace(catalogue.settings, read_only=True))
    check_folder(catalogue)
    address = web_address(host, port)
    if catalogue.settings.read_only:
        _catch_up(catalogue)
        _tell_addresses(address)
    else:
        _bring_up(catalogue)
        _tell_addresses(address)
        tell(f"Console        {address}/admin/")
        _tell_first_link(catalogue, address)
    catalogue.engine.dispose()
    _granian(host, port, workers, threads)


def _bring_up(catalogue: Catalogue) -> None:
    migrate(catalogue.engine)
    with catalogue.reading() as session:
        is_empty = head(session) == 0
    prepare(catalogue, demo=is_empty)


def _catch_up(catalogue: Catalogue) -> None:
    """Takes up what the replica holds; a machine that served before goes on without it."""
    try:
        catalogue.refresh()
    except sa.exc.OperationalError as error:
        tell(f"The replica cannot be reached; what was served before is served: {error.orig}")
    tell("This machine only reads: the console is not open here.")


def _tell_addresses(address: str) -> None:
    tell(f"Site           {address}/\nAPI            {address}/api/v1/openapi.json\nDocumentation  {address}/api/docs")
    tell(f"Try            curl '{address}/api/v1/medicaments/6118000100058?as_of=2014-07-01'")


def _tell_first_link(catalogue: Catalogue, address: str) -> None:
    """The way in of the first administrator, as long as nobody ever took it; each telling makes the last one void."""
    with catalogue.writing() as session:
        token = offer_first_link(session, at=now(), by=OPERATOR)
    if token is not None:
        tell(f"First sign-in  {address}/admin/bienvenue/{token}\n               (account {FIRST}, once, for 24 hours)")


def _granian(host: str, port: int, workers: int, threads: int) -> None:
    from granian.constants import Interfaces
    from granian.server import Server

    # Ctrl-C reaches every process of the terminal, and each worker is then told to stop by its parent as well: of two
    # signals at once another thread may take both, and the worker would never notice either.
    os.register_at_fork(after_in_child=partial(signal.pthread_sigmask, signal.SIG_BLOCK, {signal.SIGINT}))
    Server(
        "service.wsgi:app",
        address=host,
        port=port,
        workers=workers,
        interface=Interfaces.WSGI,
        blocking_threads=threads,
        backpressure=CONNECTIONS,
        websockets=False,
        workers_kill_timeout=STOPPING_SECONDS,
        working_dir=Path.cwd(),
    ).serve()


@click.command()
def reindex() -> None:
    """Build the snapshot and the search index of the newest release again and swap them in."""
    catalogue = open_catalogue()
    snapshot = catalogue.refresh(force=True)
    found = catalogue.indexes.refresh(snapshot, force=True)
    echo(f"The snapshot holds release {snapshot.head}; its index finds {len(found.documents)} entries.")


@click.command()
@click.option("--since", default=0, help="Recompute the digests of releases after N only (chain and spans: always).")
@json_option
def verify(since: int, as_json: bool) -> None:
    """Prove digests, chain, invariants and snapshot against the database; exit 1 on any fault."""
    catalogue = open_catalogue()
    with catalogue.reading() as session:
        faults = prove(session, KINDS, since=since, progress=None if as_json else _progress)
        newest = head(session)
    faults += _check_snapshot(catalogue) + _check_index(catalogue)
    if as_json:
        print_json({"release": newest, "faults": faults})
    else:
        for fault in faults:
            echo(fault)
        echo(f"{len(faults)} faults in {newest} releases." if faults else f"Proved: {newest} releases, no fault.")
    if faults:
        click.get_current_context().exit(REFUSED)


def _progress(step: str) -> None:
    tell(f"Checking {step}")


def _check_snapshot(catalogue: Catalogue) -> list[str]:
    with catalogue.reading() as session:
        return catalogue.store.faults(session)


def _check_index(catalogue: Catalogue) -> list[str]:
    try:
        fault = catalogue.indexes.fault(catalogue.store.current())
    except CatalogError:
        return []  # no snapshot to compare it with, which is told already
    return [fault] if fault else []
