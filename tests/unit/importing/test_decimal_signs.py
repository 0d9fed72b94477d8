"""A Moroccan list saved by a French spreadsheet writes 37,20 where the official file writes 37.20: both are read."""

from __future__ import annotations

import pytest

from catalog.importing.profiles import load_profile
from catalog.registry import KINDS

from .conftest import WriteFile
from .reading import read

MEDICINES = KINDS.find("medicaments")
GUIDE = "code,nom,dci,forme_dosage,presentation,ppv,pbr_ppv,ph,pbr_ph,classe,pg"
CNSS = (
    "code,laboratoire,nom,dci,dosage,unite_dosage,forme,presentation,ppv,ph,ppv_br,princeps_generique,"
    "classe_therapeutique,taux_remboursement_cnss"
)


@pytest.mark.parametrize("amount", ["37.20", "37,20", "37.2", "37,2", "37.200000000000003"])
@pytest.mark.parametrize(
    ("profile", "header", "row"),
    [
        ("gmr-6-23-rows", GUIDE, "6118000100058;A;B;COMPRIME à 80 MG;1 BOITE;{};{};;;CLASSE;P"),
        ("cnss-2026", CNSS, "6118000100058;L;A;B;80;MG;COMPRIME;1 BOITE;{};{};29.70;A;CLASSE;70"),
    ],
)
def test_either_decimal_sign_gives_the_same_centimes(
    write: WriteFile, profile: str, header: str, row: str, amount: str
) -> None:
    path = write("liste.csv", header.replace(",", ";"), row.format(amount, amount))
    (record,) = read(path, load_profile(profile, MEDICINES)).records
    assert record.values["ppv"] == 3720


def test_three_decimals_are_still_refused(write: WriteFile) -> None:
    path = write("liste.csv", CNSS, "6118000100058,L,A,B,80,MG,COMPRIME,1 BOITE,1.200,,,A,CLASSE,70")
    (violation,) = read(path, load_profile("cnss-2026", MEDICINES)).violations
    assert violation.rule == "AmountUnreadable"
