"""Every action of the source has its French, and an entry is told in words a person reads."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from admin.journal.telling import tell
from admin.journal.words import ACTIONS, FAMILIES, SUBJECTS, subject_name
from catalog.journal.reading import Entry
from catalog.registry import KINDS
from tests.databases import ROOT

_ACTION = re.compile(rf"^({'|'.join(FAMILIES)})(\.[a-z0-9_-]+)+$")
COLUMNS = {"account.name", "draft.id", "dossier.id", "meeting.id", "opinion.id", "import.json", "release.seq"}


def words(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.py"):
        if path != ROOT / "admin" / "journal" / "words.py":
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and _ACTION.match(node.value):
                    yield node.value


def actions() -> list[str]:
    return sorted({word for folder in ("admin", "catalog", "service") for word in words(ROOT / folder)} - COLUMNS)


@pytest.mark.parametrize("action", actions())
def test_every_action_of_the_source_has_its_french(action: str) -> None:
    assert action in ACTIONS, f"add the French of {action!r} to admin/journal/words.py"


def test_no_action_is_named_that_nobody_records() -> None:
    assert set(ACTIONS) <= set(actions())


def test_the_means_of_a_sign_in_is_told_in_french() -> None:
    [group] = tell(KINDS, entry(None, {"how": "password"})).groups
    assert [(line.label, line.new) for line in group.lines] == [("Moyen", "mot de passe")]


def test_there_are_actions_to_look_at() -> None:
    assert len(actions()) > 30


def test_subjects_are_named_in_french() -> None:
    assert subject_name("draft 12") == "brouillon 12"
    assert subject_name("dossier 2026-4") == "dossier 2026-4"
    assert set(SUBJECTS) >= {"draft", "account", "key"}


def entry(before: Any = None, after: Any = None, detail: Any = None) -> Entry:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    return Entry(1, at, "amina", "draft.staged", "draft 1", before, after, detail, "0" * 64, "d" * 64)


MEDICINE = "medicament 6118000100058 2026-12-01/2027-01-01"


def test_values_are_written_as_french_readers_write_them() -> None:
    before = {MEDICINE: {"ppv": "1234.50", "admis_remboursement": True, "princeps_generique": "P"}}
    after = {MEDICINE: {"ppv": None, "admis_remboursement": False, "princeps_generique": "G", "reason": "erreur"}}
    [group] = tell(KINDS, entry(before, after)).groups
    assert group.title == "médicament 6118000100058, à partir du 01/12/2026 jusqu’au 01/01/2027 exclu"
    assert (group.plural, group.code) == ("medicaments", "6118000100058")
    told = {line.label: (line.old, line.new) for line in group.lines}
    assert told["Prix public de vente"] == ("1\u202f234,50 DH", "")
    assert ("Admis", "Non admis") in told.values()
    assert ("Princeps", "Générique") in told.values()
    assert told["Motif"] == ("", "erreur")


def test_a_withdrawal_ends_in_nothing() -> None:
    [group] = tell(KINDS, entry({MEDICINE: {"ppv": "9.00"}}, {MEDICINE: None})).groups
    assert [(line.old, line.new) for line in group.lines] == [("9,00 DH", ""), ("", "plus rien")]


def test_states_instants_and_counts_are_told() -> None:
    detail = {"published_at": "2026-11-22T09:00:00Z", "kinds": {"medicament": {"set": 5820, "withdrawn": 1}}}
    told = tell(KINDS, entry({"status": "in_review"}, {"status": "approved"}, detail))
    [[line]] = [group.lines for group in told.groups]
    assert (line.label, line.old, line.new) == ("État", "en relecture", "approuvé")
    assert dict(told.notes)["Par liste"] == "médicaments : 5\u202f820 fixées, 1 retirées"
    assert dict(told.notes)["Publiée le"].startswith("22 novembre 2026")


@pytest.mark.parametrize(
    "value", ["text", 12, ["a", {"b": None}], {"": {}}, {"medicament x": 1}, {MEDICINE: "x"}, True]
)
def test_whatever_was_kept_can_be_told(value: Any) -> None:
    told = tell(KINDS, entry(value, value, value))
    assert isinstance(told.short, list)
    assert told.rest >= 0


def test_a_digest_and_a_long_text_are_cut_in_lists_only() -> None:
    told = tell(KINDS, entry(None, {"chain": "a" * 64, "title": "mot " * 100}))
    assert [line.new for _, line in told.short] == ["aaaaaaaaaaaa…", ("mot " * 29).strip() + " mot…"]
    assert "a" * 64 in {line.new for group in told.groups for line in group.lines}
