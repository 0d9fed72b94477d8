"""Acts, conventions, devices and lists of the bundled pack: every answer as documented, every kind exported."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from catalog.exporting import FORMATS
from catalog.importing.profiles.canonical import canonical_profile
from catalog.importing.records import read_records
from catalog.registry import KINDS
from tests.api.golden_catalogue import COVERSYL, EPREX, NOT_MEMBER, STAY, VALVE
from tests.api.golden_client import Golden
from tests.api.shapes import faults

ANSWERS = {
    "/actes/ngap/D708": "ActeNgap",
    "/actes/ngap/ASD01": "ActeNgap",
    "/actes/ccam/HBJD001": "ActeCcam",
    "/actes/ngap/D708/ccam": "Correspondances",
    "/actes/ngap/D510/ccam": "Correspondances",
    "/actes/ccam/HBJD001/ngap": "Correspondances",
    "/lettres-cles?per_page=1000": "LettresCles",
    "/lettres-cles?organisme=cnops": "LettresCles",
    "/conventions": "Conventions",
    "/conventions/medecins-prive-2006": "ConventionInFull",
    "/conventions/medecins-prive-2006/tarifs?per_page=1000": "Tarifs",
    "/conventions/hopitaux-etat-2006/tarifs": "Tarifs",
    "/conventions/medecins-prive-2006/tarifs?pending=true": "Tarifs",
    f"/dispositifs/{VALVE}": "Dispositif",
    f"/tiers-payant/{EPREX}?organisme=cnops": "Eligibility",
    f"/tiers-payant/{EPREX}?organisme=cnss&inpe={NOT_MEMBER}&pec=1&pec_until=2030-01-01": "Eligibility",
    f"/tiers-payant/{COVERSYL}?organisme=cnops&inpe={NOT_MEMBER}": "Eligibility",
    "/listes/tiers-payant?organisme=cnss": "ListeTiersPayant",
    f"/medicaments/{EPREX}": "Medicament",
}


@pytest.mark.parametrize("address", ANSWERS)
@pytest.mark.parametrize("day", ["2014-07-01", "2016-07-01", "2021-05-10"])
def test_every_answer_is_as_documented(golden: Golden, address: str, day: str) -> None:
    if "/actes/ccam" in address and day < "2016":
        day = "2016-07-02"
    joined = f"{address}{'&' if '?' in address else '?'}as_of={day}"
    assert faults(golden.get(joined), ANSWERS[address]) == []


def exported(golden: Golden, kind: str, form: str) -> bytes:
    # The glossary came with the newest release, and holds from its day.
    day = "2026-11-01" if kind == "termes" else "2021-05-10"
    response = golden.client.get(f"/api/v1/releases/17/export?kind={kind}&format={form}&as_of={day}")
    assert response.status_code == 200, response.text
    return response.data


@pytest.mark.parametrize("kind", KINDS.plurals)
def test_every_kind_is_exported_and_read_again(golden: Golden, kind: str, tmp_path: Path) -> None:
    published = [json.loads(row) for row in exported(golden, kind, "jsonl").splitlines()]
    path = tmp_path / "export.csv"
    path.write_bytes(exported(golden, kind, "csv"))
    read = read_records(path, KINDS.find(kind), canonical_profile(KINDS.find(kind)))
    assert read.errors == []
    told = {record.code: KINDS.find(kind).dump(dict(record.values)) for record in read.records}
    assert told == {row["code"]: {name: row[name] for name in KINDS.find(kind).fields} for row in published}
    assert published


@pytest.mark.parametrize("form", FORMATS)
def test_forfaits_are_exported_in_every_format(golden: Golden, form: str) -> None:
    assert len(exported(golden, "forfaits", form)) > 1000


def test_an_export_holds_signed_values_with_the_act_that_says_so(golden: Golden) -> None:
    """A list of what is recorded is no price list: the act tells."""
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(exported(golden, "lettres-cles", "csv").decode()))}
    assert rows["C:medecins-prive-2020"]["legal_act"] == "conventions-2020-01-13"
    assert golden.get("/legal-acts/conventions-2020-01-13")["statut"] == "SIGNE"


def test_a_forfait_published_by_an_avenant_is_in_its_release(golden: Golden) -> None:
    told = golden.get("/changes", kind="forfaits", after=0, limit=10_000)["changes"]
    stays = [(change["valid_from"], change["payload"]["montant"]) for change in told if change["code"].startswith(STAY)]
    assert stays == [("2010-01-01", "550.00"), ("2020-01-01", "600.00")]
