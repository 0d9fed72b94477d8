"""The pages of the entries as readers meet them."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from tests.admin.desk import Desk, Editor
from tests.api import families
from tests.api.catalogue import DELISTED, ERRATUM, GENERIC, GROUP, PRINCEPS, SECOND_GTIN, SLASHED, WITHDRAWN

LIST = "/admin/fiches/medicaments/"


@pytest.fixture
def reader(shared_desk: Desk) -> Editor:
    return shared_desk.as_("lecteur")


def codes(page: str) -> list[str]:
    return re.findall(r'<tr data-code="([^"]+)"', page)


def test_every_kind_has_its_list_and_its_count(reader: Editor, shared_desk: Desk) -> None:
    index = reader.get("/admin/fiches/", 200).text
    for kind in shared_desk.place.kinds:
        assert f'href="/admin/fiches/{kind.plural}/"' in index
        reader.get(f"/admin/fiches/{kind.plural}/", 200)


@pytest.mark.parametrize("clocks", ["", "?as_of=2014-07-01", "?release=1", "?as_of=2000-01-01&q=rien"])
def test_every_entry_has_its_page_at_any_date_and_release(reader: Editor, shared_desk: Desk, clocks: str) -> None:
    held = shared_desk.place.current()
    for kind in held.kinds:
        for code in held.codes(kind.name):
            reader.get(f"/admin/fiches/{kind.plural}/{quote(code)}{clocks}", 200)


def test_words_are_found_in_any_order_whatever_their_case(reader: Editor) -> None:
    assert codes(reader.get(f"{LIST}?q=comprime+diamicron", 200).text) == [PRINCEPS]
    assert codes(reader.get(f"{LIST}?q=Diamicron+COMPRIMÉ", 200).text) == [PRINCEPS]
    assert codes(reader.get(f"{LIST}?q={PRINCEPS[-6:]}", 200).text) == [PRINCEPS]


def test_the_date_and_the_release_choose_what_is_in_force(reader: Editor) -> None:
    assert WITHDRAWN not in codes(reader.get(LIST, 200).text)
    assert WITHDRAWN in codes(reader.get(f"{LIST}?as_of=2014-07-01", 200).text)
    assert WITHDRAWN in codes(reader.get(f"{LIST}?release=2", 200).text)
    assert "120,00" in reader.get(f"{LIST}?release=1&q={ERRATUM}", 200).text
    assert "102,00" in reader.get(f"{LIST}?release=2&q={ERRATUM}", 200).text


def test_a_statut_drawn_from_fields_is_a_filter_too(reader: Editor) -> None:
    assert codes(reader.get(f"{LIST}?f.statut=RETIRE", 200).text) == [DELISTED]


def test_the_sorted_column_says_so_and_turns_when_asked_again(reader: Editor) -> None:
    page = reader.get(f"{LIST}?sort=ppv", 200).text
    assert page.count("aria-sort") == 1
    assert 'aria-sort="ascending"><a href="?sort=-ppv"' in page
    assert 'aria-sort="descending"><a href="?sort=ppv"' in reader.get(f"{LIST}?sort=-ppv", 200).text


def test_the_columns_asked_are_those_shown(reader: Editor) -> None:
    page = reader.get(f"{LIST}?col=laboratoire&col=pfht", 200).text
    headings = re.findall(r'<th scope="col".*?<a [^>]*>([^<]+)', page)
    assert headings == ["Code", "Laboratoire", "PFHT"]


@pytest.mark.parametrize(
    ("query", "named", "why"),
    [
        ("as_of=hier", "as_of", "n’est pas une date"),
        ("release=99", "release", "pas de version"),
        ("release=x", "release", "pas de version"),
        ("sort=prix", "sort", "pas de colonne"),
        ("col=prix", "col", "pas de colonne"),
        ("page=0", "page", "pas un numéro de page"),
        ("page=9", "page", "n’a que 1 page"),
        ("size=7", "size", "25, 50, 100"),
        ("f.prix=1", "f.prix", "aucun filtre"),
        ("f.ppv=1", "f.ppv", "f.ppv.min"),
        ("f.ppv.min=dix", "f.ppv.min", "ne se lit pas"),
        ("f.ppv.min=-1", "f.ppv.min", "ne se lit pas"),
        ("f.nom.min=A", "f.nom.min", "ni un montant"),
        ("f.ppv.min=1&f.ppv.min=2", "f.ppv.min", "une seule borne"),
        ("f.ppv.vide=peut-etre", "f.ppv.vide", "oui ou non"),
        ("f.princeps_generique=X", "f.princeps_generique", "l’une des valeurs"),
        ("f.valid_from.min=2014", "f.valid_from.min", "AAAA-MM-JJ"),
        ("nom=DIAMICRON", "nom", "paramètres connus"),
        ("q=a&q=b", "q", "plusieurs fois"),
        (f"q={'a' * 201}", "q", "200 caractères"),
        ("effet=demain", "effet", "n’est pas une date"),
    ],
)
def test_a_bad_parameter_is_refused_by_its_name(reader: Editor, query: str, named: str, why: str) -> None:
    page = reader.get(f"{LIST}?{query}", 400).text
    assert f"Le paramètre « {named} » ne convient pas" in page
    assert why in page


def test_an_unknown_kind_is_not_found(reader: Editor) -> None:
    reader.get("/admin/fiches/remedes/", 404)


def test_the_fields_a_form_leaves_empty_go_from_the_address(reader: Editor) -> None:
    sent = f"{LIST}?q=diam&release=&size=25&as_of=2026-11-22&f.ppv.min=&sort=ppv"
    assert reader.get(sent, 302).headers["Location"] == f"{LIST}?q=diam&sort=ppv"


def test_a_list_without_answer_says_how_to_widen(reader: Editor) -> None:
    assert "Enlevez un filtre" in reader.get(f"{LIST}?q=introuvable", 200).text
    assert "Choisissez une date plus tardive" in reader.get(f"{LIST}?as_of=1999-01-01", 200).text


def test_nothing_typed_becomes_markup(reader: Editor) -> None:
    assert "<script>alert" not in reader.get(f"{LIST}?q=<script>alert(1)</script>", 200).text


def test_an_unknown_code_is_not_found_and_close_ones_are_offered(reader: Editor) -> None:
    page = reader.get(f"{LIST}{PRINCEPS[:-1]}9", 404).text
    assert "n’a jamais été publiée" in page
    assert f'href="{LIST}{PRINCEPS}"' in page


def test_a_further_code_leads_to_its_presentation(reader: Editor) -> None:
    assert f'href="{LIST}{PRINCEPS}"' in reader.get(f"{LIST}{SECOND_GTIN}", 404).text


def test_a_code_written_otherwise_leads_to_its_own_page(reader: Editor) -> None:
    answer = reader.get(f"{LIST}{PRINCEPS[:4]} {PRINCEPS[4:]}?as_of=2014-07-01", 302)
    assert answer.headers["Location"] == f"{LIST}{PRINCEPS}?as_of=2014-07-01"


def test_the_page_of_a_medicine_tells_what_stands_around_it(reader: Editor) -> None:
    page = reader.get(f"{LIST}{PRINCEPS}", 200).text
    assert "SMR retenu : IMPORTANT" in page
    assert f'href="/admin/fiches/groupes-generiques/{GROUP}"' in page
    assert f'href="{LIST}{GENERIC}"' in page
    assert f'href="/admin/fiches/codes-presentations/{SECOND_GTIN}"' in page
    assert f'href="/admin/fiches/substances/{quote("GLICLAZIDE 80 MG")}"' in page


def test_history_tells_both_clocks(reader: Editor) -> None:
    page = reader.get(f"{LIST}{ERRATUM}", 200).text
    history = page[page.index("Historique</h2>") :]
    assert "depuis le 09/06/2014" in history
    assert re.search(r'/admin/versions/2">n° 2</a>.*tenue pour vraie', history, re.DOTALL)
    assert re.search(r'class="is-past".*versions/1">n° 1</a>.*versions/2">n° 2</a>', history, re.DOTALL)
    assert '<span class="sr">avant : </span>120,00</del>' in history


def test_what_was_not_yet_known_is_not_told(reader: Editor) -> None:
    page = reader.get(f"{LIST}{ERRATUM}?release=1", 200).text
    assert "102,00" not in page
    assert "Rectificatif" not in page


def test_an_entry_out_of_force_says_when_it_was(reader: Editor) -> None:
    page = reader.get(f"{LIST}{WITHDRAWN}", 200).text
    assert "n’est pas en vigueur le 22 novembre 2026" in page
    assert "du 09/06/2014 au 28/02/2015 inclus" in page


def test_prices_are_drawn_and_told_in_a_table(reader: Editor) -> None:
    page = reader.get(f"{LIST}{PRINCEPS}", 200).text
    assert "<desc" in page
    assert "Prix public de vente : 2 valeurs, de 37,20 depuis le 9 juin 2014 à 40,00 depuis le 22 décembre 2026" in page
    assert re.search(r'<th scope="row">depuis le 22/12/2026</th><td class="num">40,00</td>', page)


def test_no_page_carries_a_style_or_a_script_of_its_own(reader: Editor) -> None:
    for address in (LIST, f"{LIST}{PRINCEPS}", "/admin/fiches/"):
        page = reader.get(address, 200).text
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?! src=)", page)


def test_neighbours_are_those_of_the_list_that_led_there(reader: Editor) -> None:
    query = "?q=comprime&sort=-ppv"
    order = codes(reader.get(f"{LIST}{query}", 200).text)
    page = reader.get(f"{LIST}{order[1]}{query}", 200).text
    kept = "?q=comprime&amp;sort=-ppv"
    assert f'rel="prev" href="{LIST}{order[0]}{kept}"' in page
    assert f'rel="next" href="{LIST}{order[2]}{kept}"' in page
    assert f'<a class="btn" href="{LIST}{kept}"' in page


def test_a_code_with_a_slash_has_its_page(reader: Editor) -> None:
    assert "Un code à barre oblique" in reader.get(f"/admin/fiches/groupes-generiques/{quote(SLASHED)}", 200).text


def test_an_act_tells_what_it_brought(reader: Editor) -> None:
    page = reader.get("/admin/fiches/actes-juridiques/arrete-retrait-1", 200).text
    assert "Médicaments (2)" in page
    assert "retiré" in page
    assert "2 dans la version n° 3" in page


def test_an_act_is_paid_its_coefficient_times_its_letter(reader: Editor) -> None:
    """D is worth 17.50 by the convention in force; 12 times that is 210."""
    page = reader.get(f"/admin/fiches/actes-ngap/{families.NGAP}", 200).text
    assert re.search(r'<td class="num">17,50</td><td class="num">210,00</td>', page)
    assert f'href="/admin/fiches/actes-ccam/{families.CCAM}"' in page


def test_an_assimilated_act_is_paid_as_the_other(reader: Editor) -> None:
    page = reader.get(f"/admin/fiches/actes-ngap/{families.ASSIMILATED}", 200).text
    assert '<td class="num">210,00</td>' in page
    assert f'href="/admin/fiches/actes-ngap/{families.NGAP}"' in page


def test_a_ccam_act_is_paid_through_its_equivalent(reader: Editor) -> None:
    page = reader.get(f"/admin/fiches/actes-ccam/{families.CCAM}", 200).text
    assert "payé comme l’acte NGAP équivalent" in page
    assert f'href="/admin/fiches/actes-ngap/{families.NGAP}"' in page


def test_a_convention_shows_its_lines_and_who_applies_it(reader: Editor) -> None:
    page = reader.get(f"/admin/fiches/conventions/{families.DOCTORS}", 200).text
    assert '<td class="num">80,00</td>' in page
    assert "Organismes qui l’appliquent" in page
