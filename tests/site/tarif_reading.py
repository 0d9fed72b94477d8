"""What a person reads on the pages of tariffs, and what the API answers to the same question."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from babel.messages.pofile import read_po
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from catalog.french import write_centimes
from service.site.languages import FOLDER

SECTORS = {"secteur privé": "prive", "secteur public": "public"}
Shares = dict[tuple[str, str], tuple[str, ...]]


def words(markup: str) -> str:
    """What is read of a piece of a page."""
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", markup, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def figure(amount: str | None) -> str:
    """``7 200,00`` of ``7200.00``, as columns write it; spaces of every kind are one."""
    return "aucun" if amount is None else words(write_centimes(int(amount.replace(".", ""))))


def rows(markup: str) -> list[list[str]]:
    """The cells of every row of every table, as read."""
    found = re.findall(r"<tr\b.*?</tr>", markup, flags=re.DOTALL)
    return [[words(cell) for cell in re.findall(r"<t[hd]\b.*?</t[hd]>", row, flags=re.DOTALL)] for row in found]


def shares_told(page: TestResponse) -> Shares:
    """By sector and payer: price, then base, AMO, patient, of every card of the page."""
    told: Shares = {}
    for card in re.findall(r'<article class="card tarif">.*?</article>', page.text, flags=re.DOTALL):
        (secteur,) = [code for name, code in SECTORS.items() if f">{name}<" in card]
        price = re.search(r"<strong>([^<]*)</strong></p>", card)
        assert price is not None
        for payer, *cells in rows(card)[1:]:
            figures = amounts_of(cells)
            told[secteur, payer.lower()] = (words(price[1]).removesuffix(" DH"), figures[0], figures[1], figures[-1])
    return told


def amounts_of(cells: list[str]) -> list[str]:
    """The cells that hold an amount: neither a rate, nor the word that there is none."""
    return [cell for cell in cells if "%" not in cell and cell != "aucun"]


def shares_answered(client: FlaskClient, code: str, kind: str = "acte", **line: Any) -> Shares:
    """The same from the API; a case without a price is absent."""
    answered: Shares = {}
    for secteur in ("prive", "public"):
        for payer in ("cnops", "cnss"):
            case = {"kind": kind, "code": code, "secteur": secteur, "organisme": payer, "accord_prealable": True}
            told = price(client, **case, **line)
            if told["unit_price"] is not None:
                shown = (figure(told[name]) for name in ("unit_price", "base", "amo", "patient"))
                answered[secteur, payer] = tuple(shown)
    return answered


def price(client: FlaskClient, **line: Any) -> dict[str, Any]:
    """The answer of POST /tarifications to one line, today unless the line says otherwise."""
    response = client.post("/api/v1/tarifications", json={"lines": [line]})
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.get_json(force=True)["lines"][0]
    return told


def french_left(page: TestResponse) -> list[str]:
    """The French sentences of the area that an Arabic page still says."""
    with (FOLDER / "ar" / "tarifs.po").open("rb") as source:
        known = [message.id for message in read_po(source, locale="ar") if isinstance(message.id, str)]
    read = words(re.sub(r"<bdi\b.*?</bdi>", " ", page.text, flags=re.DOTALL))
    return [sentence for sentence in known if len(sentence) > 12 and "%" not in sentence and sentence in read]
