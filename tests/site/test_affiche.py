"""The posters: the rows are those of the API, in two languages, on the page and on paper."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
import segno
from flask import Flask
from flask.testing import FlaskClient

from catalog.french import write_dirhams
from service.site.affiches import poster
from service.site.affiches.bilingual import Both, both
from service.site.affiches.columns import filled, joined, remarks
from service.site.affiches.poster import Cell, Column
from tests.site.test_tiers_payant import french_sentences, words

DAY = "2017-01-10"
CONVENTIONS = ("medecins-prive-2006", "dentistes-prive-2006", "biologistes-prive-2006", "hopitaux-etat-2006")
PINNED = f"?as_of={DAY}&release=17"


def cells(html: str) -> list[list[str]]:
    rows = re.findall(r"<tr><td.*?</tr>", html, re.DOTALL)
    return [
        [unescape(cell) for cell in re.findall(r'<td class="[^"]*"><span class="fr">(.*?)</span>', row)] for row in rows
    ]


def tarifs(client: FlaskClient, code: str) -> list[dict[str, Any]]:
    path = f"/api/v1/conventions/{code}/tarifs?as_of={DAY}&per_page=1000"
    told: list[dict[str, Any]] = client.get(path).get_json(force=True)["tarifs"]
    return told


@pytest.mark.parametrize("code", CONVENTIONS)
def test_the_rows_are_the_tariffs_in_force_of_the_api(pack_client: FlaskClient, code: str) -> None:
    told, shown = tarifs(pack_client, code), cells(pack_client.get(f"/affiches/{code}?as_of={DAY}").text)
    amounts = [next(cell for cell in row if re.fullmatch(r"[\d\u202f]+,\d\d( EUR)?", cell)) for row in shown]
    assert amounts == [write_dirhams(line["montant"]).removesuffix(" DH") for line in told] != []
    assert [row[1] for row in shown] == [line["libelle"] or line["nom"] for line in told]
    assert all(
        f"{date.fromisoformat(line['valid_from']):%d/%m/%Y}" in row for line, row in zip(told, shown, strict=True)
    )


def test_a_payers_own_value_is_told_apart(pack_client: FlaskClient) -> None:
    rows = cells(pack_client.get(f"/affiches/dentistes-prive-2006?as_of={DAY}").text)
    assert {(row[2], row[3]) for row in rows if row[1] == "Soins dentaires"} == {
        ("tous, sauf tarif propre", "17,50"), ("CNOPS", "13,00"),
    }  # fmt: skip


def test_what_is_added_by_band_is_on_the_poster(pack_client: FlaskClient) -> None:
    page = words(pack_client.get(f"/affiches/medecins-prive-2006?as_of={DAY}"))
    assert "+ 800,00 par tranche de 10" in page and "+ 800,00 عن كل شريحة من 10" in page


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_the_poster_is_in_both_languages_whatever_the_page(pack_client: FlaskClient, prefix: str) -> None:
    page = pack_client.get(f"{prefix}/affiches/dentistes-prive-2006?as_of={DAY}").text
    drawn = page.partition("<article")[2].partition("</article>")[0]
    for told in ("Affichage des tarifs", "إشهار التعريفات", "Bulletin officiel n° 5448 du 17 août 2006", "يناير"):
        assert told in drawn
    assert "en vigueur depuis le 1er septembre 2006" in drawn and "سارية المفعول منذ 1 شتنبر 2006" in drawn


def test_the_qr_code_leads_to_the_pinned_address_of_the_poster(pack_client: FlaskClient) -> None:
    page = pack_client.get(f"/affiches/medecins-prive-2006{PINNED}").text
    address = unescape(re.findall(r'rel="bookmark">([^<]*)', page)[0])
    assert address == f"http://localhost/affiches/medecins-prive-2006{PINNED}"
    assert drawn_squares(page) == dark_squares(address)
    assert "style=" not in page


def dark_squares(address: str) -> set[tuple[int, int]]:
    """Row and column of each dark square of the code for an address, its quiet border included."""
    rows = segno.make(address, error="m", micro=False).matrix_iter(border=4)
    return {(y, x) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}


def drawn_squares(page: str) -> set[tuple[int, int]]:
    """The squares under the strokes of the drawing: ``M`` goes to a place, ``m`` moves on, ``h`` draws to the right."""
    path = re.findall(r'<path[^>]*stroke="#000"[^>]*d="([^"]*)"', page)[0]
    found, x, y = set(), 0.0, 0.0
    for move, told in re.findall(r"([Mmh])([-\d. ]+)", path):
        numbers = [float(number) for number in told.split()]
        if move == "h":
            found |= {(int(y), int(x) + step) for step in range(int(numbers[0]))}
            x += numbers[0]
        else:
            x, y = (numbers[0], numbers[1]) if move == "M" else (x + numbers[0], y + numbers[1])
    return found


@pytest.mark.parametrize("code", ["medecins-prive-2020", "biologistes-avenant-2015", "pharmaciens-2016"])
def test_nothing_is_posted_that_is_not_in_force(pack_client: FlaskClient, code: str) -> None:
    for path in (f"/affiches/{code}", f"/affiches/{code}.pdf", f"/ar/affiches/{code}"):
        assert pack_client.get(path).status_code == 404
    assert f"/affiches/{code}" not in pack_client.get("/affiches").text


@pytest.mark.parametrize("path", ["inconnue", "a/b/c", "%00", "tiers-payant/ramed", "MEDECINS PRIVE", "x" * 300])
def test_an_address_of_no_poster_is_not_found(pack_client: FlaskClient, path: str) -> None:
    assert pack_client.get(f"/affiches/{path}").status_code == 404
    assert pack_client.get(f"/affiches/{path}.pdf").status_code == 404


def test_a_clock_that_cannot_be_read_prints_nothing(pack_client: FlaskClient) -> None:
    assert pack_client.get("/affiches/medecins-prive-2006.pdf?as_of=hier").status_code == 400


def test_a_poster_longer_than_a_poster_is_refused_with_a_sentence(
    pack_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poster, "MOST_ROWS", 3)
    page = pack_client.get("/affiches/dentistes-prive-2006")
    assert (page.status_code, "aurait 4 lignes ; une affiche en a au plus 3" in words(page)) == (422, True)


def test_posters_are_chosen_by_profession(pack_client: FlaskClient) -> None:
    every = pack_client.get(f"/affiches?as_of={DAY}").text
    dentists = pack_client.get(f"/affiches?as_of={DAY}&profession=dentistes").text
    assert all(f"/affiches/{code}.pdf" in every for code in CONVENTIONS)
    assert "dentistes-prive-2006" in dentists and "medecins-prive-2006" not in dentists
    assert "/affiches/tiers-payant/cnss.pdf" in every
    assert pack_client.get("/affiches?profession=%22%3E%3Cscript%3E").status_code == 200


def test_with_nothing_published_there_is_nothing_to_print(empty_client: FlaskClient) -> None:
    assert 'class="empty"' in empty_client.get("/affiches").text
    assert empty_client.get("/affiches/medecins-prive-2006").status_code == 404


def test_the_arabic_pages_have_no_french_sentence(pack_client: FlaskClient) -> None:
    page = pack_client.get("/ar/affiches")
    assert '<html lang="ar" dir="rtl">' in page.text
    assert [message for message in french_sentences("affiches.po") if message in words(page, translated=True)] == []


def test_a_list_of_medicines_is_a_poster_too(pack_client: FlaskClient) -> None:
    path = f"/affiches/tiers-payant/cnss{{}}?as_of={DAY}"
    rows = cells(pack_client.get(path.format("")).text)
    assert len(rows) == 12 and ["EPREX", "EPOETINE ALFA"] in [row[:2] for row in rows]
    assert pack_client.get(path.format(".pdf")).data[:5] == b"%PDF-"


def test_what_is_known_by_name_alone_says_so_in_place_of_dashes(pack_client: FlaskClient) -> None:
    rows = cells(pack_client.get(f"/affiches/tiers-payant/cnss?as_of={DAY}").text)
    assert sum("—" in row for row in rows) == 0
    page = words(pack_client.get(f"/affiches/tiers-payant/cnss?as_of={DAY}"))
    assert page.count("présentation non publiée") == page.count("التقديم غير منشور") == 11


def test_a_poster_says_once_in_arabic_that_names_are_in_french(pack_client: FlaskClient) -> None:
    for path in (f"/affiches/tiers-payant/cnss?as_of={DAY}", f"/affiches/dentistes-prive-2006?as_of={DAY}"):
        assert words(pack_client.get(path)).count("الأسماء والتسميات كما نُشرت، بالفرنسية.") == 1


class TestColumns:
    HEADS = tuple(Column(Both(head)) for head in ("Spécialité", "DCI", "Présentation", "PPV (DH)", "Réf."))

    @staticmethod
    def rows(*told: str) -> list[list[Cell]]:
        return [[Cell(text) for text in row.split("|")] for row in told]

    def test_a_column_without_any_value_is_left_out(self) -> None:
        rows = self.rows("A|—|—|1,00|[1]", "B|C|—|—|[1]")
        assert filled(self.HEADS, rows) == [0, 1, 3, 4]

    def test_a_row_that_describes_nothing_has_one_cell_for_all(self) -> None:
        bare, told = self.rows("A|—|—|—|[1]", "B|—|D|—|[1]")
        assert [(cell.text, cell.span) for cell in joined(bare, [0, 1, 2, 3, 4], range(1, 4))] == [
            ("A", 1), ("présentation non publiée", 3), ("[1]", 1),
        ]  # fmt: skip
        assert joined(told, [0, 1, 2, 3, 4], range(1, 4)) == told
        assert [cell.text for cell in joined(bare, [0, 4], range(1, 4))] == ["A", "[1]"]

    def test_what_is_left_out_is_said_once(self, pack_app: Flask) -> None:
        heads = [Column(both(head)) for head in ("Spécialité", "DCI", "Présentation", "PPV (DH)", "Réf.")]
        with pack_app.app_context():
            told = [remark.fr for remark in remarks(heads, [0, 4])]
            nothing_left = remarks(heads, range(5))
        assert told[:2] == ["Présentation non publiée.", "Sans valeur publiée, donc sans colonne : DCI, PPV (DH)."]
        assert len(nothing_left) == 1
