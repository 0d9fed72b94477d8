"""The French CCAM as published: acts, tree and dated tariffs, turned into changes, and read again slowly.

A foreign list, for stress: its tariffs are euros of another country's insurance and price nothing in Morocco.
"""

from __future__ import annotations

import gzip
import json
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from catalog.kinds import Kinds
from catalog.releases.changes import Change
from catalog.temporal import DUSK, Period
from tests.integration.families.press import legal_act

CONVENTION = "ccam-france"
ARRANGEMENT = "ccam-arborescence"
"""Stands for the publication of acts and tree, which the files do not date."""

Row = Mapping[str, Any]


def read_rows(shared_data: Path, name: str) -> list[dict[str, Any]]:
    """The objects of one file, numbers as exact decimals."""
    with gzip.open(shared_data / "ngap_ccam" / f"{name}.json.gz", "rt", encoding="utf-8") as source:
        rows: list[dict[str, Any]] = json.load(source, parse_float=Decimal)
    return rows


def convention(kinds: Kinds) -> Change:
    """What stands for the foreign insurance under which the tariffs hold."""
    payload = kinds.find("convention").load(CONVENTION, {"libelle": "Tarifs de la CCAM (France)", "acte": ARRANGEMENT})
    return Change("convention", CONVENTION, Period(date(2005, 1, 1)), payload, ARRANGEMENT)


@dataclass(frozen=True, slots=True)
class Edition:
    """What one issue of the Journal officiel brings."""

    day: date
    legal_act: str
    changes: list[Change]


def arrangement(kinds: Kinds, acts: Sequence[Row], tree: Sequence[Row]) -> Iterator[Change]:
    """The acts and their headings. A printed end is the first day without the act (an assumption)."""
    acte, noeud = kinds.find("acte_ccam"), kinds.find("noeud_ccam")
    heading = {row["code"]: row["parent"] for row in tree}
    first = min(date.fromisoformat(row["date_debut"]) for row in acts)
    yield legal_act(ARRANGEMENT, "Classification commune des actes médicaux (France)")
    for row in tree:
        if row["type"] == "H":
            parent = row["parent"] if row["parent"] in heading else None
            told = {"libelle": row["libelle"], "parent": parent, "niveau": row.get("niveau"), "strate": row["strate"]}
            yield Change("noeud_ccam", row["code"], Period(first), noeud.load(row["code"], told))
    for row in acts:
        end = date.fromisoformat(row["date_fin"]) if "date_fin" in row else DUSK
        told = {
            "libelle": row["libelle_long"],
            "libelle_court": row.get("libelle_court"),
            "noeud": heading[row["code"]],
            "type_acte": row["type_acte"],
            "compatibilite_sexe": row["compatibilite_sexe"],
        }
        period = Period(date.fromisoformat(row["date_debut"]), end)
        yield Change("acte_ccam", row["code"], period, acte.load(row["code"], told))


def editions(kinds: Kinds, tariffs: Sequence[Row]) -> Iterator[Edition]:
    """One edition a day of publication. A row holds from its effect to the next effect published by then.

    A row without amount (0) says that there is no tariff from its effect on. Rows published later over earlier days
    paint over; so each release knows what was printed by its day, and no more.
    """
    printed: dict[str, list[Row]] = defaultdict(list)
    for row in tariffs:
        printed[row["date_jo"]].append(row)
    effects: dict[str, list[str]] = defaultdict(list)
    for jo in sorted(printed):
        rows = printed[jo]
        for row in rows:
            insort(effects[forfait_code(row)], row["date_effet"])
        acts = {_act(row): row for row in rows}
        changes = [_change(kinds, row, effects[forfait_code(row)]) for row in rows]
        yield Edition(date.fromisoformat(jo), min(acts), [*map(_legal_act, acts.values()), *changes])


def forfait_code(row: Row) -> str:
    return f"{row['code']}-{row['activite']}-{row['phase']}:{CONVENTION}"


def amount(row: Row) -> str | None:
    """The printed tariff with two decimals; 0 is no tariff."""
    return f"{row['tarif']:.2f}" if row["tarif"] else None


def _act(row: Row) -> str:
    return f"arrete-ccam-{row['date_arr_minis']}-jo-{row['date_jo']}"


def _legal_act(row: Row) -> Change:
    signed, published = (date.fromisoformat(row[name]) for name in ("date_arr_minis", "date_jo"))
    return legal_act(
        _act(row), f"Arrêté du {signed}, Journal officiel du {published}", signed_on=signed, published_on=published
    )


def _change(kinds: Kinds, row: Row, effects: list[str]) -> Change:
    code = forfait_code(row)
    following = bisect_left(effects, row["date_effet"]) + 1
    end = date.fromisoformat(effects[following]) if following < len(effects) else DUSK
    period = Period(date.fromisoformat(row["date_effet"]), end)
    montant = amount(row)
    told = {
        "forfait": code.split(":")[0],
        "libelle": f"CCAM {row['code']}",
        "convention": CONVENTION,
        "montant": montant,
        "unite": "ACTE",
        "devise": "EUR",
        "acte_source": row["code"],
        "activite": row["activite"],
        "phase": row["phase"],
    }
    payload = kinds.find("forfait").load(code, told) if montant else None
    return Change("forfait", code, period, payload, _act(row))


def slow_tariffs(tariffs: Sequence[Row], day: date, known_on: date) -> dict[str, tuple[str, str]]:
    """Amount and legal act by code: of the rows printed by ``known_on``, the one that took effect last by ``day``."""
    latest: dict[str, Row] = {}
    for row in tariffs:
        if row["date_jo"] <= known_on.isoformat() and row["date_effet"] <= day.isoformat():
            code = forfait_code(row)
            if code not in latest or row["date_effet"] > latest[code]["date_effet"]:
                latest[code] = row
    return {code: (str(amount(row)), _act(row)) for code, row in latest.items() if row["tarif"]}
