"""Codes of acts, of targets and of mappings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from catalog.errors import CodeError
from catalog.ngap_ccam.codes import (
    Sides,
    Target,
    parse_ccam,
    parse_correspondance,
    parse_ngap,
    parse_node,
    parse_sides,
    parse_target,
)


@pytest.mark.parametrize(("text", "code"), [("D708", "D708"), (" a100 ", "A100"), ("asd01", "ASD01")])
def test_an_ngap_code_is_letters_then_digits(text: str, code: str) -> None:
    assert parse_ngap(text) == code


@pytest.mark.parametrize(("text", "code"), [("HBJD001", "HBJD001"), (" hbjd001", "HBJD001")])
def test_a_ccam_code_is_four_letters_and_three_digits(text: str, code: str) -> None:
    assert parse_ccam(text) == code


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        (parse_ngap, "HBJD001"),
        (parse_ngap, "C"),
        (parse_ngap, "D 12"),
        (parse_ngap, "D12345"),
        (parse_ngap, "D٧٠٨"),
        (parse_ngap, ""),
        (parse_ccam, "HBJD01"),
        (parse_ccam, "HBJD0011"),
        (parse_ccam, "HBJD001-1-0"),
        (parse_node, "683"),
        (parse_node, "HBJD001"),
        (parse_target, "HBJD001"),
        (parse_target, "HBJD001-0-0"),
        (parse_target, "HBJD001-6-0"),
        (parse_target, "HBJD001-1-4"),
        (parse_correspondance, "D708"),
        (parse_correspondance, "D708>HBJD001"),
        (parse_correspondance, ">AUCUN"),
        (parse_correspondance, "D708>AUCUN>AUCUN"),
    ],
)
def test_anything_else_is_refused(parse: Callable[[str], object], text: str) -> None:
    with pytest.raises(CodeError):
        parse(text)


def test_every_activity_and_phase_of_the_ccam_makes_a_target() -> None:
    targets = {str(parse_target(f"HBJD001-{activite}-{phase}")) for activite in "12345" for phase in "0123"}
    assert len(targets) == 20


def test_a_mapping_names_its_two_sides() -> None:
    assert parse_sides("d708 > hbjd001-1-0") == Sides("D708", Target("HBJD001", "1", "0"))
    assert parse_sides("D708>aucun") == Sides("D708", None)


@pytest.mark.parametrize("code", ["D708>HBJD001-1-0", "A115>NBCA010-4-0", "A100>AUCUN"])
def test_the_code_of_a_mapping_is_canonical_once_and_for_all(code: str) -> None:
    assert parse_correspondance(code.lower()) == code == parse_correspondance(code)
