"""The opinions that the pack carries and those the report's file brings are the same entries."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from catalog.database import writing
from catalog.errors import InvalidError
from catalog.reference_pack.loading import pack_releases, publish_pack
from catalog.registry import KINDS
from tests.integration.imports.catalogues import NOON, Loader

FILES = ("ct_asmr_2012_2015.csv", "ct_smr_insuffisant_2015.csv")


@pytest.fixture
def pack(loader: Loader) -> Loader:
    with writing(loader.engine) as session:
        publish_pack(session, KINDS, at=NOON)
    return loader


def test_importing_the_file_over_the_pack_changes_nothing(pack: Loader, shared_data: Path) -> None:
    held = pack.in_force("avis", date(2016, 1, 1), 9)
    assert len(held) == 41
    for name in FILES:
        with pytest.raises(InvalidError, match="changes nothing"):
            pack.load("avis", shared_data / "gmr" / name)


def test_the_file_alone_gives_the_entries_of_the_pack(loader: Loader, shared_data: Path) -> None:
    for name in FILES:
        loader.load("avis", shared_data / "gmr" / name)
    imported = {code: held.payload for code, held in loader.in_force("avis", date(2016, 1, 1), 2).items()}
    assert imported == _carried()


def _carried() -> dict[str, object]:
    return {change.code: change.payload for pack in pack_releases() for change in pack.changes(KINDS, "avis")}
