"""Reads the bundled pack and publishes it, release by release, by the same verbs as an editor."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import StringIO
from typing import Any

from sqlalchemy.orm import Session

from catalog.errors import CatalogError
from catalog.kinds import Kind, Kinds
from catalog.releases import drafts
from catalog.releases.changes import Change
from catalog.releases.models import Release
from catalog.releases.publishing import publish
from catalog.temporal import DAWN, DUSK, Period, parse_day, parse_instant

FRAME = ("code", "valid_from", "valid_to", "op", "legal_act", "source", "confidence")
"""Columns every file may have beside the fields of its kind."""


class PackError(CatalogError):
    def __init__(self, place: str, why: object) -> None:
        super().__init__(f"Reference pack, {place}: {why}")


@dataclass(frozen=True)
class PackRelease:
    """One dated release of the pack: a folder of CSV files and its ``release.toml``."""

    folder: Traversable

    @cached_property
    def about(self) -> dict[str, Any]:
        return tomllib.loads((self.folder / "release.toml").read_text(encoding="utf-8"))

    @property
    def published_at(self) -> datetime:
        return parse_instant(self.about["published_at"])

    def changes(self, kinds: Kinds, only: str | None = None) -> Iterator[Change]:
        """The facts of the release, or those of one kind. Raises PackError naming file and line."""
        for kind in kinds:
            path = self.folder / f"{kind.plural}.csv"
            if only in (None, kind.name) and path.is_file():
                yield from _read(kind, path, self.folder.name)


def pack_releases() -> list[PackRelease]:
    """The releases of the bundled pack, oldest first."""
    folders = (files("catalog.reference_pack") / "releases").iterdir()
    return [PackRelease(folder) for folder in sorted(folders, key=lambda f: f.name) if folder.is_dir()]


def publish_pack(
    session: Session, kinds: Kinds, *, at: datetime, progress: Callable[[PackRelease], None] | None = None
) -> list[Release]:
    """Publishes the whole pack on an empty catalogue. Its instants are a demonstration chronology."""
    published = []
    for pack in pack_releases():
        if progress:
            progress(pack)
        published.append(_publish(session, kinds, pack, at))
    return published


def _publish(session: Session, kinds: Kinds, pack: PackRelease, at: datetime) -> Release:
    about, author = pack.about, pack.about["author"]
    draft = drafts.open_draft(
        session, title=about["title"], author=author, at=at, legal_act=about["legal_act"], label=about["label"]
    )
    drafts.stage(session, kinds, draft, pack.changes(kinds), by=author, at=at)
    drafts.submit(session, kinds, draft, by=author, at=at)
    drafts.approve(session, draft, by=about["approver"], at=at)
    return publish(session, kinds, draft, by=about["approver"], at=at, published_at=pack.published_at)


def _read(kind: Kind, path: Traversable, folder: str) -> Iterator[Change]:
    source = StringIO(path.read_text(encoding="utf-8"), newline="")
    for number, row in enumerate(csv.DictReader(source), start=2):
        try:
            yield _change(kind, row, number)
        except CatalogError as error:
            raise PackError(f"{folder}/{path.name} line {number}", error) from error


def _change(kind: Kind, row: dict[str, str], number: int) -> Change:
    code = kind.parse_code(row["code"])
    data = {name: text for name, text in row.items() if name not in FRAME and text}
    period = Period(_day(row["valid_from"], DAWN), _day(row["valid_to"], DUSK))
    payload = None if row.get("op") == "void" else kind.load(code, data)
    act, source, confidence = (row.get(name) or None for name in ("legal_act", "source", "confidence"))
    return Change(kind.name, code, period, payload, act, source, confidence, row=number)


def _day(text: str, default: date) -> date:
    return parse_day(text) if text else default
