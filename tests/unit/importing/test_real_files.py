"""The official files as published, read whole; their known flaws are seen and nothing is lost.

The oracles read the same files in the plainest way there is, with none of the code under test.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from catalog.gmr.codes import is_internal
from catalog.importing.plugins import CODE_MAKERS
from catalog.importing.record import Record, RecordSet
from catalog.importing.records import read_records
from catalog.registry import KINDS

from .conftest import make_code

pytestmark = pytest.mark.slow

MEDICAMENTS = KINDS.find("medicaments")
RELEASES = ("2016-07-18", "2016-10-08")


def by_code(found: RecordSet) -> dict[str, Record]:
    return {record.code: record for record in found.records}


def read_rows(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as source:
        return list(csv.reader(source))


def read_bdpm(path: Path) -> list[list[str]]:
    with gzip.open(path, "rt", encoding="cp1252", newline="") as source:
        return [line.rstrip("\r\n").split("\t") for line in source]


@pytest.fixture(scope="module")
def cnops(shared_data: Path) -> RecordSet:
    return read_records(shared_data / "gmr/ref-des-medicaments-cnops-2014.xlsx", MEDICAMENTS)


@pytest.fixture(scope="module")
def sheet(shared_data: Path) -> list[list[Any]]:
    book = CalamineWorkbook.from_path(shared_data / "gmr/ref-des-medicaments-cnops-2014.xlsx")
    return book.get_sheet_by_index(0).to_python()[1:]


@pytest.fixture(scope="module")
def verbatim(shared_data: Path) -> RecordSet:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(CODE_MAKERS, "medicament", make_code)
        return read_records(shared_data / "gmr/gmr_6_23_all_rows_verbatim.csv", MEDICAMENTS)


@pytest.fixture(scope="module")
def rows(shared_data: Path) -> RecordSet:
    return read_records(shared_data / "gmr/gmr_6_23_rows.csv", MEDICAMENTS)


class TestCnops2014:
    def test_nothing_is_lost(self, cnops: RecordSet, sheet: list[list[Any]]) -> None:
        assert cnops.profile.name == "cnops-2014"
        assert [record.code for record in cnops.records] == [row[0] for row in sheet]
        assert (len(cnops.records), cnops.violations) == (5917, [])

    def test_every_price_is_that_of_the_file(self, cnops: RecordSet, sheet: list[list[Any]]) -> None:
        for record, row in zip(cnops.records, sheet, strict=True):
            printed = [int(Decimal(str(cell)) * 100) or None for cell in row[7:10]]
            assert [record.values[name] for name in ("ppv", "ph", "pbr")] == printed

    def test_zero_is_no_price_and_no_rate_is_not_admitted(self, cnops: RecordSet) -> None:
        without = Counter(name for r in cnops.records for name in ("ppv", "ph", "pbr") if r.values[name] is None)
        assert without == {"ppv": 208, "ph": 421, "pbr": 27}
        admitted = Counter((r.values["admis_remboursement"], r.values["taux_liste"]) for r in cnops.records)
        assert admitted == {(True, 7000): 3940, (False, 0): 1977}

    def test_the_unit_na_is_data(self, cnops: RecordSet) -> None:
        assert sum(record.values["unites"] == ("NA",) for record in cnops.records) == 171


class TestGmr623:
    def test_it_holds_3236_products(self, verbatim: RecordSet) -> None:
        assert verbatim.profile.name == "gmr-6-23-verbatim"
        assert Counter(r.values["princeps_generique"] for r in verbatim.records) == {"G": 1791, "P": 1445}
        assert verbatim.counts["repeated_headers"] == verbatim.counts["page_break_copies"] == 128
        assert not verbatim.errors

    def test_products_without_ean_are_kept_and_reported(self, verbatim: RecordSet) -> None:
        internal = [record for record in verbatim.records if is_internal(record.code)]
        assert len(internal) == len({record.code for record in internal}) == 96
        assert [(v.rule, v.row) for v in verbatim.violations] == [("NoCode", record.row) for record in internal]

    def test_rows_are_numbered_as_in_the_file(self, verbatim: RecordSet, shared_data: Path) -> None:
        printed = read_rows(shared_data / "gmr/gmr_6_23_all_rows_verbatim.csv")
        assert all(printed[r.row - 1][1].split() == str(r.values["nom"]).split() for r in verbatim.records)

    def test_both_forms_agree_on_every_product_with_an_ean(self, verbatim: RecordSet, rows: RecordSet) -> None:
        assert (len(rows.records), rows.counts["page_break_copies"], rows.violations) == (3140, 128, [])
        whole = by_code(verbatim)
        assert all(whole[record.code].values == record.values for record in rows.records)

    def test_prices_are_those_of_the_cnops_list(self, rows: RecordSet, cnops: RecordSet) -> None:
        listed = by_code(cnops)
        for record in rows.records:
            other = listed[record.code].values
            assert [record.values[n] for n in ("ppv", "ph")] == [other[n] for n in ("ppv", "ph")]

    def test_the_form_is_cut_from_its_dosages(self, rows: RecordSet) -> None:
        values = by_code(rows)["6118000170143"].values
        assert (values["forme"], values["dosages"], values["unites"]) == ("COMPRIME", ("50",), ("MG",))
        assert not any(" à " in str(record.values["forme"]) for record in rows.records)


def test_cnss_rows_of_one_code_make_one_entry(shared_data: Path) -> None:
    found = read_records(shared_data / "gmr/cnss_2026_sample.csv", MEDICAMENTS)
    assert (found.profile.name, found.profile.mode) == ("cnss-2026", "delta")
    assert (found.counts["rows"], len(found.records), found.violations) == (59, 57, [])
    aclav = by_code(found)["6118000091684"].values
    assert (aclav["dci"], aclav["dosages"]) == (("ACIDE CLAVULANIQUE", "AMOXICILLINE"), ("125", "1"))
    assert Counter(r.values["code_source_pg"] for r in found.records).keys() == {"A", "N", "C", "B"}
    assert not any("princeps_generique" in record.values for record in found.records)


def test_ammps_amounts_of_every_form_are_read(shared_data: Path, internal_codes: None) -> None:
    found = read_records(shared_data / "gmr/ammps_2026_sample.csv", MEDICAMENTS)
    assert (found.profile.name, found.profile.mode) == ("ammps-2026", "delta")
    assert len(found.records) == found.counts["internal_codes"] == 17
    prices = {str(r.raw["ppv"]): r.values["ppv"] for r in found.records}
    assert (prices["4.303.00 DH"], prices["25,10 DH"], prices["SANSPPV DH"]) == (430300, 2510, None)
    assert found.defaults == {"admis_remboursement": False}
    assert not any("admis_remboursement" in record.values for record in found.records)


def test_opinions_of_the_activity_report(shared_data: Path) -> None:
    avis = KINDS.find("avis")
    asmr = read_records(shared_data / "gmr/ct_asmr_2012_2015.csv", avis)
    assert Counter(r.values["asmr"] for r in asmr.records) == {"I-II": 25, "III": 8}
    smr = read_records(shared_data / "gmr/ct_smr_insuffisant_2015.csv", avis)
    assert {r.values["smr"] for r in smr.records} == {"INSUFFISANT"}
    combined = [(r.values["dosages"], r.values["unites"]) for r in smr.records if len(r.values["dci"]) == 2]
    assert combined == [(("20", "12.5"), ("MG", "MG")), (("20", "25"), ("MG", "MG")), (("30", "2.5"), ("MG", "MG"))]
    assert not asmr.violations + smr.violations


@pytest.mark.parametrize("release", RELEASES)
class TestBdpm:
    def test_presentations(self, shared_data: Path, release: str) -> None:
        folder = shared_data / "bdpm" / release
        printed = {row[6]: row for row in read_bdpm(folder / "CIS_CIP_bdpm.txt.gz")}
        names = {row[0]: row[1] for row in read_bdpm(folder / "CIS_bdpm.txt.gz")}
        found = read_records(folder / "CIS_CIP_bdpm.txt.gz", MEDICAMENTS)
        assert found.profile.name == "bdpm-presentations"
        assert str(found.effective) == release
        assert by_code(found).keys() == printed.keys()
        assert not found.errors
        for record in found.records:
            row = printed[record.code]
            whole, _, cents = row[9].rpartition(",")
            centimes = int(whole.replace(",", "")) * 100 + int(cents) if row[9] else 0
            assert record.values["ppv"] == (centimes or None)
            assert record.values["admis_remboursement"] is bool(row[8])
            assert record.values["nom"] == " ".join(names.get(row[0], row[2]).split())

    def test_presentations_without_speciality_are_reported_and_kept(self, shared_data: Path, release: str) -> None:
        folder = shared_data / "bdpm" / release
        known = {row[0] for row in read_bdpm(folder / "CIS_bdpm.txt.gz")}
        orphans = [row[0] for row in read_bdpm(folder / "CIS_CIP_bdpm.txt.gz") if row[0] not in known]
        found = read_records(folder / "CIS_CIP_bdpm.txt.gz", MEDICAMENTS)
        assert [v.value for v in found.violations if v.rule == "CompanionLacksKey"] == orphans
        assert len(orphans) in (3, 4)

    def test_groups(self, shared_data: Path, release: str) -> None:
        path = shared_data / "bdpm" / release / "CIS_GENER_bdpm.txt.gz"
        labels = {f"BDPM-{row[0]}": " ".join(row[1].split()) for row in read_bdpm(path)}
        found = read_records(path, KINDS.find("groupes-generiques"))
        assert {record.code: record.values["libelle"] for record in found.records} == labels
        assert not found.violations

    @pytest.mark.parametrize("scale", ["SMR", "ASMR"])
    def test_opinions(self, shared_data: Path, release: str, scale: str) -> None:
        path = shared_data / "bdpm" / release / f"CIS_HAS_{scale}_bdpm.txt.gz"
        printed = read_bdpm(path)
        found = read_records(path, KINDS.find("avis"))
        assert (len(found.records), found.violations) == (len(printed), [])
        levels = Counter(
            row[4].upper().replace("É", "E") for row in printed if len(row[4]) < 12 and "S" not in row[4][:1]
        )
        told = Counter(r.values[scale.lower()] for r in found.records)
        for level in (
            ("IMPORTANT", "INSUFFISANT", "MODERE", "FAIBLE") if scale == "SMR" else ("I", "II", "III", "IV", "V")
        ):
            assert told[level] == levels[level] > 0
        assert not any("<br" in str(r.values["texte"]) or "\t" in str(r.values["texte"]) for r in found.records)


def test_codes_of_opinions_stay_the_same_while_their_texts_do(shared_data: Path) -> None:
    avis = KINDS.find("avis")
    texts: list[dict[str, dict[str, object]]] = []
    for release in RELEASES:
        siblings: dict[str, dict[str, object]] = {}
        for record in read_records(shared_data / "bdpm" / release / "CIS_HAS_SMR_bdpm.txt.gz", avis).records:
            siblings.setdefault(record.code.rpartition("/")[0], {})[record.code] = record.values["texte"]
        texts.append(siblings)
    first, second = texts
    unchanged = [name for name in first if sorted(first[name].values()) == sorted(second.get(name, {}).values())]  # type: ignore[type-var]
    assert len(unchanged) > 7000
    assert all(first[name] == second[name] for name in unchanged)
