"""The pack is well formed: its rows load, its references hold, its periods do not collide."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from itertools import combinations, pairwise
from typing import Any

import pytest

from catalog.fields import LIST_SEPARATOR
from catalog.gmr.codes import has_valid_check_digit, is_internal
from catalog.registry import KINDS
from catalog.releases.labels import parse_label
from catalog.temporal import parse_instant
from tests.unit.reference_pack.reading import COMMON, Row, cards, folders, known_codes, lines, rows

TIMELESS = {"actes-juridiques", "niveaux"}
WRONG_CHECK_DIGITS = {"6118000140213"}
"""COMBIVIR: a real, official code."""


def test_folders_are_numbered_in_order() -> None:
    assert [int(path.name[:2]) for path in folders()] == list(range(1, len(folders()) + 1))
    assert len(folders()) == 10


def test_every_card_says_all_and_nothing_else() -> None:
    told = {"label", "title", "published_at", "author", "approver", "legal_act", "note"}
    assert [set(card) for card in cards()] == [told] * len(cards())
    assert all(text.strip() == text and text for card in cards() for text in card.values())


def test_labels_are_canonical_and_taken_once() -> None:
    labels = [card["label"] for card in cards()]
    assert [parse_label(label) for label in labels] == labels
    assert len(set(labels)) == len(labels)


def test_roles_and_not_persons_sign() -> None:
    assert {(card["author"], card["approver"]) for card in cards()} == {
        ("reference-pack.redaction", "reference-pack.validation")
    }


def test_releases_follow_each_other_in_the_past() -> None:
    instants = [parse_instant(card["published_at"]) for card in cards()]
    assert all(earlier < later for earlier, later in pairwise(instants))
    assert instants[-1] < datetime(2026, 11, 22, tzinfo=UTC)


def test_files_have_the_columns_of_their_kind() -> None:
    for _, path, cells in lines():
        kind = KINDS.find(path.stem)
        assert path.stem == kind.plural
        assert set(COMMON) | {"code"} <= set(cells)
        assert set(cells) - {"code", *COMMON} <= set(kind.fields)
        assert None not in cells.values(), f"{path} has a short line: {cells}"


def test_every_row_loads_and_reads_back_the_same() -> None:
    for row in rows():
        assert row.kind.from_text(row.kind.to_text(row.payload)) == row.payload, row.place


def test_codes_are_written_in_their_canonical_form() -> None:
    assert [row.place for row in rows() if row.kind.parse_code(row.code) != row.code] == []


def test_cells_are_written_as_the_kind_writes_them() -> None:
    assert [found for row in rows() for found in _misspelt(row)] == []


def test_every_row_tells_its_ground_its_source_and_its_confidence() -> None:
    for row in rows():
        assert row.cells["legal_act"], row.place
        assert row.source, row.place
        assert row.cells["confidence"] in {"H", "M", "L"}, row.place
        assert row.cells["op"] in {"", "void"}, row.place


def test_only_acts_and_levels_have_no_beginning() -> None:
    assert [row.place for row in rows() if not row.cells["valid_from"] and row.kind.plural not in TIMELESS] == []


def test_no_two_rows_of_a_release_hold_for_one_code_on_one_day() -> None:
    colliding = [
        first.place
        for first, second in combinations(rows(), 2)
        if (first.release, first.kind, first.code) == (second.release, second.kind, second.code)
        and first.period.overlaps(second.period)
    ]
    assert colliding == []


def test_a_void_row_carries_no_value() -> None:
    void = [(path, cells) for _, path, cells in lines() if cells["op"] == "void"]
    assert [cells for path, cells in void if any(cells.get(name) for name in KINDS.find(path.stem).fields)] == []


def test_legal_acts_are_known_when_they_are_cited() -> None:
    unknown = [
        row.place for row in rows() if row.cells["legal_act"] not in known_codes("actes-juridiques", row.release)
    ]
    assert unknown == []
    for number, card in enumerate(cards(), start=1):
        assert card["legal_act"] in known_codes("actes-juridiques", number)


@pytest.mark.parametrize(
    ("plural", "field", "target"),
    [
        ("actes-juridiques", "parent", "actes-juridiques"),
        ("medicaments", "groupe_generique", "groupes-generiques"),
        ("codes-presentations", "presentation", "medicaments"),
    ],
)
def test_references_are_known_when_they_are_made(plural: str, field: str, target: str) -> None:
    named = [(row, row.payload[field]) for row in rows(plural) if row.payload[field] is not None]
    assert named
    assert [row.place for row, code in named if code not in known_codes(target, row.release)] == []


def test_opinions_name_levels_of_the_code_lists() -> None:
    for row in rows("avis"):
        levels = [f"{name.upper()}:{row.payload[name]}" for name in ("smr", "asmr") if row.payload[name]]
        assert levels, row.place
        assert set(levels) <= known_codes("niveaux", row.release), row.place


def test_levels_are_coded_by_list_and_level() -> None:
    assert [row.code for row in rows("niveaux")] == [
        f"{row.payload['liste']}:{row.payload['niveau']}" for row in rows("niveaux")
    ]
    assert Counter(row.payload["liste"] for row in rows("niveaux")) == {"SMR": 5, "ASMR": 6}


def test_a_code_stands_for_one_presentation() -> None:
    presentations, others = {row.code for row in rows("medicaments")}, [row.code for row in rows("codes-presentations")]
    assert presentations.isdisjoint(others)
    assert len(set(others)) == len(others)


def test_check_digits_are_right_but_for_the_known_one() -> None:
    codes = {row.code for row in (*rows("medicaments"), *rows("codes-presentations")) if not is_internal(row.code)}
    assert {code for code in codes if not has_valid_check_digit(code)} == WRONG_CHECK_DIGITS


def test_dates_of_an_act_come_in_the_order_of_its_life() -> None:
    for row in rows("actes-juridiques"):
        days = [row.payload[name] for name in ("signed_on", "approved_on", "published_on") if row.payload[name]]
        assert days == sorted(days), row.place


def test_an_act_not_in_force_has_no_effect_in_the_past() -> None:
    dormant = [row for row in rows("actes-juridiques") if row.payload["statut"] != "EN_VIGUEUR"]
    started = {row.code: row.payload["effective_from"] for row in dormant if row.payload["effective_from"]}
    assert {code: str(day) for code, day in started.items()} == {"loi-54-23": "2027-02-01"}


def _misspelt(row: Row) -> list[str]:
    """Cells that the kind would write otherwise than the file does."""
    written = {name: _text(value) for name, value in row.kind.dump(row.payload).items()}
    told = {name: row.cells.get(name, "non" if name == "retire" else "") for name in written}
    return [f"{row.place} {name}: {told[name]!r} for {text!r}" for name, text in written.items() if told[name] != text]


def _text(value: Any) -> str:
    """A value of the external form as a cell."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return LIST_SEPARATOR.join(value)
    return "" if value is None else str(value)
