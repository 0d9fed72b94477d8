"""Rows corrected or left aside on the report's page: kept beside the file, judged again, named in the draft."""

from __future__ import annotations

import pytest

from catalog.registry import KINDS
from catalog.releases import drafts
from catalog.releases.changes import Change

from .conftest import KNOWN, ImportDesk, csv_of

BAD = f"{KNOWN},DIAMICRON,neuf,29.70,oui"
OTHER = "6118000100065,ESSAI,12.00,9.00,oui"
REASON = {"reason": "relu sur le Bulletin officiel"}


def staged(imports: ImportDesk, draft_id: int) -> list[Change]:
    with imports.desk.place.reading() as session:
        draft = drafts.find_draft(session, draft_id)
        return [change for change in drafts.changes_of(session, KINDS, draft) if change.kind == "medicament"]


def test_a_corrected_row_is_judged_again_and_named_in_the_draft(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", csv_of(BAD, OTHER))
    before = upload.file.read_bytes()
    assert imports.post(upload, "verser").status_code == 409
    answer = imports.post(upload, "ligne/2", **{"cell:ppv": "35.00", **REASON})
    assert answer.status_code == 302
    assert "attendent d’être contrôlées" in imports.page(upload)
    imports.post(upload, "controler")
    answer = imports.post(upload, "verser")
    assert answer.status_code == 302, answer.text
    (change,) = [one for one in staged(imports, int(answer.location.rsplit("/", 1)[1])) if one.code == KNOWN]
    assert change.payload is not None
    assert change.payload["ppv"] == 3500
    assert change.source == "ligne 2 corrigée"
    assert change.reason is not None
    assert change.reason.startswith("ligne 2 corrigée : ppv « neuf » → « 35.00 » (relu sur le Bulletin officiel")
    assert upload.file.read_bytes() == before


def test_a_correction_needs_its_reason(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", csv_of(BAD))
    for form in ({"cell:ppv": "35.00", "reason": " "}, {"skip": "1"}):
        answer = imports.post(upload, "ligne/2", **form)
        assert answer.status_code == 422
        assert "Indiquez pourquoi" in answer.text
    assert upload.amendments() == ()


def test_nothing_is_staged_while_corrections_wait_to_be_judged(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", csv_of(OTHER))
    imports.post(upload, "ligne/2", **{"cell:ppv": "13.00", **REASON})
    answer = imports.post(upload, "verser")
    assert answer.location.endswith(upload.folder.name)
    assert (upload.state().name, upload.state().attempt) == ("judged", 2)
    assert "rien n’a été versé" in imports.page(upload)


def test_a_skipped_row_leaves_the_entry_as_it_is_even_from_a_full_list(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", csv_of(BAD, OTHER), mode="full")
    imports.post(upload, "ligne/2", skip="1", **REASON)
    imports.post(upload, "controler")
    answer = imports.post(upload, "verser")
    assert answer.status_code == 302
    codes = {change.code for change in staged(imports, int(answer.location.rsplit("/", 1)[1]))}
    assert KNOWN not in codes
    assert "6118000100065" in codes


def test_a_correction_can_be_taken_back(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", csv_of(OTHER))
    imports.post(upload, "ligne/2", **{"cell:ppv": "13.00", **REASON})
    imports.post(upload, "ligne/2/annuler", column="ppv")
    assert upload.amendments() == ()
    assert upload.amendments_made() == 2


def test_a_cell_put_back_to_what_is_printed_is_no_correction(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", csv_of(OTHER))
    imports.post(upload, "ligne/2", **{"cell:ppv": "13.00", **REASON})
    imports.post(upload, "ligne/2", **{"cell:ppv": "12.00", **REASON})
    assert upload.amendments() == ()


def test_the_page_of_a_row_shows_every_cell(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", csv_of(BAD))
    page = imports.editor.get(f"/admin/imports/{upload.folder.name}/ligne/2", 200).text
    assert page.count('name="cell:') == 5
    imports.editor.get(f"/admin/imports/{upload.folder.name}/ligne/77", 404)
    imports.editor.get(f"/admin/imports/{upload.folder.name}/ligne/{'9' * 30}", 404)


@pytest.mark.parametrize("who", ["lecteur", "valideur", "editeur"])
def test_who_only_reads_corrects_nothing(imports: ImportDesk, who: str) -> None:
    upload = imports.upload("liste.csv", csv_of(BAD))
    assert imports.post(upload, "ligne/2", who, **{"cell:ppv": "1.00", **REASON}).status_code == 403
    assert "Corriger" not in imports.page(upload, who=who)
    assert upload.amendments() == ()
