"""Labels of releases: one canonical spelling for the versions of the GMR."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.releases.labels import label_key, parse_label, propose_next


@pytest.mark.parametrize("text", ["07-06", "7.06", "GMR_7_06", "7-6", "gmr 07-06", "GMR-7.06", " 7_06 "])
def test_every_spelling_of_a_version_is_one_label(text: str) -> None:
    assert parse_label(text) == "07-06"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("liste  CNOPS 2014", "liste CNOPS 2014"),
        ("2014-06", "2014-06"),
        ("7", "7"),
        ("٧-٠٦", "٧-٠٦"),
        ("7-06-1", "7-06-1"),
    ],
)
def test_any_other_text_is_kept_with_its_spaces_folded(text: str, label: str) -> None:
    assert parse_label(text) == label


@given(st.text(max_size=12))
def test_a_canonical_label_stays_what_it_is(text: str) -> None:
    assert parse_label(parse_label(text)) == parse_label(text)


@given(st.integers(0, 99), st.integers(0, 999))
def test_versions_are_read_by_number(major: int, minor: int) -> None:
    assert parse_label(f"{major}.{minor}") == parse_label(f"GMR_{major:02d}_{minor:02d}") == f"{major:02d}-{minor:02d}"


def test_versions_come_in_order_before_other_labels() -> None:
    labels = ["liste", None, "10-01", "06-23", "06-9", "7.06"]
    assert sorted(labels, key=label_key) == ["06-9", "06-23", "7.06", "10-01", None, "liste"]


@pytest.mark.parametrize(("label", "following"), [("07-06", "07-07"), ("06-99", "06-100"), ("liste", None), ("", None)])
def test_the_next_version_is_proposed(label: str, following: str | None) -> None:
    assert propose_next(label) == following
