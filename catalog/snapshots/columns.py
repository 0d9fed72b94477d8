"""The facts of a kind as columns: what many of them say alike is kept once, and named by its number."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from catalog.snapshots.content import StoredFact
from catalog.snapshots.layout import DAY, FACT_DAYS, FACT_NUMBERS, NUMBER

Ground = tuple[str, str | None, str | None]
"""What a fact stands on: the legal act, the source, the confidence in it."""

_encode = msgspec.msgpack.Encoder().encode


class Facts:
    """Facts in their order. ``fact_alike`` is 0 for one that says nothing holds.

    The values of a fact are one MessagePack array, in two pieces: the first ``alike`` fields, which facts share, and
    those of its own. End to end they are the array.
    """

    def __init__(self, alike: int, fields: int) -> None:
        self._alike, self._head, self._own_head = alike, array_head(fields), len(array_head(fields - alike))
        self._shared_head = len(array_head(alike))
        self._days = {name: array(DAY) for name in FACT_DAYS}
        self._numbers = {name: array(NUMBER) for name in FACT_NUMBERS}
        self._own_at, self._own = array(NUMBER, [0]), bytearray()
        self._grounds: dict[Ground, int] = {}
        self._shared: dict[bytes, int] = {}

    def resume(self, columns: Mapping[str, memoryview], grounds: Iterable[Ground], shared: Iterable[bytes]) -> None:
        """Goes on behind facts that were packed before."""
        for name, column in (*self._days.items(), *self._numbers.items()):
            column.frombytes(columns[name].cast("B"))
        self._own_at = array(NUMBER, columns["own_at"].tobytes())
        self._own = bytearray(columns["own"])
        self._grounds = {ground: number for number, ground in enumerate(grounds)}
        self._shared = {piece: number for number, piece in enumerate(shared, start=1)}

    def renumber(self, numbers: Sequence[int]) -> None:
        """Every code has another number: that of the first is now ``numbers[0]``."""
        self._numbers["fact_code"] = array(NUMBER, [numbers[code] for code in self._numbers["fact_code"]])

    def __len__(self) -> int:
        return len(self._own_at) - 1

    def extend(self, facts: Sequence[StoredFact], numbers: Mapping[str, int]) -> None:
        """The facts that follow; ``numbers`` are those of their codes."""
        grounds = self._grounds
        for name, told in (
            ("fact_release", [fact.release for fact in facts]),
            ("fact_start", [fact.start for fact in facts]),
            ("fact_end", [fact.end for fact in facts]),
        ):
            self._days[name].extend(told)
        self._numbers["fact_code"].extend([numbers[fact.code] for fact in facts])
        self._numbers["fact_ground"].extend(
            [grounds.setdefault((fact.legal_act, fact.source, fact.confidence), len(grounds)) for fact in facts]
        )
        self._numbers["fact_alike"].extend([self._add_values(fact.values) for fact in facts])

    def _add_values(self, values: list[Any] | None) -> int:
        """Keeps the values of the next fact; the number of its shared piece."""
        number = 0
        if values is not None:
            self._own += _encode(values[self._alike :])[self._own_head :]
            piece = self._head + _encode(values[: self._alike])[self._shared_head :]
            number = self._shared.setdefault(piece, len(self._shared) + 1)
        self._own_at.append(len(self._own))
        return number

    def arrays(self) -> dict[str, array[int] | bytearray]:
        return {
            **self._days,
            **self._numbers,
            "own_at": self._own_at,
            "own": self._own,
            **_blobs("alike", self._shared),
            **_blobs("ground", map(_encode, self._grounds)),
        }


def _blobs(name: str, blobs: Iterable[bytes]) -> dict[str, array[int] | bytearray]:
    """Pieces end to end, and where each begins."""
    at, whole = array(NUMBER, [0]), bytearray()
    for blob in blobs:
        whole += blob
        at.append(len(whole))
    return {f"{name}_at": at, name: whole}


def array_head(length: int) -> bytes:
    """How MessagePack begins an array."""
    return bytes([0x90 | length]) if length < 16 else b"\xdc" + length.to_bytes(2, "big")
