"""An editor's corrections: read in place of the file's cells, named in what they lead to, and never lost in silence."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalog.importing.amendments import Amendment
from catalog.importing.record import RecordSet
from catalog.importing.records import read_records

from .conftest import WriteFile
from .reading import MEDICAMENTS, SIMPLE, profile_of, rules, values

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
GROUPED = profile_of("code = 'CODE'\nnom = 'NOM'\ndci = 'DCI'", tables='[group]\nmerge = ["dci"]')


def amend(row: int, column: str | None = None, new: str = "", old: str = "") -> Amendment:
    return Amendment(row, "amina", NOON, "vu avec l'ANAM", column, old, new)


def read(path: Path, *amendments: Amendment, profile: object = SIMPLE) -> RecordSet:
    return read_records(path, MEDICAMENTS, profile, amendments=amendments)  # type: ignore[arg-type]


@pytest.fixture
def faulty(write: WriteFile) -> Path:
    return write("l.csv", "CODE;NOM;PPV", "6118000100058;A;neuf", "6,118E+12;B;8", "6118000100065;C;7")


def test_a_corrected_cell_is_read_in_place_of_the_printed_one(faulty: Path) -> None:
    found = read(faulty, amend(2, "PPV", "9,00", "neuf"), amend(3, "CODE", "6118000100072"))
    assert rules(found) == []
    assert [record.code for record in found.records] == ["6118000100058", "6118000100072", "6118000100065"]
    assert values(found)[0] == {"nom": "A", "ppv": 900}


def test_the_file_stays_what_it_is(faulty: Path) -> None:
    before = faulty.read_bytes()
    read(faulty, amend(2, "PPV", "9,00"))
    assert faulty.read_bytes() == before


def test_a_correction_is_judged_like_any_cell(faulty: Path) -> None:
    found = read(faulty, amend(2, "PPV", "dix"))
    assert ("AmountUnreadable", 2) in rules(found)
    assert "'dix'" in found.violations[0].message


def test_a_record_tells_each_corrected_cell_and_why(faulty: Path) -> None:
    first, last = read(faulty, amend(2, "PPV", "9,00", "neuf"), amend(3)).records
    assert first.amended == ("ligne 2 corrigée : PPV « neuf » → « 9,00 » (vu avec l'ANAM, amina)",)
    assert last.amended == ()


def test_of_several_corrections_of_a_cell_the_last_holds(faulty: Path) -> None:
    assert values(read(faulty, amend(2, "PPV", "9"), amend(2, "PPV", "10")))[0]["ppv"] == 1000


def test_a_skipped_row_is_no_error_and_its_code_is_kept_from_withdrawal(faulty: Path) -> None:
    found = read(faulty, amend(2), amend(3, "CODE", "6118000100072"))
    assert (rules(found), found.skipped, found.counts["rows_skipped"]) == ([], {2: "6118000100058"}, 1)


def test_a_skipped_row_whose_code_is_lost_is_told(faulty: Path) -> None:
    assert rules(read(faulty, amend(2), amend(3))) == [("SkippedWithoutCode", 3)]


def test_a_row_cut_short_can_be_skipped(write: WriteFile) -> None:
    path = write("l.csv", "CODE;NOM;PPV", "6118000100058;A", "6118000100065;C;7")
    assert rules(read(path, amend(2))) == []


@pytest.mark.parametrize("lost", [amend(9, "PPV", "1"), amend(2, "PRIX", "1"), amend(9)])
def test_a_correction_of_what_is_not_there_is_an_error(write: WriteFile, lost: Amendment) -> None:
    path = write("l.csv", "CODE;NOM;PPV", "6118000100058;A;9")
    assert rules(read(path, lost)) == [("AmendmentUnapplied", lost.row)]


def test_corrections_of_rows_that_make_one_entry_are_all_named(write: WriteFile) -> None:
    path = write("l.csv", "CODE;NOM;DCI", "6118000100058;A;x", "6118000100058;A;z")
    (record,) = read(path, amend(3, "DCI", "y", "z"), profile=GROUPED).records
    assert record.values["dci"] == ("x", "y")
    assert len(record.amended) == 1
