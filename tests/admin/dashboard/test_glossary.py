"""A word of the glossary is a button with its description; without a glossary it is the bare word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from admin.glossary import terme
from catalog.registry import KINDS
from catalog.releases.changes import Change
from catalog.temporal import Period
from tests.admin.desk import Desk
from tests.api.catalogue import LIST, publish_changes


@pytest.fixture
def with_terms(desk: Desk) -> Iterator[Desk]:
    data = {
        "libelle": "PBR",
        "libelle_ar": "أساس التعويض",
        "definition": "Prix <base> de remboursement.",
        "source_legale": "Décret 2-05-733",
    }
    change = Change("terme", "pbr", Period(date(2014, 1, 1)), KINDS.find("terme").load("pbr", data))
    with desk.place.writing() as session:
        at = desk.place.now() - timedelta(hours=1)
        publish_changes(session, [change], label=None, legal_act=LIST, published_at=at)
    desk.place.refresh()
    with desk.app.test_request_context("/admin/"):
        yield desk


@pytest.mark.parametrize("asked", ["PBR", "pbr"])
def test_a_term_is_described_by_its_definition(with_terms: Desk, asked: str) -> None:
    told = terme(asked, "base")
    assert '<button type="button" class="term-word" aria-describedby="terme-pbr-1">base</button>' in told
    assert 'role="tooltip" id="terme-pbr-1"' in told
    assert '<span lang="ar" dir="rtl">أساس التعويض</span>' in told
    assert "title=" not in told


def test_what_an_editor_wrote_is_text_and_never_markup(with_terms: Desk) -> None:
    assert "Prix &lt;base&gt; de remboursement." in terme("PBR")


def test_each_mention_on_a_page_has_an_identifier_of_its_own(with_terms: Desk) -> None:
    assert 'id="terme-pbr-1"' in terme("PBR")
    assert 'id="terme-pbr-2"' in terme("PBR")


def test_a_word_the_glossary_lacks_stays_a_word(with_terms: Desk) -> None:
    assert terme("<TNR>") == "&lt;TNR&gt;"


def test_the_dashboard_shows_terms(with_terms: Desk) -> None:
    page = with_terms.as_("lecteur").get("/admin/", status=200).text
    assert "termes.js" in page
