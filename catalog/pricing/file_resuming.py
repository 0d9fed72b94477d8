"""The part of a file of answers that is written so far, and what is needed to go on with it after an interruption."""

from __future__ import annotations

import fcntl
import json
import os
from base64 import b64decode, b64encode
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any
from zlib import crc32

from catalog.errors import InvalidError
from catalog.pricing.file_blocks import Place

LOOKED_AT = 1 << 16
"""Bytes at each end of the input that tell it from another one of the same size and time."""


class ResumeError(InvalidError):
    def __init__(self, target: Path, why: str) -> None:
        super().__init__(f"{target.name} cannot be resumed: {why}. Without --resume it is priced anew.")


class TargetBusyError(InvalidError):
    def __init__(self, target: Path) -> None:
        super().__init__(f"{target.name} is being written by another run: let it end, or name another file.")


@dataclass(frozen=True, slots=True)
class Task:
    """What a run is of. One that is taken up again must be of the same."""

    source: str
    size: int
    modified: int
    ends: str
    release: int
    chain: str
    as_of: str | None
    explain: bool
    blocks: int

    def difference(self, begun: Task) -> str | None:
        """Why a run that was begun is of something else; None where it is of the same."""
        was = begun.as_of
        reasons = {
            ("source",): f"it was begun on {begun.source}, not {self.source}",
            ("size", "modified", "ends"): f"{self.source} has changed since",
            ("release", "chain"): f"it was begun as known at release {begun.release}: say --release {begun.release}",
            ("as_of",): f"it was begun with --as-of {was}: say so again" if was else "it was begun without --as-of",
            ("explain",): f"it was begun {'with' if begun.explain else 'without'} --explain",
            ("blocks",): "it was begun with other libraries, which read in other blocks",
        }
        for names, reason in reasons.items():
            if any(getattr(self, name) != getattr(begun, name) for name in names):
                return reason
        return None


def task_of(source: Path, release: int, chain: str, as_of: date | None, *, explain: bool, blocks: int) -> Task:
    """The task of pricing a file, which must not change meanwhile."""
    facts = source.stat()
    ends = blake2b(digest_size=16)
    with source.open("rb") as file:
        ends.update(file.read(LOOKED_AT))
        file.seek(max(0, facts.st_size - LOOKED_AT))
        ends.update(file.read(LOOKED_AT))
    day = as_of.isoformat() if as_of else None
    size, modified = facts.st_size, facts.st_mtime_ns
    return Task(source.name, size, modified, ends.hexdigest(), release, chain, day, explain, blocks)


@dataclass(slots=True)
class Done:
    """How far a run has come: the next place in the input, bytes written and their sum, footers and their places."""

    place: Place = field(default_factory=Place)
    written: int = 0
    sum: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    footers: list[bytes] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


def is_begun(target: Path) -> bool:
    """Whether an interrupted run left something to go on with."""
    return all(path.exists() for path in _beside(target))


def _beside(target: Path) -> tuple[Path, Path]:
    """Where the answers written so far are, and where it is noted how far they go."""
    return target.with_name(f".{target.name}.part"), target.with_name(f".{target.name}.part.state")


class PartFile:
    """Answers as far as they are written, beside the target: a file of them, and one that says how far they go."""

    def __init__(self, target: Path, task: Task) -> None:
        self.target = target
        self.task = task
        self.path, self.state = _beside(target)
        self.done = Done()

    def begin(self, start: bytes) -> None:
        """Begins anew, with what every such file starts with."""
        self._open()
        self.done = Done()
        self._output.truncate(0)
        self._note({name: getattr(self.task, name) for name in Task.__slots__})
        self._write(start)

    def resume(self, start: bytes) -> None:
        """Goes on where an interrupted run stopped; begins where there was none. Raises ResumeError."""
        noted = self._noted()
        if len(noted) < 2:  # It stopped before the first block, or never began.
            self.begin(start)
            return
        why = self.task.difference(Task(**noted[0]))
        if why is not None:
            raise ResumeError(self.target, why)
        self.done = _restored(noted[1:])
        if not self._is_as_noted():
            raise ResumeError(self.target, f"{self.path.name} is not as the interrupted run left it")
        self._open()
        self._output.truncate(self.done.written)
        self._output.seek(self.done.written)
        for line in noted:
            self._note(line)

    def append(self, data: bytes | memoryview, after: Place, statuses: Counter[str], footer: bytes | None) -> None:
        """Adds the answers to a block, and then notes that they are there."""
        done = self.done
        if footer is not None:
            done.footers.append(footer)
            done.places.append(done.written)
        self._write(data)
        done.place = after
        done.statuses += statuses
        told = {"place": done.place, "written": done.written, "sum": done.sum, "statuses": statuses}
        if footer is not None:
            told |= {"footer": b64encode(footer).decode(), "at": done.places[-1]}
        self._note(told)

    def finish(self, end: bytes) -> None:
        """Puts the whole file where it was asked for."""
        self._write(end)
        self.close()
        self.path.replace(self.target)
        self.state.unlink()

    def close(self) -> None:
        """Leaves both files as they are, for a run that resumes."""
        self._output.close()
        self._journal.close()

    def remove(self) -> None:
        """Leaves nothing."""
        self.close()
        self.path.unlink(missing_ok=True)
        self.state.unlink(missing_ok=True)

    def _open(self) -> None:
        """Takes both files for this run alone. Raises TargetBusyError."""
        self._output = os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666), "r+b")
        try:
            fcntl.flock(self._output, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._output.close()
            raise TargetBusyError(self.target) from None
        self._journal = self.state.open("w", encoding="utf-8")

    def _write(self, data: bytes | memoryview) -> None:
        self._output.write(data)
        self._output.flush()
        self.done.written += len(data)
        self.done.sum = crc32(data, self.done.sum)

    def _note(self, told: dict[str, Any]) -> None:
        self._journal.write(json.dumps(told) + "\n")
        self._journal.flush()

    def _noted(self) -> list[dict[str, Any]]:
        """The lines of the state; one that was cut short is none."""
        if not is_begun(self.target):
            return []
        return [json.loads(line) for line in self.state.read_bytes().split(b"\n")[:-1]]

    def _is_as_noted(self) -> bool:
        left, found = self.done.written, 0
        with self.path.open("rb") as part:
            while left and (data := part.read(min(left, 1 << 20))):
                left -= len(data)
                found = crc32(data, found)
        return left == 0 and found == self.done.sum


def _restored(noted: list[dict[str, Any]]) -> Done:
    last = noted[-1]
    done = Done(Place(*last["place"]), last["written"], last["sum"])
    for line in noted:
        done.statuses += Counter(line["statuses"])
        if "footer" in line:
            done.footers.append(b64decode(line["footer"]))
            done.places.append(line["at"])
    return done
