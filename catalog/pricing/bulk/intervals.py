"""Every version of every medicine in columns. Days are ordinals, amounts centimes, NONE where there is none."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from catalog.pricing.bulk.columns import NONE, Numbers
from catalog.pricing.line_fields import MEDICAMENT
from catalog.snapshots.columns import array_head
from catalog.snapshots.memory import remembering
from catalog.snapshots.packed import PackedKind
from catalog.snapshots.reading import Snapshot

PRICES = ("ppv", "ph", "pbr")
STANDINGS = ("admis_remboursement", "retire")
READ = frozenset((*PRICES, *STANDINGS))
"""Fields of a medicine that decide what is paid for it. That pricing reads no other is tested."""

TOO_LARGE = 9_000_000_000
"""Centimes. What is less, times the most units and a whole rate, fits in 64 bits; what is more goes line by line."""

_decoder = msgspec.msgpack.Decoder(list[list[Any]])


class Medicines(NamedTuple):
    """The versions of all medicines, whenever they were believed; ``code`` counts in ``codes``, ``act`` in ``acts``.

    ``prices`` has a column of NONE, then one for each of PRICES. Versions of one ``shape`` differ in nothing that
    decides which of the prices is paid: only in the prices themselves.
    """

    codes: list[str]
    acts: list[str]
    code: Numbers
    start: Numbers
    end: Numbers
    rel_from: Numbers
    rel_to: Numbers
    act: Numbers
    prices: Numbers
    shape: Numbers


@remembering(1)
def medicines(snapshot: Snapshot) -> Medicines:
    """All versions of a snapshot, in its order: by code, latest days first."""
    stored = snapshot.packed.kinds[MEDICAMENT]
    code = np.repeat(np.arange(stored.n_codes, dtype=np.int32), np.diff(_part(stored, "span_at")))
    facts = _part(stored, "span_fact").astype(np.int64)
    grounds = [act for act, *_ in stored.grounds()]
    acts = {act: number for number, act in enumerate(dict.fromkeys(grounds))}
    act = np.array([acts[each] for each in grounds], dtype=np.int32)[_part(stored, "fact_ground")[facts]]
    prices, standing = np.split(_read_facts(stored, facts)[facts], (1 + len(PRICES),), axis=1)
    start, end, rel_from, rel_to = (_part(stored, f"span_{name}") for name in ("start", "end", "from", "to"))
    shape = _shapes(prices, standing)
    prices = np.ascontiguousarray(prices)
    return Medicines(stored.all_codes(), list(acts), code, start, end, rel_from, rel_to, act, prices, shape)


def _part(stored: PackedKind, name: str) -> NDArray[Any]:
    """An array of the snapshot, where it lies."""
    return np.asarray(stored.parts.get(name, memoryview(b"").cast("i")))


def _read_facts(stored: PackedKind, facts: NDArray[Any]) -> Numbers:
    """Of each fact that a version holds, by its number: NONE, its prices, and its standings as 0, 1 or NONE.

    Facts that say the same are decoded once, and where they can be, without the texts before.
    """
    told = np.full((stored.n_facts, 1 + len(PRICES) + len(STANDINGS)), NONE, dtype=np.int64)
    places = [stored.fields.index(name) for name in (*PRICES, *STANDINGS)]
    is_short = min(places) >= stored.alike
    if is_short:
        places = [place - stored.alike for place in places]
    wanted = np.unique(facts)
    read = stored.own_values if is_short else stored.values
    pieces = [read(fact) or b"" for fact in wanted.tolist()]
    numbers = {piece: number for number, piece in enumerate(dict.fromkeys(pieces))}
    head = array_head(len(stored.fields) - stored.alike) if is_short else b""
    values = _decoder.decode(b"\xdd" + len(numbers).to_bytes(4, "big") + b"".join(head + piece for piece in numbers))
    rows = [[NONE if each[place] is None else each[place] for place in places] for each in values]
    if rows:
        told[wanted, 1:] = np.array(rows, dtype=np.int64)[[numbers[piece] for piece in pieces]]
    return told


def _shapes(prices: Numbers, standing: Numbers) -> Numbers:
    """A number for all that decides which price is paid: what is absent, or nothing; the order; the standings."""
    shape = np.zeros(len(prices), dtype=np.int64)
    for column in range(1, 1 + len(PRICES)):
        shape = shape * 3 + np.sign(prices[:, column]) + 1
    for one, other in ((1, 2), (1, 3), (2, 3)):
        shape = shape * 3 + np.sign(prices[:, one] - prices[:, other]) + 1
    for column in range(standing.shape[1]):
        shape = shape * 3 + standing[:, column] + 1
    return shape.astype(np.int32)
