"""The reference pack, looked up: the price, base and status parts of the golden drug cases."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.gmr.lookups import avis, equivalents, medicament
from catalog.snapshots.reading import Snapshot
from tests.unit.gmr.builders import Fact, at, snapshot
from tests.unit.reference_pack.reading import COMMON, folders, rows

JULY_2014, FEBRUARY_2026 = date(2014, 7, 1), date(2026, 2, 1)
CNOPS_2014 = 5
"""The release of the pack that completes the list of 2014."""
NEWEST = len(folders())


@pytest.fixture(scope="module")
def pack() -> Snapshot:
    releases: list[list[Fact]] = [[] for _ in folders()]
    for row in rows():
        fields = {name: text for name, text in row.cells.items() if text and name not in ("code", *COMMON)}
        kept = None if row.cells["op"] == "void" else fields
        ground = (row.cells["legal_act"], row.source or None, row.cells["confidence"] or None)
        releases[row.release - 1].append(Fact(row.kind.name, row.code, row.period, kept, *ground))
    return snapshot(*releases)


@pytest.mark.parametrize(
    ("case", "code", "side", "ppv", "pbr", "statut"),
    [
        ("G01", "6118000190462", "G", "29.70", "29.70", "ADMIS"),
        ("G02", "6118000100058", "P", "37.20", "29.70", "ADMIS"),
        ("G04", "6118000250555", "P", "98.90", "98.90", "ADMIS"),
        ("G05", "6118000100256", "P", "232.40", "105.00", "ADMIS"),
        ("G07", "6118001070169", "P", "440.00", "440.00", "NON_ADMIS"),
    ],
)
def test_the_golden_medicines_have_their_prices(
    pack: Snapshot, case: str, code: str, side: str, ppv: str, pbr: str, statut: str
) -> None:
    told = medicament(pack, code, at(JULY_2014, NEWEST))
    assert (told["princeps_generique"], told["ppv"], told["pbr"], told["statut"]) == (side, ppv, pbr, statut), case
    assert told["warnings"] == []


def test_the_equivalents_of_diamicron_come_cheapest_first(pack: Snapshot) -> None:
    # G02 counts three generics at 22.00: two of those codes are one product, which the pack holds as one presentation.
    found = equivalents(pack, "6118000100058", at(JULY_2014, NEWEST))
    assert [each["saving"] for each in found] == ["15.20", "15.20", "11.70", "10.50", "7.50", "0.00"]
    assert found[-1]["is_asked"]


class TestAclasta:
    """Not admitted in 2014, admitted by the CNSS list of 2026, with an ASMR of 2012."""

    CODE = "6118001030538"

    def test_it_turns_reimbursable(self, pack: Snapshot) -> None:
        before, after = (medicament(pack, self.CODE, at(day, NEWEST)) for day in (JULY_2014, FEBRUARY_2026))
        assert (before["admis_remboursement"], before["statut"]) == (False, "HOSPITALIER")
        assert (after["admis_remboursement"], after["statut"]) == (True, "ADMIS")

    def test_the_change_is_upcoming_once_it_is_published(self, pack: Snapshot) -> None:
        (step,) = medicament(pack, self.CODE, at(JULY_2014, NEWEST))["upcoming"]
        assert step["valid_from"] == "2026-01-01"
        assert {"field": "admis_remboursement", "before": False, "after": True} in step["changes"]
        assert medicament(pack, self.CODE, at(JULY_2014, CNOPS_2014))["upcoming"] == []

    def test_its_asmr_is_that_of_its_opinion(self, pack: Snapshot) -> None:
        (opinion,) = avis(pack, self.CODE, at(FEBRUARY_2026, NEWEST))
        assert opinion["asmr"] == medicament(pack, self.CODE, at(FEBRUARY_2026, NEWEST))["asmr"] == "I-II"
        assert medicament(pack, self.CODE, at(JULY_2014, CNOPS_2014))["asmr"] is None


def test_olmesartan_has_the_insufficient_smr_of_its_class_review(pack: Snapshot) -> None:
    assert medicament(pack, "6118001101207", at(FEBRUARY_2026, NEWEST))["smr"] == "INSUFFISANT"
    assert medicament(pack, "6118001101207", at(JULY_2014, NEWEST))["smr"] is None
