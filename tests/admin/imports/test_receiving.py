"""How a file is received, kept and refused; and the empty files an editor may start from."""

from __future__ import annotations

import hashlib
import io
import re
import time
from datetime import timedelta
from pathlib import Path

import pytest

from admin.imports.launching import MAX_SECONDS
from admin.imports.templates import explained
from admin.imports.uploads import Upload
from catalog.importing.profiles import canonical_profile
from catalog.importing.records import read_records
from catalog.registry import KINDS

from .conftest import KNOWN, ImportDesk, csv_of, folder_of

GOOD = csv_of(f"{KNOWN},DIAMICRON,36.00,29.70,oui")
CNOPS = "gmr/ref-des-medicaments-cnops-2014.xlsx"


def wait(upload: Upload) -> None:
    for _ in range(600):
        if upload.state().name != "judging":
            return
        time.sleep(0.1)


def test_the_file_is_kept_with_its_digest(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", GOOD)
    assert upload.asked().sha256 == hashlib.sha256(GOOD.encode()).hexdigest()
    assert upload.file.read_text() == GOOD


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("../../../etc/passwd.csv", "passwd.csv"),
        ("..csv", "csv"),
        ("liste é à.csv", "liste_.csv"),
    ],
)
def test_a_name_stays_within_its_folder(imports: ImportDesk, name: str, stored: str) -> None:
    upload = imports.upload(name, GOOD)
    assert Path("file") / stored in folder_of(upload)


@pytest.mark.parametrize("name", ["../../listes/liste é.csv", "C:/Listes/liste é.csv"])
def test_a_file_is_shown_without_the_folders_it_came_from(imports: ImportDesk, name: str) -> None:
    upload = imports.upload(name, GOOD)
    assert upload.asked().name == "liste é.csv"
    assert name not in imports.page(upload)


def test_nothing_on_the_server_is_reached_by_the_form(imports: ImportDesk, tmp_path: Path) -> None:
    (tmp_path / "acte.toml").write_text('id = "faux"\ntype = "arrete"\ntitle = "Faux"\nstatut = "EN_VIGUEUR"\n')
    (tmp_path / "profil.toml").write_text('kind = "medicaments"\ntitle = "Faux"\n[fields]\ncode = "code"\n')
    for told in ({"legal_act": str(tmp_path / "acte.toml")}, {"profile": str(tmp_path / "profil.toml")}):
        assert imports.send("liste.csv", GOOD, **told).status_code == 422
    assert imports.uploads.all() == []


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"kind": ""}, "Choisissez ce que le fichier contient."),
        ({"profile": "bdpm-smr"}, "Ce profil ne lit pas"),
        ({"mode": "tout"}, "Choisissez un des modes"),
        ({"effective": "31/02/2026"}, "jj/mm/aaaa"),
        ({"legal_act": "acte.toml"}, "identifiant"),
        ({"draft": "999"}, "plus ouvert"),
    ],
)
def test_a_choice_that_cannot_be_is_told_beside_its_field(imports: ImportDesk, told: dict[str, str], said: str) -> None:
    answer = imports.send("liste.csv", GOOD, **told)
    assert answer.status_code == 422
    assert said in answer.text


def test_what_was_chosen_is_shown_again(imports: ImportDesk) -> None:
    page = imports.editor.get("/admin/imports/new?kind=avis&draft=new", 200).text
    assert '<option value="avis" selected>' in page
    page = imports.send("liste.csv", GOOD, effective="x", title="Liste de novembre").text
    assert '<option value="medicaments" selected>' in page
    assert 'value="Liste de novembre"' in page


def test_a_form_without_file_is_told(imports: ImportDesk) -> None:
    answer = imports.editor.post("/admin/imports/new", {"kind": "medicaments"}, 422)
    assert "Choisissez le fichier" in answer.text


def test_a_file_too_large_is_refused_in_french_and_the_form_tells_the_limit(imports: ImportDesk) -> None:
    assert "8 Mo au plus" in imports.editor.get("/admin/imports/new", 200).text
    answer = imports.send("liste.csv", b"0" * (8 * 2**20 + 1))
    assert answer.status_code == 413
    assert imports.uploads.all() == []


def test_an_empty_file_is_told_beside_its_field_and_what_was_chosen_is_kept(imports: ImportDesk) -> None:
    answer = imports.send("listes/liste.csv", "", title="Liste de novembre")
    assert answer.status_code == 422
    assert re.search(r'id="erreur-file"[^>]*>liste\.csv est vide\.<', answer.text.replace("\u202f", " "))
    assert '<option value="medicaments" selected>' in answer.text
    assert 'value="Liste de novembre"' in answer.text
    assert imports.uploads.all() == []


