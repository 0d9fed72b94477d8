"""The pages of the journal: what was done is told in French, filtered, exported and proved."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest

from catalog.journal import record
from catalog.journal.exporting import COLUMNS
from catalog.journal.recording import last_entry
from catalog.releases import drafts, truth
from catalog.releases.changes import Change
from catalog.temporal import Period
from tests.admin.desk import Desk
from tests.api.catalogue import NOW

JOURNAL = "/admin/journal/"
MEDICINE = "6118000100058"


def staged(desk: Desk, *, title: str = "Baisse de prix", by: str = "redacteur") -> int:
    """A draft that lowers a price, by the verbs."""
    place = desk.place
    with place.writing() as session:
        draft = drafts.open_draft(session, title=title, author=by, at=NOW)
        kind = place.kinds.find("medicament")
        held = truth.standing_spans(session, kind, [MEDICINE])[MEDICINE][-1].held.payload
        change = Change(kind.name, MEDICINE, Period(date(2027, 1, 1)), {**held, "ppv": 1230})
        drafts.stage(session, place.kinds, draft, [change], by=by, at=NOW)
        return draft.id


def test_what_was_done_is_told_in_french(desk: Desk) -> None:
    number = staged(desk)
    page = desk.as_("valideur").get(JOURNAL, 200).text
    assert "a proposé des modifications" in page
    assert f"brouillon {number}</a>" in page
    assert f"médicament {MEDICINE}, à partir du 01/01/2027" in page
    assert '<ins class="new"><span class="sr">après : </span>12,30 DH</ins>' in page
    assert page.count("médicament 6118000100058") == 1


@pytest.mark.parametrize(("role", "status"), [("lecteur", 403), ("redacteur", 200), ("valideur", 200), ("admin", 200)])
def test_readers_of_the_catalogue_do_not_read_the_journal(shared_desk: Desk, role: str, status: int) -> None:
    for page in ("", "1", "preuve", "export/csv"):
        shared_desk.as_(role).get(f"{JOURNAL}{page}", status)


def test_an_entry_has_its_page_with_its_place_in_the_chain(desk: Desk) -> None:
    staged(desk)
    editor = desk.as_("editeur")
    with desk.place.reading() as session:
        last = last_entry(session)
    assert last
    page = editor.get(f"{JOURNAL}{last.seq}", 200).text
    for told in ("Prix public de vente", last.digest, last.prev_digest, "Intacte", "redacteur"):
        assert told in page
    assert editor.get(f"{JOURNAL}{last.seq + 1}").status_code == 404
    assert editor.get(f"{JOURNAL}0").status_code == 404


def listed(desk: Desk, query: str) -> int:
    return desk.as_("valideur").get(f"{JOURNAL}{query}", 200).text.count('<th scope="row"')


def test_each_filter_keeps_what_it_names(desk: Desk) -> None:
    number = staged(desk, by="redacteur2")
    subject = f"brouillon+{number}"
    assert listed(desk, f"?objet={subject}") == 2
    assert listed(desk, f"?objet={subject}&action=draft.opened") == 1
    assert listed(desk, f"?objet={subject}&action=draft") == 2
    assert listed(desk, f"?objet={subject}&action=account") == 0
    assert listed(desk, "?qui=redacteur2") == 2
    assert listed(desk, f"?objet={subject}&texte=12.30") == 1
    assert listed(desk, "?texte=%25") == 0
    day = NOW.date().isoformat()
    assert listed(desk, f"?qui=redacteur2&du={day}&au={day}") == 2
    assert listed(desk, "?qui=redacteur2&au=2001-01-01") == 0


def test_a_date_that_is_none_is_told_at_its_field(shared_desk: Desk) -> None:
    page = shared_desk.as_("valideur").get(f"{JOURNAL}?du=hier", 200).text
    assert "« hier » n’est pas une date." in page
    assert 'aria-describedby="erreur-du"' in page


def test_pages_follow_one_another_without_gap_nor_repeat(desk: Desk) -> None:
    with desk.place.writing() as session:
        for number in range(120):
            record(session, at=NOW, actor="amina", action="draft.edited", subject=f"draft {number}")
    seen, address = [], f"{JOURNAL}?qui=amina&action=draft.edited"
    while address:
        page = desk.as_("admin").get(address, 200).text
        seen += [line.split('"')[0] for line in page.split('href="/admin/journal/')[1:] if line[0].isdigit()]
        onward = page.split('rel="next" href="')[1].split('"')[0] if 'rel="next"' in page else ""
        address = onward.replace("&amp;", "&")
    numbers = [int(number) for number in seen]
    assert len(numbers) == 120
    assert numbers == sorted(set(numbers), reverse=True)


def test_the_csv_guards_what_a_spreadsheet_would_run(desk: Desk) -> None:
    with desk.place.writing() as session:
        record(session, at=NOW, actor="=cmd|'/c calc'!A1", action="draft.edited", subject="@draft", after={"a": "=1"})
    answer = desk.as_("valideur").get(f"{JOURNAL}export/csv?action=draft.edited", 200)
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="journal-amo-')
    header, row = list(csv.reader(io.StringIO(answer.text)))
    assert tuple(header) == COLUMNS
    assert (row[2], row[4]) == ("'=cmd|'/c calc'!A1", "'@draft")


def test_the_jsonl_holds_every_entry_oldest_first(desk: Desk) -> None:
    staged(desk)
    lines = desk.as_("valideur").get(f"{JOURNAL}export/jsonl", 200).text.splitlines()
    entries = [json.loads(line) for line in lines]
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    assert entries[-1]["prev_digest"] == entries[-2]["digest"]
    desk.as_("valideur").get(f"{JOURNAL}export/xml", 404)


def test_a_broken_chain_is_told_on_the_page_and_in_the_proof(desk: Desk) -> None:
    staged(desk)
    assert "Rompue" not in desk.as_("valideur").get(JOURNAL, 200).text
    with desk.place.writing() as session:
        connection = session.connection()
        connection.exec_driver_sql("DROP TRIGGER guard_journal_update")
        connection.exec_driver_sql("UPDATE journal SET actor = 'nobody' WHERE seq = 2")
    proof = desk.as_("valideur").get(f"{JOURNAL}preuve", 200).text
    assert "Rompue" in proof
    assert "2" in proof
    assert "En défaut" in proof
    assert "Rompue" in desk.as_("valideur").get(JOURNAL, 200).text
    assert "Altérée" in desk.as_("valideur").get(f"{JOURNAL}2", 200).text


def test_what_was_written_is_shown_as_text(desk: Desk) -> None:
    with desk.place.writing() as session:
        record(session, at=NOW, actor="<script>", action="draft.edited", subject="draft <b>", after={"<i>": "<u>"})
    page = desk.as_("valideur").get(JOURNAL, 200).text
    assert "<script>&" not in page
    assert "&lt;script&gt;" in page
    assert "<u>" not in page
