"""The rules on the real list of 2014: counts that DOMAIN and the data's own page measured by other means."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from catalog.gmr.group_rules import PbrIsNotTheClosestGeneric, compared_with
from catalog.gmr.groups import Members, expected_base, gather
from catalog.gmr.identity_rules import ProductUnderTwoCodes
from catalog.gmr.rules import MEDICAMENT_RULES
from catalog.gmr.statut import statut
from catalog.validation import Candidate, Severity
from tests.unit.gmr import cnops
from tests.unit.gmr.builders import check

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def listed(shared_data: Path) -> list[Candidate]:
    return cnops.candidates(shared_data)


def test_each_rule_finds_what_was_counted_apart(listed: list[Candidate]) -> None:
    found = [violation for rule in MEDICAMENT_RULES for violation in check(rule, *listed)]
    counts = Counter(violation.rule for violation in found)
    assert {violation.severity for violation in found} == {Severity.WARNING}
    for compared_by_text in ("PbrIsNotTheClosestGeneric", "GenericIsDearerThanPrinceps"):
        del counts[compared_by_text]
    assert counts == {
        "CheckDigitIsWrong": 19,
        "ListLengthsDiffer": 46,
        "ProductUnderTwoCodes": 703,
        "AdmittedWithoutBase": 27,
        "GenericBaseIsNotItsPrice": 3,
        "HospitalPriceOutOfBand": 2,
    }


def test_698_products_stand_under_several_codes(listed: list[Candidate]) -> None:
    first_codes = {violation.message.rsplit(" ", 1)[1] for violation in check(ProductUnderTwoCodes(), *listed)}
    assert len(first_codes) == 698


class TestPbrIsNotTheClosestGeneric:
    @pytest.fixture
    def compared(self, listed: list[Candidate]) -> list[tuple[dict[str, Any], Members]]:
        """Each princeps with a published base and a comparison group."""
        groups = gather((entry.code, entry.payload) for entry in listed)
        found = [(dict(entry.payload), compared_with(entry.payload, groups)) for entry in listed]
        return [(payload, members) for payload, members in found if members and payload["pbr"] is not None]

    def test_nine_princeps_in_ten_follow_the_rule(self, listed: list[Candidate], compared: list[Any]) -> None:
        broken = check(PbrIsNotTheClosestGeneric(), *listed)
        assert len(compared) > 480
        assert 0.90 <= 1 - len(broken) / len(compared) <= 0.95

    def test_the_closest_generic_explains_the_list_and_the_cheapest_does_not(
        self, compared: list[tuple[dict[str, Any], Members]]
    ) -> None:
        closest, cheapest = 0, 0
        for payload, members in compared:
            by_law = expected_base(payload["ppv"], members.generic_prices)
            by_thrift = min(payload["ppv"], *members.generic_prices)
            if by_law != by_thrift:
                closest += payload["pbr"] == by_law
                cheapest += payload["pbr"] == by_thrift
        assert closest > 20 * cheapest > 0


def test_the_hospital_only_medicines_have_no_public_price(listed: list[Candidate]) -> None:
    hospital = [entry.payload for entry in listed if statut(entry.payload) == "HOSPITALIER"]
    assert len(hospital) == 208
    assert all(payload["ppv"] is None for payload in hospital)
