"""Lines of all kinds over a snapshot: ordinary ones, unusual ones and garbage, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from catalog.snapshots.reading import Snapshot

FIELDS = (
    "id", "kind", "code", "as_of", "organisme", "secteur", "mode", "quantity", "billed", "exoneration", "mutuelle",
    "accord_prealable", "justified",
)  # fmt: skip
FIRST, LAST = date(2005, 1, 1), date(2027, 1, 1)
_CODES = {
    "medicament": ("medicament", "gtin"),
    "acte": ("acte_ngap", "acte_ccam", "lettre_cle"),
    "dispositif": ("dispositif",),
    "forfait": ("forfait",),
}
_UNUSUAL: tuple[dict[str, Any], ...] = (
    {"billed": "12345678.00"}, {"billed": "1.234"}, {"billed": " 12.00"}, {"billed": "-3.00"}, {"billed": "0"},
    {"quantity": 0}, {"quantity": 100_000}, {"quantity": 100_001}, {"quantity": -2}, {"as_of": "2021-02-30"},
    {"as_of": "10/05/2021"}, {"as_of": "0001-01-01"}, {"as_of": "9999-12-30"}, {"as_of": None}, {"code": "inconnu"},
    {"code": None}, {"kind": "MEDICAMENT "}, {"kind": "autre"}, {"organisme": "CNSS"}, {"organisme": "cnops, cnss"},
    {"mode": "Ambulatoire"}, {"secteur": None}, {"id": None}, {"id": "é '1 / =2"}, {"code": " "},
)  # fmt: skip


def lines(snapshot: Snapshot, number: int, seed: int = 6) -> Iterator[dict[str, Any]]:
    """Most are ordinary; one in twenty has something unusual about it."""
    draw = Random(seed)
    days = _days(snapshot)
    codes = {kind: _codes_of(snapshot, kind) for kind in _CODES}
    for place in range(number):
        line = {"id": f"L{place}"} | _line(draw, codes, days)
        yield line | (draw.choice(_UNUSUAL) if draw.random() < 0.05 else {})


def _line(draw: Random, codes: dict[str, list[str]], days: list[date]) -> dict[str, Any]:
    kind = draw.choice(tuple(codes))
    flags = {name: True for name in ("exoneration", "mutuelle", "accord_prealable") if draw.random() < 0.3}
    day = draw.choice(days) if draw.random() < 0.5 else FIRST + timedelta(days=draw.randrange((LAST - FIRST).days))
    return {
        "kind": kind,
        "code": draw.choice(codes[kind]),
        "as_of": day.isoformat(),
        "organisme": draw.choice(("cnops", "cnss")),
        "secteur": draw.choice(("prive", "public")),
        "mode": draw.choice((None, None, "ambulatoire", "hospitalisation")),
        "quantity": draw.choice((None, 1, 1, 2, 3, 30)),
        "billed": draw.choice((None, None, f"{draw.randrange(90000) / 100:.2f}", str(draw.randrange(2000)))),
        "justified": draw.choice((None, None, False)),
        **flags,
    }


def _codes_of(snapshot: Snapshot, kind: str) -> list[str]:
    known = [code for name in _CODES[kind] for code in snapshot.codes(name)]
    if kind == "forfait":
        return sorted({code.partition(":")[0] for code in known} | {"K50", "K120"})
    return sorted({code.partition(":")[0] for code in known}) + (["K50", "Z10"] if kind == "acte" else [])


def _days(snapshot: Snapshot) -> list[date]:
    """Days on which something begins or ends, and their eves."""
    found = {
        day + timedelta(days=by)
        for kind in ("medicament", "taux", "lettre_cle", "forfait", "dispositif", "acte_juridique")
        for code in snapshot.codes(kind)
        for version in snapshot.history(kind, code, snapshot.head)
        for day in (version.period.start, version.period.end)
        for by in (-1, 0)
        if FIRST < day < LAST
    }
    return sorted(found | {release.published_at.date() for release in snapshot.releases})
