"""Whatever is sent, a line has an answer that JSON can hold, and never fails the others."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.pricing.answers import STATUSES
from catalog.pricing.line_fields import READERS
from catalog.pricing.tarification import Tarification, price_lines
from catalog.temporal import Moment
from tests.unit.pricing.shelf import pack

TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3))
LIKELY: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from(("medicament", "acte", "dispositif", "forfait")),
    "code": st.sampled_from(("6118000100058", "C", "K50", "D12", "D708", "CESARIENNE", "HBJD001")) | TEXTS,
    "organisme": st.sampled_from(("cnops", "cnss")),
    "secteur": st.sampled_from(("prive", "public")),
    "as_of": st.dates().map(date.isoformat),
    "billed": st.decimals(0, 10**11, places=2).map(str),
    "quantity": st.integers(-1, 200_000),
}
LINES = st.fixed_dictionaries(
    {}, optional={name: LIKELY.get(name, JSON) | JSON for name in READERS} | {"inconnu": JSON}
)
LIKELY_LINES = st.fixed_dictionaries(LIKELY)


@settings(max_examples=400, deadline=None)
@given(st.lists(LINES | LIKELY_LINES | JSON, max_size=5))
def test_anything_has_an_answer(raw: list[Any]) -> None:
    told = price_lines(pack(), raw, Moment(date(2015, 6, 1), pack().head), explain=True)
    assert [each["status"] in STATUSES for each in told] == [True] * len(raw)
    assert len(msgspec.json.decode(msgspec.json.encode(told))) == len(raw)
    for each in told:
        assert ("errors" in each) == (each["status"] in ("INVALID", "UNKNOWN_CODE", "NO_TARIFF"))


def test_values_too_deep_or_too_large_to_be_written_are_told_by_their_type() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    tarification = Tarification(pack(), pack().head)
    for field, value in (("organisme", deep), ("quantity", 10**5000), ("billed", deep), ("code", deep)):
        told = tarification.tell({"kind": "acte", "code": "C", "organisme": "cnss", "secteur": "prive", field: value})
        assert f"that {type(value).__name__}" in " ".join(error["message"] for error in told["errors"])
