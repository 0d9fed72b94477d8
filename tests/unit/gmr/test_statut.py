"""The word for a presentation, and the text of its strength."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.gmr.statut import dosage_text, full_name, statut
from tests.unit.gmr.builders import payload


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({}, "ADMIS"),
        ({"admis_remboursement": False}, "NON_ADMIS"),
        ({"ppv": None, "ph": "58465.00"}, "HOSPITALIER"),
        ({"ppv": None, "ph": "58465.00", "admis_remboursement": False}, "HOSPITALIER"),
        ({"ppv": None, "ph": None}, "ADMIS"),
        ({"ph": "25.00"}, "ADMIS"),
        ({"retire": True, "admis_remboursement": False}, "RETIRE"),
        ({"retire": True, "admis_remboursement": False, "ppv": None, "ph": "1.00"}, "RETIRE"),
    ],
)
def test_statut_says_the_strongest_thing_first(fields: dict[str, Any], word: str) -> None:
    assert statut(payload("medicament", **fields)) == word


@pytest.mark.parametrize(
    ("dosages", "unites", "text"),
    [
        ("80", "MG", "80 MG"),
        ("500 / 125", "MG / MG", "500 MG / 125 MG"),
        ("5", "MG/ML", "5 MG/ML"),
        ("3000", "NA", "3000"),
        (None, "NA", None),
        (None, None, None),
        ("80", None, "80"),
        ("100 / 5", "MG/ML", "100 / 5 MG/ML"),
        ("10/10/5", "MG / MG / MG", "10/10/5 MG"),
        ("500", "MG / NA / NA", "500 MG"),
        (["500", ""], ["MG", "NA"], "500 MG"),
        (["", "500"], ["MG"], "500 MG"),
    ],
)
def test_the_dosage_is_paired_only_where_the_lists_are(dosages: Any, unites: Any, text: str | None) -> None:
    assert dosage_text(payload("medicament", dosages=dosages, unites=unites)) == text


@pytest.mark.parametrize(
    ("nom", "dosage", "told"),
    [
        ("DIAMICRON", "80 MG", "DIAMICRON 80 MG"),
        ("ABILIFY 10 MG", "10 MG", "ABILIFY 10 MG"),
        ("ACLASTA 5MG/100ML", "5 MG/100ML", "ACLASTA 5MG/100ML"),
        ("ABILIFY", None, "ABILIFY"),
    ],
)
def test_a_dosage_is_said_once(nom: str, dosage: str | None, told: str) -> None:
    assert full_name(nom, dosage) == told
