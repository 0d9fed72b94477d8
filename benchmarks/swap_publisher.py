"""Publishes releases from a process of its own, as the command line does: the release, then its snapshot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, NamedTuple

from benchmarks.http_data import API
from benchmarks.truth import gtins
from catalog.legal.family import LEGAL_ACT
from catalog.registry import KINDS
from catalog.releases import drafts
from catalog.releases.changes import Change
from catalog.releases.publishing import publish
from catalog.temporal import DAWN, Period
from service.cli.base import Catalogue, open_catalogue

CHANGED = 300
"""Medicines that every release gives a new price."""
DAY = date(2026, 1, 1)
FIRST_PRICE = 5_000
"""Centimes at the first of these releases; each adds one centime to every price, so that a price names its release."""
CODES = tuple(islice(gtins(), CHANGED))
PATHS = tuple(f"{API}/medicaments/{code}?as_of={DAY}" for code in CODES)


class Published(NamedTuple):
    """A release, and the seconds that publishing and building took."""

    release: int
    publishing: float
    building: float


@dataclass(frozen=True)
class Publisher:
    """Another process that publishes one release each time it is asked."""

    process: subprocess.Popen[str]

    def publish(self) -> Published:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return Published(*json.loads(self.process.stdout.readline()))


@contextmanager
def publishing(environ: Mapping[str, str]) -> Iterator[Publisher]:
    """A publisher while the block lasts."""
    command = [sys.executable, "-m", "benchmarks.swap_publisher"]
    told = {**os.environ, **environ}
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=told)
    try:
        yield Publisher(process)
    finally:
        process.kill()
        process.wait()


def publish_one(catalogue: Catalogue, turn: int) -> Published:
    """Every price of one more centime, from one more release on."""
    began = time.perf_counter()
    with catalogue.writing() as session:
        at = datetime.now(UTC)
        draft = drafts.open_draft(session, title="essai", author="bench.a", at=at, legal_act="essai-swap")
        drafts.stage(session, KINDS, draft, changes(turn), by="bench.a", at=at)
        drafts.submit(session, KINDS, draft, by="bench.a", at=at)
        drafts.approve(session, draft, by="bench.b", at=at)
        number = draft.id
    with catalogue.writing() as session:
        row = drafts.find_draft(session, number)
        release = publish(session, KINDS, row, by="bench.b", at=datetime.now(UTC)).seq
    published = time.perf_counter()
    catalogue.refresh()
    return Published(release, published - began, time.perf_counter() - published)


def changes(turn: int) -> Iterator[Change]:
    kind, period = KINDS.find("medicament"), Period(date(2025, 1, 1))
    if turn == 0:
        act = LEGAL_ACT.load("essai-swap", {"type": "arrete", "title": "Essai", "statut": "EN_VIGUEUR"})
        yield Change("acte_juridique", "essai-swap", Period(DAWN), act)
    for code in CODES:
        data: dict[str, Any] = {"nom": code, "dci": "ESSAI", "dosages": "500", "unites": "MG", "forme": "COMPRIME"}
        data |= {"presentation": "1 BOITE 30", "princeps_generique": "G", "admis_remboursement": True}
        price = FIRST_PRICE + turn
        yield Change("medicament", code, period, kind.load(code, data) | {"ppv": price, "pbr": price})


def main() -> None:
    catalogue = open_catalogue()
    for turn, _ in enumerate(sys.stdin):
        print(json.dumps(publish_one(catalogue, turn)), flush=True)


if __name__ == "__main__":
    main()
