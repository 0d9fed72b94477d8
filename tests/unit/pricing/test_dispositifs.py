"""Devices: the smaller of purchase price and forfait, prior agreement, and what is left to the liquidation."""

from __future__ import annotations

from typing import Any

from catalog.releases.changes import Change
from tests.unit.pricing.asking import device as ask_device
from tests.unit.pricing.asking import sentence, shares
from tests.unit.pricing.shelf import snapshot
from tests.unit.pricing.world import DEVICE, device, world


def priced(*changes: Change, code: str = DEVICE, **line: Any) -> dict[str, Any]:
    return ask_device(snapshot(world(), changes), code, "2015-06-01", **line)


def test_the_smaller_of_purchase_price_and_forfait_is_paid_whole() -> None:
    assert shares(priced(billed="450.00")) == ("450.00", "450.00", "0.00")
    assert shares(priced(billed="700.00", quantity=2)) == ("500.00", "1000.00", "400.00")
    assert shares(priced(code="valve")) == ("500.00", "500.00", "0.00")


def test_an_agreement_that_is_needed_must_be_held() -> None:
    told = priced(device(accord_prealable=True), billed="700.00")
    assert (told["status"], told["amo"], told["patient"]) == ("PRIOR_AGREEMENT_MISSING", "0.00", "700.00")
    assert priced(device(accord_prealable=True), accord_prealable=True)["amo"] == "500.00"


def test_a_device_without_forfait_has_no_tariff() -> None:
    told = priced(device(None))
    assert (told["status"], told["amo"]) == ("NO_TARIFF", None)
    assert sentence(told) == "code: No forfait of VALVE has been seen in a text, and none is guessed."


def test_limits_that_look_at_other_claims_are_left_to_the_liquidation() -> None:
    told = priced(device(quantite_max=1, renouvellement_mois=24, accord_prealable=False), quantity=3, explain=True)
    assert told["amo"] == "1500.00"
    assert "for the liquidation to check" in " ".join(step["text"] for step in told["explanation"])


def test_a_payer_without_rate_covers_no_device() -> None:
    assert (priced(organisme="cnss")["status"], priced(organisme="cnss")["amo"]) == ("NOT_COVERED", "0.00")


def test_a_code_that_nobody_published_is_unknown() -> None:
    assert priced(code="AUTRE")["status"] == "UNKNOWN_CODE"
