"""Opinions are staged in a draft, published with it, and answered; what a dossier ends in is read from the release."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.errors import DraftStateError, FourEyesError
from catalog.gmr import lookups
from catalog.gmr.commission import cefps, dossiers, items, opinions, outcome
from catalog.gmr.commission.errors import EmptyTargetError, NotNowError, UnknownLevelError
from catalog.gmr.commission.models import Dossier
from catalog.gmr.commission.outcome import link, shown_state
from catalog.gmr.commission.reading import Filter, counts
from catalog.gmr.commission.reading import dossiers as listed
from catalog.gmr.commission.staging import stage_opinions
from catalog.gmr.commission.targets import Target, preview
from catalog.registry import KINDS
from catalog.releases import drafts
from catalog.releases.changes import Change
from catalog.releases.models import Draft
from tests.api.catalogue import DEARER, GENERIC, PRINCEPS
from tests.integration.commission.office import MET, TODAY, Office

BOTH = Target("codes", codes=(PRINCEPS, GENERIC))
GLICLAZIDE = Target("dci", dci=("GLICLAZIDE",), dosages=("80",))


def stage(office: Office, dossier: Dossier, draft: Draft) -> int:
    return stage_opinions(
        office.session, KINDS, office.snapshot, dossier, draft, by=office.by, at=office.at, today=TODAY
    )


def staged(office: Office, draft: Draft) -> list[str]:
    return [change.code for change in drafts.changes_of(office.session, KINDS, draft)]


def test_an_opinion_on_two_presentations_is_published_for_both(office: Office) -> None:
    dossier = office.given(BOTH, indication="Diabète de type 2", texte="Réservé à l'adulte")
    draft = office.draft()
    assert stage(office, dossier, draft) == 2
    assert staged(office, draft) == [f"CT-2026-001-1/{PRINCEPS}", f"CT-2026-001-1/{GENERIC}"]
    release = office.publish(draft)
    for code in (PRINCEPS, GENERIC):
        newest = lookups.avis(office.snapshot, code, office.moment)[0]
        assert newest["dossier"] == "2026-001"
        assert (newest["smr"], newest["decision"], newest["date_avis"]) == ("IMPORTANT", "FAVORABLE", "2026-10-15")
        assert (newest["legal_act"], newest["source"]) == ("gmr-06-23", "dossier 2026-001")
    (ended,) = outcome.outcomes(office.session, dossier)
    assert (ended.objet, ended.release) == ("avis", release)
    assert shown_state(office.session, dossier) == "avis_rendu"


def test_a_dossier_is_published_when_its_gmr_version_is(office: Office) -> None:
    dossier = office.given()
    draft = office.draft()
    stage(office, dossier, draft)
    link(office.session, dossier, draft, "gmr", by=office.by, at=office.at)
    assert shown_state(office.session, dossier) == "avis_rendu"
    office.publish(draft)
    assert shown_state(office.session, dossier) == "publie"
    assert counts(office.session) == {"publie": 1}
    assert listed(office.session, Filter(etat="publie")).total == 1
    assert listed(office.session, Filter(etat="avis_rendu")).total == 0
    with pytest.raises(NotNowError, match="is published"):
        outcome.unlink(office.session, dossier, draft, "gmr", by=office.by, at=office.at)


def test_a_review_of_a_dci_reaches_what_it_names_and_says_what_it_changes(office: Office) -> None:
    touched = preview(office.snapshot, GLICLAZIDE, None, None, office.moment)
    assert {PRINCEPS, GENERIC, DEARER} <= {found.version.code for found in touched}
    before = {found.version.code: found.smr for found in touched}
    assert before[PRINCEPS] == ("IMPORTANT", "IMPORTANT")
    assert before[GENERIC] == (None, None)
    dossier = office.given(GLICLAZIDE, type_demande="REEVALUATION")
    draft = office.draft()
    assert stage(office, dossier, draft) == 1
    assert staged(office, draft) == ["CT-2026-001-1"]
    office.publish(draft)
    assert lookups.medicament(office.snapshot, GENERIC, office.moment)["smr"] == "IMPORTANT"


def classify(office: Office, classe: str) -> None:
    """Publishes a therapeutic class for the three presentations of gliclazide."""
    draft = office.draft()
    for code in (PRINCEPS, GENERIC, DEARER):
        held = office.snapshot.find("medicament", code, office.moment)
        assert held is not None
        change = Change("medicament", code, held.period, {**held.payload, "classe_therapeutique": classe})
        drafts.stage(office.session, KINDS, draft, [change], by=office.by, at=office.at)
    office.publish(draft)


def test_one_opinion_on_a_class_is_published_for_each_of_its_presentations_but_one(office: Office) -> None:
    classify(office, "Antidiabétiques oraux")
    target = Target("classe", classe="antidiabetiques oraux", sauf=(DEARER,))
    dossier = office.given(target, type_demande="REEVALUATION", decision="DEFAVORABLE")
    draft = office.draft()
    assert stage(office, dossier, draft) == 2
    office.publish(draft)
    answered = {code: lookups.avis(office.snapshot, code, office.moment) for code in (PRINCEPS, GENERIC, DEARER)}
    assert {code: [avis["dossier"] for avis in found] for code, found in answered.items()} == {
        PRINCEPS: ["2026-001", None], GENERIC: ["2026-001"], DEARER: [],
    }  # fmt: skip


def test_staging_again_replaces_what_the_draft_held_of_the_dossier(office: Office) -> None:
    dossier = office.given(BOTH)
    draft = office.draft()
    stage(office, dossier, draft)
    written = opinions.OpinionText("DEFAVORABLE", Target("codes", codes=(GENERIC,)), effet=date(2026, 11, 1))
    told = {"by": office.by, "at": office.at, "today": TODAY}
    opinions.write_opinion(office.session, office.snapshot, dossier, written, rang=1, **told)
    assert stage(office, dossier, draft) == 1
    (change,) = drafts.changes_of(office.session, KINDS, draft)
    assert (change.code, change.period.start) == (f"CT-2026-001-1/{GENERIC}", date(2026, 11, 1))
    assert len(outcome.outcomes(office.session, dossier)) == 1


def test_whoever_writes_an_opinion_does_not_approve_the_draft_a_colleague_stages_it_in(office: Office) -> None:
    office.by = "Amina"
    dossier = office.given()
    office.by = "brahim"
    draft = office.draft()
    stage(office, dossier, draft)
    drafts.submit(office.session, KINDS, draft, by="brahim", at=office.at)
    with pytest.raises(FourEyesError):
        drafts.approve(office.session, draft, by="amina", at=office.at)
    drafts.approve(office.session, draft, by="valideur", at=office.at)


@pytest.mark.parametrize("who", ["amina", "chafik", "dounia"])
def test_who_rewrote_or_removed_an_opinion_does_not_approve_it_either(office: Office, who: str) -> None:
    office.by = "amina"
    dossier = office.enrolled()
    office.write(dossier)
    office.write(dossier)
    told = {"by": "chafik", "at": office.at, "today": TODAY}
    rewritten = opinions.OpinionText("DEFAVORABLE", BOTH)
    opinions.write_opinion(office.session, office.snapshot, dossier, rewritten, rang=1, **told)
    opinions.remove_opinion(office.session, dossier, 2, by="dounia", at=office.at)
    renamed = dossiers.Request("2026-777", dossier.objet, dossier.type_demande, dossier.recu_le)
    dossiers.amend(office.session, dossier, renamed, by="brahim", at=office.at)
    office.by = "brahim"
    office.move(dossier, "avis_rendu")
    draft = office.draft()
    stage(office, dossier, draft)
    drafts.submit(office.session, KINDS, draft, by="brahim", at=office.at)
    with pytest.raises(FourEyesError):
        drafts.approve(office.session, draft, by=who, at=office.at)


def test_a_published_opinion_that_names_less_is_withdrawn_where_it_no_longer_holds(office: Office) -> None:
    dossier = office.given(BOTH)
    first = office.draft()
    stage(office, dossier, first)
    office.publish(first)
    written = opinions.OpinionText("FAVORABLE", Target("codes", codes=(GENERIC,)), effet=date(2026, 11, 1))
    told = {"by": office.by, "at": office.at, "today": TODAY}
    opinions.write_opinion(office.session, office.snapshot, dossier, written, rang=1, **told)
    second = office.draft()
    stage(office, dossier, second)
    changes = {(c.code, c.period.start, c.is_void) for c in drafts.changes_of(office.session, KINDS, second)}
    own = f"CT-2026-001-1/{GENERIC}"
    assert changes == {
        (own, date(2026, 11, 1), False), (own, MET, True), (f"CT-2026-001-1/{PRINCEPS}", MET, True),
    }  # fmt: skip


def test_nothing_is_staged_before_the_opinion_is_given_nor_in_a_closed_draft(office: Office) -> None:
    dossier = office.enrolled()
    office.write(dossier)
    draft = office.draft()
    with pytest.raises(NotNowError, match="has not been given"):
        stage(office, dossier, draft)
    office.move(dossier, "avis_rendu")
    stage(office, dossier, draft)
    drafts.submit(office.session, KINDS, draft, by=office.by, at=office.at)
    with pytest.raises(DraftStateError):
        stage(office, dossier, draft)


def test_an_opinion_has_a_known_level_and_something_to_speak_of(office: Office) -> None:
    dossier = office.enrolled()
    with pytest.raises(UnknownLevelError, match="levels of the list in force: IMPORTANT"):
        office.write(dossier, smr="ENORME")
    with pytest.raises(EmptyTargetError):
        office.write(dossier, Target("classe", classe="ANTIDIABETIQUES"))
    with pytest.raises(EmptyTargetError, match="name its DCI"):
        office.write(dossier, Target("dci"))
    with pytest.raises(NotNowError, match="agenda"):
        office.write(office.receive("2026-099"))


def test_an_opinion_once_given_stands_when_the_dossier_has_gone_on(office: Office) -> None:
    dossier = office.given()
    office.move(dossier, "cefps")
    with pytest.raises(NotNowError):
        opinions.remove_opinion(office.session, dossier, 1, by=office.by, at=office.at)


def test_a_table_of_costs_is_kept_with_its_release(office: Office) -> None:
    dossier = office.given()
    office.cost(dossier)
    (table,) = cefps.tables(office.session, dossier)
    assert (table.version, table.jour, table.jours) == (4, TODAY, 30)
    (line,) = table.lignes
    assert (line.cout_jour, line.cout_traitement, line.ecart) == (372, 11160, 0)


def test_presentations_listed_and_proposed(office: Office) -> None:
    dossier = office.receive()
    told = {"by": office.by, "at": office.at}
    items.concern(office.session, dossier, PRINCEPS, **told)
    items.propose(office.session, dossier, {"nom": "NOUVEAU", "dci": "GLICLAZIDE"}, **told)
    assert [(item.position, item.code) for item in items.items(office.session, dossier)] == [
        (1, PRINCEPS),
        (2, None),
    ]
    items.leave_out(office.session, dossier, 1, **told)
    assert [item.position for item in items.items(office.session, dossier)] == [2]
