"""What a billed code says: an act, a cotation or a CCAM act (DOMAIN 2.1: the code of an act is not its cotation)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import CodeError
from catalog.money import format_dirhams
from catalog.ngap_ccam.codes import Target
from catalog.ngap_ccam.cotations import CcamCode, Cotation, NgapCode, parse_act_code

ACTS = {"D708", "A100", "K30"}
LETTERS = {"C", "Cs", "CsC", "CNPSY", "K", "Ka", "Kc", "KE", "B", "D", "AMM"}


def read(text: str) -> NgapCode | Cotation | CcamCode:
    return parse_act_code(text, ACTS.__contains__, LETTERS.__contains__)


@pytest.mark.parametrize(
    ("text", "cotation"),
    [
        ("K50", Cotation("K", 50_00)),
        ("B120", Cotation("B", 120_00)),
        ("D12", Cotation("D", 12_00)),
        ("K 50", Cotation("K", 50_00)),
        ("k50", Cotation("K", 50_00)),
        ("K37.5", Cotation("K", 37_50)),
        ("K37,5", Cotation("K", 37_50)),
        ("Kc 15", Cotation("Kc", 15_00)),
        ("KC15", Cotation("Kc", 15_00)),
        ("KE 10", Cotation("KE", 10_00)),
        ("K050", Cotation("K", 50_00)),
    ],
)
def test_a_letter_and_a_number_are_a_cotation(text: str, cotation: Cotation) -> None:
    assert read(text) == cotation


@pytest.mark.parametrize(
    ("text", "letter"), [("C", "C"), ("Cs", "Cs"), ("CS", "Cs"), ("cs", "Cs"), ("CsC", "CsC"), ("cnpsy", "CNPSY")]
)
def test_a_letter_stands_alone(text: str, letter: str) -> None:
    assert read(text) == Cotation(letter)


def test_an_act_that_exists_wins_over_a_letter_and_coefficient() -> None:
    assert read("D708") == NgapCode("D708")
    assert read("k30") == NgapCode("K30")


def test_the_same_spelling_is_a_cotation_where_no_such_act_exists() -> None:
    assert parse_act_code("D708", lambda code: False, LETTERS.__contains__) == Cotation("D", 708_00)


def test_what_is_neither_is_an_act_that_nobody_knows() -> None:
    assert read("X999") == NgapCode("X999")
    assert read("asd01") == NgapCode("ASD01")


def test_a_ccam_code_is_read_with_or_without_activity_and_phase() -> None:
    assert read("hbjd001") == CcamCode("HBJD001")
    assert read("HBJD001-4-0") == CcamCode("HBJD001", Target("HBJD001", "4", "0"))


@pytest.mark.parametrize("text", ["", "50", "Q", "K-50", "K50.125", "K50K", "CS 12x", "HBJD001-9-0", "É12", "K٥٠"])
def test_what_has_no_such_form_is_refused(text: str) -> None:
    with pytest.raises(CodeError):
        read(text)


@pytest.mark.parametrize("text", ["K0", "K 0.00"])
def test_a_coefficient_of_zero_is_refused(text: str) -> None:
    with pytest.raises(CodeError, match="prices nothing"):
        read(text)


@given(letter=st.sampled_from(sorted(LETTERS)), hundredths=st.integers(1, 99_999_99))
def test_every_coefficient_is_read_exactly(letter: str, hundredths: int) -> None:
    read_back = parse_act_code(f"{letter}{format_dirhams(hundredths)}", lambda code: False, LETTERS.__contains__)
    assert read_back == Cotation(letter, hundredths)


@given(st.text(max_size=12))
def test_any_text_is_an_answer_or_a_refusal(text: str) -> None:
    try:
        found = read(text)
    except CodeError:
        return
    assert isinstance(found, NgapCode | Cotation | CcamCode)
