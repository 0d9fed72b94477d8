"""Dossiers on the pages of the console, from their reception to the version of the guide they end in."""

from __future__ import annotations

import re

from catalog.registry import KINDS
from catalog.releases import drafts
from catalog.releases.publishing import publish
from tests.admin.commission.walk import DOSSIER, OPINION, RECEIVED, ROOM, enrol, give, receive, step
from tests.admin.desk import Desk
from tests.api.catalogue import GENERIC, PRINCEPS


def beside(page: str, field: str) -> str:
    """What a form tells beside a field; nothing where it complains of none."""
    found = re.search(rf'id="erreur-{field}">([^<]*)<', page)
    return found[1] if found else ""


def test_an_empty_list_says_what_a_dossier_is(desk: Desk) -> None:
    assert "Recevoir un premier dossier" in desk.as_("redacteur").get(f"{ROOM}/", status=200).text
    assert "Recevoir un premier dossier" not in desk.as_("lecteur").get(f"{ROOM}/", status=200).text
    assert "Aucune séance." in desk.as_("lecteur").get(f"{ROOM}/seances", status=200).text


def test_a_dossier_is_received_listed_filtered_and_corrected(desk: Desk) -> None:
    editor = desk.as_("redacteur")
    assert 'value="2026-001"' in editor.get(f"{ROOM}/nouveau", status=200).text
    receive(editor)
    page = editor.get(f"{ROOM}/?etat=recu&texte=diamicron&laboratoire=essai", status=200).text
    assert "2026-041" in page and "Inscription de DIAMICRON" in page
    assert "Aucun dossier ne répond" in editor.get(f"{ROOM}/?texte=autre", status=200).text
    editor.post(f"{DOSSIER}/modifier", {**RECEIVED, "objet": "Un autre objet"}, status=302)
    assert "Un autre objet" in editor.get(DOSSIER, status=200).text


def test_what_is_wrong_with_a_form_is_told_beside_its_fields(desk: Desk) -> None:
    editor = desk.as_("redacteur")
    page = editor.post(f"{ROOM}/nouveau", {"numero": "a/b", "type_demande": "INSCRIPTION"}, status=422).text
    assert "Donnez l’objet de la demande." in page and "Donnez la date." in page
    receive(editor)
    page = editor.post(f"{ROOM}/nouveau", RECEIVED, status=422).text
    assert "Le numéro 2026-041 est déjà celui d’un autre dossier." in page
    assert "Inscription de DIAMICRON" in page
    early = {**RECEIVED, "numero": "2026-042", "recu_le": "2027-01-01"}
    page = editor.post(f"{ROOM}/nouveau", early, status=422).text
    assert "1er janvier 2027" in beside(page, "recu_le")


def test_an_unknown_type_of_request_is_told_beside_its_field_by_its_labels(desk: Desk) -> None:
    editor = desk.as_("redacteur")
    receive(editor)
    for url in (f"{ROOM}/nouveau", f"{DOSSIER}/modifier"):
        page = editor.post(url, {**RECEIVED, "type_demande": "INCONNU"}, status=422).text
        assert "Choisissez le type de demande parmi : Inscription" in beside(page, "type_demande")
        assert not beside(page, "numero")


def test_presentations_listed_and_proposed_stand_in_the_dossier(desk: Desk) -> None:
    editor = desk.as_("redacteur")
    receive(editor)
    editor.post(f"{DOSSIER}/presentations", {"code": PRINCEPS}, status=302)
    proposed = {"genre": "proposee", "nom": "NOUVEAU", "dci": "GLICLAZIDE", "presentation": "1 BOITE 60 COMPRIME"}
    editor.post(f"{DOSSIER}/presentations", proposed, status=302)
    page = editor.get(DOSSIER, status=200).text
    assert "DIAMICRON" in page and "Inscrite" in page and "NOUVEAU" in page and "Proposée" in page
    assert "8, 12, 13" in editor.post(f"{DOSSIER}/presentations", {"code": "12"}, status=422).text
    editor.post(f"{DOSSIER}/presentations/1/retirer", {}, status=302)
    assert PRINCEPS not in editor.get(DOSSIER, status=200).text


def test_a_step_refused_is_told_in_french_with_what_was_typed(desk: Desk) -> None:
    editor = desk.as_("redacteur")
    receive(editor)
    page = step(editor, "incomplet", "2026-09-02", status=409)
    assert "Dites pourquoi" in page and 'value="2026-09-02"' in page
    assert "Le dossier 2026-041" in step(editor, "cefps", status=409)
    assert "Donnez la date." in step(editor, "recevable", "", status=409)
    step(editor, "incomplet", "2026-09-02", commentaire="Étude clinique absente")
    page = editor.get(DOSSIER, status=200).text
    assert "Étude clinique absente" in page and "par redacteur" in page
    assert "entre-temps" in step(editor, "recevable", seen="recu", status=409)


