"""Uploaded files on disk: one folder an import, with what was asked, its state, its corrections and its report.

Several servers may share the folder: nothing is kept in memory, and what changes is replaced as a whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from catalog.errors import CatalogError, ConflictError, InvalidError, NotFoundError
from catalog.importing.amendments import Amendment
from catalog.temporal import format_instant, parse_instant

_ID = re.compile(r"^[0-9a-f]{12}$", re.ASCII)
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 100
_CHUNK = 2**20


class UnknownImportError(NotFoundError):
    def __init__(self, asked: str) -> None:
        super().__init__(f"There is no import {asked!r}.")


class ImportStateError(ConflictError):
    """``state`` is what the import is in, ``verb`` what was asked of it."""

    def __init__(self, state: str, verb: str) -> None:
        self.state, self.verb = state, verb
        super().__init__(f"An import that is {state} cannot be asked to {verb}.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was uploaded and how it is to be read; None leaves a matter to the profile. ``draft`` None: a new one."""

    id: str
    kind: str
    name: str
    stored: str
    sha256: str
    size: int
    by: str
    at: str
    profile: str | None = None
    mode: str | None = None
    effective: str | None = None
    legal_act: str | None = None
    label: str | None = None
    title: str | None = None
    draft: int | None = None

    @property
    def received_at(self) -> datetime:
        return parse_instant(self.at)


@dataclass(frozen=True, slots=True)
class State:
    """Where an import stands: judging, judged, unreadable, failed, staged or discarded.

    ``attempt`` counts the judgements; ``message`` is the French sentence of what went wrong or happened since.
    """

    name: str
    at: str
    by: str
    attempt: int = 1
    message: str | None = None
    draft: int | None = None
    changes: int | None = None

    @property
    def since(self) -> datetime:
        return parse_instant(self.at)


@dataclass(frozen=True, slots=True)
class Upload:
    """The folder of one import."""

    folder: Path

    @property
    def report(self) -> Path:
        return self.folder / "report.sqlite"

    @property
    def file(self) -> Path:
        return self.folder / "file" / self.asked().stored

    def asked(self) -> Asked:
        return Asked(**json.loads((self.folder / "import.json").read_text("utf-8")))

    def ask(self, **asked: Any) -> None:
        """How it is to be read, and where it is to go, from now on. The file stays what it is."""
        _replace(self.folder / "import.json", asdict(replace(self.asked(), **asked)))

    def state(self) -> State:
        return State(**json.loads((self.folder / "state.json").read_text("utf-8")))

    def become(self, state: State) -> None:
        _replace(self.folder / "state.json", asdict(state))

    def need(self, verb: str, *names: str) -> State:
        """The state, which must be one of these. Raises ImportStateError."""
        state = self.state()
        if state.name not in names:
            raise ImportStateError(state.name, verb)
        return state

    def amend(self, amendments: list[Amendment]) -> None:
        """Adds corrections at the end of the list, all in one writing."""
        self._append([{**asdict(one), "at": format_instant(one.at)} for one in amendments])

    def withdraw(self, row: int, column: str | None, *, by: str, at: datetime) -> None:
        """Takes a correction back. The list keeps both."""
        self._append([{"withdrawn": True, "row": row, "column": column, "by": by, "at": format_instant(at)}])

    def _append(self, entries: list[dict[str, Any]]) -> None:
        text = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
        with (self.folder / "amendments.jsonl").open("ab") as log:
            log.write(text.encode())

    def amendments(self) -> tuple[Amendment, ...]:
        """Those that hold, by row and column."""
        held: dict[tuple[int, str | None], Amendment] = {}
        for entry in self._amendment_log():
            key = (entry["row"], entry["column"])
            if entry.pop("withdrawn", False):
                held.pop(key, None)
            else:
                held[key] = Amendment(**{**entry, "at": parse_instant(entry["at"])})
        return tuple(held.values())

    def amendments_made(self) -> int:
        """How many entries the list has: a report made of fewer is out of date."""
        return sum(1 for _ in self._amendment_log())

    def hands(self) -> set[str]:
        """Who brought the file or typed over it, also where the correction was taken back since."""
        return {self.asked().by, *(entry["by"] for entry in self._amendment_log())}

    def _amendment_log(self) -> Iterator[dict[str, Any]]:
        log = self.folder / "amendments.jsonl"
        if log.exists():
            yield from map(json.loads, log.read_text("utf-8").splitlines())

    def discard(self, state: State) -> None:
        """Keeps what was asked and when, and deletes the file and its report."""
        self.become(state)
        shutil.rmtree(self.folder / "file", ignore_errors=True)
        self.report.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as a form brings it."""

    name: str
    stream: IO[bytes]


@dataclass(frozen=True, slots=True)
class Uploads:
    """All imports under one folder."""

    root: Path

    def find(self, asked: str) -> Upload:
        """Raises UnknownImportError."""
        upload = Upload(self.root / asked)
        if not _ID.match(asked) or not (upload.folder / "state.json").is_file():
            raise UnknownImportError(asked)
        return upload

    def all(self) -> list[Upload]:
        """Newest first; folders that are still being filled are left out."""
        found = [Upload(path.parent) for path in self.root.glob("*/state.json")]
        return sorted(found, key=lambda upload: upload.asked().at, reverse=True)

    def receive(self, sent: Sent, beside: list[Sent], *, by: str, at: datetime, **asked: Any) -> Upload:
        """Stores a file and those that complete it. Raises InvalidError for one nameless, empty or sent twice."""
        upload = Upload(self.root / secrets.token_hex(6))
        (upload.folder / "file").mkdir(parents=True)
        try:
            stored = _safe_name(sent.name)
            size, digest = _store(sent, upload.folder / "file" / stored)
            for companion in beside:
                _store(companion, upload.folder / "file" / _safe_name(companion.name))
        except (CatalogError, OSError):
            shutil.rmtree(upload.folder)
            raise
        told = Asked(upload.folder.name, name=_last_part(sent.name), stored=stored, sha256=digest, size=size, by=by,
                     at=format_instant(at), **asked)  # fmt: skip
        _replace(upload.folder / "import.json", asdict(told))
        upload.become(State("judging", format_instant(at), by))
        return upload


def _last_part(name: str) -> str:
    """The name without the folders some browsers send before it."""
    return name.replace("\\", "/").rsplit("/", 1)[-1].strip()


def _safe_name(name: str) -> str:
    """The name kept on disk: profiles know files by their names, so it stays close to the one given."""
    safe = _UNSAFE.sub("_", _last_part(name)).lstrip(".-")[-_LONGEST_NAME:].lstrip(".-")
    if not safe:
        raise InvalidError("The file has no name.")
    return safe


def _store(sent: Sent, path: Path) -> tuple[int, str]:
    if path.exists():
        raise InvalidError(f"Two files are called {path.name}.")
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as target:
        while chunk := sent.stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    if not size:
        raise InvalidError(f"{_last_part(sent.name)} is empty.")
    path.chmod(0o400)
    return size, digest.hexdigest()


def _replace(path: Path, content: dict[str, Any]) -> None:
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    beside.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    os.replace(beside, path)  # noqa: PTH105 - one step, also over a file that exists
