"""Peers over HTTP on the same versions, each in an environment of its own: Datasette and OpenFisca's web API."""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks import peers_datasette, peers_openfisca
from benchmarks.http_data import answer
from benchmarks.http_load import Question
from benchmarks.serving import Server, free_port, serving
from catalog.snapshots.reading import Snapshot, Version

ENVIRONMENTS = Path(sys.prefix) / "peers"
INSTALL_SECONDS = 180
OK = 200
DATASETTE = "Datasette, canned as-of query"
PARAMETER, CALCULATE = "OpenFisca web API, `/parameter`", "OpenFisca web API, `/calculate`"


@dataclass(frozen=True)
class Peer:
    """A peer that can be started, and what it is asked, by the name of the row on the page.

    ``told`` is a word of every right answer, by the same name.
    """

    name: str
    command: Sequence[str]
    port: int
    ready: str
    asked: dict[str, list[Question]]
    told: dict[str, str]
    folder: Path

    def serving(self) -> AbstractContextManager[Server]:
        log = self.folder / f"{self.name}.log"
        return serving(self.name, self.command, self.port, self.ready, log, {"PYTHONPATH": str(self.folder)})

    def check(self, server: Server) -> None:
        """A peer that answers nothing is fast. Raises PeerError."""
        for name, asked in self.asked.items():
            status, _, body = answer(server, asked[0])
            if status != OK or self.told[name].encode() not in body:
                raise PeerError(f"{name} answers {status}: {body[:300]!r}")


class PeerError(Exception):
    """A peer does not answer what it is asked."""


def programs(name: str, wanted: str) -> Path | None:
    """The folder of the programs of a peer, installed once beside this environment; None where that cannot be."""
    place = ENVIRONMENTS / name
    found = place / "bin" / name
    if not found.is_file():
        venv.create(place, with_pip=True)
        install = [place / "bin" / "python", "-m", "pip", "install", "--quiet", "--retries", "1", wanted]
        try:
            subprocess.run(list(map(str, install)), check=True, capture_output=True, timeout=INSTALL_SECONDS)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            return None
    return found.parent if found.is_file() else None


def peers(
    folder: Path, snapshot: Snapshot, versions: Sequence[Version], pairs: Sequence[tuple[str, date]]
) -> Iterator[Peer | str]:
    """Each peer, or the sentence that says why there is none."""
    makers: dict[str, tuple[str, Callable[[Path, Path], Peer]]] = {
        "datasette": ("datasette<1", lambda place, found: _datasette(place, found, snapshot, pairs)),
        "openfisca": ("openfisca-core[web-api]", lambda place, found: _openfisca(place, found, versions, pairs)),
    }
    for name, (wanted, make) in makers.items():
        found = programs(name, wanted)
        if found is None:
            yield f"{name} was not measured: pip could not install {wanted} here."
            continue
        place = folder / name
        place.mkdir()
        yield make(place, found)


def _datasette(folder: Path, found: Path, snapshot: Snapshot, pairs: Sequence[tuple[str, date]]) -> Peer:
    port = free_port()
    path = peers_datasette.export(folder, snapshot)
    asked = peers_datasette.questions(pairs, snapshot.head)
    command = [str(found / "datasette"), *peers_datasette.options(path, port)]
    return Peer("datasette", command, port, asked[0].path, {DATASETTE: asked}, {DATASETTE: pairs[0][0]}, folder)


def _openfisca(folder: Path, found: Path, versions: Sequence[Version], pairs: Sequence[tuple[str, date]]) -> Peer:
    port = free_port()
    priced = peers_openfisca.write_package(folder, versions)
    chosen = [(code, day) for code, day in pairs if code in priced]
    asked = {
        PARAMETER: peers_openfisca.parameters(chosen),
        CALCULATE: peers_openfisca.calculations(folder, chosen),
    }
    told = {PARAMETER: chosen[0][0], CALCULATE: "montant"}
    command = [str(found / "openfisca"), *peers_openfisca.options(port)]
    return Peer("openfisca", command, port, "/spec", asked, told, folder)
