"""Whoever had a hand in an import does not approve its draft, whoever staged it."""

from __future__ import annotations

import pytest

from catalog.errors import FourEyesError
from catalog.registry import KINDS
from catalog.releases import drafts
from tests.api.catalogue import NOW

from .conftest import EFFECT, KNOWN, ImportDesk, csv_of

GOOD = csv_of(f"{KNOWN},DIAMICRON,36.00,29.70,oui")
TYPED = {"cell:ppv": "35.00", "reason": "relu sur le Bulletin officiel"}
SETTINGS = {"kind": "medicaments", "effective": EFFECT, "legal_act": "gmr-06-23"}
STAGER = "redacteur2"


def submit(imports: ImportDesk, address: str) -> int:
    """The number of the draft an import went into, now under review."""
    number = int(address.rsplit("/", 1)[1])
    with imports.desk.place.writing() as session:
        drafts.submit(session, KINDS, drafts.find_draft(session, number), by=STAGER, at=NOW)
    return number


def approve(imports: ImportDesk, number: int, who: str) -> None:
    with imports.desk.place.writing() as session:
        drafts.approve(session, drafts.find_draft(session, number), by=who, at=NOW)


def test_who_uploaded_and_corrected_does_not_approve_what_somebody_else_staged(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", GOOD)
    imports.post(upload, "ligne/2", **TYPED)
    imports.post(upload, "controler")
    number = submit(imports, imports.post(upload, "verser", STAGER).location)
    with pytest.raises(FourEyesError):
        approve(imports, number, "redacteur")
    approve(imports, number, "valideur")


def test_who_only_uploaded_does_not_approve(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", GOOD)
    number = submit(imports, imports.post(upload, "verser", STAGER).location)
    with pytest.raises(FourEyesError):
        approve(imports, number, "redacteur")


@pytest.mark.parametrize(
    "deeds",
    [
        [("ligne/2", TYPED)],
        [("ligne/2", TYPED), ("ligne/2/annuler", {"column": "ppv"})],
        [("reglages", {**SETTINGS, "title": "Autre titre"})],
    ],
    ids=["corrected", "withdrawn", "settled"],
)
def test_who_had_a_hand_in_it_does_not_approve(imports: ImportDesk, deeds: list[tuple[str, dict[str, str]]]) -> None:
    upload = imports.upload("liste.csv", GOOD, who=STAGER)
    for verb, form in deeds:
        assert imports.post(upload, verb, "redacteur", **form).status_code == 302
    imports.post(upload, "controler", STAGER)
    number = submit(imports, imports.post(upload, "verser", STAGER).location)
    with pytest.raises(FourEyesError):
        approve(imports, number, "redacteur")


def test_who_changed_nothing_may_approve(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", GOOD, who=STAGER)
    imports.post(upload, "reglages", "redacteur", **SETTINGS)
    number = submit(imports, imports.post(upload, "verser", STAGER).location)
    approve(imports, number, "redacteur")
