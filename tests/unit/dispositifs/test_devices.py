"""Devices: codes, rules, and what is answered at a moment (DOMAIN 4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.dispositifs.codes import parse_device
from catalog.dispositifs.lookups import base, dispositif, find_dispositif
from catalog.dispositifs.rules import (
    AgesInverted,
    ForfaitIsZero,
    ForfaitJump,
    ForfaitMissing,
    ReplacementTurnsRound,
    ReplacementUnknown,
)
from catalog.errors import CodeError, NotInForceError, PayloadError, UnknownCodeError
from catalog.temporal import Period
from catalog.validation import Candidate, Severity
from tests.unit.ngap_ccam.builders import at, candidate, check, fact, payload, snapshot, standing, void

VALVE = "VALVE-DOUBLE-AILETTE"
IN_2008, IN_2015 = date(2008, 12, 25), date(2015, 12, 17)
CENTIMES = st.integers(0, 10**9)


def device(code: str, **fields: object) -> Candidate:
    return candidate("dispositif", code, **fields)  # type: ignore[arg-type]


class TestCodes:
    @pytest.mark.parametrize("text", ["KE140201", " ke140201 ", "3154347", "valve-double-ailette", "A.B_C"])
    def test_a_code_is_plain_capitals(self, text: str) -> None:
        assert parse_device(text) == text.strip().upper()

    @pytest.mark.parametrize("text", ["", "-A", "A B", "ÉPAULE", "A/B", "A" * 101])
    def test_anything_else_is_refused(self, text: str) -> None:
        with pytest.raises(CodeError):
            parse_device(text)

    def test_a_code_that_a_spreadsheet_destroyed_is_told_apart(self) -> None:
        with pytest.raises(CodeError, match="spreadsheet"):
            parse_device("3.15E+6")


class TestRules:
    def test_a_forfait_that_is_missing_is_warned_of(self) -> None:
        (found,) = check(ForfaitMissing(), device(VALVE, forfait=None), device("OTHER"))
        assert (found.code, found.severity) == (VALVE, Severity.WARNING)

    def test_a_forfait_of_zero_is_refused(self) -> None:
        read = device(VALVE, forfait="0.01")
        zero = replace(read, payload={**read.payload, "forfait": 0})
        (found,) = check(ForfaitIsZero(), zero, device("OTHER"), device("NONE", forfait=None))
        assert (found.code, found.severity) == (VALVE, Severity.ERROR)

    def test_ages_are_in_order(self) -> None:
        (found,) = check(AgesInverted(), device("A", age_min=20, age_max=3), device("B", age_min=3, age_max=3))
        assert (found.code, found.severity) == ("A", Severity.ERROR)
        assert check(AgesInverted(), device("A", age_min=20), device("B", age_max=3)) == []

    @pytest.mark.parametrize(
        ("before", "after", "jumps"),
        [
            ("17500.00", "10000.00", False),
            ("100.00", "50.00", False),
            ("100.00", "49.99", True),
            ("100.00", "200.00", False),
            ("100.00", "200.01", True),
            ("100.00", None, False),
        ],
    )
    def test_a_forfait_beyond_half_or_double_is_warned_of(self, before: str, after: str | None, jumps: bool) -> None:
        found = check(ForfaitJump(), device("A", forfait=after, before={"forfait": before}), device("B"))
        assert [violation.severity for violation in found] == [Severity.WARNING] * jumps

    def test_a_device_is_replaced_by_one_in_force(self) -> None:
        old = device("OLD", remplace_par="NEW")
        assert [found.value for found in check(ReplacementUnknown(), old)] == ["NEW"]
        assert check(ReplacementUnknown(), old, device("NEW")) == []
        assert check(ReplacementUnknown(), old, standing=standing(device("NEW"))) == []

    def test_replacements_do_not_turn_round(self) -> None:
        loop = (device("A", remplace_par="B"), device("B", remplace_par="A"))
        found = check(ReplacementTurnsRound(), *loop, device("C", remplace_par="A"))
        assert [(violation.code, violation.severity) for violation in found] == [
            ("A", Severity.ERROR),
            ("B", Severity.ERROR),
        ]
        assert "(A -> B -> A)" in found[0].message

    @pytest.mark.parametrize(
        "fields",
        [{"classe": "IV"}, {"lateralite": "HAUT"}, {"quantite_max": 0}, {"renouvellement_mois": 0}, {"age_max": 200}],
    )
    def test_the_schema_refuses_what_no_list_can_mean(self, fields: dict[str, object]) -> None:
        with pytest.raises(PayloadError, match=next(iter(fields))):
            device(VALVE, **fields)


class TestBase:
    def test_it_is_the_smaller_of_purchase_price_and_forfait(self) -> None:
        valve = payload("dispositif")
        assert [base(valve, bought) for bought in (19_000_00, 15_000_00, 17_500_00)] == [
            17_500_00,
            15_000_00,
            17_500_00,
        ]

    def test_without_purchase_price_it_is_the_forfait_and_without_forfait_nothing(self) -> None:
        assert base(payload("dispositif"), None) == 17_500_00
        assert base(payload("dispositif", forfait=None), 19_000_00) is None

    @given(forfait=CENTIMES, bought=CENTIMES)
    def test_it_is_above_neither(self, forfait: int, bought: int) -> None:
        found = base({**payload("dispositif"), "forfait": forfait}, bought)
        assert found in (forfait, bought)
        assert found is not None and found <= forfait and found <= bought


class TestLookups:
    WORLD = snapshot(
        [fact("dispositif", VALVE, Period(IN_2008))],
        [fact("dispositif", VALVE, Period(IN_2015), forfait="10000.00")],
    )

    @pytest.mark.parametrize(
        ("day", "forfait"),
        [
            (date(2012, 3, 1), 17_500_00),  # G25
            (date(2015, 10, 15), 17_500_00),  # G27: signed 23/09, not yet published
            (date(2015, 12, 16), 17_500_00),
            (date(2015, 12, 17), 10_000_00),
        ],
    )
    def test_the_valve_costs_less_from_the_day_of_publication(self, day: date, forfait: int) -> None:
        assert find_dispositif(self.WORLD, VALVE.lower(), at(day, 2)).forfait == forfait

    def test_what_was_known_before_stays_answerable(self) -> None:
        assert find_dispositif(self.WORLD, VALVE, at(IN_2015, 1)).forfait == 17_500_00

    def test_unknown_and_out_of_force_are_two_answers(self) -> None:
        assert dispositif(self.WORLD, VALVE, at(date(2008, 12, 24), 2)) is None
        with pytest.raises(NotInForceError, match="in force from 2008-12-25"):
            find_dispositif(self.WORLD, VALVE, at(date(2008, 12, 24), 2))
        with pytest.raises(UnknownCodeError):
            find_dispositif(self.WORLD, "OTHER", at(IN_2015, 2))

    def test_the_last_device_of_a_chain_of_replacements_is_told(self) -> None:
        chain = [fact("dispositif", old, remplace_par=new) for old, new in (("A", "B"), ("B", "C"), ("C", "A"))]
        world = snapshot(chain, [void("dispositif", "C", IN_2015)])
        before, after = (find_dispositif(world, "A", at(day, 2)).remplacant for day in (IN_2008, IN_2015))
        assert before is not None and after is not None
        assert (before.code, after.code) == ("C", "B")

    def test_most_devices_are_replaced_by_none(self) -> None:
        found = find_dispositif(self.WORLD, VALVE, at(IN_2015, 2))
        assert (found.remplacant, found.accord_prealable) == (None, False)
