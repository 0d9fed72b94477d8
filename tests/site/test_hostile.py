"""Whatever is written into an address: a page or a refusal, in bounded work, that repeats nothing as markup."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask.testing import FlaskClient

from catalog.snapshots.reading import Snapshot
from tests.databases import ROOT
from tests.site.reading import Markup
from tests.site.shapes import ADDRESSES, EVERY, FILES, PLAIN

ANSWERS = {200, 302, 308, 400, 404, 409, 414}
WRITTEN = {
    "10 kB": "a" * 10_000,
    "500 words": "amoxicilline " * 500,
    "only wildcards": "*?*?*",
    "everything": "*:*",
    "nested": "(" * 300 + "a" + ")" * 300,
    "operators": 'a AND OR NOT "b" ~9 ^9 [a TO z] nom:x',
    "NUL": "dia\0micron",
    "right to left": "\u202edia\u202c\u200f",
    "line breaks": "a\r\nSet-Cookie: a=b\r\n",
    "negative": "-1",
    "zero": "0",
    "huge": "9" * 400,
    "other digits": "٣٤٥²",
    "not a number": "NaN",
    "days": "9999-12-31",
    "impossible day": "2014-02-30",
    "SQL": "'; DROP TABLE release; --",
    "markup": "<script>alert(1)</script>\"onload='x'><img src=x onerror=y>",
    "template": "{{ 7*7 }}{% for a in b %}${7*7}#{7}",
    "format": "%s%(q)s%n{0}%",
    "path": "../../../../etc/passwd",
    "combining": "e" + "\u0301" * 400,
    "empty": "",
}
RAW = {
    "lone surrogate": "%ED%A0%80",
    "no UTF-8": "%FF%FE%80",
    "cut UTF-8": "%C3",
    "cut percent": "%",
    "overlong": "%C0%AF",
}
"""As they stand in the address."""
QUOTED = {name: quote(text, safe="") for name, text in WRITTEN.items()} | RAW
MARKS = ("<script>alert", '"onload', "<img src=x", "Traceback (most recent", "site-packages", "jinja2.")
EVERYWHERE = ("as_of", "release", "page")
"""What any page may be asked."""
SHARPEST = (
    "10 kB",
    "nested",
    "NUL",
    "huge",
    "other digits",
    "markup",
    "template",
    "format",
    "lone surrogate",
    "cut percent",
)
"""Values for parameters that share their reading with others."""
WORK = 300
"""Entries that a search may look up for one page of hits and its facets."""


def check(client: FlaskClient, address: str) -> str | None:
    """What is wrong with an answer; None when nothing is."""
    answer = client.get(address)
    shown = address[:120]
    if answer.status_code not in ANSWERS:
        return f"{answer.status_code} {shown}"
    if "Set-Cookie" in answer.headers or "\n" in answer.headers.get("Location", ""):
        return f"headers {shown}"
    if found := [mark for mark in MARKS if mark in answer.text]:
        return f"{found} {shown}"
    return None


def parameters(client: FlaskClient, address: str) -> set[str]:
    """What a page reads of its address, by its forms and by its links to itself."""
    page, path = Markup(client.get(address).text), urlsplit(address).path
    fields = {element.attributes.get("name", "") for tag in ("input", "select") for element in page.find(tag)}
    links = (urlsplit(link.attributes.get("href", "")) for link in page.find("a"))
    linked = {name for link in links if link.path == path for name in parse_qs(link.query)}
    return (fields | linked) - {""}


@pytest.mark.parametrize("rule", ADDRESSES)
def test_no_parameter_breaks_a_page(pack_client: FlaskClient, rule: str) -> None:
    told = []
    for name in {name for address in ADDRESSES[rule] for name in parameters(pack_client, address)} | {*EVERYWHERE}:
        values = SHARPEST[:4] if name in EVERYWHERE else SHARPEST
        told += [check(pack_client, f"{urlsplit(ADDRESSES[rule][0]).path}?{name}={QUOTED[one]}") for one in values]
    assert [fault for fault in told if fault] == []


@pytest.mark.parametrize(
    "asked", ["/?as_of", "/?release", "/recherche?q", "/avis?page", "/tiers-payant?organisme=cnops&code"]
)
def test_nothing_that_is_written_breaks_what_everybody_writes(pack_client: FlaskClient, asked: str) -> None:
    told = [check(pack_client, f"{prefix}{asked}={value}") for prefix in ("", "/ar") for value in QUOTED.values()]
    assert [fault for fault in told if fault] == []


@pytest.mark.parametrize("rule", [rule for rule in (*ADDRESSES, *FILES) if "<" in rule])
def test_no_code_breaks_a_page(pack_client: FlaskClient, rule: str) -> None:
    before, _, after = rule.partition("<")
    told = [check(pack_client, f"{before}{value}{after.partition('>')[2]}") for value in QUOTED.values()]
    assert [fault for fault in told if fault] == []


def test_parameters_given_twice_or_by_the_hundred_break_nothing(pack_client: FlaskClient) -> None:
    many = "&".join(f"q=a{number}&kind=medicament&as_of=2014-06-0{number % 9 + 1}" for number in range(300))
    told = [check(pack_client, f"{address}?{many}") for address in PLAIN]
    assert [fault for fault in told if fault] == []


def test_what_was_asked_is_shown_again_as_text(pack_client: FlaskClient) -> None:
    page = Markup(pack_client.get(f"/recherche?q={QUOTED['markup']}").text)
    shown = [element.attributes.get("value") for element in page.find("input", name="q")]
    assert any(value and value.startswith("<script>alert(1)</script>") for value in shown)
    assert not [element for element in page.elements if {"onload", "onerror"} & set(element.attributes)]


def test_every_parameter_that_the_site_reads_is_tried(pack_client: FlaskClient) -> None:
    ways = r"(?:visit\.(?:text|number)|request\.args\.get|choice)\((?:visit, )?\"(\w+)\""
    modules = (ROOT / "service" / "site").rglob("*.py")
    read = {name for path in modules for name in re.findall(ways, path.read_text(encoding="utf-8"))}
    assert {"q", "dci", "statut"} <= read, "this test no longer finds where pages read their address"
    tried = {name for address in EVERY for name in parameters(pack_client, address)}
    assert read <= {*tried, *EVERYWHERE}


@pytest.mark.parametrize("name", QUOTED)
def test_a_search_does_bounded_work(pack_client: FlaskClient, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    asked: list[str] = []
    find = Snapshot.find

    def counting(snapshot: Snapshot, kind: str, code: str, *rest: object) -> object:
        asked.append(code)
        return find(snapshot, kind, code, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Snapshot, "find", counting)
    assert pack_client.get(f"/recherche?q={QUOTED[name]}").status_code in ANSWERS
    assert len(asked) <= WORK
