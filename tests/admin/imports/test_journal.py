"""What the journal keeps of an import after it came."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sqlalchemy as sa

from admin.imports.staging import subject
from admin.imports.uploads import Upload
from admin.journal.words import ACTIONS
from catalog.journal.models import JournalEntry

from .conftest import EFFECT, KNOWN, ImportDesk, csv_of

GOOD = csv_of(f"{KNOWN},DIAMICRON,36.00,29.70,oui")
SETTINGS = {"kind": "medicaments", "effective": EFFECT, "legal_act": "gmr-06-23"}


def entries(imports: ImportDesk, upload: Upload) -> list[JournalEntry]:
    """What happened to an import, oldest first."""
    query = sa.select(JournalEntry).where(JournalEntry.subject == subject(upload.asked())).order_by(JournalEntry.seq)
    with imports.desk.place.reading() as session:
        return list(session.scalars(query))


def loaded(text: str | None) -> Any:
    return json.loads(text or "null")


def test_changed_settings_are_recorded_with_what_they_were(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", GOOD)
    imports.post(upload, "reglages", "redacteur2", **SETTINGS | {"effective": "2026-12-01", "mode": "full"})
    _, settled, judged = entries(imports, upload)
    assert (settled.action, settled.actor) == ("import.settings", "redacteur2")
    assert loaded(settled.before) == {"effective": EFFECT, "mode": None}
    assert loaded(settled.after) == {"effective": "2026-12-01", "mode": "full"}
    assert (judged.action, judged.actor) == ("import.judged", "redacteur2")


def test_settings_left_as_they_are_are_not_recorded_as_changed(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", GOOD)
    imports.post(upload, "reglages", **SETTINGS)
    assert [entry.action for entry in entries(imports, upload)] == ["import.received", "import.judged"]


def test_judging_again_is_recorded(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", GOOD)
    imports.post(upload, "controler", "redacteur2")
    last = entries(imports, upload)[-1]
    assert (last.action, last.actor, loaded(last.detail)) == ("import.judged", "redacteur2", {"file": "liste.csv"})


def test_staging_tells_from_which_day_and_by_which_act(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", GOOD)
    imports.post(upload, "verser")
    detail = loaded(entries(imports, upload)[-1].detail)
    assert (detail["effective"], detail["legal_act"]) == (EFFECT, "gmr-06-23")


@pytest.mark.parametrize("action", ["import.settings", "import.judged"])
def test_what_is_recorded_has_its_french(action: str) -> None:
    assert action in ACTIONS