def test_an_opinion_shows_what_it_touches_before_it_is_kept(desk: Desk) -> None:
    editor = desk.as_("redacteur")
    enrol(editor)
    preview = {name: value for name, value in OPINION.items() if name != "garder"} | {"apercu": "1"}
    page = editor.post(f"{DOSSIER}/avis", preview, status=200).text
    assert "2 présentations en vigueur" in page and "GLYAZID" in page
    assert "Aucun avis écrit." in editor.get(DOSSIER, status=200).text
    by_dci = preview | {"portee": "dci", "codes": "", "dci": "gliclazide", "dosages": "80"}
    assert "DIAMICRON" in editor.post(f"{DOSSIER}/avis", by_dci, status=200).text
    assert "Dites quelles présentations" in editor.post(f"{DOSSIER}/avis", {**OPINION, "codes": ""}, status=422).text
    assert "Choisissez le sens" in editor.post(f"{DOSSIER}/avis", {**OPINION, "decision": ""}, status=422).text
    about_nothing_known = {**OPINION, "portee": "presentations"}
    page = editor.post(f"{DOSSIER}/avis", about_nothing_known, status=422).text
    assert "Choisissez sur quoi porte l’avis" in page
    editor.post(f"{DOSSIER}/avis", OPINION, status=302)
    assert "Diabète de type 2" in editor.get(f"{DOSSIER}/avis/1", status=200).text
    editor.post(f"{DOSSIER}/avis/1", {**OPINION, "indication": "Autre"}, status=302)
    assert "1. Autre" in editor.get(DOSSIER, status=200).text
    editor.post(f"{DOSSIER}/avis/1/supprimer", {}, status=302)


def test_costs_are_compared_with_the_equivalents_and_kept(desk: Desk) -> None:
    editor = desk.as_("redacteur")
    give(editor)
    editor.post(f"{DOSSIER}/presentations", {"code": PRINCEPS}, status=302)
    page = editor.get(f"{DOSSIER}/couts/1", status=200).text
    assert "même groupe générique" in page and 'value="37,20"' in page and "GLYAZID" in page
    asked = {"prix": "37,20", "contenance": "20", "par_jour": "1,5", "jours": "30", "calculer": "1"}
    other = {f"contenance-{GENERIC}": "20", f"par_jour-{GENERIC}": ""}
    page = editor.post(f"{DOSSIER}/couts/1", {**asked, **other}, status=200).text
    assert "2,79" in page and "83,70" in page and "66,83" in page and "−16,87" in page
    bad = editor.post(f"{DOSSIER}/couts/1", {**asked, "par_jour": "0"}, status=422).text
    assert "n’est pas un nombre supérieur à zéro" in bad
    editor.post(f"{DOSSIER}/couts/1", {**asked, **other, "garder": "1"}, status=302)
    assert "sur la version 4" in editor.get(DOSSIER, status=200).text


def test_the_dossier_shows_the_release_that_published_its_draft(desk: Desk) -> None:
    editor = desk.as_("redacteur")
    give(editor)
    form = editor.get(f"{DOSSIER}/brouillon", status=200).text
    assert "GLYAZID" in form and "après" in form
    assert "acte juridique" in editor.post(f"{DOSSIER}/brouillon", {"draft": "nouveau"}, status=409).text
    made = {"draft": "nouveau", "title": "Avis d’octobre", "legal_act": "gmr-06-23"}
    editor.post(f"{DOSSIER}/brouillon", made, status=302)
    with desk.place.reading() as session:
        draft = drafts.find_draft(session, 5)
        assert draft.author == "redacteur"
    editor.post(f"{DOSSIER}/version", {"draft": "5"}, status=302)
    assert "Pas encore publiée" in editor.get(DOSSIER, status=200).text
    now = desk.place.now()
    with desk.place.writing() as session:
        draft = drafts.find_draft(session, 5)
        drafts.submit(session, KINDS, draft, by="redacteur", at=now)
        drafts.approve(session, draft, by="valideur", at=now)
        publish(session, KINDS, draft, by="editeur", at=now)
    desk.place.refresh()
    page = editor.get(DOSSIER, status=200).text
    assert "version 5" in page and "Publié" in page and "Étape suivante" not in page
    assert "2026-041" in editor.get(f"{ROOM}/?etat=publie", status=200).text


def test_unknown_things_are_not_found(desk: Desk) -> None:
    editor = desk.as_("redacteur")
    for url in ("dossiers/1", "seances/9", "dossiers/%2e%2e"):
        editor.get(f"{ROOM}/{url}", status=404)
    receive(editor)
    for url in ("avis/7", "couts/7"):
        editor.get(f"{DOSSIER}/{url}", status=404)
    editor.post(f"{DOSSIER}/presentations/7/retirer", {}, status=404)


def test_a_reader_sees_everything_and_changes_nothing(desk: Desk) -> None:
    give(desk.as_("redacteur"))
    for name in ("lecteur", "valideur", "editeur"):
        page = desk.as_(name).get(DOSSIER, status=200).text
        assert "Diabète de type 2" in page and "Étape suivante" not in page and "btn-primary" not in page
        for url in ("etape", "presentations", "avis", "brouillon", "version"):
            desk.as_(name).post(f"{DOSSIER}/{url}", {}, status=403)
        assert "Lu et approuvé." in desk.as_(name).get(f"{ROOM}/seances/1", status=200).text
