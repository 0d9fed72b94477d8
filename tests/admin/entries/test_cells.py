"""Lists show what the current draft makes of their entries, and offer their cells to those who write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from admin.entries.cells import options_of, typed_text
from admin.entries.columns import columns_of
from catalog.registry import KINDS
from catalog.releases import drafts
from catalog.releases.changes import Change
from catalog.releases.editing_values import read_value
from catalog.temporal import Period
from tests.admin.desk import Desk, Editor
from tests.api.catalogue import ERRATUM, GENERIC, NOW, PRINCEPS, TODAY
from tests.api.catalogue import LIST as ACT

LIST = "/admin/fiches/medicaments/"
FUTURE = date(2027, 1, 1)
VALUES: dict[str, Any] = {
    "ppv": 120_050, "taux_liste": 7000, "tva": 1950, "nom": "DIAMICRON", "laboratoire": "=LAB 5 %",
    "princeps_generique": "G", "retire": True, "admis_remboursement": False,
}  # fmt: skip


def choose(desk: Desk, editor: Editor, *changes: Change) -> int:
    """A draft with these changes, chosen by the editor."""
    with desk.place.writing() as session:
        draft = drafts.open_draft(session, title="Prix", author="redacteur", at=NOW, legal_act=ACT)
        drafts.stage(session, desk.place.kinds, draft, changes, by="redacteur", at=NOW)
        number = draft.id
    editor.post(f"/admin/brouillons/{number}/choisir", status=302)
    return number


def changed(code: str, desk: Desk, start: date = TODAY, **values: Any) -> Change:
    held = desk.place.current()
    (version, *_) = held.versions("medicament", code, held.head)
    return Change("medicament", code, Period(start), {**version.payload, **values})


def row_of(page: str, code: str) -> str:
    found = re.search(rf'<tr data-code="{code}".*?</tr>', page, re.DOTALL)
    assert found
    return found.group()


def test_a_reader_is_offered_no_change(shared_desk: Desk) -> None:
    page = shared_desk.as_("lecteur").get(LIST, 200).text
    assert "data-post" not in page
    assert "brouillon" not in page[page.index("<main") :]


def test_without_a_draft_the_way_to_one_is_shown(shared_desk: Desk) -> None:
    page = shared_desk.as_("redacteur").get(LIST, 200).text
    assert "choisissez ou ouvrez un brouillon" in page
    assert "data-post" not in page


def test_what_is_staged_stands_beside_what_is_published(desk: Desk) -> None:
    editor = desk.as_("redacteur")
    choose(desk, editor, changed(GENERIC, desk, ppv=2500), Change("medicament", ERRATUM, Period(FUTURE), None))
    page = editor.get(LIST, 200).text
    row = row_of(page, GENERIC)
    assert '<del class="old"><span class="sr">publié : </span>29,70</del>' in row
    assert '<ins class="new"><span class="sr">au brouillon : </span>25,00</ins>' in row
    assert "<del" not in row_of(page, PRINCEPS)
    assert "retrait au brouillon" in row_of(page, ERRATUM)


def test_a_value_staged_for_later_says_from_when(desk: Desk) -> None:
    editor = desk.as_("redacteur")
    choose(desk, editor, changed(GENERIC, desk, FUTURE, ppv=2500))
    assert "à partir du 1er janvier 2027" in row_of(editor.get(LIST, 200).text, GENERIC)


def test_without_script_a_cell_leads_to_the_form_of_its_entry(desk: Desk) -> None:
    editor = desk.as_("redacteur")
    number = choose(desk, editor)
    row = row_of(editor.get(f"{LIST}?effet=2027-01-01", 200).text, PRINCEPS)
    address = f"/admin/brouillons/{number}/medicaments/{PRINCEPS}/modifier?from=2027-01-01"
    assert f'<a class="cell" href="{address}" data-field="ppv" data-value="37,20"' in row
    editor.get(address, 200)


def test_a_past_release_is_not_edited(desk: Desk) -> None:
    editor = desk.as_("redacteur")
    choose(desk, editor)
    page = editor.get(f"{LIST}?release=1", 200).text
    assert "Vous lisez une version passée" in page
    assert "data-post" not in page


def test_what_a_cell_posts_is_staged_and_shown(desk: Desk) -> None:
    editor = desk.as_("redacteur")
    number = choose(desk, editor)
    body = {"kind": "medicament", "code": GENERIC, "field": "ppv", "value": "25,00", "from": "2026-11-22"}
    told = editor.post_json(f"/admin/brouillons/{number}/cellule", body | {"expected": "29,70"}, 200).get_json()
    assert (told["old"], told["new"], told["staged"]) == ("29,70", "25,00", 1)
    assert "25,00</ins>" in row_of(editor.get(LIST, 200).text, GENERIC)


def test_an_edit_of_what_another_has_changed_meanwhile_is_refused(desk: Desk) -> None:
    editor = desk.as_("redacteur")
    number = choose(desk, editor, changed(GENERIC, desk, ppv=2600))
    body = {"kind": "medicament", "code": GENERIC, "field": "ppv", "value": "25,00", "from": "2026-11-22"}
    editor.post_json(f"/admin/brouillons/{number}/cellule", body | {"expected": "29,70"}, 409)


def test_a_cell_expects_what_holds_on_the_day_of_effect(desk: Desk) -> None:
    """DIAMICRON is at 37,20 today, at 40,00 from 22 December on, and the draft puts it at 41,00 in 2027."""
    editor = desk.as_("redacteur")
    choose(desk, editor, changed(PRINCEPS, desk, FUTURE, ppv=4100))
    expected = {
        day: re.findall(
            r'data-field="ppv"[^>]*data-expected="([^"]*)"', row_of(editor.get(f"{LIST}?effet={day}").text, PRINCEPS)
        )
        for day in ("2026-11-22", "2026-12-25", "2027-01-01")
    }
    assert expected == {"2026-11-22": ["37,20"], "2026-12-25": ["40,00"], "2027-01-01": ["41,00"]}


def test_the_page_of_an_entry_shows_what_the_draft_proposes(desk: Desk) -> None:
    editor = desk.as_("redacteur")
    number = choose(desk, editor, changed(GENERIC, desk, FUTURE, ppv=2500))
    page = editor.get(f"{LIST}{GENERIC}", 200).text
    proposed = page[page.index(f"Au brouillon n° {number}") : page.index('id="champs"')]
    assert "Depuis le 01/01/2027" in proposed
    assert "29,70" in proposed
    assert "25,00" in proposed
    for verb in ("modifier", "retirer", "corriger"):
        editor.get(f"/admin/brouillons/{number}/medicaments/{GENERIC}/{verb}", 200)
        assert f'href="/admin/brouillons/{number}/medicaments/{GENERIC}/{verb}"' in page


def test_an_entry_that_only_the_draft_knows_leads_to_the_draft(desk: Desk) -> None:
    editor, code = desk.as_("redacteur"), "6118000099992"
    held = desk.place.current()
    (version, *_) = held.versions("medicament", PRINCEPS, held.head)
    number = choose(desk, editor, Change("medicament", code, Period(FUTURE), version.payload))
    assert f'href="/admin/brouillons/{number}"' in editor.get(f"{LIST}{code}", 404).text


@pytest.mark.parametrize("name", VALUES)
def test_what_a_cell_offers_to_type_reads_back_as_the_same_value(name: str) -> None:
    column = columns_of(KINDS.find("medicament"))[name]
    assert column.made_of is not None
    text = typed_text(column, VALUES[name])
    assert read_value(column.made_of, text) == VALUES[name]
    choices = [value for value, _ in options_of(column)]
    assert not choices or text in choices


@contextmanager
def statements(engine: sa.Engine) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(engine, "before_cursor_execute", note)


def test_no_list_asks_the_database_about_its_rows_one_by_one(desk: Desk) -> None:
    editor, held = desk.as_("redacteur"), desk.place.current()
    codes = [version.code for version in held.in_force("medicament", _today(desk))]
    choose(desk, editor, *(changed(code, desk, ppv=100) for code in codes))
    asked = {}
    for query in (f"q={codes[0]}", ""):
        editor.get(f"{LIST}?{query}", 200)
        with statements(desk.place.engine) as seen:
            page = editor.get(f"{LIST}?{query}", 200).text
        asked[page.count("<tr data-code=")] = len([line for line in seen if line.startswith("SELECT")])
    assert len(asked) == 2
    assert len(set(asked.values())) == 1


def _today(desk: Desk) -> Any:
    from catalog.temporal import Moment

    return Moment(desk.place.today(), desk.place.current().head)
