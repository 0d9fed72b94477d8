"""A judged file goes into its draft once, whole, and only while what it was judged against still stands."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import sqlalchemy as sa

from admin.imports.staging import StagedBeforeError, stage_upload
from catalog.journal.models import JournalEntry
from catalog.registry import KINDS
from catalog.releases import drafts
from catalog.releases.models import Draft, DraftChange
from tests.api.catalogue import NOW

from .conftest import KNOWN, ImportDesk, csv_of

GOOD = f"{KNOWN},DIAMICRON,36.00,29.70,oui"
DEARER = f"{KNOWN},DIAMICRON,39.00,29.70,oui"


def open_draft(imports: ImportDesk, act: str | None = "arrete-hausse-1") -> int:
    with imports.desk.place.writing() as session:
        return drafts.open_draft(session, title="En cours", author="redacteur2", at=NOW, legal_act=act).id


def staged(imports: ImportDesk, draft_id: int) -> list[DraftChange]:
    with imports.desk.place.reading() as session:
        return list(session.scalars(sa.select(DraftChange).where(DraftChange.draft_id == draft_id)))


def count_drafts(imports: ImportDesk) -> int:
    with imports.desk.place.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Draft)) or 0


def test_a_file_makes_a_draft_and_the_journal_tells_it(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", csv_of(GOOD))
    assert imports.post(upload, "verser").status_code == 302
    state, asked = upload.state(), upload.asked()
    assert (state.name, state.changes) == ("staged", 1)
    with imports.desk.place.reading() as session:
        query = sa.select(JournalEntry).where(JournalEntry.action == "import.staged")
        (entry,) = session.scalars(query)
    told = json.loads(entry.detail or "")
    assert (entry.actor, told["file"], told["sha256"]) == ("redacteur", "liste.csv", asked.sha256)
    assert (told["draft"], told["profile"], told["counts"]["changed"]) == (state.draft, "canonique-medicaments", 1)


def test_a_second_staging_is_refused(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", csv_of(GOOD))
    imports.post(upload, "verser")
    before = count_drafts(imports)
    assert imports.post(upload, "verser").status_code == 409
    assert count_drafts(imports) == before


def test_a_second_staging_is_refused_even_when_the_first_could_not_write_its_state(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", csv_of(GOOD))
    judged = upload.state()
    imports.post(upload, "verser")
    draft = upload.state().draft
    upload.become(judged)
    assert imports.post(upload, "verser").status_code == 409
    assert (upload.state().name, upload.state().draft) == ("staged", draft)


def test_of_two_stagings_at_once_one_is_refused(imports: ImportDesk) -> None:
    upload, place, met = imports.upload("liste.csv", csv_of(GOOD)), imports.desk.place, Barrier(2)
    before = count_drafts(imports)

    def stage(_: int) -> str:
        met.wait()
        try:
            with place.writing() as session:
                stage_upload(session, KINDS, upload, by="redacteur", at=NOW)
        except StagedBeforeError:
            return "refused"
        return "staged"

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(stage, range(2))) == ["refused", "staged"]
    assert count_drafts(imports) == before + 1


def test_a_file_with_an_error_leaves_no_draft(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", csv_of(GOOD, "6118000100065,ESSAI,neuf,9.00,oui"))
    before = count_drafts(imports)
    assert imports.post(upload, "verser").status_code == 409
    assert count_drafts(imports) == before


def test_a_file_goes_into_a_draft_of_another_act_and_keeps_its_own(imports: ImportDesk) -> None:
    draft = open_draft(imports)
    upload = imports.upload("liste.csv", csv_of(GOOD), draft=str(draft))
    imports.post(upload, "verser")
    assert [(line.code, line.legal_act, line.made_by) for line in staged(imports, draft)] == [
        (KNOWN, "gmr-06-23", "redacteur")
    ]


def test_a_full_list_tells_the_draft_what_it_covers(imports: ImportDesk) -> None:
    draft = open_draft(imports)
    upload = imports.upload("liste.csv", csv_of(GOOD), draft=str(draft), mode="full")
    imports.post(upload, "verser")
    with imports.desk.place.reading() as session:
        assert drafts.find_draft(session, draft).covered_kinds == ["medicament"]


def test_what_the_draft_already_proposes_is_told(imports: ImportDesk) -> None:
    draft = open_draft(imports)
    imports.post(imports.upload("a.csv", csv_of(GOOD), draft=str(draft)), "verser")
    upload = imports.upload("b.csv", csv_of(DEARER), draft=str(draft))
    assert "StagedAlready" in {rule for rule, *_ in imports.report(upload).meta()["by_rule"]}
    imports.post(upload, "verser")
    (line,) = staged(imports, draft)
    assert '"ppv":3900' in (line.payload or "")


def test_other_days_that_overlap_in_the_draft_are_an_error(imports: ImportDesk) -> None:
    draft = open_draft(imports)
    imports.post(imports.upload("a.csv", csv_of(GOOD), draft=str(draft), effective="2026-12-01"), "verser")
    upload = imports.upload("b.csv", csv_of(DEARER), draft=str(draft), effective="2026-12-05")
    assert "StagedOverlap" in {rule for rule, *_ in imports.report(upload).meta()["by_rule"]}
    assert imports.post(upload, "verser").status_code == 409


def test_a_draft_that_moved_since_is_judged_again_and_told(imports: ImportDesk) -> None:
    draft = open_draft(imports)
    first, second = (
        imports.upload(name, csv_of(row), draft=str(draft)) for name, row in (("a.csv", GOOD), ("b.csv", DEARER))
    )
    imports.post(first, "verser")
    answer = imports.post(second, "verser")
    assert answer.location.endswith(second.folder.name)
    assert len(staged(imports, draft)) == 1
    assert "contrôlé de nouveau" in imports.page(second)
    assert imports.report(second).totals().get("warning") == 1


def test_a_draft_closed_meanwhile_takes_nothing(imports: ImportDesk) -> None:
    draft = open_draft(imports)
    imports.post(imports.upload("a.csv", csv_of(GOOD), draft=str(draft)), "verser")
    upload = imports.upload("b.csv", csv_of(DEARER), draft=str(draft))
    with imports.desk.place.writing() as session:
        found = drafts.find_draft(session, draft)
        drafts.submit(session, KINDS, found, by="redacteur2", at=NOW + timedelta(minutes=1))
    imports.post(upload, "verser")
    assert upload.state().name == "unreadable"
    assert len(staged(imports, draft)) == 1


def test_a_file_that_says_nothing_new_is_not_staged(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", f"code,nom\n{KNOWN},DIAMICRON\n")
    assert imports.report(upload).meta()["changes"] == 0
    assert "il n’y a rien à verser" in imports.page(upload)
    assert imports.post(upload, "verser").status_code == 422
