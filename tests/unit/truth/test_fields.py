"""Each type of field: what it reads, what it refuses, and that nothing is lost on the way to a column and back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from catalog.errors import InvalidError
from catalog.fields import (
    DayField,
    DecimalField,
    EntryField,
    FlagField,
    MoneyField,
    NumberField,
    RateField,
    TextField,
    TextListField,
)

TEXT, TEXTS = TextField("Nom"), TextListField("DCI")
CHOICE = TextField("Princeps ou générique", choices=("P", "G"))
NEEDED, NEEDED_TEXTS = TextField("Nom", required=True), TextListField("DCI", required=True)
MONEY, RATE, NUMBER, FLAG, DAY = (
    MoneyField("PPV"),
    RateField("TVA"),
    NumberField("Rang"),
    FlagField("Retiré"),
    DayField("Le"),
)
DECIMAL = DecimalField("Coefficient")


@pytest.mark.parametrize(
    ("field", "external", "typed"),
    [
        (TEXT, "  DOLIPRANE\t 1 g ", "DOLIPRANE 1 g"),
        (TEXT, "   ", None),
        (CHOICE, " P ", "P"),
        (TEXTS, "AMOXICILLINE / ACIDE CLAVULANIQUE", ("AMOXICILLINE", "ACIDE CLAVULANIQUE")),
        (TEXTS, ["500", "", " 62,5 "], ("500", "", "62,5")),
        (TEXTS, [], None),
        (TEXTS, ["", " "], None),
        (NEEDED_TEXTS, ["", "SODIUM"], ("SODIUM",)),
        (MONEY, "29.70", 2970),
        (MONEY, " 29.7 ", 2970),
        (RATE, "0.70", 7000),
        (NUMBER, "12", 12),
        (FLAG, "Oui", True),
        (FLAG, "0", False),
        (FLAG, False, False),
        (DAY, "2014-06-09", date(2014, 6, 9)),
        (DECIMAL, "37.5", 3750),
        (DECIMAL, "0", 0),
    ],
)
def test_a_field_reads(field: EntryField, external: Any, typed: Any) -> None:
    assert field.parse(external) == typed


@pytest.mark.parametrize(
    ("field", "external"),
    [
        (TEXT, 12), (TEXT, "a\x00b"), (CHOICE, "p"), (NEEDED, " "), (NEEDED_TEXTS, ["", " "]), (TEXTS, 12),
        (TEXTS, [1]), (MONEY, 29.7), (MONEY, True), (MONEY, -1),
        (MONEY, "-1.00"), (MONEY, "29,70"), (MONEY, "1" * 13), (MONEY, ""),
        (MONEY, "0"), (MONEY, 0), (MONEY, " 0.00 "),
        (RATE, "70"), (RATE, 10_001), (RATE, True), (RATE, 0.7), (NUMBER, "1.5"), (NUMBER, -1), (NUMBER, 2**31),
        (NUMBER, True), (FLAG, "peut-être"), (FLAG, 2), (DAY, "09/06/2014"), (DAY, "2014-06-31"),
        (DAY, datetime(2014, 6, 9)), (DECIMAL, "37.555"), (DECIMAL, -1), (DECIMAL, 0.5),
    ],
)  # fmt: skip
def test_a_field_refuses(field: EntryField, external: Any) -> None:
    with pytest.raises(InvalidError):
        field.parse(external)


@pytest.mark.parametrize("items", [("a / b",), ("a /", "b"), ("a", "b\x00")])
def test_a_list_whose_items_would_come_back_otherwise_is_refused(items: tuple[str, ...]) -> None:
    with pytest.raises(InvalidError):
        TEXTS.parse(list(items))


@pytest.mark.parametrize("items", [("a/b", "/ c"), ("", "", "x"), ("x", "", ""), ("/", "/"), ("1 g", "")])
def test_a_list_comes_back_item_by_item(items: tuple[str, ...]) -> None:
    assert TEXTS.restore(TEXTS.store(TEXTS.parse(list(items)))) == items


@pytest.mark.parametrize("field", [TEXT, NEEDED])
def test_half_a_character_is_refused(field: EntryField) -> None:
    with pytest.raises(InvalidError):
        field.parse("\ud800")


def test_half_a_character_is_refused_in_a_list() -> None:
    with pytest.raises(InvalidError):
        TEXTS.parse(["a", "\udfff"])


@pytest.mark.parametrize("field", [MONEY, RATE, NUMBER, FLAG, DAY, TEXT, TEXTS, DECIMAL])
def test_absent_is_none_and_never_zero(field: EntryField) -> None:
    assert field.store(None) is None
    assert field.restore(None) is None


def test_no_price_is_written_as_nothing_and_never_as_zero() -> None:
    with pytest.raises(InvalidError, match=r"null .* means that there is no such price"):
        MONEY.parse("0.00")