def test_a_file_no_profile_knows_is_told_and_can_be_read_otherwise(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", GOOD, kind="avis")
    assert upload.state().name == "unreadable"
    assert "pas pu être contrôlé" in imports.page(upload)
    imports.post(upload, "reglages", kind="medicaments", effective="2026-11-22", legal_act="gmr-06-23")
    assert upload.state().name == "judged"


def test_a_discarded_file_is_gone_and_its_line_stays(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", GOOD)
    imports.post(upload, "abandonner")
    assert folder_of(upload) == {Path("import.json"), Path("state.json")}
    assert "Abandonné" in imports.editor.get("/admin/imports/", 200).text
    assert imports.post(upload, "verser").status_code == 409


def test_a_judgement_nobody_watches_any_more_can_be_begun_again(imports: ImportDesk) -> None:
    upload = imports.upload("liste.csv", GOOD)
    state = upload.state()
    since = imports.desk.place.now() - timedelta(seconds=MAX_SECONDS + 60)
    upload.become(type(state)("judging", since.isoformat().replace("+00:00", "Z"), state.by, state.attempt))
    assert "interrompu" in imports.page(upload)
    imports.post(upload, "controler")
    assert upload.state().name == "judged"


@pytest.mark.parametrize("who", ["lecteur", "valideur", "editeur"])
def test_only_who_imports_sends_files(imports: ImportDesk, who: str) -> None:
    assert imports.send("liste.csv", GOOD, who=who).status_code == 403


def test_unknown_imports_are_not_found(imports: ImportDesk) -> None:
    for name in ("000000000000", "..", "a" * 12, "x"):
        assert imports.editor.get(f"/admin/imports/{name}").status_code in (404, 308)


def test_a_child_judges_while_the_page_waits(imports_of_children: ImportDesk) -> None:
    upload = imports_of_children.upload("liste.csv", GOOD)
    page = imports_of_children.page(upload)
    assert "<noscript><meta http-equiv" in page or upload.state().name == "judged"
    wait(upload)
    assert upload.state().name == "judged"
    told = imports_of_children.editor.get(f"/admin/imports/{upload.folder.name}/etat", 200)
    assert told.json == {"state": "judged", "words": "Contrôlé"}


@pytest.mark.slow
def test_the_real_cnops_list_is_judged_by_a_child_and_staged(
    imports_of_children: ImportDesk, shared_data: Path
) -> None:
    content = (shared_data / CNOPS).read_bytes()
    upload = imports_of_children.upload("ref.xlsx", content, effective="", legal_act="")
    wait(upload)
    report = imports_of_children.report(upload)
    assert (report.meta()["counts"]["records"], report.meta()["errors"]) == (5917, 0)
    assert (report.meta()["profile"], report.meta()["mode"]) == ("cnops-2014", "full")
    assert "Page 1 sur 60" in imports_of_children.page(upload).replace("\u202f", "")
    assert imports_of_children.post(upload, "verser").status_code == 302
    assert (upload.state().changes or 0) > 5900


@pytest.mark.parametrize("kind", list(KINDS), ids=lambda kind: kind.plural)
def test_an_empty_file_has_exactly_the_columns_the_canonical_profile_reads(imports: ImportDesk, kind: object) -> None:
    columns = [column.name for column in explained(kind)]  # type: ignore[arg-type]
    assert sorted(columns) == sorted(canonical_profile(kind).fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_an_empty_file_filled_in_is_read_as_it_is(imports: ImportDesk, tmp_path: Path, suffix: str) -> None:
    answer = imports.editor.get(f"/admin/imports/formats/medicaments.{suffix}", 200)
    assert "attachment" in answer.headers["Content-Disposition"]
    path = tmp_path / f"rempli.{suffix}"
    filled = {"code": KNOWN, "nom": "DIAMICRON", "ppv": "36.00", "admis_remboursement": "oui"}
    if suffix == "csv":
        header = answer.text.lstrip("\ufeff").strip().split(",")
        path.write_text(answer.text.strip() + "\n" + ",".join(filled.get(name, "") for name in header) + "\n")
    else:
        from openpyxl import load_workbook

        book = load_workbook(io.BytesIO(answer.data))
        header = [cell.value for cell in book.worksheets[0][1]]
        for position, name in enumerate(header, 1):
            book.worksheets[0].cell(2, position, filled.get(name))
        book.save(path)
    found = read_records(path, KINDS.find("medicaments"))
    assert found.violations == []
    assert [record.code for record in found.records] == [KNOWN]


def test_a_label_no_release_could_have_is_told_at_its_field(imports: ImportDesk) -> None:
    answer = imports.send("liste.csv", GOOD, label="sept/7")
    assert answer.status_code == 422
    assert "lettres, chiffres, points et tirets" in answer.text
    assert 'value="sept/7"' in answer.text
    assert imports.uploads.all() == []
