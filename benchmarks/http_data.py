"""What the servers are asked about: the bundled pack and the real CNOPS list, and random questions on them."""

from __future__ import annotations

import http.client
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from benchmarks.http_load import Question
from benchmarks.imports import CNOPS
from benchmarks.serving import HOST, Server
from catalog.database import migrate, open_engine, writing
from catalog.importing.running import Request, import_file
from catalog.reference_pack.loading import pack_releases
from catalog.registry import KINDS
from catalog.releases import drafts
from catalog.releases.models import Draft
from catalog.releases.publishing import publish
from catalog.snapshots.reading import Snapshot, Version
from service.cli.base import Catalogue
from service.settings import Settings

API = "/api/v1"
LISTED_AT = datetime(2014, 8, 1, 9, tzinfo=UTC)
FIRST_DAY, LAST_DAY = date(2014, 9, 1), date(2026, 6, 30)
RECENT = LAST_DAY - timedelta(days=60)
"""What insurers are sent was bought in the last weeks."""
SEED = 20_261_122
PREFIXES = 1_000
ACTS = ("C", "CS", "V", "K50", "B120", "Z30")
SENT = {"json": "application/json", "ndjson": "application/x-ndjson"}


@dataclass(frozen=True)
class Sizes:
    """How much is asked, and for how long. ``held``: answers that callers have kept; ``batches``: lines in each;
    ``releases``: published after the list.
    """

    questions: int
    held: int
    seconds: float
    rounds: int
    batches: tuple[int, ...]
    workers: tuple[int, ...]
    repeats: int
    releases: int


WHOLE = Sizes(20_000, 1_000, seconds=1, rounds=2, batches=(1, 100, 10_000), workers=(1, 2), repeats=6, releases=5)
QUICK = Sizes(50, 10, seconds=1, rounds=1, batches=(10,), workers=(1,), repeats=1, releases=1)


def fill(folder: Path, *, quick: bool) -> Settings:
    """A catalogue in a folder: the bundled pack, then the real list where its file is there; its snapshot and index."""
    folder.mkdir(parents=True)
    settings = Settings(database_url=f"sqlite:///{folder / 'catalog.sqlite'}", data_dir=folder)
    engine = open_engine(settings.database_url)
    migrate(engine)
    is_due = CNOPS.is_file() and not quick
    for pack in pack_releases():
        if is_due and pack.published_at > LISTED_AT:
            _publish_list(engine)
            is_due = False
        with writing(engine) as session:
            about = pack.about
            told = {name: about[name] for name in ("title", "author", "legal_act", "label")}
            draft = drafts.open_draft(session, **told, at=pack.published_at)
            drafts.stage(session, KINDS, draft, pack.changes(KINDS), by=draft.author, at=pack.published_at)
            _publish(session, draft, pack.published_at)
    engine.dispose()
    Catalogue(settings).refresh()
    return settings


def _publish_list(engine: sa.Engine) -> None:
    """The list of 2014, as if it had been published then: most lines are priced as they were known on their day."""
    with writing(engine) as session:
        asked = Request(KINDS.find("medicament"), CNOPS)
        draft, _ = import_file(session, KINDS, asked, by="bench.a", at=LISTED_AT)
        _publish(session, draft, LISTED_AT)


def _publish(session: Session, draft: Draft, at: datetime) -> None:
    drafts.submit(session, KINDS, draft, by=draft.author, at=at)
    drafts.approve(session, draft, by="bench.b", at=at)
    publish(session, KINDS, draft, by="bench.b", at=at)


def medicines(snapshot: Snapshot) -> list[Version]:
    """What was believed last of every medicine."""
    return [
        version
        for code in snapshot.codes("medicament")
        for version in snapshot.versions("medicament", code, snapshot.head)
    ]


def day_of(version: Version, chosen: random.Random, earliest: date) -> Iterator[date]:
    """A random day on which a version was in force; none where it was not, from ``earliest`` on."""
    first, last = max(version.period.start, earliest), min(version.period.end - timedelta(days=1), LAST_DAY)
    if first <= last:
        yield first + timedelta(days=chosen.randrange((last - first).days + 1))


