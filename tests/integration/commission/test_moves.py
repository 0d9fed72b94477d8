"""A dossier goes from state to state, one dated step at a time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from catalog.errors import InvalidError
from catalog.gmr.commission import dossiers, meetings, outcome, reading
from catalog.gmr.commission.errors import (
    DossierMovedError,
    MoveDayError,
    MoveRefusedError,
    NeedsError,
    NotNowError,
    NumberTakenError,
    UnknownDossierError,
)
from catalog.gmr.commission.moves import moves
from catalog.gmr.commission.reading import Filter
from catalog.journal.models import JournalEntry
from tests.integration.commission.office import MET, RECEIVED, TODAY, Office


def test_the_whole_way_is_dated_signed_and_told(office: Office) -> None:
    dossier = office.given()
    office.move(dossier, "cefps", MET + timedelta(days=1), commentaire="Transmis au secrétariat")
    office.cost(dossier)
    office.move(dossier, "transmis", MET + timedelta(days=2), cefps="Favorable")
    office.move(dossier, "arrete", MET + timedelta(days=3), acte="arrete-retrait-1")
    steps = [(step.de, step.vers, step.jour, step.par) for step in moves(office.session, dossier)]
    assert [vers for _, vers, *_ in steps] == [
        "recu", "recevable", "inscrit", "avis_rendu", "cefps", "transmis", "arrete",
    ]  # fmt: skip
    assert steps[0] == (None, "recu", RECEIVED, "redacteur")
    assert (dossier.acte, dossier.cefps_avis) == ("arrete-retrait-1", "Favorable")
    told = office.session.scalars(sa.select(JournalEntry.action).where(JournalEntry.subject == "dossier 2026-001"))
    assert list(told).count("dossier.moved") == 6


@pytest.mark.parametrize("asked", ["inscrit", "avis_rendu", "cefps", "arrete", "publie", "recu", "n'importe quoi"])
def test_a_dossier_skips_no_step(office: Office, asked: str) -> None:
    with pytest.raises(MoveRefusedError, match="What may follow: Recevable, Incomplet, Retiré"):
        office.move(office.receive(), asked)


def test_a_step_is_not_dated_before_the_last_nor_after_today(office: Office) -> None:
    dossier = office.receive()
    with pytest.raises(MoveDayError, match="the last step was taken on 2026-09-01"):
        office.move(dossier, "recevable", RECEIVED - timedelta(days=1))
    with pytest.raises(MoveDayError, match="has not come yet"):
        office.move(dossier, "recevable", TODAY + timedelta(days=1))


def test_the_second_of_two_editors_is_told_that_the_dossier_moved(office: Office) -> None:
    dossier = office.receive()
    office.move(dossier, "incomplet", commentaire="Dossier clinique manquant", seen="recu")
    with pytest.raises(DossierMovedError, match="has become Incomplet"):
        office.move(dossier, "recevable", seen="recu")


def test_a_refusal_says_why(office: Office) -> None:
    dossier = office.receive()
    with pytest.raises(InvalidError, match="Say why"):
        office.move(dossier, "incomplet")


def test_each_step_asks_for_what_must_come_first(office: Office) -> None:
    dossier = office.receive()
    office.move(dossier, "recevable")
    with pytest.raises(NeedsError, match="choose a meeting"):
        office.move(dossier, "inscrit")
    meeting = office.meet(held=False)
    office.move(dossier, "inscrit", seance=str(meeting.id))
    with pytest.raises(NeedsError, match="not been recorded as held"):
        office.move(dossier, "avis_rendu")
    office.hold(meeting)
    with pytest.raises(NeedsError, match="at least one indication"):
        office.move(dossier, "avis_rendu")
    office.write(dossier)
    office.move(dossier, "avis_rendu")
    office.move(dossier, "cefps")
    with pytest.raises(NeedsError, match="opinion of the CEFPS"):
        office.move(dossier, "transmis")
    with pytest.raises(NeedsError, match="table of costs"):
        office.move(dossier, "transmis", cefps="Favorable")


def test_an_arrete_is_one_the_catalogue_knows(office: Office) -> None:
    dossier = office.given(type_demande="RETRAIT")
    office.move(dossier, "cefps")
    office.move(dossier, "transmis", cefps="Favorable au retrait")
    with pytest.raises(NeedsError, match="in no release and no draft"):
        office.move(dossier, "arrete", acte="arrete-inconnu")


def test_a_postponed_dossier_leaves_the_agenda(office: Office) -> None:
    dossier = office.enrolled()
    meeting = meetings.find_meeting(office.session, dossier.seance_id or 0)
    with pytest.raises(InvalidError, match="postpone them first"):
        office.hold(meeting, "annulee")
    office.move(dossier, "recevable", commentaire="Reporté")
    assert meetings.agenda(office.session, meeting) == []
    office.hold(meeting, "annulee")
    with pytest.raises(NeedsError, match="is cancelled"):
        office.move(dossier, "inscrit", seance=str(meeting.id))


def test_a_meeting_that_gave_opinions_keeps_its_day(office: Office) -> None:
    dossier = office.given()
    meeting = meetings.find_meeting(office.session, dossier.seance_id or 0)
    for statut in ("prevue", "annulee"):
        with pytest.raises(InvalidError, match="S-2026-001"):
            office.hold(meeting, statut)
    office.hold(meeting)


def test_a_number_that_opinions_bear_is_not_changed(office: Office) -> None:
    dossier = office.given()
    outcome.link(office.session, dossier, office.draft(), "gmr", by=office.by, at=office.at)
    asked = dossiers.Request("2026-999", dossier.objet, dossier.type_demande, dossier.recu_le)
    with pytest.raises(NotNowError, match="its number is in the code"):
        dossiers.amend(office.session, dossier, asked, by=office.by, at=office.at)


def test_numbers_are_not_given_twice(office: Office) -> None:
    office.receive("2026-007")
    with pytest.raises(NumberTakenError):
        office.receive("2026-007")
    assert dossiers.next_number(office.session, 2026) == "2026-008"
    assert dossiers.next_number(office.session, 2025) == "2025-001"
    with pytest.raises(UnknownDossierError):
        dossiers.find_dossier(office.session, "../etc")


def test_lists_are_filtered_and_counted(office: Office) -> None:
    office.receive("2026-001", laboratoire="Sothema", objet="Gliclazide 80 mg")
    other = office.receive("2026-002", "RETRAIT", laboratoire="Cooper 100%")
    office.move(other, "recevable", date(2026, 9, 5))
    assert reading.counts(office.session) == {"recu": 1, "recevable": 1}
    assert [line.dossier.numero for line in reading.dossiers(office.session, Filter()).lines] == [
        "2026-002",
        "2026-001",
    ]
    for asked in (
        Filter(etat="recevable"),
        Filter(type_demande="RETRAIT"),
        Filter(laboratoire="100%"),
        Filter(texte="2026-002"),
    ):
        assert [line.dossier.numero for line in reading.dossiers(office.session, asked).lines] == ["2026-002"]
    assert reading.dossiers(office.session, Filter(laboratoire="%%")).total == 0
    assert reading.dossiers(office.session, Filter(seance="x")).total == 0
