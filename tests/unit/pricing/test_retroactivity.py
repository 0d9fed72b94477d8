"""An answer says when it is not the one that was known on the day of care."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from catalog.pricing.answers import Notice
from catalog.pricing.lines import Question
from catalog.pricing.retroactivity import known_on, may_differ
from catalog.releases.changes import Change
from catalog.snapshots.reading import Snapshot
from tests.unit.pricing.asking import act, medicine, stay, warned
from tests.unit.pricing.shelf import Published, change, snapshot, withdrawal
from tests.unit.pricing.shelf import act as legal_act
from tests.unit.pricing.world import ACTE, BOX, START, device, forfait, lettre, medicament, rate, rule, world

FOUNDED = datetime(2011, 1, 1, tzinfo=UTC)
LATER = datetime(2015, 7, 1, 12, tzinfo=UTC)
CARE = "2015-06-01"
Q = Question


def published(*later: Change, on: datetime = LATER) -> Snapshot:
    """The world, then these changes on the first of July 2015."""
    releases: tuple[Published, ...] = ((FOUNDED, world()), (on, list(later)))
    return snapshot(*releases)


STAY = {"unite": "JOUR", "name": "STAY"}


class TestLateAvenant:
    """The day of a stay was 550.00; an avenant recorded in July says that it is 600.00 since January."""

    FOUND = snapshot(
        (FOUNDED, [*world(), forfait("550.00", **STAY)]),  # type: ignore[arg-type]
        (LATER, [legal_act("avenant", type="avenant"), forfait("600.00", start=date(2015, 1, 1), **STAY)]),  # type: ignore[arg-type]
    )

    def told(self, release: int | None = None, day: str = CARE, **line: Any) -> dict[str, Any]:
        return stay(self.FOUND, "STAY", day, release=release, **line)

    def test_it_answers_both_ways_by_what_was_known(self) -> None:
        before, after = self.told(self.FOUND.release_at(datetime(2015, 6, 25, tzinfo=UTC))), self.told()
        assert (before["unit_price"], before["amo"], before["reasons"]) == ("550.00", "495.00", [])
        assert (after["unit_price"], after["amo"], after["reasons"]) == ("600.00", "540.00", ["RETROACTIVE_CHANGE"])

    def test_the_warning_holds_both_answers(self) -> None:
        (warning,) = self.told(billed="600.00")["warnings"]
        assert warning["message"] == (
            "On the day of care, as known at release 1, the answer was OK, base 550.00, amo 495.00, patient 105.00; "
            "it is now OK, base 600.00, amo 540.00, patient 60.00."
        )
        assert warning["known_then"] == {
            "release": 1, "status": "OK", "unit_price": "550.00", "base": "550.00", "rate": "0.90", "amo": "495.00",
            "mutuelle": "0.00", "patient": "105.00",
        }  # fmt: skip

    @pytest.mark.parametrize("day", ["2014-12-31", "2015-07-01", "2015-07-02"])
    def test_days_it_does_not_touch_and_days_after_it_are_not_warned(self, day: str) -> None:
        assert self.told(day=day)["reasons"] == []

    def test_a_bill_that_both_tariffs_pay_alike_is_not_warned(self) -> None:
        assert self.told(billed="500.00")["unit_price"] == "600.00"
        assert self.told(billed="500.00")["reasons"] == ["RETROACTIVE_CHANGE"]  # the reference price itself differs


@pytest.mark.parametrize(
    ("changed", "before", "after"),
    [
        (medicament("90.00"), "70.00", "63.00"),
        (withdrawal("medicament", BOX, date(2015, 1, 1)), "70.00", "0.00"),
        (rate("MEDICAMENT", "0.80", date(2015, 1, 1), assiette="PBR"), "70.00", "80.00"),
    ],
    ids=["price", "withdrawal", "rate"],
)
def test_a_medicine_is_warned_of_what_changed_under_it(changed: Change, before: str, after: str) -> None:
    told = medicine(published(changed), BOX, CARE)
    assert (told["amo"], told["warnings"][-1]["known_then"]["amo"]) == (after, before)


def test_the_day_in_morocco_decides() -> None:
    # Morocco was one hour ahead of UTC in June 2015 (and at UTC in Ramadan, from 14 June).
    evening = medicine(published(medicament("90.00"), on=datetime(2015, 6, 1, 22, 59, 59, tzinfo=UTC)), BOX, CARE)
    night = medicine(published(medicament("90.00"), on=datetime(2015, 6, 1, 23, 0, 0, tzinfo=UTC)), BOX, CARE)
    assert (evening["reasons"], night["reasons"]) == ([], ["RETROACTIVE_CHANGE"])


def test_where_nothing_was_published_then_there_is_nothing_to_compare() -> None:
    assert medicine(published(medicament("90.00")), BOX, "2010-06-01")["reasons"] == []
    assert known_on(published(), date(2010, 6, 1)) is None
    assert known_on(published(), date.max) is None
    assert known_on(published(), date.min) is None


def test_an_act_described_again_as_merely_signed_unprices_what_rests_on_it() -> None:
    found = published(legal_act("texte", "SIGNE"))
    told = act(found, ACTE, CARE, "cnops")
    assert (told["status"], told["amo"]) == ("NO_TARIFF", None)
    assert told["warnings"][-1]["known_then"]["amo"] == "350.00"


def test_a_line_that_is_invalid_is_not_compared() -> None:
    variants = (lettre("17.50", name="K", variante="soins"), lettre("12.50", name="K", variante="prothese"))
    found = published(*variants, withdrawal("lettre_cle", "K:medecins-2010", START))
    assert act(found, "K50", CARE, "cnops")["reasons"] == []


class TestSparing:
    """Pricing twice is spared where nothing published in between could matter; never where something could."""

    DAY = date(2015, 6, 1)

    @pytest.mark.parametrize(
        ("changed", "question", "expected"),
        [
            (medicament("90.00", code="6118000100065"), Q("medicament", BOX, "cnops"), False),
            (medicament("90.00", start=date(2016, 1, 1)), Q("medicament", BOX, "cnops"), False),
            (medicament("90.00"), Q("medicament", BOX, "cnops"), True),
            (medicament("90.00"), Q("acte", ACTE, "cnops", "prive"), False),
            (change("gtin", BOX, START, presentation="6118000100065"), Q("medicament", BOX, "cnops"), True),
            (lettre("11.00"), Q("acte", ACTE, "cnops", "prive"), True),
            (lettre("11.00"), Q("medicament", BOX, "cnops"), False),
            (lettre("11.00", date(2016, 1, 1)), Q("acte", ACTE, "cnops", "prive"), False),
            (rule("BASE_GENERIQUE", date(2016, 1, 1)), Q("medicament", BOX, "cnops"), True),
            (device("400.00"), Q("dispositif", "VALVE", "cnops"), True),
            (device("400.00"), Q("dispositif", "AUTRE", "cnops"), False),
            (legal_act("nouveau"), Q("medicament", BOX, "cnops"), False),
            (legal_act("texte", title="Autre titre"), Q("medicament", BOX, "cnops"), True),
        ],
    )
    def test_what_could_change_the_answer(self, changed: Change, question: Question, expected: bool) -> None:
        assert may_differ(published(changed), question, self.DAY, 1, 2) is expected

    def test_nothing_can_between_a_release_and_itself(self) -> None:
        assert not may_differ(published(medicament("90.00")), Q("medicament", BOX, "cnops"), self.DAY, 2, 2)


def test_a_warning_of_another_kind_has_no_earlier_answer() -> None:
    assert Notice("X", "x").known_then is None
    assert warned(medicine(published(medicament("90.00")), BOX, CARE)) == ["RETROACTIVE_CHANGE"]
