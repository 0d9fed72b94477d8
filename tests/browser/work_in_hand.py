"""Work of every room, begun by its forms, so that a walk through the console meets pages with something on them."""

from __future__ import annotations

from playwright.sync_api import Page, expect

LIST = """code;nom;princeps_generique;ppv;admis_remboursement
6118000100058;DIAMICRON;P;0;true
6118000190462;GLYAZID;G;28.10;true
"""


def begin(page: Page) -> None:
    """A draft with a change, a file with a fault, a dossier, a meeting."""
    draft(page)
    upload(page)
    dossier(page)


def draft(page: Page) -> None:
    page.goto("/admin/brouillons/nouveau")
    page.get_by_label("Titre").fill("Prix de janvier 2027")
    page.get_by_role("button", name="Ouvrir le brouillon").click()
    work_on = page.get_by_role("button", name="Y travailler")
    if work_on.count():
        work_on.click()
    page.goto("/admin/fiches/medicaments/")
    page.get_by_label("Date d’effet des modifications").fill("2027-01-01")
    cell = page.locator("tr[data-code='6118000190462'] button.cell[data-field='ppv']")
    cell.click()
    page.keyboard.type("25,10")
    page.keyboard.press("Enter")
    expect(cell.locator("ins")).to_contain_text("25,10")


def upload(page: Page) -> None:
    page.goto("/admin/imports/new")
    file = {"name": "prix.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    page.get_by_label("Fichier (obligatoire)").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_label("Ce que le fichier contient").select_option("medicaments")
    page.get_by_role("button", name="Déposer et contrôler").click()
    expect(page.get_by_role("button", name="Contrôler de nouveau", exact=True)).to_be_visible(timeout=60_000)


def dossier(page: Page) -> None:
    page.goto("/admin/commission/nouveau")
    page.get_by_label("Numéro du dossier").fill("CT-2026-001")
    page.get_by_label("Reçu le").fill("2026-11-02")
    page.get_by_label("Type de demande").select_option("INSCRIPTION")
    page.get_by_label("Objet").fill("Inscription d’une présentation")
    page.get_by_label("Laboratoire").fill("LABORATOIRE D’ESSAI")
    page.locator("main form button.btn-primary").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("CT-2026-001")
