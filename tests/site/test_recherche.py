"""The results of the search: what each line shows, filters, order, pages, and listings of a kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from catalog.search.documents import whole
from catalog.snapshots.reading import Version
from catalog.temporal import Moment
from tests.api.catalogue import HOSPITAL, PRINCEPS


def lines(page: str) -> list[str]:
    """The results of a page, as text without marks."""
    found = re.findall(r'<li class="hit">(.*?)</li>\n?', page, re.S)
    return [re.sub(r"[ \n]+", " ", unescape(re.sub(r"<[^>]+>", " ", line))).strip() for line in found]


def links(page: str, start: str, end: str = "</nav>") -> list[str]:
    """The addresses between two marks of a page."""
    return [unescape(one) for one in re.findall(r'href="([^"]+)"', page.partition(start)[2].partition(end)[0])]


def test_a_medicine_shows_its_price_its_base_and_what_says_so(client: FlaskClient) -> None:
    page = client.get("/recherche?q=diamicron").text
    (line,) = lines(page)
    for told in ("DIAMICRON", "Princeps", "GLICLAZIDE · 80 MG · COMPRIME · 1 BOITE 20 COMPRIME", "37,20\xa0DH"):
        assert told in line
    for told in ("Base 29,70\xa0DH", "Taux 70\xa0%", "Guide 06-23", "du 9 juin 2014 au 22 décembre 2026 exclu"):
        assert told in line
    assert f'href="/medicaments/{PRINCEPS}"' in page
    assert "<mark>DIAMICRON</mark>" in page


def test_the_price_is_that_of_the_day_and_the_release(client: FlaskClient) -> None:
    assert "40,00\xa0DH" in lines(client.get("/recherche?q=diamicron&as_of=2027-01-01").text)[0]
    assert "37,20\xa0DH" in lines(client.get("/recherche?q=diamicron&as_of=2027-01-01&release=3").text)[0]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("hospitalier", ["58\u202f465,00\xa0DH", "Prix hospitalier", "réservé à l’hôpital"]),
        ("valve", ["17\u202f500,00\xa0DH", "Forfait", "Classe III", "Dispositif médical"]),
        ("D708", ["Détartrage", "D 12", "Cotation"]),
        ("assimile", ["D 12", "Cotation"]),
        ("GLYAZID", ["Générique", "29,70\xa0DH"]),
        ("hospitalisation", ["550,00\xa0DH"]),
    ],
)
def test_each_kind_shows_what_it_is_worth(client: FlaskClient, query: str, shown: list[str]) -> None:
    found = lines(client.get("/recherche", query_string={"q": query}).text)
    assert found
    assert [told for told in shown if told not in found[0]] == []


def test_a_slip_is_forgiven_and_told(client: FlaskClient) -> None:
    page = client.get("/recherche?q=diamicrron&as_of=2014-07-01").text
    assert "des mots proches ont été essayés" in page
    assert links(page, "Vouliez-vous dire", "</p>") == ["/recherche?as_of=2014-07-01&q=diamicron"]
    assert "DIAMICRON" in lines(page)[0]


def test_filters_keep_the_query_and_the_clocks(client: FlaskClient) -> None:
    page = client.get("/recherche?q=gliclazide&as_of=2014-07-01&release=2&sort=titre").text
    found = links(page, 'aria-labelledby="facets-title"')
    assert found
    for address in found:
        for kept in ("q=gliclazide", "as_of=2014-07-01", "release=2", "sort=titre"):
            assert kept in address


def test_a_filter_counts_what_it_leaves_and_can_be_taken_away(client: FlaskClient) -> None:
    page = client.get("/recherche?q=gliclazide").text
    offered = next(one for one in links(page, 'aria-labelledby="facets-title"') if "princeps_generique=G" in one)
    count = int(re.search(r'princeps_generique=G".*?class="count">(\d+)<', page, re.S)[1])  # type: ignore[index]
    filtered = client.get(offered).text
    assert len(lines(filtered)) == count == 2
    assert all("Générique" in line for line in lines(filtered))
    assert links(filtered, 'class="chips"', "</ul>") == ["/recherche?q=gliclazide"]


def test_the_filters_of_a_payer_and_of_the_smr_are_told_in_words(client: FlaskClient) -> None:
    page = client.get("/recherche?q=gliclazide").text
    assert "CNOPS" in page.partition("facets-title")[2].partition("</nav>")[0]
    assert len(lines(client.get("/recherche?q=gliclazide&tiers_payant=cnops").text)) == 1
    chosen = client.get("/recherche?q=diamicron&smr=IMPORTANT").text
    assert "SMR (service médical rendu) : <bdi>Important</bdi>" in chosen
    assert len(lines(chosen)) == 1


def test_the_cheapest_comes_first_when_asked(client: FlaskClient) -> None:
    found = lines(client.get("/recherche?q=gliclazide&sort=prix&kind=medicament").text)
    assert "29,70" in found[0]
    assert "37,20" in found[1]
    assert "58\u202f465,00" in found[-1], "without a public price: last"


def test_a_kind_can_be_gone_through_without_a_query(client: FlaskClient) -> None:
    page = client.get("/recherche?kind=medicament").text
    names = [line.split()[0] for line in lines(page)]
    assert names == sorted(names, key=lambda name: name.lstrip("="))
    assert ">Médicaments</h1>" in page
    assert f"{len(names)} entrées en vigueur" in page


@pytest.mark.parametrize("sort", ["titre", "code", "prix"])
def test_a_listing_is_in_order_over_all_its_pages(pack_client: FlaskClient, sort: str) -> None:
    """Against every entry in force of the snapshot, sorted apart."""
    snapshot = pack_client.application.extensions["catalogue"].current()
    held = snapshot.in_force("medicament", Moment(date(2026, 11, 22), snapshot.head))
    keys: dict[str, Callable[[Version], Any]] = {
        "titre": lambda one: whole(one.payload["nom"]),
        "code": lambda one: one.code,
        "prix": lambda one: (one.payload["ppv"] is None, one.payload["ppv"] or 0),
    }
    wanted = sorted(held, key=keys[sort])
    shown: list[str] = []
    for page in range(1, len(wanted) // 50 + 2):
        text = pack_client.get(f"/recherche?kind=medicament&sort={sort}&page={page}&as_of=2026-11-22").text
        found = re.findall(r'<li class="hit">.*?href="/medicaments/(\d+)', text, re.S)
        shown.extend(found)
    assert sorted(shown) == sorted(one.code for one in wanted)
    by_code = {one.code: one for one in wanted}
    assert [keys[sort](by_code[code]) for code in shown] == [keys[sort](one) for one in wanted]


INSIDE = re.compile(r"\b(?:medecins|dentistes|biologistes|hopitaux)-[a-z]+-\d{4}|[A-Z]+:[a-z]+-[a-z]+|\bprive\b")
"""Codes of conventions and of what they set: names of the inside."""


@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize("asked", ["q=K", "q=C", "q=Cs", "kind=lettre_cle", "kind=forfait", "kind=taux"])
def test_nobody_is_shown_the_names_of_the_inside(pack_client: FlaskClient, prefix: str, asked: str) -> None:
    page = pack_client.get(f"{prefix}/recherche?{asked}").text
    text = unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition("</main>")[0]))
    assert lines(page)
    assert INSIDE.findall(text) == []


def test_a_key_letter_says_its_convention_and_its_sector_in_words(pack_client: FlaskClient) -> None:
    found = lines(pack_client.get("/recherche?q=K&kind=lettre_cle").text)
    told = "K · Convention nationale des médecins et des établissements de soins du secteur privé · secteur privé"
    assert any(told in line for line in found)
    arabic = lines(pack_client.get("/ar/recherche?q=K&kind=lettre_cle").text)
    assert any("القطاع الخاص" in line for line in arabic)


@pytest.mark.parametrize("letter", ["K", "B", "C", "D", "Z", "Cs", "k"])
def test_a_key_letter_comes_before_all_else(pack_client: FlaskClient, letter: str) -> None:
    first = lines(pack_client.get("/recherche", query_string={"q": letter}).text)[0]
    assert "Lettre-clé" in first
    assert re.search(rf" {letter}(\.\w+)? · ", first, re.IGNORECASE)


def test_what_left_is_told_below_what_is_in_force_under_the_same_name(pack_client: FlaskClient) -> None:
    page = pack_client.get("/recherche?q=C").text
    gone = page.index("n’est pas en vigueur")
    assert page.index("Hors vigueur sous le même nom") < gone
    assert page.index('<li class="hit">') < gone


def test_the_kinds_of_the_catalogue_are_offered_without_a_query(client: FlaskClient) -> None:
    offered = links(client.get("/recherche?as_of=2014-07-01").text, '<ul class="kinds">', "</ul>")
    assert "/recherche?as_of=2014-07-01&kind=dispositif" in offered
    for address in offered:
        assert client.get(address).status_code == 200


def test_long_results_are_cut_into_pages_that_keep_the_query(pack_client: FlaskClient) -> None:
    first = pack_client.get("/recherche?kind=dispositif").text
    (following,) = [one for one in links(first, 'class="pager"') if "page=2" in one]
    second = pack_client.get(following).text
    assert len(lines(first)) == 50
    assert lines(second)
    assert not set(lines(first)) & set(lines(second))
    beyond = pack_client.get("/recherche?kind=dispositif&page=99999").text
    assert lines(beyond) == lines(second), "a page beyond the last is the last"


def test_a_page_beyond_the_last_one_of_a_query_is_the_last(client: FlaskClient) -> None:
    assert lines(client.get("/recherche?q=gliclazide&page=9000").text) == lines(
        client.get("/recherche?q=gliclazide").text
    )


def test_nothing_found_says_what_to_do(client: FlaskClient) -> None:
    answer = client.get("/recherche?q=qqqzzzxxww&princeps_generique=P")
    assert answer.status_code == 200
    assert "Rien n’est en vigueur sous ces mots avec ces filtres" in answer.text
    assert 'href="/recherche?q=qqqzzzxxww">Chercher sans aucun filtre' in answer.text


def test_before_anything_is_published_the_search_says_so(empty_client: FlaskClient) -> None:
    for address in ("/recherche", "/recherche?q=doliprane", "/recherche?kind=medicament"):
        answer = empty_client.get(address)
        assert answer.status_code == 200
        assert "Rien n’" in answer.text


def test_a_whole_code_is_one_result(client: FlaskClient) -> None:
    page = client.get(f"/recherche?q={HOSPITAL}").text
    assert len(lines(page)) == 1
    assert "1 résultat pour" in page


def test_suggestions_are_asked_at_the_same_clocks_and_lead_to_pages(client: FlaskClient) -> None:
    page = unescape(client.get("/recherche?as_of=2014-07-01&release=2").text)
    assert 'data-suggest="/api/v1/suggest?as_of=2014-07-01&release=2"' in page
    assert '"medicament":"/medicaments/__CODE__?as_of=2014-07-01&release=2"' in page
    assert '<script type="module" src="/static/recherche.js">' in page
