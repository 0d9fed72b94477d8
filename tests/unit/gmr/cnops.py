"""The CNOPS list of 2014 read straight from its file, apart from the importer: what rules are tried on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from catalog.registry import KINDS
from catalog.validation import Candidate

FILE = Path("gmr") / "ref-des-medicaments-cnops-2014.xlsx"
TEXTS = ("nom", "dci", "dosages", "unites", "forme", "presentation")


def candidates(shared_data: Path) -> list[Candidate]:
    """Every row; a printed 0 is no price, and the base of a medicine without public price is on its hospital price."""
    rows = CalamineWorkbook.from_path(shared_data / FILE).get_sheet_by_index(0).to_python()[1:]
    return [Candidate("medicament", str(row[0]), _payload(row), row=place) for place, row in enumerate(rows, start=2)]


def _payload(row: list[Any]) -> dict[str, Any]:
    ppv, ph, base = (round(float(cell) * 100) or None for cell in row[7:10])
    fields: dict[str, Any] = {name: cell or None for name, cell in zip(TEXTS, row[1:7], strict=True)}
    fields |= {"ppv": ppv, "ph": ph, "pbr": base if ppv else None, "pbr_ph": None if ppv else base}
    fields |= {"princeps_generique": row[10], "admis_remboursement": row[11] != "0%"}
    return KINDS.find("medicament").load(str(row[0]), fields)
