"""The pack against the published files its facts were read in; skipped where those are absent."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from catalog.gmr.codes import fold
from tests.unit.reference_pack.reading import in_force, rows

JULY_2014, NEW_YEAR_2026 = date(2014, 7, 1), date(2026, 1, 1)


@pytest.fixture(scope="module")
def cnops(shared_data: Path) -> dict[str, dict[str, Any]]:
    """The CNOPS list of 2014 by code."""
    book = CalamineWorkbook.from_path(shared_data / "gmr" / "ref-des-medicaments-cnops-2014.xlsx")
    header, *listed = book.get_sheet_by_index(0).to_python()
    return {str(line[0]): dict(zip(map(str, header), line, strict=True)) for line in listed}


@pytest.fixture(scope="module")
def gmr(shared_data: Path) -> dict[str, dict[str, str]]:
    """The GMR 6_23 by code."""
    return {line["code"]: line for line in read(shared_data / "gmr" / "gmr_6_23_rows.csv")}


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def centimes(printed: Any) -> int | None:
    """A printed price; zero, blank and dash mean that there is none."""
    if printed in ("", None, "-"):
        return None
    return int((Decimal(str(printed)) * 100).to_integral_value()) or None


def printed_in_2014(line: dict[str, Any]) -> dict[str, Any]:
    return {
        "nom": line["NOM"],
        "dci": tuple(line["DCI1"].split(" / ")),
        "forme": line["FORME"],
        "presentation": line["PRESENTATION"],
        "princeps_generique": line["PRINCEPS_GENERIQUE"],
        "ppv": centimes(line["PPV"]),
        "ph": centimes(line["PH"]),
        "pbr": centimes(line["PRIX_BR"]),
        "taux_liste": {"70%": 7000, "0%": 0}[line["TAUX_REMBOURSEMENT"]],
    }


def test_2014_rows_say_what_the_payer_printed(cnops: dict[str, dict[str, Any]]) -> None:
    for code, row in in_force("medicaments", JULY_2014).items():
        printed = printed_in_2014(cnops[code])
        assert {name: row.payload[name] for name in printed} == printed, row.place


def test_rows_of_the_guide_are_in_the_guide_with_the_same_prices(gmr: dict[str, dict[str, str]]) -> None:
    for row in rows("medicaments"):
        if row.release in (4, 5):
            assert (row.code in gmr) == (row.release == 4), row.place
        if row.release == 4:
            line, payload = gmr[row.code], row.payload
            bases = [centimes(round(float(line[name]), 2)) if line[name] else None for name in ("pbr_ppv", "pbr_ph")]
            assert [payload["pbr"], payload["pbr_ph"]] == bases, row.place


def test_both_official_lists_print_diamicron_as_a_scored_tablet(
    cnops: dict[str, dict[str, Any]], gmr: dict[str, dict[str, str]]
) -> None:
    row = in_force("medicaments", JULY_2014)["6118000100058"]
    assert row.payload["forme"] == cnops[row.code]["FORME"] == "COMPRIME SECABLE"
    assert gmr[row.code]["forme_dosage"].startswith("COMPRIME SECABLE")


def test_second_codes_are_the_same_product_in_the_payers_list(cnops: dict[str, dict[str, Any]]) -> None:
    for row in rows("codes-presentations"):
        first, second = dict(cnops[row.payload["presentation"]]), dict(cnops[row.code])
        del first["CODE"], second["CODE"]
        assert first == second, row.place


def test_2026_rows_say_what_the_sample_prints(shared_data: Path, cnops: dict[str, dict[str, Any]]) -> None:
    sample = {line["code"]: line for line in read(shared_data / "gmr" / "cnss_2026_sample.csv")}
    changed = {row.code: row for row in rows("medicaments") if row.period.start == NEW_YEAR_2026}
    assert set(changed) == set(sample) & set(cnops)
    for code, row in changed.items():
        line = sample[code]
        printed = [centimes(line["ppv"]), centimes(line["ph"]), centimes(line["ppv_br"])]
        assert [row.payload[name] for name in ("ppv", "ph", "pbr")] == printed, row.place
        assert row.payload["taux_liste"] == int(line["taux_remboursement_cnss"]) * 100, row.place


def test_opinions_on_brands_are_all_there(shared_data: Path) -> None:
    printed = {(line["annee"], line["nom"]) for line in read(shared_data / "gmr" / "ct_asmr_2012_2015.csv")}
    told = {tuple(row.code.split("-", 2)[1:]) for row in rows("avis") if row.payload["asmr"]}
    assert told == printed


def test_insufficient_lines_match_what_the_lists_hold(
    shared_data: Path, cnops: dict[str, dict[str, Any]], gmr: dict[str, dict[str, str]]
) -> None:
    printed = {
        (fold(line["dci"]), line["dosage"].replace(",", "."))
        for line in read(shared_data / "gmr" / "ct_smr_insuffisant_2015.csv")
    }
    told = {
        (" / ".join(row.payload["dci"]), " / ".join(row.payload["dosages"]))
        for row in rows("avis")
        if row.payload["smr"]
    }
    assert told == printed
    matched = {code for code, line in cnops.items() if (line["DCI1"], str(line["DOSAGE1"])) in told}
    assert (len(matched), len(matched & set(gmr))) == (13, 9)
