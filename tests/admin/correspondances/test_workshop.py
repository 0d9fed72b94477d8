"""The mapping workshop at the console: propose, comment, validate by two, deposit, publish."""

from __future__ import annotations

import re

import pytest

from catalog.releases import drafts
from tests.admin.desk import Desk
from tests.api.catalogue import LIST
from tests.api.families import ASSIMILATED, CCAM, NGAP, NO_CCAM

HOME = "/admin/correspondances/"
FORM = {
    "acte": NO_CCAM,
    "relation": "related-to",
    "ccam": CCAM,
    "activite": "1",
    "phase": "0",
    "version_ngap": "arrete-177-06",
    "version_ccam": "ccam-france",
}


def propose(desk: Desk, who: str = "redacteur", **told: str) -> str:
    """The address of a new proposal."""
    answer = desk.as_(who).post(f"{HOME}proposer", FORM | told, status=302)
    return str(answer.headers["Location"])


def open_draft(desk: Desk, author: str = "redacteur") -> int:
    with desk.place.writing() as session:
        draft = drafts.open_draft(session, title="Atelier", author=author, at=desk.place.now(), legal_act=LIST)
        return draft.id


def test_the_list_shows_the_figures_of_the_catalogue(shared_desk: Desk) -> None:
    page = shared_desk.as_("lecteur").get(HOME, status=200).text
    tiles = dict(re.findall(r'tile-label">([^<]+)</p><p class="tile-value">(?:<a[^>]*>)?(\d+)', page))
    assert tiles == {
        "Actes NGAP en vigueur": "3",
        "Mis en correspondance": "1",
        "Sans correspondance": "1",
        "En atelier": "0",
        "À traiter": "1",
    }


def test_the_form_suggests_acts_that_share_words(shared_desk: Desk) -> None:
    page = shared_desk.as_("redacteur").get(f"{HOME}proposer?acte={NGAP.lower()}", status=200).text
    assert f"ccam={CCAM}" in page
    assert "mots communs : detartrage" in page


def test_two_experts_make_a_mapping_and_a_draft_carries_it(desk: Desk) -> None:
    address = propose(desk)
    desk.as_("valideur").post(f"{address}/valider", status=302)
    page = desk.as_("valideur2").get(address, status=200).text
    assert "Une validation" in page
    desk.as_("valideur2").post(f"{address}/valider", status=302)
    draft = open_draft(desk)
    desk.as_("redacteur").post(f"{address}/deposer", {"brouillon": str(draft), "effet": "2027-01-01"}, status=302)
    with desk.place.reading() as session:
        staged = list(drafts.changes_of(session, desk.place.kinds, drafts.find_draft(session, draft)))
    assert {(change.code, change.is_void, str(change.period.start)) for change in staged} == {
        (f"{NO_CCAM}>{CCAM}-1-0", False, "2027-01-01"),
        (f"{NO_CCAM}>AUCUN", True, "2027-01-01"),
    }


def test_all_that_is_validated_goes_into_a_draft_at_once(desk: Desk) -> None:
    for act in (NO_CCAM, ASSIMILATED):
        address = propose(desk, acte=act)
        for expert in ("valideur", "valideur2"):
            desk.as_(expert).post(f"{address}/valider", status=302)
    draft = open_draft(desk)
    desk.as_("redacteur").post(f"{HOME}deposer", {"brouillon": str(draft)}, status=302)
    with desk.place.reading() as session:
        staged = list(drafts.changes_of(session, desk.place.kinds, drafts.find_draft(session, draft)))
    assert sum(not change.is_void for change in staged) == 2


def test_one_expert_does_not_validate_twice(desk: Desk) -> None:
    address = propose(desk)
    desk.as_("valideur").post(f"{address}/valider", status=302)
    refused = desk.as_("valideur").post(f"{address}/valider", status=409)
    assert "Un autre expert doit le faire" in refused.text


def test_an_administrator_does_not_validate_their_own(desk: Desk) -> None:
    address = propose(desk, "admin")
    refused = desk.as_("admin").post(f"{address}/valider", status=409)
    assert "c’est la personne qui l’a proposée" in refused.text
    assert "Vous l’avez proposée" in desk.as_("admin").get(address).text


def test_a_contradiction_stays_on_the_form(desk: Desk) -> None:
    answer = desk.as_("redacteur").post(f"{HOME}proposer", FORM | {"relation": "no-map", "motif": ""}, status=422)
    assert "demande un motif" in answer.text
    assert 'value="arrete-177-06"' in answer.text


def test_an_act_without_correspondence_gets_its_reason(desk: Desk) -> None:
    address = propose(desk, acte=ASSIMILATED, relation="no-map", motif="Acte propre au Maroc")
    assert "Acte propre au Maroc" in desk.as_("lecteur").get(address, status=200).text
    listed = desk.as_("lecteur").get(f"{HOME}?statut=sans", status=200).text
    assert f"{ASSIMILATED}&gt;AUCUN" in listed


@pytest.mark.parametrize(("asked", "is_listed"), [("proposee", True), ("validee", False), ("refusee", False)])
def test_the_list_is_filtered_by_status(desk: Desk, asked: str, is_listed: bool) -> None:
    propose(desk)
    page = desk.as_("lecteur").get(f"{HOME}?statut={asked}", status=200).text
    assert (f"{NO_CCAM}&gt;{CCAM}-1-0" in page) is is_listed


def test_comments_make_a_thread(desk: Desk) -> None:
    address = propose(desk)
    desk.as_("valideur").post(f"{address}/commenter", {"texte": "Et l’anesthésie ?"}, status=302)
    assert "Et l’anesthésie ?" in desk.as_("redacteur").get(address, status=200).text


def test_a_reader_writes_nothing(desk: Desk) -> None:
    address, reader = propose(desk), desk.as_("lecteur")
    reader.post(f"{address}/commenter", {"texte": "Bonjour"}, status=403)
    reader.post(f"{address}/valider", status=403)
    reader.post(f"{address}/refuser", {"motif": "Non"}, status=403)
    reader.post(f"{HOME}proposer", FORM, status=403)


def test_only_its_proposer_takes_a_proposal_back(desk: Desk) -> None:
    address = propose(desk)
    assert "seule la personne" in desk.as_("redacteur2").post(f"{address}/retirer", status=409).text
    desk.as_("redacteur").post(f"{address}/retirer", status=302)
    assert "Retirée" in desk.as_("lecteur").get(address).text


def test_a_refusal_ends_the_matter(desk: Desk) -> None:
    address = propose(desk)
    desk.as_("valideur").post(f"{address}/refuser", {"motif": "Trop large"}, status=302)
    assert "Trop large" in desk.as_("lecteur").get(address).text
    desk.as_("valideur2").post(f"{address}/valider", status=409)


def test_coverage_is_told_by_chapter(shared_desk: Desk) -> None:
    page = shared_desk.as_("lecteur").get(f"{HOME}couverture", status=200).text
    assert "Sans chapitre" in page
    assert "66 %" in page


def test_an_unknown_proposal_is_not_found(shared_desk: Desk) -> None:
    assert "n’existe pas" in shared_desk.as_("lecteur").get(f"{HOME}999", status=404).text
