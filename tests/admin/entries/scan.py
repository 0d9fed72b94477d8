"""A slow and plain way to a list: every row, every condition, one sort."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from catalog.kinds import Kind
from catalog.snapshots.reading import Snapshot, Version
from catalog.temporal import Moment


def plain(text: str) -> str:
    split = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(sign for sign in split if not unicodedata.combining(sign)).upper()


def text_of(value: Any) -> str:
    return " / ".join(value) if isinstance(value, tuple) else str(value)


def scan(
    snapshot: Snapshot,
    kind: Kind,
    moment: Moment,
    *,
    words: Sequence[str] = (),
    types: Sequence[str] = (),
    lowest: int | None = None,
    highest: int | None = None,
    is_absent: bool | None = None,
    sort: str = "nom",
    descending: bool = False,
) -> list[str]:
    """Codes of medicines: ``types`` of princeps_generique; bounds of ``ppv`` in centimes; ``is_absent`` of ``ph``."""
    kept: list[Version] = []
    for code in snapshot.codes(kind.name):
        version = snapshot.find(kind.name, code, moment)
        if version is None:
            continue
        told = version.payload
        texts = [code, *(text_of(v) for v in told.values() if isinstance(v, str | tuple))]
        if not all(any(plain(word) in plain(text) for text in texts) for word in words):
            continue
        if types and told["princeps_generique"] not in types:
            continue
        if lowest is not None and (told["ppv"] is None or told["ppv"] < lowest):
            continue
        if highest is not None and (told["ppv"] is None or told["ppv"] > highest):
            continue
        if is_absent is not None and (told["ph"] is None) != is_absent:
            continue
        kept.append(version)
    kept.sort(key=lambda version: version.code)
    present = [version for version in kept if version.payload[sort] is not None]
    absent = [version for version in kept if version.payload[sort] is None]
    present.sort(key=lambda version: _key(version.payload[sort]), reverse=descending)
    return [version.code for version in present + absent]


def _key(value: Any) -> Any:
    return value if isinstance(value, int) else plain(text_of(value))
