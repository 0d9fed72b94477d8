"""The real files of acts and devices, through their profiles, into a catalogue that answers."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from catalog.dispositifs.lookups import find_dispositif
from catalog.importing.records import read_records
from catalog.importing.running import ImportRefusedError
from catalog.ngap_ccam.lookups import (
    ccam_path,
    correspondances_ccam,
    correspondances_ngap,
    find_acte_ngap,
    price_target,
)
from catalog.registry import KINDS
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment
from tests.integration.imports.catalogues import Loader

NGAP, KE, PRESS = (
    "ngap_ccam/ngap_177_06_sample.csv",
    "dispositifs/ke_lines_orthopaedic_71.csv",
    "dispositifs/press_two_versions.csv",
)
VALVE = "VALVES-CARDIAQUES-A-DOUBLE-AILETTE"
MAPPINGS = (
    "code,acte_ngap,acte_ccam,activite,phase,relation,statut,version_ngap,version_ccam,motif,decide_par,decide_le,preuve",
    "A115>NBCA010-1-0,A115,NBCA010,1,0,equivalent,PUBLISHED,177-06,essai,,essai,2016-01-15,essai",
    "A115>NBCA010-4-0,A115,NBCA010,4,0,equivalent,PUBLISHED,177-06,essai,,essai,2016-01-15,essai",
    "A116>NBCA010-1-0,A116,NBCA010,1,0,related-to,PUBLISHED,177-06,essai,,essai,2016-01-15,essai",
    "A100>AUCUN,A100,,,,no-map,EXPERT_VALIDATED,177-06,essai,pas d'acte semblable,essai,2016-01-15,essai",
)
"""Made up, to try the machinery: no Moroccan mapping was seen."""


@pytest.fixture
def loader(engine: sa.Engine) -> Loader:
    return Loader(engine)


def printed(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, delimiter=";"))


def objects(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as source:
        rows: list[dict[str, Any]] = json.load(source)
    return rows


def hundredths(text: str) -> int | None:
    return int(Decimal(text) * 100) if text else None


def newest(snapshot: Snapshot, day: date) -> Moment:
    return Moment(day, snapshot.head)


def test_the_ngap_sample_keeps_its_holes(loader: Loader, shared_data: Path) -> None:
    report = loader.load("actes-ngap", shared_data / NGAP)
    assert (report.profile, report.counts["added"], report.is_refused) == ("ngap-177-06", 49, False)
    assert [(found.rule, found.code) for found in report.violations] == [("CoefficientMissing", "A129")]
    snapshot = loader.snapshot()
    for row in printed(shared_data / NGAP):
        found = find_acte_ngap(snapshot, row["code"], newest(snapshot, date(2006, 4, 20)))
        told = (found.acte.payload["libelle"], found.lettre, found.coefficient, found.coefficient_anesthesie)
        assert told == (row["title"], "K", hundredths(row["coef"]), hundredths(row["secondary"]))
        assert found.acte.legal_act == "arrete-177-06"


def test_the_ke_lines_are_all_there_at_their_forfaits(loader: Loader, shared_data: Path) -> None:
    report = loader.load("dispositifs", shared_data / KE)
    assert (report.profile, report.counts["added"], report.violations) == ("dispositifs-ke", 71, [])
    snapshot = loader.snapshot()
    for row in printed(shared_data / KE):
        found = find_dispositif(snapshot, row["code"], newest(snapshot, date(2012, 3, 1)))
        told = (found.version.payload["libelle"], found.forfait, found.version.payload["ligne_arrete"])
        assert told == (row["libelle"], hundredths(row["tnr_mad"]), row["code"])


def test_the_press_file_gives_two_dated_tariffs(loader: Loader, shared_data: Path) -> None:
    counts = [
        loader.load("dispositifs", shared_data / PRESS, profile=f"dispositifs-presse-{year}").counts["rows_left_aside"]
        for year in (2008, 2015)
    ]
    assert counts == [5, 2]
    snapshot = loader.snapshot()
    days = (date(2012, 3, 1), date(2015, 10, 15), date(2015, 12, 16), date(2015, 12, 17))
    forfaits = [find_dispositif(snapshot, VALVE, newest(snapshot, day)).forfait for day in days]
    assert forfaits == [17_500_00, 17_500_00, 17_500_00, 10_000_00]
    cochlear = find_dispositif(snapshot, "implant-cochleaire", newest(snapshot, date(2016, 1, 1)))
    assert (cochlear.forfait, cochlear.version.legal_act) == (144_000_00, "arrete-2314-08")


@pytest.mark.slow
def test_every_french_device_is_read(shared_data: Path) -> None:
    path = shared_data / "dispositifs" / "lpp_fiche.json.gz"
    found = read_records(path, KINDS.find("dispositifs"))
    rows = objects(path)
    assert (found.profile.name, len(found.records), found.violations) == ("lpp-fiche", 6266, [])
    for record, row in zip(found.records, rows, strict=True):
        assert (record.code, record.values["libelle"]) == (row["code_tips"], " ".join(row["nom_court"].split()))
        assert record.values["age_max"] == (int(row["age_max"]) or None)
        assert record.valid_to == (date.fromisoformat(row["date_fin"]) if "date_fin" in row else None)


@pytest.mark.slow
def test_mappings_are_imported_over_both_nomenclatures(loader: Loader, shared_data: Path, tmp_path: Path) -> None:
    files = shared_data / "ngap_ccam"
    mappings = tmp_path / "correspondances.csv"
    mappings.write_text("\n".join(MAPPINGS) + "\n", encoding="utf-8")
    loader.load("actes-ngap", shared_data / NGAP)
    told = {"effective": date(2016, 1, 15), "legal_act": "arrete-177-06"}
    with pytest.raises(ImportRefusedError) as refused:
        loader.load("correspondances", mappings, **told)
    assert Counter(found.rule for found in refused.value.report.errors) == {"MappedActIsNotInForce": 3}
    tree = loader.load("arbre-ccam", files / "ccam_hierarchie_actes.json.gz")
    assert (tree.counts["added"], tree.counts["rows_left_aside"], tree.violations) == (1725, 8593, [])
    acts = loader.load("actes-ccam", files / "ccam_actes.json.gz")
    assert (acts.counts["added"], acts.violations) == (8593, [])
    assert loader.load("correspondances", mappings, **told).violations == []
    _check_answers(loader.snapshot(), files)


def _check_answers(snapshot: Snapshot, files: Path) -> None:
    today = newest(snapshot, date(2016, 2, 1))
    prices = [price_target(snapshot, f"NBCA010-{activite}-0", today).coefficient for activite in "14"]
    assert prices == [80_00, 30_00]
    assert [c.acte_ngap.code for c in correspondances_ccam(snapshot, "NBCA010", today)] == ["A115", "A115", "A116"]
    (absence,) = correspondances_ngap(snapshot, "A100", today)
    assert absence.version.payload["motif"] == "pas d'acte semblable"
    (leaf,) = (row for row in objects(files / "ccam_hierarchie_actes.json.gz") if row["code"] == "NBCA010")
    path = [step.payload["libelle"] for step in ccam_path(snapshot, "NBCA010", today)]
    assert path[1:] == [leaf[f"libelle_niveau_{level}"] for level in range(1, 5)]
