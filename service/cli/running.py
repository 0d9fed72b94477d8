"""init, serve, reindex, verify."""

from __future__ import annotations

from pathlib import Path

import click

from catalog.database import migrate, writing
from catalog.errors import ConflictError
from catalog.reference_pack.loading import publish_pack
from catalog.registry import KINDS
from catalog.releases.truth import head
from catalog.releases.verifying import verify as prove
from service.cli.base import REFUSED, Catalogue, echo, json_option, now, open_catalogue, print_json, tell

THREADS = 8
"""Requests a worker answers at once; more wait their turn."""


@click.command()
@click.option("--demo", is_flag=True, help="Also publish the bundled reference pack, as several dated releases.")
def init(demo: bool) -> None:
    """Create the database, or bring it to the newest schema."""
    catalogue = open_catalogue()
    prepare(catalogue, demo=demo)
    echo(f"The catalogue is ready: {catalogue.engine.url.render_as_string(hide_password=True)}")


def prepare(catalogue: Catalogue, *, demo: bool) -> None:
    """Migrates, and publishes the pack when asked. Raises ConflictError over a catalogue that holds releases."""
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
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Serve the API and the site; an empty database is initialised with the bundled pack first."""
    catalogue = open_catalogue()
    migrate(catalogue.engine)
    with catalogue.reading() as session:
        is_empty = head(session) == 0
    prepare(catalogue, demo=is_empty)
    catalogue.engine.dispose()
    address = f"http://{host}:{port}"
    tell(f"Site           {address}/\nAPI            {address}/api/v1/openapi.json\nDocumentation  {address}/api/docs")
    tell(f"Try            curl '{address}/api/v1/medicaments/6118000100058?as_of=2014-07-01'")
    _granian(host, port, workers)


def _granian(host: str, port: int, workers: int) -> None:
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        "service.wsgi:app",
        address=host,
        port=port,
        workers=workers,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        backpressure=THREADS * 8,
        working_dir=Path.cwd(),
    ).serve()


@click.command()
def reindex() -> None:
    """Build the snapshot of the newest release again and swap it in."""
    snapshot = open_catalogue().refresh(force=True)
    echo(f"The snapshot holds release {snapshot.head}.")


@click.command()
@click.option("--since", default=0, help="Recompute the digests of releases after N only (chain and spans: always).")
@json_option
def verify(since: int, as_json: bool) -> None:
    """Prove digests, chain, invariants and snapshot against the database; exit 1 on any fault."""
    catalogue = open_catalogue()
    with catalogue.reading() as session:
        faults = prove(session, KINDS, since=since, progress=None if as_json else _progress)
        newest = head(session)
    faults += _check_snapshot(catalogue)
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
