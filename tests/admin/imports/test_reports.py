"""The report of an uploaded file: counts by verdict, rows with their faults, found again by what they say."""

from __future__ import annotations

import re

from admin.imports.lines import Line
from admin.imports.reports import ROWS_A_PAGE, Filter, ReportFile, write_report
from catalog.registry import KINDS
from tests.api.catalogue import SECOND_GTIN

from .conftest import KNOWN, ImportDesk, csv_of

GOOD = f"{KNOWN},DIAMICRON,36.00,29.70,oui"
BAD = "6118000100065,ESSAI,neuf,9.00,oui"
DESTROYED = '"6,118E+12",ESSAI,9.00,9.00,oui'


def test_a_report_counts_what_becomes_of_each_row_and_of_what_is_absent(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", csv_of(GOOD, BAD, DESTROYED))
    totals = imports.report(upload).totals()
    assert (totals["changed"], totals["refused"], totals["error"]) == (1, 2, 2)
    assert totals["absent"] > 0
    assert "withdrawn" not in totals


def test_a_full_list_withdraws_what_it_does_not_show(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", csv_of(GOOD), mode="full")
    totals = imports.report(upload).totals()
    assert totals["withdrawn"] > 0
    assert "absent" not in totals
    assert "liste complète" in imports.page(upload)


def test_a_row_under_a_further_code_of_an_entry_is_counted(imports: ImportDesk) -> None:
    further = f"{SECOND_GTIN},DIAMICRON,36.00,29.70,oui"
    upload = imports.upload("liste.csv", csv_of(GOOD, further))
    counts = imports.report(upload).meta()["counts"]
    assert (counts["records"], counts["further_codes"], counts["changed"]) == (2, 1, 1)
    assert imports.report(upload).totals()["merged"] == 1


def test_faults_are_told_in_french_with_row_column_value_and_remedy(imports: ImportDesk) -> None:
    page = imports.page(imports.upload("liste.csv", csv_of(BAD, DESTROYED)))
    assert "n’est pas, sans aucun doute, un seul montant" in page
    assert "<code>neuf</code>" in page
    assert "6,118E+12" in page
    assert "rien ne peut être versé" in page


def test_what_changes_shows_old_and_new(imports: ImportDesk) -> None:
    page = imports.page(imports.upload("liste.csv", csv_of(GOOD)))
    assert re.search(r"<del[^>]*>.*?37,20</del>\s*<ins[^>]*>.*?36,00</ins>", page)


def test_rows_are_found_by_verdict_rule_and_text(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", csv_of(GOOD, BAD, DESTROYED))
    for query, expected in (
        ("?verdict=changed", {"2"}),
        ("?regle=CodeDestroyed", {"4"}),
        ("?gravite=error&q=neuf", {"3"}),
        ("?q=Diamicron&verdict=changed", {"2"}),
        ("?q=introuvable", set()),
    ):
        assert set(re.findall(r'id="ligne-(\d+)"', imports.page(upload, query))) == expected, query


def test_a_search_for_a_sign_of_patterns_is_taken_literally(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", csv_of(GOOD))
    assert imports.report(upload).page(Filter(text="%"), 1)[1] == 0
    assert imports.report(upload).page(Filter(text="6_18"), 1)[1] == 0


def test_a_page_beyond_the_last_is_the_last(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", csv_of(GOOD))
    assert 'id="ligne-2"' in imports.page(upload, "?page=99")
    assert 'id="ligne-2"' in imports.page(upload, f"?page={'9' * 17}")
    assert 'id="ligne-2"' in imports.page(upload, f"?page={'9' * 5000}")
    assert 'id="ligne-2"' in imports.page(upload, "?page=-3")


def test_a_long_report_answers_any_page(tmp_path: object, imports: ImportDesk) -> None:
    path = imports.desk.place.data_dir / "long.sqlite"
    lines = (Line(row, f"C{row:05}", "NOM", "added", "", [], [], {"a": "b"}) for row in range(1, 6001))
    write_report(path, KINDS, {}, lines, [])
    report = ReportFile(path)
    rows, total = report.page(Filter(verdict="added"), 60)
    assert (total, len(rows), rows[-1]["row"]) == (6000, ROWS_A_PAGE, 6000)
    assert [line["code"] for line in report.page(Filter(text="c05999"), 1)[0]] == ["C05999"]


def test_what_a_file_prints_is_never_taken_for_markup(imports: ImportDesk) -> None:
    page = imports.page(imports.upload("<b>x.csv", csv_of('6118000100065,<script>alert(1)</script>,"<i>",1.00,oui')))
    assert "<script>alert" not in page
    assert "<b>x" not in page
