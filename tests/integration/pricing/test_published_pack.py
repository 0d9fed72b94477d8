"""Pricing over what a database has published: the bundled pack, a late avenant, and two acts over one line."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from catalog.errors import OverlapError
from catalog.pricing.tarification import price_lines
from catalog.reference_pack.loading import publish_pack
from catalog.registry import KINDS
from catalog.releases import drafts
from catalog.releases.changes import Change
from catalog.releases.publishing import publish
from catalog.releases.telling import compare, tell_counts
from catalog.snapshots.building import build
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment, Period
from tests.unit.pricing.asking import stay
from tests.unit.pricing.shelf import act, change, pack
from tests.unit.pricing.test_batch import BAD, GOOD, PLAIN

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
RECORDED = datetime(2026, 9, 1, 12, tzinfo=UTC)
EFFECT, CARE = date(2026, 8, 1), "2026-08-15"
DAY_OF_STAY = "HOSPITALISATION_JOUR:medecins-prive-2006"


@pytest.fixture
def founded(session: Session) -> Session:
    publish_pack(session, KINDS, at=NOW)
    return session


def release(session: Session, *changes: Change, at: datetime, legal_act: str) -> None:
    """Publishes changes by the verbs of an editor."""
    draft = drafts.open_draft(session, title="Avenant", author="author", at=NOW, legal_act=legal_act)
    drafts.stage(session, KINDS, draft, changes, by="author", at=NOW)
    drafts.submit(session, KINDS, draft, by="author", at=NOW)
    drafts.approve(session, draft, by="approver", at=NOW)
    publish(session, KINDS, draft, by="approver", at=NOW, published_at=at)
    session.commit()


def raised(montant: str = "600.00", start: date = EFFECT, legal_act: str = "avenant") -> Change:
    return change(
        "forfait", DAY_OF_STAY, start, act=legal_act, forfait="HOSPITALISATION_JOUR", montant=montant, unite="JOUR",
        libelle="Hospitalisation, par jour", convention="medecins-prive-2006", secteur="prive",
    )  # fmt: skip


def snapshot_of(session: Session) -> Snapshot:
    return Snapshot(build(session, KINDS), KINDS)


def test_what_is_published_prices_as_what_is_compiled_by_hand(founded: Session) -> None:
    lines: list[Any] = [line for line, _ in GOOD] + [PLAIN | line for line, *_ in BAD]
    moment = Moment(date(2015, 6, 1), pack().head)
    assert price_lines(snapshot_of(founded), lines, moment, explain=True) == price_lines(
        pack(), lines, moment, explain=True
    )


class TestLateAvenant:
    """550.00 a day since 2006; an avenant recorded on 1 September 2026 says 600.00 since 1 August."""

    @pytest.fixture
    def found(self, founded: Session) -> Snapshot:
        release(founded, act("avenant", type="avenant"), raised(), at=RECORDED, legal_act="avenant")
        return snapshot_of(founded)

    def test_it_answers_both_ways_by_what_was_known(self, found: Snapshot) -> None:
        then, now = (found.release_at(RECORDED + timedelta(days=days)) for days in (-1, 1))
        before, after = (stay(found, "HOSPITALISATION_JOUR", CARE, release=known) for known in (then, now))
        assert (before["unit_price"], before["amo"]) == ("550.00", "495.00")
        assert (after["unit_price"], after["amo"]) == ("600.00", "540.00")
        assert "RETROACTIVE_CHANGE" not in before["reasons"]
        assert "RETROACTIVE_CHANGE" in after["reasons"]

    def test_the_diff_names_the_period_to_liquidate_again(self, found: Snapshot) -> None:
        (entry,) = compare(found, KINDS.find("forfait"), found.head - 1, found.head)
        assert (entry.code, entry.is_retroactive) == (DAY_OF_STAY, True)
        assert [piece.retroactive for piece in entry.pieces if piece.retroactive] == [Period(EFFECT, RECORDED.date())]
        assert tell_counts({"forfait": [entry]})["total"]["retroactive"] == 1

    @pytest.mark.parametrize(("day", "warned"), [("2026-07-31", False), ("2026-08-01", True), ("2026-09-01", False)])
    def test_the_warning_covers_that_period_and_no_other_day(self, found: Snapshot, day: str, warned: bool) -> None:
        assert ("RETROACTIVE_CHANGE" in stay(found, "HOSPITALISATION_JOUR", day)["reasons"]) is warned


def test_g39_two_acts_over_one_line_are_refused(founded: Session) -> None:
    acts = (act("avenant", type="avenant"), act("autre", type="avenant"))
    second = raised("650.00", date(2026, 8, 10), "autre")
    with pytest.raises(OverlapError, match=f"{DAY_OF_STAY} is staged twice from 2026-08-10"):
        release(founded, *acts, raised(), second, at=RECORDED, legal_act="avenant")


@pytest.mark.parametrize("code", ["C50", "AMM2", "K", "B"])
def test_a_letter_is_used_as_the_grid_prints_it(founded: Session, code: str) -> None:
    line = {"kind": "acte", "code": code, "organisme": "cnss", "secteur": "prive", "as_of": "2021-05-10"}
    [told] = price_lines(Snapshot(build(founded, KINDS), KINDS), [line], Moment(date(2021, 5, 10), 9))
    assert (told["status"], [error["field"] for error in told["errors"]]) == ("INVALID", ["code"])
