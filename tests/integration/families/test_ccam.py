"""The whole French CCAM: acts, tree and 115,591 dated tariffs, answered on any day as a slow reading of the files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from catalog.conventions.family import KINDS as CONVENTIONS
from catalog.kinds import Kinds
from catalog.legal.family import KINDS as LEGAL
from catalog.ngap_ccam.family import KINDS as NGAP_CCAM
from catalog.ngap_ccam.lookups import ccam_path
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment
from tests.integration.families import ccam_source
from tests.integration.families.ccam_source import CONVENTION, read_rows
from tests.integration.families.press import Press

pytestmark = pytest.mark.slow

FIRST, DAYS = date(2005, 3, 1), 7400
"""From before the first tariff, of 2005-03-25, to after the last, of 2025-02-02."""


def random_days(seed: int, count: int = 20) -> list[date]:
    dice = Random(seed)
    return [FIRST + timedelta(days=dice.randrange(DAYS)) for _ in range(count)]


@dataclass(frozen=True)
class Files:
    acts: list[dict[str, Any]]
    tree: list[dict[str, Any]]
    tariffs: list[dict[str, Any]]


@pytest.fixture(scope="module")
def files(shared_data: Path) -> Files:
    return Files(*(read_rows(shared_data, name) for name in ("ccam_actes", "ccam_hierarchie_actes", "ccam_tarifs")))


@pytest.fixture(scope="module")
def press(files: Files, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    """The acts and their tree in a first release, then one release for each issue of the Journal officiel."""
    printed = Press(tmp_path_factory.mktemp("ccam"), Kinds((*LEGAL, *CONVENTIONS, *NGAP_CCAM)))
    arrangement = ccam_source.arrangement(printed.kinds, files.acts, files.tree)
    founding = [*arrangement, ccam_source.convention(printed.kinds)]
    printed.publish(founding, on=date(2005, 1, 1), legal_act=ccam_source.ARRANGEMENT)
    for edition in ccam_source.editions(printed.kinds, files.tariffs):
        printed.publish(edition.changes, on=edition.day, legal_act=edition.legal_act)
    yield printed
    printed.close()


@pytest.fixture(scope="module")
def ccam(press: Press) -> Snapshot:
    return press.snapshot()


def tariffs(ccam: Snapshot, moment: Moment) -> dict[str, tuple[str, str]]:
    forfait = ccam.kinds.find("forfait")
    return {
        version.code: (forfait.dump(version.payload)["montant"], version.legal_act)
        for version in ccam.in_force("forfait", moment)
    }


def test_every_row_of_the_files_is_published(files: Files, ccam: Snapshot) -> None:
    assert (len(files.acts), len(files.tree), len(files.tariffs)) == (8593, 10318, 115591)
    facts = list(ccam.facts("forfait", 0, ccam.head))
    assert (len(facts), len({fact.code for fact in facts})) == (115591, 13860)
    assert (len(ccam.codes("acte_ccam")), len(ccam.codes("noeud_ccam"))) == (8593, 1725)


def test_the_tariffs_of_any_day_are_those_of_a_slow_reading(files: Files, press: Press, ccam: Snapshot) -> None:
    sizes = []
    for day in random_days(115591):
        expected = ccam_source.slow_tariffs(files.tariffs, day, press.releases[-1])
        assert tariffs(ccam, Moment(day, ccam.head)) == expected
        sizes.append(len(expected))
    assert min(sizes) > 4000


def test_so_are_those_known_at_any_release(files: Files, press: Press, ccam: Snapshot) -> None:
    dice, changed_since = Random(96), 0
    for day in random_days(8593):
        release = dice.randrange(2, ccam.head + 1)
        known = tariffs(ccam, Moment(day, release))
        assert known == ccam_source.slow_tariffs(files.tariffs, day, press.releases[release - 1])
        changed_since += known != tariffs(ccam, Moment(day, ccam.head))
    assert changed_since > 5


def test_a_row_without_amount_is_no_tariff_and_never_zero(files: Files, ccam: Snapshot) -> None:
    without = {ccam_source.forfait_code(row) for row in files.tariffs if not row["tarif"]}
    priced = {ccam_source.forfait_code(row) for row in files.tariffs if row["tarif"]}
    assert (len(without - priced), len(without & priced)) == (1165, 170)
    assert set(ccam.codes("forfait")) == priced
    assert all(version.payload["montant"] for version in ccam.in_force("forfait", Moment(date(2025, 3, 1), ccam.head)))


def test_the_tariffs_are_euros_of_a_foreign_convention(ccam: Snapshot) -> None:
    found = ccam.find("forfait", f"AAFA001-1-0:{CONVENTION}", Moment(date(2025, 3, 1), ccam.head))
    assert found is not None
    assert (found.payload["montant"], found.payload["devise"], found.payload["convention"]) == (
        661_01,
        "EUR",
        CONVENTION,
    )
    assert (found.period.start, found.legal_act) == (date(2025, 1, 1), "arrete-ccam-2024-06-20-jo-2024-06-21")


def test_the_acts_of_any_day_are_those_of_a_slow_reading(files: Files, ccam: Snapshot) -> None:
    for day in random_days(64):
        expected = {
            row["code"]: " ".join(row["libelle_long"].split())
            for row in files.acts
            if row["date_debut"] <= day.isoformat() < row.get("date_fin", "9999-12-31")
        }
        found = {v.code: v.payload["libelle"] for v in ccam.in_force("acte_ccam", Moment(day, ccam.head))}
        assert found == expected


def test_the_way_to_every_act_is_the_one_the_file_prints(files: Files, ccam: Snapshot) -> None:
    began = {row["code"]: date.fromisoformat(row["date_debut"]) for row in files.acts}
    for row in files.tree:
        if row["type"] == "A":
            path = ccam_path(ccam, row["code"], Moment(began[row["code"]], ccam.head))
            printed = [row[f"libelle_niveau_{level}"] for level in range(1, 5) if f"libelle_niveau_{level}" in row]
            assert [step.payload["libelle"] for step in path[1:]] == [" ".join(text.split()) for text in printed]
