"""The French drug base: a foreign list of the same shape, the proof that a profile is enough."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.integration.imports.bdpm_count import count, prices
from tests.integration.imports.catalogues import Loader

pytestmark = pytest.mark.slow

JULY, OCTOBER = "bdpm/2016-07-18", "bdpm/2016-10-08"
CIP = "CIS_CIP_bdpm.txt.gz"


def test_the_diff_of_both_releases_equals_an_independent_count(loader: Loader, shared_data: Path) -> None:
    for folder in (JULY, OCTOBER):
        loader.load("groupes-generiques", shared_data / folder / "CIS_GENER_bdpm.txt.gz")
        loader.load("medicaments", shared_data / folder / CIP)
    entries = loader.diff("medicament", 2, 4)
    found = Counter(entry.status.value for entry in entries)
    expected = count(shared_data / JULY / CIP, shared_data / OCTOBER / CIP)
    assert found["added"] == expected["added"]
    assert found["withdrawn"] == expected["removed"]
    assert sum("ppv" in entry.changed_fields() for entry in entries) == expected["price changed"]
    held = loader.in_force("medicament", date(2016, 10, 8), 4)
    printed = {code: int(price) if price else None for code, price in prices(shared_data / OCTOBER / CIP).items()}
    assert {code: value.payload["ppv"] for code, value in held.items()} == printed


def test_opinions_of_both_releases_are_imported(loader: Loader, shared_data: Path) -> None:
    reports = [
        loader.load("avis", shared_data / folder / name)
        for folder in (JULY, OCTOBER)
        for name in ("CIS_HAS_SMR_bdpm.txt.gz", "CIS_HAS_ASMR_bdpm.txt.gz")
    ]
    assert [report.counts["records"] for report in reports] == [9190, 5233, 9315, 5376]
    assert all(not report.errors for report in reports)
