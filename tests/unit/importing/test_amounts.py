"""An amount is read as printed, or refused; it is never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.importing.amounts import parse_amount, parse_percent
from catalog.importing.errors import AmountError, PercentError


@pytest.mark.parametrize(
    ("printed", "centimes"),
    [
        ("37.2", 3720),
        ("37,20", 3720),
        ("95", 9500),
        ("95.0", 9500),
        ("0,05", 5),
        (".50", 50),
        ("25,10 DH", 2510),
        ("25.10 DHS", 2510),
        ("1.200.00 DH", 120000),
        ("10.411.00 DH", 1041100),
        ("2,849,83", 284983),
        ("1,200.50", 120050),
        ("1.200,50", 120050),
        ("1 200,50", 120050),
        ("1\u202f234\u00a0567,89 €", 123456789),
        ("37.800000000000004", 3780),
        ("58.800000000000004", 5880),
        ("17.900000000000002", 1790),
        ("58.79999999999999", 5880),
        ("12.3000", 1230),
    ],
)
def test_is_read_as_printed(printed: str, centimes: int) -> None:
    assert parse_amount(printed) == centimes


@pytest.mark.parametrize("printed", ["", "-", " -     ", "–", "SANSPPV DH", "SANSPH DH", "SANSPFHT DH", "sans prix"])
def test_says_that_there_is_no_price(printed: str) -> None:
    assert parse_amount(printed) is None


@pytest.mark.parametrize("printed", ["0", "0.00", "0.0", "0,00 DH"])
def test_zero_means_no_price_unless_the_source_says_otherwise(printed: str) -> None:
    assert parse_amount(printed) is None
    assert parse_amount(printed, zero_is_null=False) == 0


@pytest.mark.parametrize(
    "printed",
    [
        "1.200",
        "1,200",
        "2,849,830",
        "1.234.567",
        "37.205",
        "37.20499",
        "37.20001",
        "12.34.56",
        "1,20,00",
        "1,200.00.5",
        "1.2,3",
        "-5",
        "+5",
        "5.",
        "1E+3",
        "6,118E+12",
        "37 20",
        "12 3456",
        "cinq",
        "12 x",
        "٣٧",
        "NaN",
        "Infinity",
        "9" * 13,
    ],
)
def test_is_refused_rather_than_guessed(printed: str) -> None:
    with pytest.raises(AmountError, match="cannot be read as an amount"):
        parse_amount(printed)


@pytest.mark.parametrize(
    ("printed", "decimal", "centimes"),
    [
        ("1.200", ",", 120000),
        ("1.200", ".", 120),
        ("1,200", ".", 120000),
        ("1.234.567", ",", 123456700),
        ("2,849,83", ",", 284983),
        ("1 234", ",", 123400),
    ],
)
def test_a_told_decimal_sign_settles_three_digits(printed: str, decimal: str, centimes: int) -> None:
    assert parse_amount(printed, decimal) == centimes  # type: ignore[arg-type]


@pytest.mark.parametrize(("printed", "decimal"), [("37,20", "."), ("37.2", ","), ("1.205", "."), ("1.2000,5", ",")])
def test_a_told_decimal_sign_is_not_overruled(printed: str, decimal: str) -> None:
    with pytest.raises(AmountError):
        parse_amount(printed, decimal)  # type: ignore[arg-type]


@given(st.integers(1, 10**11), st.sampled_from([(",", "."), (".", ","), (" ", ","), (",", ","), (".", "."), ("", ".")]))
def test_every_way_of_printing_centimes_gives_them_back(centimes: int, signs: tuple[str, str]) -> None:
    thousands, decimal = signs
    printed = f"{centimes // 100:,}".replace(",", thousands) + f"{decimal}{centimes % 100:02d}"
    assert parse_amount(printed) == centimes


@given(st.integers(1, 10**9))
def test_a_binary_float_printed_in_full_gives_its_centimes(centimes: int) -> None:
    assert parse_amount(repr(centimes * 0.01)) == centimes


@given(st.text("0123456789.,- DHE+", max_size=12))
def test_any_text_is_an_amount_or_an_error(text: str) -> None:
    try:
        amount = parse_amount(text)
    except AmountError:
        return
    assert amount is None or amount > 0


@pytest.mark.parametrize(
    ("printed", "points"),
    [("70%", 7000), ("70", 7000), ("0 %", 0), ("65 %", 6500), ("0%", 0), ("5,5 %", 550), ("70.0", 7000), ("-", None)],
)
def test_a_percentage_is_read(printed: str, points: int | None) -> None:
    assert parse_percent(printed) == points


@pytest.mark.parametrize("printed", ["0.70", "0,7", "1.0", "101", "100,5 %", "-5%", "70 % ?", "sept"])
def test_a_doubtful_percentage_is_refused(printed: str) -> None:
    with pytest.raises(PercentError):
        parse_percent(printed)
