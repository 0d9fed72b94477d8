"""The transcribed files, imported through their profiles: what they bring, and that they agree with the pack."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from catalog.conventions import importer
from catalog.conventions.lookups import find_forfait_for_coefficient, find_tarif_lettre, payer_applies
from catalog.importing import plugins
from catalog.importing.running import Judged, Request, judge_file, stage_judged
from catalog.kinds import Kinds
from catalog.releases import drafts
from catalog.releases.changes import Change
from catalog.releases.publishing import publish
from catalog.snapshots.building import build
from catalog.snapshots.reading import Snapshot
from tests.integration.conventions.test_publishing import change, publish_pack
from tests.unit.conventions.builders import DAY, KINDS, at
from tests.unit.conventions.pack import FOLDERS, facts_of

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
PRIVATE, PUBLIC = "conventions/forfaits_chirurgie_prive_2006.csv", "conventions/forfaits_chirurgie_public_2007.csv"
COMPARED = {
    "applique", "coef_max", "coef_min", "convention", "forfait", "lettre", "montant", "montant_palier", "organisme",
    "palier", "secteur", "unite", "valeur",
}  # fmt: skip
LETTRES, FAITS = "conventions/lettres_cles.csv", "tiers_payant/facts.csv"


class Folder:
    """A release of the pack as the importer sees it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def changes(self, kinds: Kinds, only: str | None = None) -> Iterator[Change]:
        return (change(made) for made in facts_of(self.name) if only in (None, made.kind))


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the family tells the import, for the time of a test, over the pack as these tests read it."""
    for told in (plugins.CODE_MAKERS, plugins.CONVERTERS, plugins.COMPANIONS):
        for name in ("forfait", "lettre_cle", "adherence_organisme"):
            monkeypatch.delitem(told, name, raising=False)  # type: ignore[arg-type]
    monkeypatch.setattr(importer, "pack_releases", lambda: [Folder(name) for name in FOLDERS])
    importer.register()


def judge(session: Session, path: Path, plural: str) -> Judged:
    return judge_file(session, KINDS, Request(KINDS.find(plural), path))


@pytest.mark.parametrize(
    ("file", "plural", "counts"),
    [
        (PRIVATE, "forfaits", {"rows": 29, "added": 29, "internal_codes": 1}),
        (PUBLIC, "forfaits", {"rows": 32, "added": 32, "internal_codes": 2}),
        (LETTRES, "lettres-cles", {"rows": 26, "added": 26, "rows_left_aside": 3}),
        (LETTRES, "forfaits", {"rows": 3, "added": 3, "rows_left_aside": 26}),
        (FAITS, "adherences", {"rows": 1, "added": 1, "rows_left_aside": 4}),
    ],
)
def test_each_file_is_read_by_the_profile_found_for_it(
    session: Session, shared_data: Path, file: str, plural: str, counts: dict[str, int]
) -> None:
    report = judge(session, shared_data / file, plural).report
    assert report.errors == []
    assert {name: report.counts[name] for name in counts} == counts


@pytest.mark.parametrize(
    ("file", "plural"),
    [
        (PRIVATE, "forfaits"),
        (PUBLIC, "forfaits"),
        (LETTRES, "lettres-cles"),
        (LETTRES, "forfaits"),
        (FAITS, "adherences"),
    ],
)
def test_the_files_say_what_the_pack_says(session: Session, shared_data: Path, file: str, plural: str) -> None:
    publish_pack(session, KINDS)
    snapshot = Snapshot(build(session, KINDS), KINDS)
    records = judge(session, shared_data / file, plural).read.records
    assert records
    for record in records:
        held = snapshot.versions(KINDS.find(plural).name, record.code, snapshot.head)[0].payload
        compared = COMPARED & record.values.keys()
        assert {name: record.values[name] for name in compared} == {name: held[name] for name in compared}, record.code


def test_on_an_empty_catalogue_the_grids_come_with_their_conventions_and_price(
    session: Session, shared_data: Path
) -> None:
    for minute, (file, plural) in enumerate(((LETTRES, "lettres-cles"), (PRIVATE, "forfaits"), (PUBLIC, "forfaits"))):
        judged = judge(session, shared_data / file, plural)
        draft = stage_judged(session, KINDS, judged, by="author", at=NOW)
        drafts.submit(session, KINDS, draft, by="author", at=NOW)
        drafts.approve(session, draft, by="approver", at=NOW)
        instant = NOW.replace(minute=minute)
        publish(session, KINDS, draft, by="approver", at=NOW.replace(hour=13), published_at=instant)
    held = Snapshot(build(session, KINDS), KINDS)
    moment = at(DAY, held.head)
    k50 = find_tarif_lettre(held, "K", None, "prive", "cnops", moment)
    c = find_tarif_lettre(held, "C", None, "prive", "cnss", moment)
    surgery = find_forfait_for_coefficient(held, "K", 32000, "public", "cnss", moment)
    assert k50 is not None and c is not None and surgery is not None
    assert (k50.value * 50, c.value, surgery.value) == (112500, 8000, 1960000)
    assert [note.value for note in c.notes] == [15000]
    assert payer_applies(held, "medecins-prive-2006", "cnops", moment)
    assert not payer_applies(held, "medecins-prive-2020", "cnss", moment)
