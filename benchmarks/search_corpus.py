"""The real CNOPS list and the real CCAM as documents of the search, all in force."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
from python_calamine import CalamineWorkbook

from benchmarks.imports import CNOPS, SHARED
from catalog.registry import KINDS
from catalog.search.documents import Document, describe, in_display_order
from catalog.searching import SEARCHABLES
from catalog.temporal import Moment

CCAM = SHARED / "ngap_ccam" / "ccam_actes.json.gz"
ALWAYS = ((1, date.max.toordinal(), 1, 2),)
MOMENT = Moment(date(2026, 1, 1), 1)

Told = tuple[str, str, dict[str, Any]]


def is_there() -> bool:
    return CNOPS.is_file() and CCAM.is_file()


def entries() -> Iterator[Told]:
    """Kind, code and fields of every row of both files."""
    for row in CalamineWorkbook.from_path(str(CNOPS)).get_sheet_by_index(0).to_python()[1:]:
        code, name, dci, dose, unit, form, pack = (str(cell) for cell in row[:7])
        lists = {"dci": dci, "dosages": dose, "unites": unit}
        told = {field: tuple(text.split(" / ")) for field, text in lists.items() if text}
        yield "medicament", code, {"nom": name, "forme": form, "presentation": pack} | told
    for act in json.loads(gzip.decompress(CCAM.read_bytes())):
        yield "acte_ccam", act["code"], {"libelle": act["libelle_long"], "libelle_court": act.get("libelle_court")}


def documents(rows: list[Told]) -> list[Document]:
    """The rows as a snapshot of them would be indexed."""
    made = []
    for kind, code, told in rows:
        payload = dict.fromkeys(KINDS.find(kind).fields) | told
        document = describe(SEARCHABLES[kind], kind, code, payload)
        made.append(msgspec.structs.replace(document, held=ALWAYS))
    return in_display_order(made, SEARCHABLES)
