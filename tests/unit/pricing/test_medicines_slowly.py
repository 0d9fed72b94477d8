"""Every medicine of the bundled pack at cnops, against its files read row by row and priced with decimals."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

import pytest

from catalog.pricing.tarification import price_lines
from catalog.temporal import Moment
from tests.unit.pricing.shelf import pack
from tests.unit.reference_pack.reading import Row, in_force, known_codes

GENERIC_BASE_FROM = date(2011, 5, 1)
RANDOM = Random(20140609)
DAYS = sorted(date(2010, 6, 1) + timedelta(days=RANDOM.randrange(6000)) for _ in range(20))


def paid(base: Decimal) -> Decimal:
    return (base * Decimal("0.70")).quantize(Decimal("0.01"), ROUND_HALF_UP)


def expected(code: str, day: date, rows: dict[str, Row]) -> tuple[str, str | None, str | None]:
    """Status, AMO and what the patient pays, without mutuelle."""
    row = rows.get(code)
    if row is None:
        return "NO_TARIFF", None, None
    cells = row.cells
    ppv, pbr = cells["ppv"], cells["pbr"]
    if not ppv:
        return "HOSPITAL_ONLY", "0.00", None
    if cells["admis_remboursement"] == "non":
        return "NOT_REIMBURSABLE", "0.00", ppv
    base = pbr if day >= GENERIC_BASE_FROM else ppv
    if not base:
        return "NO_TARIFF", None, None
    amo = paid(min(Decimal(base), Decimal(ppv)))
    return "OK", str(amo), str(Decimal(ppv) - amo)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_each_medicine_is_priced_as_a_slow_reading_of_the_files_does(day: date) -> None:
    codes = sorted(known_codes("medicaments", pack().head))
    lines = [{"kind": "medicament", "code": code, "organisme": "cnops"} for code in codes]
    told = price_lines(pack(), lines, Moment(day, pack().head))
    rows = in_force("medicaments", day)
    assert [(each["status"], each["amo"], each["patient"]) for each in told] == [
        expected(code, day, rows) for code in codes
    ]
