"""Each fault of a line has its own sentence, and a sound line is read as the contract says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from catalog.pricing.line_fields import READERS
from catalog.pricing.lines import BadLine, Line, Question, from_cells, parse_line

DAY = date(2021, 5, 10)
PLAIN = {"kind": "medicament", "code": "6118000100058", "organisme": "cnops", "as_of": "2021-05-10"}


def faults(**changed: Any) -> dict[str, str]:
    """The faults of a plain line in which these fields differ; None leaves a field out."""
    line = parse_line({name: value for name, value in {**PLAIN, **changed}.items() if value is not None})
    return {error.field: error.message for error in line.errors} if isinstance(line, BadLine) else {}


def test_a_plain_line_takes_the_defaults_of_the_contract() -> None:
    assert parse_line(PLAIN) == Line(
        Question("medicament", "6118000100058", "cnops", None, None, False, False, True), DAY, None, 1, None, False
    )


def test_a_full_line_is_read_whole() -> None:
    full = {
        "id": 7, "kind": "acte", "code": " D708 ", "as_of": "2015-06-01", "organisme": "CNSS", "secteur": "prive",
        "mode": "hospitalisation", "quantity": 3, "billed": "150", "exoneration": True, "mutuelle": True,
        "accord_prealable": True, "justified": False,
    }  # fmt: skip
    question = Question("acte", "D708", "cnss", "prive", "hospitalisation", True, True, False)
    assert parse_line(full) == Line(question, date(2015, 6, 1), 7, 3, 15000, True)
    assert set(full) == set(READERS)


def test_a_null_field_is_an_absent_one() -> None:
    assert parse_line(PLAIN | dict.fromkeys(("id", "secteur", "mode", "quantity", "billed"))) == parse_line(PLAIN)


def test_the_day_of_care_may_come_from_the_request() -> None:
    undated = {name: value for name, value in PLAIN.items() if name != "as_of"}
    assert parse_line(undated, DAY) == parse_line(PLAIN)
    assert faults(as_of=None) == {"as_of": "The day of care is missing: write as_of, YYYY-MM-DD."}


@pytest.mark.parametrize("code", ["6118000100058", "611 8000 100058", "6118-0001-00058", " 06118000100058 "])
def test_a_gtin_may_have_spaces_and_dashes(code: str) -> None:
    line = parse_line(PLAIN | {"code": code})
    assert isinstance(line, Line)
    assert line.question.code == "6118000100058"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("quantity", -2, "The quantity is -2: at least one unit must be billed."),
        ("quantity", 0, "The quantity is 0: at least one unit must be billed."),
        ("quantity", 100_001, "The quantity is 100001: one line holds at most 100000 units."),
        ("quantity", 1.0, "1.0 is not a quantity: write a whole number of units, without quotes."),
        ("quantity", "2", "'2' is not a quantity: write a whole number of units, without quotes."),
        ("quantity", True, "True is not a quantity: write a whole number of units, without quotes."),
        ("as_of", "2021-02-30", "'2021-02-30' is not a date that can be read: write a day written YYYY-MM-DD."),
        ("as_of", "10/05/2021", "'10/05/2021' is not a date that can be read: write a day written YYYY-MM-DD."),
        ("as_of", 20210510, '20210510 is not a day: write it as a text, such as "2021-05-10".'),
        ("billed", 150.0, '150.0 is not an amount: money is a text, such as "150.00".'),
        ("billed", 150, '150 is not an amount: money is a text, such as "150.00".'),
        ("billed", "-1.00", "The price billed is '-1.00': it may not be negative."),
        ("billed", "1,50", "'1,50' is not an amount in dirhams with at most two decimals, such as 29.70."),
        ("billed", "1.505", "'1.505' is not an amount in dirhams with at most two decimals, such as 29.70."),
        ("billed", "NaN", "'NaN' is not an amount in dirhams with at most two decimals, such as 29.70."),
        ("code", "61180001000", "Code '61180001000' cannot be read: a GTIN has 8, 12, 13 or 14 digits."),
        ("code", 6118000100058, '6118000100058 is not a code: a code is text, write it between quotes ("…").'),
        ("code", " ", "The code is empty."),
        ("code", None, "The code is missing."),
        ("organisme", None, "The organisme is missing: write cnops or cnss."),
        ("organisme", "ramed", "'ramed' is no organisme known here: write cnops or cnss."),
        ("kind", None, "The kind of the line is missing: write medicament, acte, dispositif or forfait."),
        ("kind", "drug", "'drug' is no kind of line known here: write medicament, acte, dispositif or forfait."),
        ("secteur", "libre", "'libre' is no secteur known here: write prive or public."),
        ("mode", "domicile", "'domicile' is no mode known here: write ambulatoire or hospitalisation."),
        ("mutuelle", "oui", "'oui' is neither true nor false."),
        ("exoneration", 1, "1 is neither true nor false."),
        ("id", 1.5, "The id of a line is a text or a whole number."),
        ("id", ["a"], "The id of a line is a text or a whole number."),
    ],
)
def test_a_fault_has_its_own_sentence(field: str, value: Any, said: str) -> None:
    assert faults(**{field: value}) == {field: said}


@pytest.mark.parametrize(
    "value", [["cnops", "cnss"], ["cnops"], "cnops,cnss", "cnops cnss", "cnops et cnss", "cnops/cnss"]
)
def test_a_line_has_one_organisme(value: Any) -> None:
    assert faults(organisme=value)["organisme"].startswith("A line is priced for one organisme, and ")


@pytest.mark.parametrize("kind", ["acte", "forfait"])
def test_acts_and_forfaits_need_their_secteur(kind: str) -> None:
    assert faults(kind=kind, code="C") == {
        "secteur": "The secteur is missing: tariffs of acts and forfaits differ between prive and public."
    }


def test_unknown_fields_are_refused_by_name() -> None:
    found = faults(price="1.00", known_at="2020-01-01T00:00:00Z")
    assert list(found) == ["price", "known_at"]
    assert found["price"].startswith("A line has no field 'price'; its fields are id, kind, code,")


def test_all_the_faults_of_a_line_are_told_and_its_id_is_kept() -> None:
    line = parse_line({"id": "l-1", "kind": "acte", "code": "C", "quantity": -1, "as_of": "never", "organisme": "x"})
    assert isinstance(line, BadLine)
    assert line.id == "l-1"
    assert {error.field for error in line.errors} == {"quantity", "as_of", "organisme", "secteur"}


@pytest.mark.parametrize("raw", [None, [], "C", 7])
def test_a_line_is_an_object(raw: object) -> None:
    assert parse_line(raw) == BadLine(None, parse_line(None).errors)  # type: ignore[union-attr]


def test_cells_of_a_table_stand_for_json() -> None:
    cells = {
        "code": " 6118000100058 ",
        "quantity": "2",
        "mutuelle": "oui",
        "justified": "0",
        "billed": "37.20",
        "id": "",
    }
    assert from_cells(cells) == {
        "code": "6118000100058", "quantity": 2, "mutuelle": True, "justified": False, "billed": "37.20",
    }  # fmt: skip


@pytest.mark.parametrize(("name", "cell"), [("quantity", "2.0"), ("quantity", "two"), ("mutuelle", "perhaps")])
def test_a_cell_that_cannot_be_read_is_left_for_its_own_sentence(name: str, cell: str) -> None:
    assert from_cells({name: cell}) == {name: cell}
    assert list(faults(**from_cells({name: cell}))) == [name]


@pytest.mark.parametrize("cell", ["-3", "+3"])
def test_a_signed_quantity_is_a_number(cell: str) -> None:
    assert from_cells({"quantity": cell}) == {"quantity": int(cell)}
