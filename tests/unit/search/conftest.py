"""A small index of medicines and acts, held over known days and releases."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from catalog.registry import KINDS
from catalog.search import whoosh_index
from catalog.search.documents import Alias, Collection, Document, describe, in_display_order
from catalog.search.engine import Engine
from catalog.searching import SEARCHABLES
from catalog.temporal import Moment

FIRST, LEFT = date(2014, 6, 9), date(2015, 3, 1)
ALWAYS = ((FIRST.toordinal(), date.max.toordinal(), 1, 9),)
UNTIL_IT_LEFT = ((FIRST.toordinal(), LEFT.toordinal(), 1, 9),)
MOMENT = Moment(date(2014, 7, 1), 1)


def document(kind: str, code: str, held: tuple[tuple[int, int, int, int], ...] = ALWAYS, **told: Any) -> Document:
    payload = dict.fromkeys(KINDS.find(kind).fields) | told
    made = describe(SEARCHABLES[kind], kind, code, payload)
    return msgspec.structs.replace(made, held=held)


def medicament(code: str, nom: str, dci: str, dose: str, unit: str = "MG", **told: Any) -> Document:
    given: dict[str, Any] = {"forme": "COMPRIME", "admis_remboursement": True} | told
    return document("medicament", code, nom=nom, dci=(dci,), dosages=(dose,), unites=(unit,), **given)


DOCUMENTS = in_display_order(
    [
        medicament("6118000100058", "DIAMICRON", "GLICLAZIDE", "80"),
        medicament("6118000100065", "DIAMICRON LM", "GLICLAZIDE", "30"),
        medicament("6118000040026", "DOLIPRANE", "PARACETAMOL", "500"),
        medicament("6118000040033", "DOLIPRANE", "PARACETAMOL", "1", "G"),
        medicament("6118000040040", "AMOXIL", "AMOXICILLINE", "250", forme="POUDRE POUR SUSPENSION BUVABLE"),
        medicament("6118000040071", "AMOXIL", "AMOXICILLINE", "1", "G", forme="POUDRE POUR SOLUTION INJECTABLE"),
        medicament("6118000040057", "ASPEGIC", "ACETYLSALICYLIQUE ACIDE", "500", admis_remboursement=False),
        document("medicament", "6118000040064", UNTIL_IT_LEFT, nom="RADIEX", admis_remboursement=True),
        document("acte_ccam", "HHFA001", libelle="Appendicectomie, par abord de la fosse iliaque"),
        document("acte_ccam", "ZZQK024", libelle="Scanographie du cœur, avec injection"),
        document("acte_ccam", "MCCA001", libelle="Ostéosynthèse de fracture de la clavicule"),
    ],
    SEARCHABLES,
)
ALIAS = Alias("6118010001154", "medicament", "6118000100058", UNTIL_IT_LEFT)


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("index")
    whoosh_index.write(folder, DOCUMENTS)
    return Engine(folder, Collection(DOCUMENTS, [ALIAS]))
