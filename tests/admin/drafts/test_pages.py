"""The list of drafts and the page of one: what each person sees, and the buttons they may press."""

from __future__ import annotations

import re

import pytest

from catalog.releases.changes import Change
from catalog.releases.drafts import find_draft, reject, stage
from catalog.releases.models import DraftChange
from catalog.temporal import Period
from tests.admin.desk import Desk
from tests.admin.drafts.working import Work, open_work
from tests.api.catalogue import PRINCEPS, TODAY


def test_a_draft_is_opened_with_its_act_and_label_and_becomes_the_current_one(desk: Desk, work: Work) -> None:
    with desk.place.reading() as session:
        draft = find_draft(session, work.number)
        assert (draft.author, draft.legal_act, draft.label) == ("redacteur", "gmr-06-23", "07-02")
    assert f'Vous travaillez dans <a href="{work.url}"' in work.editor.get("/admin/brouillons/", 200).text


def test_the_label_after_the_newest_is_proposed(desk: Desk) -> None:
    assert 'value="07-02"' in desk.as_("redacteur").get("/admin/brouillons/nouveau", 200).text


@pytest.mark.parametrize(("sent", "field"), [({"title": " "}, "title"), ({"title": "A", "acte": "n° 5"}, "acte")])
def test_a_draft_without_name_or_with_a_wrong_act_is_not_opened(desk: Desk, sent: dict[str, str], field: str) -> None:
    assert f'href="#f-{field}"' in desk.as_("redacteur").post("/admin/brouillons/nouveau", sent, 422).text


def test_drafts_stand_under_mine_and_the_others(desk: Desk, work: Work) -> None:
    open_work(desk, "redacteur2", "Celui d’un autre")
    page = work.editor.get("/admin/brouillons/", 200).text
    mine, others = page.index("Les miens"), page.index("Les autres")
    assert mine < page.index("Prix de novembre", mine) < others < page.index("Celui d’un autre", others)


def test_a_submitted_draft_waits_for_the_others(desk: Desk, work: Work) -> None:
    work.cell("38,50")
    work.submit()
    page = desk.as_("valideur").get("/admin/brouillons/", 200).text
    assert page.index("En attente d’une relecture") < page.index("Prix de novembre")
    assert "Prix de novembre" not in desk.as_("valideur").get("/admin/brouillons/?etat=rejected", 200).text


def test_a_change_is_shown_struck_with_who_made_it_and_taken_out_again(desk: Desk, work: Work) -> None:
    work.cell("38,50")
    page = work.editor.get(work.url, 200).text
    assert re.search(r'<del class="old">.*37,20</del> <ins class="new">.*38,50</ins>', page)
    with desk.place.reading() as session:
        (line,) = session.query(DraftChange).filter_by(draft_id=work.number)
    work.editor.post(f"{work.url}/retablir/{line.id}", {}, 302)
    assert work.changes() == []
    work.editor.post(f"{work.url}/retablir/{line.id}", {}, 404)


def test_filters_and_search_narrow_the_changes(work: Work) -> None:
    work.cell("38,50")
    for query in ("nature=change", "q=diamicron", "by=redacteur", "kind=medicament", f"q={PRINCEPS}"):
        assert "38,50" in work.editor.get(f"{work.url}?{query}", 200).text
    for query in ("nature=void", "q=aspirine", "by=redacteur2", "kind=gtin"):
        assert "Aucun changement ne répond" in work.editor.get(f"{work.url}?{query}", 200).text


@pytest.mark.parametrize("page", ["0", "-3", "999999", "x", "9" * 30])
def test_a_page_that_is_none_shows_one_that_is(work: Work, page: str) -> None:
    work.cell("38,50")
    assert "38,50" in work.editor.get(f"{work.url}?page={page}", 200).text


