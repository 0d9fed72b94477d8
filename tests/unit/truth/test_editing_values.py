"""What people type: read as the law's values, told again as they may be typed, refused where it has two readings."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.fields import (
    MAX_CENTIMES,
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
from catalog.gmr.family import MEDICAMENT
from catalog.releases.editing_errors import (
    UnknownFieldError,
    ValueMissingError,
    ValueRefusedError,
    ValuesRefusedError,
)
from catalog.releases.editing_values import read_value, read_values, write_value

PRICE, RATE, DAY = MoneyField("Prix"), RateField("Taux"), DayField("Jour")
FLAG, NUMBER, COEFFICIENT = FlagField("Admis"), NumberField("Rang", minimum=1, maximum=12_000), DecimalField("Coef.")
SIDE, NAME, DCI = TextField("Type", choices=("P", "G")), TextField("Nom", required=True), TextListField("DCI")


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (PRICE, "47,06", 4706),
        (PRICE, " 47.6 ", 4760),
        (PRICE, "1 250,00", 125_000),
        (PRICE, "1\u202f250,00 DH", 125_000),
        (PRICE, "1\u00a0250 mad", 125_000),
        (PRICE, "", None),
        (RATE, "70 %", 7000),
        (RATE, "70", 7000),
        (RATE, "7,5\u202f%", 750),
        (RATE, "1 %", 100),
        (RATE, "0", 0),
        (RATE, "100", 10_000),
        (DAY, "01/07/2014", date(2014, 7, 1)),
        (DAY, "1/7/2014", date(2014, 7, 1)),
        (DAY, "2014-07-01", date(2014, 7, 1)),
        (FLAG, "Oui", True),
        (FLAG, "non", False),
        (NUMBER, "12 000", 12_000),
        (COEFFICIENT, "37,5", 3750),
        (SIDE, "g", "G"),
        (NAME, "  DOLIPRANE   500 ", "DOLIPRANE 500"),
        (DCI, "AMOXICILLINE / ACIDE", ("AMOXICILLINE", "ACIDE")),
    ],
)
def test_a_text_is_read_as_a_french_reader_means_it(field: EntryField, text: str, value: object) -> None:
    assert read_value(field, text) == value


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (PRICE, "-4"),
        (PRICE, "0"),
        (PRICE, "0,00"),
        (PRICE, "1.250,00"),
        (PRICE, "1.250"),
        (PRICE, "12 50"),
        (PRICE, "47,065"),
        (PRICE, "quarante"),
        (PRICE, "4\u0667"),
        (PRICE, str(MAX_CENTIMES)),
        (RATE, "1"),
        (RATE, "0,70"),
        (RATE, "101 %"),
        (RATE, "-1 %"),
        (DAY, "31/02/2014"),
        (DAY, "07-01-2014"),
        (DAY, "01/07/14"),
        (FLAG, "peut-être"),
        (NUMBER, "0"),
        (NUMBER, "1,5"),
        (COEFFICIENT, "37,555"),
        (SIDE, "X"),
    ],
)
def test_a_text_that_is_no_value_or_two_is_refused_with_its_field_and_a_remedy(field: EntryField, text: str) -> None:
    with pytest.raises(ValueRefusedError) as refused:
        read_value(field, text)
    assert (refused.value.label, refused.value.text) == (field.label, text)
    assert refused.value.remedy.endswith(".")


def test_a_field_that_must_be_filled_is_not_left_empty() -> None:
    with pytest.raises(ValueMissingError):
        read_value(NAME, "  ")


def test_all_fields_at_fault_are_told_at_once() -> None:
    with pytest.raises(ValuesRefusedError) as refused:
        read_values(MEDICAMENT, {"ppv": "-4", "nom": "", "ph": "12"})
    assert set(refused.value.errors) == {"ppv", "nom"}


def test_a_field_the_kind_lacks_is_refused() -> None:
    with pytest.raises(UnknownFieldError):
        read_values(MEDICAMENT, {"prix": "12"})


words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1).map(lambda t: " ".join(t.split()))


@given(
    st.one_of(
        st.tuples(st.just(PRICE), st.integers(1, MAX_CENTIMES - 1)),
        st.tuples(st.just(RATE), st.integers(0, 10_000)),
        st.tuples(st.just(DAY), st.dates()),
        st.tuples(st.just(FLAG), st.booleans()),
        st.tuples(st.just(NUMBER), st.integers(1, 12_000)),
        st.tuples(st.just(COEFFICIENT), st.integers(0, 10**7)),
        st.tuples(st.just(NAME), words.filter(bool)),
        st.tuples(st.just(SIDE), st.sampled_from("PG")),
    )
)
def test_what_is_written_is_read_again_as_it_was(pair: tuple[EntryField, object]) -> None:
    field, value = pair
    assert read_value(field, write_value(field, value)) == value
