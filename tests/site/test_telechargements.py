"""Whole lists as files."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from catalog.registry import KINDS
from service.site.versions import files


def links(text: str) -> list[tuple[str, str]]:
    """The address and the name of each file offered."""
    return [(unescape(a), b) for a, b in re.findall(r'class="file" href="([^"]*)" download="([^"]*)"', text)]


def test_every_file_offered_is_there_under_the_name_told(client: FlaskClient) -> None:
    offered = links(client.get("/telechargements").text)
    assert len(offered) > 4 * 10
    for address, name in offered:
        assert address.startswith("http://localhost/api/v1/releases/4/export?")
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_the_lines_told_are_those_of_the_file(client: FlaskClient) -> None:
    text = client.get("/telechargements").text
    told = dict(re.findall(r'<th role="rowheader" scope="row">([^<]*)</th><td class="amount"[^>]*>(\d+)</td>', text))
    medicines = next(address for address, name in links(text) if name.startswith("medicaments") and "=csv" in address)
    assert int(told["médicaments"]) == client.get(medicines).text.count("\n") - 1 == 6


def test_the_size_told_is_that_of_the_csv(client: FlaskClient) -> None:
    text = client.get("/telechargements").text
    medicines = next(address for address, name in links(text) if name.startswith("medicaments") and "=csv" in address)
    assert f"<bdi>{files.write_size(len(client.get(medicines).data))}</bdi>" in text


def test_another_release_and_another_day_can_be_chosen(client: FlaskClient) -> None:
    text = client.get("/telechargements?release=06-23&as_of=2014-07-01").text
    offered = dict(links(text))
    assert "medicaments-release-1-06-23-2014-07-01.csv" in offered.values()
    assert all("/releases/1/export" in address and "as_of=2014-07-01" in address for address in offered)


def test_a_family_without_entries_that_day_offers_no_file(client: FlaskClient) -> None:
    assert links(client.get("/telechargements?as_of=1900-01-01").text)  # legal acts have no beginning
    assert "rien en vigueur à cette date" in client.get("/telechargements?as_of=1900-01-01").text


def test_every_kind_has_a_line(client: FlaskClient) -> None:
    text = client.get("/telechargements").text
    table = text.split("<tbody ")[1].split("</tbody>")[0]
    assert table.count("<tr ") == len(list(KINDS))


def test_parquet_is_offered_only_where_it_can_be_written(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ".parquet" in client.get("/telechargements").text
    monkeypatch.setattr(files, "find_spec", lambda name: None)
    without = client.get("/telechargements").text
    assert ".parquet" not in without and "n’est pas offert par ce serveur" in without


def test_the_digests_and_the_feed_for_copies_are_given(client: FlaskClient) -> None:
    text = client.get("/telechargements?release=2").text
    assert client.get("/api/v1/releases/2").get_json()["chain_digest"] in text
    assert "http://localhost/api/v1/changes?after=0" in text and "http://localhost/api/v1/changes?after=2" in text
    assert client.get("/api/v1/changes?after=2").status_code == 200


def test_the_list_under_a_share_alike_licence_is_named(client: FlaskClient) -> None:
    assert "ODbL" in client.get("/telechargements").text


@pytest.mark.parametrize("query", ["release=99", "release=%00", "as_of=x", "as_of=99999-01-01", "release=" + "9" * 999])
def test_a_clock_that_cannot_be_read_is_told(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/telechargements?{query}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_in_arabic_the_page_is_arabic(client: FlaskClient) -> None:
    text = client.get("/ar/telechargements").text
    assert 'dir="rtl"' in text and "الملفات" in text and "Fichiers" not in text


def test_before_the_first_release_there_is_nothing_to_take(empty_client: FlaskClient) -> None:
    text = empty_client.get("/telechargements").text
    assert "il n’y a rien à télécharger" in text and not links(text)
