"""``[rows]``: which rows of a source are entries of the kind."""

from __future__ import annotations

import pytest

from catalog.importing.errors import ProfileError, ShapeError
from catalog.importing.profiles import Profile, parse_profile
from catalog.importing.records import read_records
from catalog.registry import KINDS

from .conftest import WriteFile

MEDICAMENTS = KINDS.find("medicaments")
LINES = ("ean;nom;type;prix", "6118000100058;UN;M;1,00", "6118000100065;DEUX;X;2,00", "6118000100072;TROIS; M ;")


def told(rows: str) -> Profile:
    fields = '[fields]\ncode = "ean"\nnom = "nom"\nppv = "prix"\n[constants]\nadmis_remboursement = true\n'
    return parse_profile("liste", f'kind = "medicaments"\ntitle = "Liste"\n{fields}[rows]\n{rows}\n')


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ("", ["UN", "DEUX", "TROIS"]),
        ('only = { type = ["M"] }', ["UN", "TROIS"]),
        ('only = { type = ["M", "X"] }', ["UN", "DEUX", "TROIS"]),
        ('filled = ["prix"]', ["UN", "DEUX"]),
        ('only = { type = "M" }\nfilled = "prix"', ["UN"]),
    ],
)
def test_the_others_are_left_aside_and_counted(write: WriteFile, rows: str, names: list[str]) -> None:
    found = read_records(write("liste.csv", *LINES), MEDICAMENTS, told(rows))
    assert [record.values["nom"] for record in found.records] == names
    assert found.counts["rows_left_aside"] == 3 - len(names)
    assert found.violations == []


def test_a_row_that_is_kept_keeps_its_number(write: WriteFile) -> None:
    found = read_records(write("liste.csv", *LINES), MEDICAMENTS, told('only = { type = ["X"] }'))
    assert [record.row for record in found.records] == [3]


def test_the_columns_must_be_there(write: WriteFile) -> None:
    with pytest.raises(ShapeError, match="genre"):
        read_records(write("liste.csv", *LINES), MEDICAMENTS, told('only = { genre = ["M"] }'))


@pytest.mark.parametrize("rows", ['seulement = { type = ["M"] }', "only = { type = 3 }", "filled = 3", 'only = "M"'])
def test_what_cannot_be_meant_is_refused(rows: str) -> None:
    with pytest.raises(ProfileError):
        told(rows)
