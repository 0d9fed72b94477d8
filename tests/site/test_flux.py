"""The feeds, as Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from flask.testing import FlaskClient

from catalog.temporal import parse_instant
from service.site.flux.atom import NAMESPACE, write_atom
from service.site.flux.feed import Feed, Item, permanent
from service.site.flux.molecules import read_slug, slug_of
from tests.api.catalogue import PUBLISHED

NAMES = {"a": NAMESPACE}
ATOM_FEEDS = (
    "/flux/versions.atom",
    "/flux/dci/gliclazide.atom",
    "/ar/flux/versions.atom",
    "/ar/flux/dci/gliclazide.atom",
)


def atom(client: FlaskClient, path: str) -> Element:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    root: Element = fromstring(answer.data)
    return root


def text(element: Element, path: str) -> str:
    found = element.find(path, NAMES)
    assert found is not None and found.text
    return found.text


def links(element: Element) -> dict[tuple[str | None, str | None], str]:
    return {(one.get("rel"), one.get("type")): one.get("href", "") for one in element.findall("a:link", NAMES)}


def json_feed(client: FlaskClient, path: str) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.content_type == "application/feed+json; charset=utf-8"
    told: dict[str, Any] = answer.get_json(force=True)
    return told


@pytest.mark.parametrize("path", ATOM_FEEDS)
def test_an_atom_feed_has_everything_the_standard_requires(client: FlaskClient, path: str) -> None:
    root = atom(client, path)
    assert root.tag == f"{{{NAMESPACE}}}feed"
    entries = root.findall("a:entry", NAMES)
    for element in (root, *entries):
        assert len(element.findall("a:id", NAMES)) == len(element.findall("a:title", NAMES)) == 1
        assert len(element.findall("a:updated", NAMES)) == 1
        assert text(element, "a:author/a:name")
        parse_instant(text(element, "a:updated"))
    for entry in entries:
        parse_instant(text(entry, "a:published"))
        assert links(entry)["alternate", "text/html"].startswith("http://localhost/")
    idents = [text(element, "a:id") for element in (root, *entries)]
    assert len(set(idents)) == len(idents)


@pytest.mark.parametrize("path", ATOM_FEEDS)
def test_a_feed_names_itself_its_page_and_its_twin(client: FlaskClient, path: str) -> None:
    told = links(atom(client, path))
    assert told["self", "application/atom+xml"] == f"http://localhost{path}"
    twin = told["alternate", "application/feed+json"]
    assert json_feed(client, twin)["feed_url"] == twin
    assert client.get(told["alternate", "text/html"]).status_code == 200


def test_releases_come_newest_first_dated_by_their_publication(client: FlaskClient) -> None:
    root = atom(client, "/flux/versions.atom")
    dates = [parse_instant(text(entry, "a:updated")) for entry in root.findall("a:entry", NAMES)]
    assert dates == list(reversed(PUBLISHED))
    assert parse_instant(text(root, "a:updated")) == PUBLISHED[-1]


def test_a_release_says_who_made_it_on_what_ground_and_what_it_changed(client: FlaskClient) -> None:
    entry = atom(client, "/flux/versions.atom").findall("a:entry", NAMES)[1]
    assert text(entry, "a:author/a:name") == "amina" and text(entry, "a:contributor/a:name") == "brahim"
    assert text(entry, "a:summary") == "1 ajout, 1 modification, 1 retrait. Acte juridique : Arrêté de retrait."
    assert "médicaments : 1 modification, 1 retrait" in text(entry, "a:content")


def test_an_entry_keeps_its_identity_for_ever(client: FlaskClient) -> None:
    def idents(path: str) -> list[str]:
        return [text(entry, "a:id") for entry in atom(client, path).findall("a:entry", NAMES)]

    for path in ("/flux/versions.atom", "/flux/dci/gliclazide.atom"):
        assert idents(path)[2:] == idents(f"{path}?release=2")
        assert idents(path) == idents(f"{path}?as_of=2014-01-01")
        assert [item["id"] for item in json_feed(client, path.replace("atom", "json"))["items"]] == idents(path)


def test_the_dci_feed_tells_old_and_new_prices(client: FlaskClient) -> None:
    newest = json_feed(client, "/flux/dci/gliclazide.json")["items"][0]
    assert newest["title"] == "GLICLAZIDE : 1 modification (Version 4 (07-01))"
    assert "à partir du 22 décembre 2026" in newest["content_text"]
    assert "Prix public de vente : 37,20\u00a0DH → 40,00\u00a0DH (+2,80 (+7,5\u00a0%))" in newest["content_text"]


def test_the_dci_feed_tells_what_was_added_admitted_and_withdrawn(client: FlaskClient) -> None:
    _, third, _, first = (item["content_text"] for item in json_feed(client, "/flux/dci/gliclazide.json")["items"])
    assert "RETIRE DU GUIDE" in third and "retiré" in third
    assert "Admis au remboursement : Admis → Non admis" in third
    assert "ajouté, Prix public de vente 37,20\u00a0DH" in first and "admis au remboursement" in first


def test_an_item_leads_to_the_same_medicines_on_the_page_of_differences(client: FlaskClient) -> None:
    for item in json_feed(client, "/flux/dci/gliclazide.json")["items"]:
        page = client.get(item["url"]).text
        assert page.count('<li class="entry') == len(item["content_text"].splitlines()) - 1


@pytest.mark.parametrize("asked", ["GLICLAZIDE", "Gliclazide", "gliclazide"])
def test_a_dci_is_found_however_it_is_written(client: FlaskClient, asked: str) -> None:
    told = json_feed(client, f"/flux/dci/{asked}.json")
    assert told["feed_url"] == "http://localhost/flux/dci/gliclazide.json"


def test_the_order_of_substances_and_accents_do_not_matter() -> None:
    assert read_slug("Acide clavulanique + Amoxicilline") == slug_of(("AMOXICILLINE", "ACIDE CLAVULANIQUE"))
    assert read_slug("périndopril/indapamide") == "indapamide+perindopril"
    assert slug_of(None) == slug_of((None, "")) == ""


@pytest.mark.parametrize("asked", ["inconnue", "%00", "..%2F..%2Fetc", "+", "a" * 4000, "<script>", "%E2%80%AE"])
def test_an_unknown_dci_is_not_found(client: FlaskClient, asked: str) -> None:
    answer = client.get(f"/flux/dci/{asked}.atom")
    assert answer.status_code == 404
    assert "<script>" not in answer.text


@pytest.mark.parametrize("path", ["/flux/versions.atom", "/flux/versions.json", "/ar/flux/dci/gliclazide.json"])
def test_a_feed_that_has_not_changed_is_not_sent_again(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.data


def test_the_json_feed_is_of_version_1_1(client: FlaskClient) -> None:
    told = json_feed(client, "/flux/versions.json")
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["title"] and told["language"] == "fr" and told["home_page_url"] == "http://localhost/versions"
    for item in told["items"]:
        assert item["id"] and item["content_text"] and item["authors"]
        parse_instant(item["date_published"])


def test_in_arabic_a_feed_is_another_feed_with_other_items(client: FlaskClient) -> None:
    french, arabic = (json_feed(client, f"{prefix}/flux/dci/gliclazide.json") for prefix in ("", "/ar"))
    assert arabic["language"] == "ar"
    assert not {item["id"] for item in french["items"]} & {item["id"] for item in arabic["items"]}
    assert "الثمن العمومي للبيع" in arabic["items"][0]["content_text"]
    assert "Prix" not in arabic["items"][0]["content_text"]


def test_before_the_first_release_a_feed_is_valid_and_empty(empty_client: FlaskClient) -> None:
    root = atom(empty_client, "/flux/versions.atom")
    assert root.findall("a:entry", NAMES) == []
    parse_instant(text(root, "a:updated"))
    assert json_feed(empty_client, "/flux/versions.json")["items"] == []
    assert empty_client.get("/flux/dci/gliclazide.atom").status_code == 404
    assert empty_client.get("/flux?dci=gli").status_code == 200


@pytest.mark.parametrize("path", ["/flux/versions.atom", "/flux/versions.json", "/flux/dci/gliclazide.atom"])
def test_a_release_that_was_never_published_has_no_feed(client: FlaskClient, path: str) -> None:
    assert client.get(f"{path}?release=99").status_code == 404
    assert client.get(f"{path}?release=06-23").status_code == 200


def test_the_page_finds_a_dci_by_a_part_of_its_name(client: FlaskClient) -> None:
    assert 'href="/flux/dci/gliclazide.atom"' in client.get("/flux?dci=clazi").text
    assert "Aucune DCI du catalogue ne répond à ce nom." in client.get("/flux?dci=zzz").text
    assert 'href="/flux/dci/' not in client.get("/flux?dci=%20%20").text


def test_pages_announce_the_feeds(client: FlaskClient) -> None:
    for path in ("/versions", "/versions/1", "/versions/2/differences", "/flux", "/telechargements"):
        page = client.get(path).text
        assert 'type="application/atom+xml" title="Versions du référentiel (Atom)" href="/flux/versions.atom"' in page
        assert 'type="application/feed+json"' in page


def test_what_xml_cannot_hold_is_replaced() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    item = Item(permanent("x"), "a\x01<b>&\ufffe", "http://localhost/", at, "é", "é", "s", ("<i>\x0b</i>",))
    feed = Feed("urn:x", "t\x00", "s", "a", "fr", "http://l", "http://l", "http://l", at, [item])
    root = fromstring(write_atom(feed, "application/feed+json"))
    assert text(root, "a:entry/a:title") == "a\ufffd<b>&\ufffd"
    assert "&lt;i&gt;" in text(root, "a:entry/a:content")


def test_of_the_bundled_pack_every_dci_has_a_valid_feed(pack_client: FlaskClient) -> None:
    page = pack_client.get("/flux?dci=a").text
    addresses = [part.split('"')[0] for part in page.split('href="') if part.startswith("/flux/dci/")]
    assert len(addresses) > 20
    for address in addresses[::5]:
        answer = pack_client.get(address)
        assert answer.status_code == 200
        assert answer.get_json(force=True)["items"] if address.endswith("json") else fromstring(answer.data) is not None
