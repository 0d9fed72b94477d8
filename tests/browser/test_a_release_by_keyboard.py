"""The editors’ day by keyboard alone: a real list imported, a price corrected, four eyes, a publication, the answer."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.admin.desk import PASSWORD
from tests.browser.keyboard import choose, fill, hand_over, pick_day, press, tab_to
from tests.browser.seats import Seats
from tests.browser.serving import Served, environment_of, serve

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LIST = "gmr/ref-des-medicaments-cnops-2014.xlsx"
DIAMICRON = "6118000100058"
BEFORE, EFFECT = "2026-12-31", "2027-01-01"
OLD, NEW = "37.20", "36.10"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The bundled pack, as `serve` publishes it, and one account a role, made on the command line."""
    folder = tmp_path_factory.mktemp("commission")
    command(folder, "init", "--demo")
    for name in ("redacteur", "valideur", "editeur"):
        command(folder, "user", "add", name, "--roles", name, "--password-stdin", typed=PASSWORD)
    with serve(folder) as running:
        yield running


@pytest.fixture(scope="module")
def seats(browser: Browser, served: Served) -> Iterator[Seats]:
    opened = Seats(browser, served.url)
    yield opened
    opened.close()


def command(folder: Path, *words: str, typed: str = "") -> None:
    run = [sys.executable, "-c", "from service.cli import main; main()", *words]
    subprocess.run(run, env=environment_of(folder), input=typed, text=True, check=True, capture_output=True)


def price(served: Served, as_of: str) -> Any:
    with urlopen(f"{served.url}/api/v1/medicaments/{DIAMICRON}?as_of={as_of}") as answer:
        return json.load(answer)["ppv"]


def sign_in(seats: Seats, name: str) -> Page:
    page = seats.visitor()
    page.goto("/admin/connexion")
    fill(page, "Nom du compte (obligatoire)", name)
    fill(page, "Mot de passe (obligatoire)", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tableau de bord")
    return page


def link(page: Page, name: str | re.Pattern[str]) -> Any:
    return page.get_by_role("link", name=name).first


def button(page: Page, name: str | re.Pattern[str]) -> Any:
    return page.get_by_role("button", name=name).first


def test_a_list_is_imported_corrected_approved_and_published(seats: Seats, served: Served, shared_data: Path) -> None:
    assert (price(served, BEFORE), price(served, EFFECT)) == (OLD, OLD)

    redacteur = sign_in(seats, "redacteur")
    draft = import_list(redacteur, shared_data / LIST)
    correct_price(redacteur)
    submit(redacteur, draft)
    expect(redacteur.get_by_text("Vous êtes l’auteur de ce brouillon")).to_be_visible()
    assert redacteur.get_by_role("button", name="Approuver").count() == 0

    valideur = sign_in(seats, "valideur")
    accept_warnings(valideur, draft)
    press(valideur, button(valideur, "Approuver"))
    expect(valideur.get_by_role("heading", level=1)).to_contain_text("approuvé", ignore_case=True, timeout=30_000)
    assert price(served, EFFECT) == OLD

    editeur = sign_in(seats, "editeur")
    publish(editeur, draft)
    assert (price(served, BEFORE), price(served, EFFECT)) == (OLD, NEW)


def import_list(page: Page, path: Path) -> str:
    """The number of the draft that then holds the list."""
    press(page, link(page, "Imports"))
    press(page, link(page, re.compile("Importer un fichier|Nouvel import")))
    hand_over(page, "Fichier (obligatoire)", path)
    choose(page, "Ce que le fichier contient (obligatoire)", "Médicaments")
    fill(page, "Titre du nouveau brouillon", "Liste CNOPS de juin 2014")
    press(page, button(page, "Déposer et contrôler"))
    pour = page.get_by_role("button", name=re.compile("^Verser .* changements"))
    expect(pour).to_be_visible(timeout=120_000)
    press(page, pour)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Liste CNOPS", timeout=60_000)
    found = re.search(r"/brouillons/(\d+)", page.url)
    assert found
    work_on = page.get_by_role("button", name="Y travailler")
    if work_on.count():
        press(page, work_on)
    return found.group(1)


def correct_price(page: Page) -> None:
    """In the cell of the list, from the first day of 2027."""
    press(page, link(page, "Fiches"))
    press(page, link(page, re.compile("^Médicaments")))
    fill(page, "Chercher", DIAMICRON)
    page.keyboard.press("Enter")
    pick_day(page, "Date d’effet des modifications", EFFECT)
    cell = page.locator(f"tr[data-code='{DIAMICRON}'] button.cell[data-field='ppv']")
    press(page, cell)
    page.keyboard.press("Control+A")
    page.keyboard.type("-4")
    page.keyboard.press("Enter")
    expect(page.locator(".cell-form .error")).not_to_be_empty()
    page.keyboard.press("Control+A")
    page.keyboard.type("36,10")
    page.keyboard.press("Enter")
    expect(cell.locator("del")).to_contain_text("37,20")
    expect(cell.locator("ins")).to_contain_text("36,10")


def submit(page: Page, draft: str) -> None:
    press(page, link(page, "Brouillons"))
    press(page, page.locator(f"main a[href$='/brouillons/{draft}']").first)
    press(page, link(page, "Relire et soumettre"))
    tab_to(page, button(page, "Soumettre à relecture"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("en relecture", ignore_case=True, timeout=30_000)


def accept_warnings(page: Page, draft: str) -> None:
    """Each rule once, with a reason."""
    press(page, link(page, "Relecture"))
    press(page, page.locator(f"main a[href$='/revue/{draft}']").first)
    press(page, link(page, re.compile("anomalies", re.I)))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Anomalies", timeout=60_000)
    left = page.get_by_role("button", name=re.compile("^Accepter"))
    while count := left.count():
        tab_to(page, page.get_by_label("Motif").first)
        page.keyboard.type("Conforme à la liste imprimée.")
        page.keyboard.press("Enter")
        expect(left).not_to_have_count(count, timeout=30_000)
    press(page, link(page, "Retour à la relecture"))


def publish(page: Page, draft: str) -> None:
    press(page, link(page, "Relecture"))
    press(page, page.locator(f"main a[href$='/revue/{draft}']").first)
    press(page, link(page, "Publier la version…"))
    field = page.get_by_label(re.compile("pour confirmer"))
    word = re.search("« (.+) »", field.evaluate("element => element.labels[0].textContent"))
    assert word
    tab_to(page, field)
    page.keyboard.type(word.group(1))
    press(page, button(page, "Publier maintenant"))
    expect(page.get_by_text("Empreinte").first).to_be_visible(timeout=60_000)
