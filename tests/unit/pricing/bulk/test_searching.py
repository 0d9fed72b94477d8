"""The version of a day, found by columns, is the one the snapshot finds."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from catalog.pricing.bulk import searching
from catalog.pricing.bulk.intervals import medicines
from catalog.pricing.bulk.searching import Belief
from catalog.temporal import Moment
from tests.unit.pricing.bulk.test_identity import catalogue
from tests.unit.pricing.shelf import pack, snapshot
from tests.unit.pricing.test_eras import DAYS

EDGES = [date.min, date(1900, 1, 1), *DAYS, date(2030, 1, 1), date(9999, 12, 30)]


@pytest.mark.parametrize("stretches", [1, 3_000, 4_000_000])
@pytest.mark.parametrize("seed", [0, 1])
def test_it_finds_what_the_snapshot_finds(monkeypatch: pytest.MonkeyPatch, seed: int, stretches: int) -> None:
    monkeypatch.setattr(searching, "STRETCHES", stretches)
    found = catalogue(seed)
    known = medicines(found)
    for release in range(1, found.head + 1):
        belief = Belief(known, release)
        code, day = np.meshgrid(np.arange(len(known.codes)), [day.toordinal() for day in EDGES])
        for number, ordinal, version in zip(
            code.ravel(), day.ravel(), belief.find(code.ravel(), day.ravel()), strict=True
        ):
            real = found.find("medicament", known.codes[number], Moment(date.fromordinal(int(ordinal)), release))
            assert (real is None) == (version < 0)
            if real is not None:
                assert (real.period.start.toordinal(), real.rel_from) == (known.start[version], known.rel_from[version])
                prices = [real.payload[name] for name in ("ppv", "ph", "pbr")]
                assert [None if price < 0 else price for price in known.prices[version, 1:]] == prices
                assert real.legal_act == known.acts[known.act[version]]


def test_a_catalogue_without_medicines_finds_none() -> None:
    belief = Belief(medicines(snapshot([])), 1)
    assert belief.find(np.array([0]), np.array([735_000])).tolist() == [-1]


def test_versions_share_their_shape_whatever_they_cost() -> None:
    known = medicines(pack())
    assert len(set(known.shape.tolist())) < 30 < len(known.shape)
