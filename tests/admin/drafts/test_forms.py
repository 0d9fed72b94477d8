"""The forms of a change: what they show, what they refuse beside the right field, and what two people make of one."""

from __future__ import annotations

import html
import re

import pytest

from catalog.temporal import Period
from tests.admin.desk import Desk, Editor
from tests.admin.drafts.working import MEDICINE, Work
from tests.api.catalogue import DEARER, PRINCEPS, RISES_ON, TODAY

_FIELD = re.compile(r'<(?:input|select|textarea)[^>]* name="([^"]+)"')
_VALUE = re.compile(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"')
_CHOSEN = re.compile(
    r'<select[^>]* name="([^"]+)"[^>]*>(?:(?!</select>).)*?<option value="([^"]*)" selected', re.DOTALL
)


def filled(page: str) -> dict[str, str]:
    """A form as a browser would send it back untouched."""
    form = page[page.index('<form class="card"') :]
    form = form[: form.index("</form>")]
    sent = dict.fromkeys(_FIELD.findall(form), "")
    sent |= {name: html.unescape(value) for name, value in _VALUE.findall(form)}
    sent |= {name: html.unescape(value) for name, value in _CHOSEN.findall(form)}
    return {name: value for name, value in sent.items() if name != "suivantes"}


def open_form(editor: Editor, work: Work, verb: str, what: str = MEDICINE, query: str = "") -> dict[str, str]:
    return filled(editor.get(f"{work.url}/{what}/{verb}{query}", 200).text)


def send(editor: Editor, work: Work, verb: str, form: dict[str, str], status: int, what: str = MEDICINE) -> str:
    return editor.post(f"{work.url}/{what}/{verb}", form, status).text


def test_a_form_sent_as_it_came_changes_nothing(work: Work) -> None:
    page = send(work.editor, work, "modifier", open_form(work.editor, work, "modifier"), 409)
    assert "Rien à enregistrer" in page
    assert work.changes() == []


def test_a_changed_price_is_staged_with_what_it_rests_on(work: Work) -> None:
    form = open_form(work.editor, work, "modifier") | {
        "champ_ppv": "1 038,50",
        "motif": "Arrêté de novembre",
        "source": "BO 7500",
        "confiance": "H",
    }
    send(work.editor, work, "modifier", form, 302)
    (change,) = work.changes()
    assert change.payload is not None
    assert (change.period, change.payload["ppv"]) == (Period(TODAY, RISES_ON), 103_850)
    assert (change.reason, change.source, change.confidence) == ("Arrêté de novembre", "BO 7500", "H")
    page = work.editor.get(work.url).text
    assert "la valeur enregistrée à partir du 22/12/2026 (40,00) reste" in page
    assert "37,20" in page
    assert "1\u202f038,50" in page


def test_each_error_stands_beside_its_field_and_what_was_typed_stays(work: Work) -> None:
    form = open_form(work.editor, work, "modifier") | {"champ_ppv": "-4", "champ_nom": "", "champ_ph": "25,00"}
    page = send(work.editor, work, "modifier", form, 422)
    assert 'href="#f-champ_ppv"' in page
    assert 'href="#f-champ_nom"' in page
    assert 'value="-4"' in page
    assert 'value="25,00"' in page


@pytest.mark.parametrize(
    ("told", "field"),
    [({"du": "hier"}, "du"), ({"acte": "Arrêté n° 5"}, "acte"), ({"acte": "arrete-inconnu"}, "acte")],
)
def test_what_is_not_a_field_of_the_entry_is_refused_in_its_place_too(
    work: Work, told: dict[str, str], field: str
) -> None:
    form = open_form(work.editor, work, "modifier") | {"champ_ppv": "38,50"} | told
    assert f'href="#f-{field}"' in send(work.editor, work, "modifier", form, 422)


def test_two_editors_with_the_same_form_open_lose_nothing(desk: Desk, work: Work) -> None:
    first, second = work.editor, desk.as_("redacteur2")
    mine, theirs = open_form(first, work, "modifier"), open_form(second, work, "modifier")
    send(first, work, "modifier", mine | {"champ_ppv": "38,50"}, 302)
    send(second, work, "modifier", theirs | {"champ_laboratoire": "MAPHAR"}, 302)
    values = {(c.payload["ppv"], c.payload["laboratoire"]) for c in work.changes() if c.payload}
    assert (3850, "MAPHAR") in values


def test_the_second_to_change_one_field_is_told_who_did_and_can_insist(desk: Desk, work: Work) -> None:
    first, second = work.editor, desk.as_("redacteur2")
    mine, theirs = open_form(first, work, "modifier"), open_form(second, work, "modifier")
    send(first, work, "modifier", mine | {"champ_ppv": "38,50", "champ_ph": "26,00"}, 302)
    page = send(second, work, "modifier", theirs | {"champ_ppv": "39,00"}, 409)
    assert "redacteur a changé" in page
    assert "« 38,50 »" in page.replace("\u00a0", " ")
    again = filled(page)
    assert (again["champ_ppv"], again["champ_ph"]) == ("39,00", "26,00")
    send(second, work, "modifier", again, 302)
    values = [(change.payload["ppv"], change.payload["ph"]) for change in work.changes() if change.payload]
    assert values == [(3900, 2600), (4000, 2600)]


def test_a_correction_of_the_past_asks_its_end_and_its_reason(work: Work) -> None:
    form = open_form(work.editor, work, "corriger", query="?from=2015-01-01") | {"champ_ppv": "36,00"}
    assert 'href="#f-au"' in send(work.editor, work, "corriger", form, 422)
    form["au"] = "2016-01-01"
    assert 'href="#f-motif"' in send(work.editor, work, "corriger", form, 422)
    send(work.editor, work, "corriger", form | {"motif": "Faute de frappe"}, 302)
    (change,) = work.changes()
    assert str(change.period) == "from 2015-01-01 to 2016-01-01 (excluded)"


def test_a_withdrawal_says_what_else_it_would_take(work: Work) -> None:
    form = open_form(work.editor, work, "retirer")
    assert "22/12/2026" in send(work.editor, work, "retirer", form, 409)
    send(work.editor, work, "retirer", form | {"suivantes": "1"}, 302)
    (change,) = work.changes()
    assert (change.is_void, change.period) == (True, Period(TODAY))


def test_an_entry_is_added_and_not_twice(work: Work) -> None:
    what = "groupes-generiques"
    form = open_form(work.editor, work, "ajouter", what) | {"code": "PARACETAMOL-500", "champ_libelle": "Paracétamol"}
    send(work.editor, work, "ajouter", form, 302, what)
    assert [change.code for change in work.changes()] == ["PARACETAMOL-500"]
    assert "existe déjà" in send(work.editor, work, "ajouter", form, 409, what)


def test_a_code_that_is_none_is_refused_beside_it(work: Work) -> None:
    form = open_form(work.editor, work, "ajouter", "medicaments") | {
        "code": "12",
        "champ_nom": "X",
        "champ_admis_remboursement": "oui",
    }
    assert 'href="#f-code"' in send(work.editor, work, "ajouter", form, 422, "medicaments")


def test_every_kind_has_its_form(work: Work) -> None:
    for kind in work.desk.place.kinds:
        page = work.editor.get(f"{work.url}/{kind.plural}/ajouter", 200).text
        assert all(f'name="champ_{name}"' in page for name in kind.fields)


def test_a_day_without_value_shows_another_and_says_so(work: Work) -> None:
    page = work.editor.get(f"{work.url}/{MEDICINE}/modifier?from=2001-01-01", 200).text
    assert "Rien n’est en vigueur le 01/01/2001" in page


def test_a_medicine_nobody_knows_has_no_form(work: Work) -> None:
    work.editor.get(f"{work.url}/medicaments/6118009999999/modifier", 409)
    work.editor.get(f"{work.url}/remedes/{PRINCEPS}/modifier", 404)


def test_a_closed_draft_shows_no_form(work: Work) -> None:
    work.cell("38,50")
    work.submit()
    work.editor.get(f"{work.url}/{MEDICINE}/modifier", 409)
    assert f"/{MEDICINE}/modifier" not in work.editor.get(work.url, 200).text


def test_a_changed_generic_price_proposes_the_base_of_its_princeps_and_stages_it_when_asked(work: Work) -> None:
    form = open_form(work.editor, work, "modifier", f"medicaments/{DEARER}") | {"champ_ppv": "35,00"}
    send(work.editor, work, "modifier", form, 302, f"medicaments/{DEARER}")
    page = work.editor.get(work.url, 200).text
    keys = [html.unescape(key) for key in re.findall(r'name="consequence" value="([^"]+)"', page)]
    key = next(key for key in keys if key.startswith(f"medicament|{PRINCEPS}|pbr"))
    assert not any(change.code == PRINCEPS for change in work.changes())
    work.editor.post(f"{work.url}/consequences", {"consequence": key}, 302)
    proposed = [change for change in work.changes() if change.code == PRINCEPS]
    assert {change.payload["pbr"] for change in proposed if change.payload} == {3500}
    assert all("générique le plus proche" in (change.reason or "") for change in proposed)
    work.editor.post(f"{work.url}/consequences", {"consequence": key}, 409)


@pytest.mark.parametrize("verb", ["modifier", "retirer"])
def test_a_form_about_a_past_day_needs_a_reason(work: Work, verb: str) -> None:
    form = open_form(work.editor, work, verb, query="?from=2015-01-01") | {"suivantes": "1"}
    form |= {"champ_ppv": "36,00"} if verb == "modifier" else {}
    assert 'href="#f-motif"' in send(work.editor, work, verb, form, 422)
    assert work.changes() == []
    send(work.editor, work, verb, form | {"motif": "Vu au bulletin"}, 302)
    assert {change.reason for change in work.changes()} == {"Vu au bulletin"}


def test_an_addition_to_the_past_needs_a_reason(work: Work) -> None:
    what = "groupes-generiques"
    form = open_form(work.editor, work, "ajouter", what) | {"code": "PARACETAMOL-500", "champ_libelle": "Paracétamol"}
    form["du"] = "2015-01-01"
    assert 'href="#f-motif"' in send(work.editor, work, "ajouter", form, 422, what)
    send(work.editor, work, "ajouter", form | {"motif": "Oubli"}, 302, what)


@pytest.mark.parametrize("verb", ["modifier", "corriger"])
@pytest.mark.parametrize("seen", [None, "", "{", "[]", '{"au": "2026-11-22", "valeurs": 3}'])
def test_a_form_that_does_not_say_what_it_had_shown_is_refused(work: Work, verb: str, seen: str | None) -> None:
    told = {"champ_ppv": "36,00", "motif": "Faute", "au": "2030-01-01"}
    form = open_form(work.editor, work, verb) | told
    form = {name: value for name, value in form.items() if name != "vu"} | ({} if seen is None else {"vu": seen})
    page = send(work.editor, work, verb, form, 422)
    assert "rechargez la page" in page
    assert filled(page)["champ_ppv"] == "37,20"
    assert work.changes() == []