def test_a_draft_of_many_changes_is_shown_by_pages(desk: Desk, work: Work) -> None:
    place = desk.place
    schema = place.kinds.find("groupe_generique")
    many = [
        Change("groupe_generique", f"G{n}", Period(TODAY), schema.load("", {"libelle": f"L{n}"})) for n in range(120)
    ]
    with place.writing() as session:
        stage(session, place.kinds, find_draft(session, work.number), many, by="redacteur", at=place.now())
    page = work.editor.get(f"{work.url}?page=2", 200).text
    assert "Page 2 sur 3" in page
    assert page.count("+ ajout") == 50


def test_the_ground_is_given_on_the_page(desk: Desk, work: Work) -> None:
    work.editor.post(f"{work.url}/fondement", {"acte": "rectificatif-1", "label": "7.03", "title": "Autre titre"}, 302)
    with desk.place.reading() as session:
        draft = find_draft(session, work.number)
        assert (draft.legal_act, draft.label, draft.title) == ("rectificatif-1", "07-03", "Autre titre")


@pytest.mark.parametrize(("name", "text"), [("acte", "Arrêté n° 5"), ("label", "sept/7")])
def test_a_ground_that_cannot_be_read_is_refused_beside_its_field(work: Work, name: str, text: str) -> None:
    given = {"acte": "rectificatif-1", "label": "7.03", "title": "Autre titre"} | {name: text}
    page = work.editor.post(f"{work.url}/fondement", given, 422).text
    assert f'href="#f-{name}"' in page
    assert f'value="{text}"' in page
    assert 'value="Autre titre"' in page
    assert "Prix de novembre" in work.editor.get(work.url, 200).text


def test_a_rejected_draft_tells_why_is_read_only_and_can_be_reopened(desk: Desk, work: Work) -> None:
    work.cell("38,50")
    work.submit()
    with desk.place.writing() as session:
        reject(session, find_draft(session, work.number), by="valideur", at=desk.place.now(), comment="Source absente")
    page = work.editor.get(work.url, 200).text
    assert "Source absente" in page
    assert "/retablir/" not in page
    work.editor.post(f"{work.url}/fondement", {"title": "X"}, 409)
    work.editor.post(f"{work.url}/choisir", {}, 409)
    work.editor.post(f"{work.url}/rouvrir", {}, 302)
    assert "/retablir/" in work.editor.get(work.url, 200).text


def test_a_draft_left_is_no_longer_current(work: Work) -> None:
    work.editor.post("/admin/brouillons/quitter", {}, 302)
    assert "Vous travaillez dans" not in work.editor.get("/admin/brouillons/", 200).text
    work.editor.post(f"{work.url}/choisir", {}, 302)
    assert "Vous travaillez dans" in work.editor.get("/admin/brouillons/", 200).text


def test_a_lecteur_reads_and_presses_nothing(desk: Desk, work: Work) -> None:
    work.cell("38,50")
    reader = desk.as_("lecteur")
    page = reader.get(work.url, 200).text
    assert "38,50" in page
    assert not re.findall(rf'action="{work.url}/', page)
    for url in ("choisir", "fondement", "rouvrir", "retablir/1", "consequences", "cellule"):
        reader.post(f"{work.url}/{url}", {}, 403)
    for url in (f"medicaments/{PRINCEPS}/modifier", "medicaments/ajouter"):
        reader.get(f"{work.url}/{url}", 403)


def test_nobody_is_sent_to_sign_in(desk: Desk, work: Work) -> None:
    assert desk.nobody().client.get(work.url).status_code == 302


def test_a_draft_that_is_none_is_not_found(desk: Desk) -> None:
    assert desk.as_("redacteur").get("/admin/brouillons/999", 404).text


def test_a_published_draft_still_tells_what_it_changed(work: Work) -> None:
    work.cell("38,50")
    work.publish()
    page = work.editor.get(work.url, 200).text
    assert re.search(r'<del class="old">.*37,20</del> <ins class="new">.*38,50</ins>', page)
    assert "/retablir/" not in page
