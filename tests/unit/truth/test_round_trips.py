"""Payloads of every kind keep their value through JSON, canonical text and columns."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import PayloadError
from catalog.gmr.family import GTIN
from catalog.kinds import Kind
from catalog.registry import KINDS
from tests.integration.truth.payloads import payloads

ALL = sorted(KINDS, key=lambda kind: kind.name)
NAMES = [kind.name for kind in ALL]


FEW = settings(max_examples=20)


@pytest.mark.parametrize("kind", ALL, ids=NAMES)
@given(data=st.data())
@FEW
def test_a_payload_keeps_its_value_wherever_it_goes(kind: Kind, data: st.DataObject) -> None:
    payload = data.draw(payloads(kind))
    assert kind.load("code", kind.dump(payload)) == payload
    assert kind.load("code", json.loads(json.dumps(kind.dump(payload)))) == payload
    assert kind.from_text(kind.to_text(payload)) == payload
    assert kind.from_row(kind.to_row(payload)) == payload
    assert set(json.loads(kind.to_text(payload))) == {name for name, value in payload.items() if value is not None}


@given(payloads(GTIN), payloads(GTIN))
def test_two_payloads_have_one_text_only_when_they_are_equal(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert (GTIN.to_text(one) == GTIN.to_text(other)) == (one == other)


@pytest.mark.parametrize("kind", ALL, ids=NAMES)
def test_an_unknown_field_and_a_missing_one_are_told(kind: Kind) -> None:
    with pytest.raises(PayloadError) as caught:
        kind.load("code", {"prix_inconnu": "1.00"})
    required = {name for name, field in kind.fields.items() if field.required}
    assert set(caught.value.messages) == {"prix_inconnu"} | required
    assert "prix_inconnu" in str(caught.value)
