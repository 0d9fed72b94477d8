"""A value edited in a list: staged at once, or refused with the reason, and never published by itself."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.temporal import Moment, Period
from tests.admin.desk import Desk
from tests.admin.drafts.test_forms import open_form
from tests.admin.drafts.working import MEDICINE, Work, open_work
from tests.api.catalogue import PRINCEPS, RISES_ON, TODAY


def test_a_cell_is_staged_until_the_price_recorded_for_later(work: Work) -> None:
    answer = work.cell("38,50").json
    assert answer == {"old": "37,20", "new": "38,50", "staged": 1, "until": RISES_ON.isoformat()}
    (change,) = work.changes()
    assert (change.period, change.payload and change.payload["ppv"]) == (Period(TODAY, RISES_ON), 3850)


def test_what_is_published_stays_as_it_is(work: Work) -> None:
    work.cell("38,50")
    snapshot = work.desk.place.current()
    found = snapshot.find("medicament", PRINCEPS, Moment(TODAY, snapshot.head))
    assert found is not None
    assert found.payload["ppv"] == 3720


@pytest.mark.parametrize("value", ["-4", "0", "1.250,00", "beaucoup"])
def test_a_value_that_is_no_price_is_refused_with_its_field_and_a_remedy(work: Work, value: str) -> None:
    message = work.cell(value, status=422).json["message"]  # type: ignore[index]
    assert f"Prix public de vente : « {value} »" in message.replace("\u00a0", " ")
    assert "47,06" in message
    assert work.changes() == []


@pytest.mark.parametrize(
    "told",
    [
        {"from": "22/13/2026"},
        {"field": "prix"},
        {"value": None},
        {"code": 6118},
        {"code": "611"},
        {"field": "nom", "value": " "},
    ],
)
def test_a_request_that_says_nothing_that_can_be_done_is_refused(work: Work, told: dict[str, object]) -> None:
    body = {"kind": "medicament", "code": PRINCEPS, "field": "ppv", "value": "38,50", "from": TODAY.isoformat()}
    work.editor.post_json(f"{work.url}/cellule", body | told, 422)


def test_a_body_that_is_no_json_object_is_refused(work: Work) -> None:
    assert work.editor.post_json(f"{work.url}/cellule", ["38,50"]).status_code == 422


def test_an_unknown_kind_draft_or_day_is_told_apart(work: Work) -> None:
    assert work.cell("38,50", status=404, kind="remede").json is not None
    assert work.editor.post_json("/admin/brouillons/999/cellule", {}, 422)
    assert "en vigueur" in work.cell("38,50", status=409, **{"from": "2001-01-01"}).json["message"]  # type: ignore[index]


def test_a_rule_that_nothing_may_break_refuses_the_cell(work: Work) -> None:
    message = work.cell("oui", status=409, field="retire").json["message"]  # type: ignore[index]
    assert message
    assert work.changes() == []


def test_the_words_of_a_list_are_values_too(work: Work) -> None:
    assert work.cell("Générique", field="princeps_generique").json["new"] == "Générique"  # type: ignore[index]


def test_a_value_that_moved_since_the_list_was_shown_is_not_written_over(work: Work) -> None:
    work.cell("38,50", who="redacteur2")
    message = work.cell("39,00", status=409, expected="37,20").json["message"]  # type: ignore[index]
    assert "redacteur2" in message
    assert work.cell("39,00", expected="38,50").json["old"] == "38,50"  # type: ignore[index]


def test_two_editors_of_one_draft_both_keep_their_work(work: Work) -> None:
    work.cell("38,50")
    work.cell("25,00", who="redacteur2", field="ph")
    until_the_rise, after = [change.payload or {} for change in work.changes()]
    assert (until_the_rise["ppv"], until_the_rise["ph"]) == (3850, 2500)
    assert (after["ppv"], after["ph"]) == (4000, 2500)


def test_a_draft_under_review_takes_no_cell(work: Work) -> None:
    work.cell("38,50")
    work.submit()
    assert work.cell("39,00", status=409).json["message"]  # type: ignore[index]


@pytest.mark.parametrize("who", ["lecteur", "valideur", "editeur"])
def test_only_a_redacteur_writes(work: Work, who: str) -> None:
    work.cell("38,50", who=who, status=403)
    assert work.changes() == []


def test_a_request_without_its_token_is_refused(work: Work) -> None:
    body = {"kind": "medicament", "code": PRINCEPS, "field": "ppv", "value": "38,50", "from": TODAY.isoformat()}
    assert work.editor.client.post(f"{work.url}/cellule", json=body).status_code == 400
    assert work.changes() == []


def test_a_stale_draft_says_which_entries_and_still_opens(desk: Desk, work: Work) -> None:
    work.cell("38,50")
    other = open_work(desk, title="Autre")
    other.cell("25,00", field="ph")
    other.publish()
    page = work.editor.get(work.url, 200).text
    assert "Une version publiée depuis a changé" in page
    assert PRINCEPS in page


def test_a_past_day_is_not_written_over_without_a_reason(work: Work) -> None:
    past: dict[str, Any] = {"from": "2015-01-01"}
    refused = work.cell("36,00", status=422, **past).json
    assert refused is not None
    assert refused["needs"] == "reason"
    assert "Corriger le passé" in refused["message"]
    work.cell("36,00", status=422, reason="  ", **past)
    assert work.changes() == []
    work.cell("36,00", reason="Faute de frappe", **past)
    assert {change.reason for change in work.changes()} == {"Faute de frappe"}


def test_a_reason_given_later_keeps_the_other_grounds_of_what_was_staged(work: Work) -> None:
    form = open_form(work.editor, work, "modifier", query="?from=2015-01-01")
    told = {"champ_ppv": "36,00", "motif": "Faute", "source": "BO 6306", "confiance": "M"}
    work.editor.post(f"{work.url}/{MEDICINE}/modifier", form | told, 302)
    past: dict[str, Any] = {"from": "2015-01-01"}
    work.cell("36,50", reason="Vu au bulletin", **past)
    (change,) = [change for change in work.changes() if change.payload and change.payload["ppv"] == 3650]
    assert (change.reason, change.source, change.confidence) == ("Vu au bulletin", "BO 6306", "M")
