"""Billed lines, good and bad, and batches of them."""

from __future__ import annotations

from typing import Any

from tests.api.golden_catalogue import COVERSYL, DIAMICRON, STAY, VALVE

CONSULTATION = {"kind": "acte", "code": "C", "as_of": "2021-05-10", "organisme": "cnss", "secteur": "prive"}


def bad(field: str, words: str, status: str = "INVALID", **changed: Any) -> tuple[dict[str, Any], str, str, str]:
    """A line, its status, the field at fault, and words of the sentence it is told."""
    return {**CONSULTATION, **changed}, status, field, words


BAD = [
    bad("code", "neither an NGAP act nor a key letter", "UNKNOWN_CODE", code="QQ123"),
    bad("quantity", "-2", quantity=-2),
    bad("quantity", "0", quantity=0),
    bad("as_of", "2021-02-30", as_of="2021-02-30"),
    bad("code", "no value in force", "NO_TARIFF", code="Cp"),
    bad("code", "61180001000A8", kind="medicament", code="61180001000A8"),
    bad("organisme", "one organisme", organisme=["cnops", "cnss"]),
    bad("organisme", "one organisme", organisme="cnops,cnss"),
    bad("kind", "missing", kind=None),
    bad("secteur", "missing", secteur=None),
    bad("billed", "money is a text", billed=150.5),
    bad("colour", "no field", colour="blue"),
    bad("code", "No medicine", "UNKNOWN_CODE", kind="medicament", code="6118009999993"),
]
GOOD = [
    {"kind": "medicament", "code": DIAMICRON, "organisme": "cnops", "as_of": "2014-07-01", "mutuelle": True},
    {"kind": "medicament", "code": COVERSYL, "organisme": "cnss", "as_of": "2015-01-31", "quantity": 3},
    {**CONSULTATION, "billed": "150.00"},
    {**CONSULTATION, "code": "K50", "mode": "hospitalisation", "organisme": "cnops"},
    {"kind": "dispositif", "code": VALVE, "organisme": "cnops", "as_of": "2012-03-01", "billed": "19000.00"},
    {"kind": "forfait", "code": STAY, "organisme": "cnops", "secteur": "prive", "as_of": "2019-12-30", "quantity": 2},
]


def batch(size: int) -> list[dict[str, Any]]:
    """Good lines with a bad one in each hundred, told apart by their id."""
    lines = []
    for number in range(size):
        place, rest = divmod(number, 100)
        line = BAD[place % len(BAD)][0] if rest == 50 else GOOD[number % len(GOOD)]
        lines.append({"id": number, **line})
    return lines