def codes_and_days(
    versions: Sequence[Version], count: int, seed: int = SEED, earliest: date = FIRST_DAY
) -> list[tuple[str, date]]:
    """Random medicines, each on a random day on which it was in force."""
    chosen = random.Random(seed)
    found: list[tuple[str, date]] = []
    while len(found) < count:
        version = chosen.choice(versions)
        found += [(version.code, day) for day in day_of(version, chosen, earliest)]
    return found


def lookups(pairs: Sequence[tuple[str, date]]) -> list[Question]:
    return [Question(f"{API}/medicaments/{code}?as_of={day}") for code, day in pairs]


def earlier_lookups(pairs: Sequence[tuple[str, date]], first: int, head: int) -> list[Question]:
    """The same at a random one of the releases that know them all: more answers than any worker keeps ready."""
    chosen = random.Random(SEED)
    return [Question(f"{one.path}&release={chosen.randint(first, head)}") for one in lookups(pairs)]


def payers(pairs: Sequence[tuple[str, date]]) -> list[Question]:
    return [Question(f"{API}/tiers-payant/{code}?organisme=cnops&as_of={day}") for code, day in pairs]


def typed(versions: Sequence[Version]) -> list[Question]:
    """Beginnings of names, as somebody types them, and always on the same day."""
    chosen = random.Random(SEED)
    names = sorted({str(version.payload["nom"]) for version in versions})
    words = [name.split()[0] for name in names if name.isascii() and name.split()[0].isalpha()]
    begun = sorted({word[: chosen.randint(2, 6)] for word in words})
    chosen.shuffle(begun)
    return [Question(f"{API}/suggest?q={word}&as_of={LAST_DAY}") for word in begun[:PREFIXES]]


def conditional(server: Server, asked: Sequence[Question]) -> list[Question]:
    """The same questions by somebody who holds the answers."""
    return [Question(one.path, headers={"If-None-Match": tag}) for one in asked for tag in [answer(server, one)[1]]]


def answer(server: Server, asked: Question) -> tuple[int, str, bytes]:
    """Status, tag and body of one answer."""
    connection = http.client.HTTPConnection(HOST, server.port, timeout=30)
    try:
        body = asked.body.read_bytes() if asked.body else None
        connection.request(asked.method, asked.path, body=body, headers=dict(asked.headers))
        response = connection.getresponse()
        return response.status, response.getheader("ETag", ""), response.read()
    finally:
        connection.close()


def lines(pairs: Sequence[tuple[str, date]], count: int, *, billed: bool) -> list[dict[str, Any]]:
    """Lines to price: four medicines for an act. ``billed``: each with a price, a quantity and a share of its own."""
    chosen = random.Random(SEED + count)
    made: list[dict[str, Any]] = []
    for number in range(count):
        code, day = pairs[number % len(pairs)]
        line: dict[str, Any] = {"id": number, "kind": "medicament", "code": code, "as_of": day.isoformat()}
        if number % 5 == 4:
            line |= {"kind": "acte", "code": chosen.choice(ACTS), "secteur": "prive"}
        line["organisme"] = chosen.choice(("cnops", "cnss"))
        if billed:
            price = f"{chosen.randrange(500, 50_000) / 100:.2f}"
            line |= {"billed": price, "quantity": chosen.randint(1, 4), "mutuelle": chosen.random() < 0.3}
        made.append(line)
    return made


def batch(folder: Path, made: Sequence[dict[str, Any]], form: str, name: str) -> Question:
    """The question that sends these lines."""
    path = folder / f"{name}-{len(made)}.{form}"
    if form == "json":
        path.write_text(json.dumps({"lines": made}), encoding="ascii")
    else:
        path.write_text("".join(json.dumps(line) + "\n" for line in made), encoding="ascii")
    return Question(f"{API}/tarifications", "POST", {"Content-Type": SENT[form]}, path)
