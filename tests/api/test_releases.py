"""Releases, their differences, the feed of changes and the legal acts, over HTTP."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient

from catalog.kinds import Kind
from catalog.registry import KINDS
from tests.api.catalogue import DELISTED, DELISTING, ERRATUM, ERRATUM_ACT, FIRST, LIST, PRINCEPS, WITHDRAWN
from tests.api.conftest import Get


def test_releases_come_newest_first_with_people_digests_and_ground(get: Get) -> None:
    told = get("/releases")
    assert [release["release"] for release in told["releases"]] == [4, 3, 2, 1]
    newest, *_, first = told["releases"]
    assert (first["author"], first["approver"], first["publisher"]) == ("amina", "brahim", "brahim")
    assert (first["label"], first["acte_juridique"]["id"], first["published_at"]) == (
        "06-23",
        LIST,
        "2014-06-06T16:00:00Z",
    )
    assert first["previous_digest"] == "0" * 64
    assert newest["previous_digest"] == told["releases"][1]["chain_digest"]


def test_releases_are_those_known_at_the_instant_asked(get: Get) -> None:
    told = get("/releases", known_at="2014-12-31T00:00:00Z")
    assert [release["release"] for release in told["releases"]] == [2, 1]


def test_releases_come_in_pages(get: Get) -> None:
    told = get("/releases", page=2, per_page=3)
    assert (told["total"], told["page"], told["per_page"]) == (4, 2, 3)
    assert [release["release"] for release in told["releases"]] == [1]


@pytest.mark.parametrize("name", ["1", "06-23", "GMR_6_23"])
def test_a_release_is_found_by_number_and_label(get: Get, name: str) -> None:
    told = get(f"/releases/{name}")
    assert (told["release"], told["known_at"], told["facts"]) == (1, told["published_at"], FIRST)


@pytest.mark.parametrize("name", ["0", "5", "-1", "1e3", "9" * 200, "٤"])
def test_a_release_that_does_not_exist_is_not_found(get: Get, name: str) -> None:
    for path in (f"/releases/{name}", f"/releases/{name}/diff"):
        assert get(path, 404)["type"].endswith("unknown-release")
    get(f"/releases/{name}/export", 404, kind="medicaments", format="csv")


def test_a_diff_counts_first_then_tells_field_by_field(get: Get) -> None:
    told = get("/releases/2/diff", kind="medicaments")
    assert list(told)[:3] == ["from", "to", "counts"]
    assert told["counts"]["total"] == {"added": 1, "changed": 1, "withdrawn": 0, "retroactive": 1}
    assert told["counts"]["by_kind"]["medicament"]["fields"] == {"pbr": 1, "ppv": 1}
    (entry,) = told["entries"]
    (piece,) = entry["pieces"]
    assert piece["fields"]["ppv"] == {"before": "120.00", "after": "102.00"}
    assert (piece["before"]["acte_juridique"]["id"], piece["acte_juridique"]["id"]) == (LIST, ERRATUM_ACT)


def test_a_retroactive_change_is_flagged_with_the_days_it_touches(get: Get) -> None:
    (entry,) = get("/releases/2/diff", kind="medicament")["entries"]
    assert (entry["code"], entry["retroactive"]) == (ERRATUM, True)
    assert entry["pieces"][0]["retroactive"] == {"valid_from": "2014-06-09", "valid_to": "2014-07-03"}


def test_a_withdrawal_names_the_act_that_did_it(get: Get) -> None:
    entries = {entry["code"]: entry for entry in get("/releases/3/diff", kind="medicaments")["entries"]}
    assert {code: entry["status"] for code, entry in entries.items()} == {DELISTED: "changed", WITHDRAWN: "withdrawn"}
    (piece,) = entries[WITHDRAWN]["pieces"]
    assert (piece["valid_from"], piece["after"], piece["acte_juridique"]["id"]) == ("2015-03-01", None, DELISTING)
    assert piece["fields"]["ppv"] == {"before": "60.00", "after": None}


def test_a_diff_is_with_the_release_before_unless_told(get: Get) -> None:
    assert get("/releases/3/diff")["from"] == 2
    assert get("/releases/1/diff")["from"] == 0
    assert get("/releases/4/diff", **{"from": "06-23"})["from"] == 1


def test_a_diff_from_nothing_adds_everything(get: Get) -> None:
    told = get("/releases/1/diff", **{"from": 0})
    assert told["counts"]["total"] == {"added": FIRST, "changed": 0, "withdrawn": 0, "retroactive": 0}


def test_a_diff_backwards_swaps_before_and_after(get: Get) -> None:
    (entry,) = get("/releases/1/diff", kind="medicaments", **{"from": 2})["entries"]
    assert entry["pieces"][0]["fields"]["ppv"] == {"before": "102.00", "after": "120.00"}


def test_a_release_does_not_differ_from_itself(get: Get) -> None:
    told = get("/releases/2/diff", **{"from": 2})
    assert (told["entries"], told["counts"]["by_kind"]) == ([], {})


def test_a_diff_comes_in_pages_under_the_same_counts(get: Get) -> None:
    pages = [get("/releases/1/diff", page=page, per_page=15) for page in (1, 2, 3, 4)]
    assert [len(page["entries"]) for page in pages] == [15, 15, FIRST - 30, 0]
    assert len({str(page["counts"]) for page in pages}) == 1
    assert len({(e["kind"], e["code"]) for page in pages for e in page["entries"]}) == FIRST


@pytest.mark.parametrize("asked", [{"from": "9"}, {"from": "-1"}, {"from": "hier"}])
def test_a_diff_with_a_release_that_does_not_exist_is_not_found(get: Get, asked: dict[str, str]) -> None:
    get("/releases/2/diff", 404, **asked)


def held_on(day: str, feed: list[dict[str, Any]]) -> dict[tuple[str, str], Any]:
    """What a local copy holds for a day: the last fact of an entry that covers it, unless it says nothing holds."""
    held: dict[tuple[str, str], Any] = {}
    for change in feed:
        if (change["valid_from"] or "0000") <= day < (change["valid_to"] or "9999-99"):
            held[change["kind"], change["code"]] = change["payload"]
    return {key: payload for key, payload in held.items() if payload is not None}


def read_feed(get: Get, limit: int) -> tuple[list[dict[str, Any]], list[int]]:
    """Every change, page by page as ``next`` says, and the last release of each page."""
    changes: list[dict[str, Any]] = []
    ends: list[int] = []
    asked: dict[str, Any] = {"after": 0, "limit": limit}
    while asked:
        told = get("/changes", **asked)
        changes += told["changes"]
        ends.append(told["upto"])
        asked = dict(parse_qsl(urlsplit(told["next"] or "").query))
    return changes, ends


def published_on(client: FlaskClient, kind: Kind, day: str) -> dict[tuple[str, str], Any]:
    response = client.get(f"/api/v1/releases/4/export?kind={kind.plural}&format=jsonl&as_of={day}")
    rows = [json.loads(line) for line in response.text.splitlines()]
    return {(kind.name, row["code"]): {name: row[name] for name in kind.fields} for row in rows}


@pytest.mark.parametrize("day", ["2014-06-08", "2014-07-01", "2015-03-01", "2026-12-22"])
def test_a_local_copy_fed_by_changes_holds_what_the_catalogue_holds(client: FlaskClient, get: Get, day: str) -> None:
    changes, ends = read_feed(get, limit=1)
    assert ends == [1, 2, 3, 4]
    published: dict[tuple[str, str], Any] = {}
    for kind in KINDS:
        published |= published_on(client, kind, day)
    assert held_on(day, changes) == published


def test_changes_are_whole_releases_in_order(get: Get) -> None:
    told = get("/changes", after=0, limit=FIRST + 1)
    assert [release["release"] for release in told["releases"]] == [1, 2]
    assert [change["release"] for change in told["changes"]] == [1] * FIRST + [2] * 2
    assert (told["upto"], told["next"]) == (2, f"/api/v1/changes?after=2&limit={FIRST + 1}&release=4")


def test_changes_are_set_or_void_with_period_payload_and_ground(get: Get) -> None:
    changes = get("/changes", after=2, kind="medicaments", release=3)["changes"]
    told = [(c["code"], c["op"], c["valid_from"], c["payload"] and c["payload"]["ppv"]) for c in changes]
    assert told == [(DELISTED, "set", "2015-03-01", "50.00"), (WITHDRAWN, "void", "2015-03-01", None)]
    assert {change["acte_juridique"]["id"] for change in changes} == {DELISTING}


def test_a_copy_that_is_up_to_date_gets_nothing(get: Get) -> None:
    told = get("/changes", after=4)
    assert (told["changes"], told["next"], told["upto"]) == ([], None, 4)


def test_changes_after_a_release_that_does_not_exist_are_refused(get: Get) -> None:
    get("/changes", 404, after=5)
    get("/changes", 404, after=3, release=2)
    get("/changes", 400, after=-1)


def test_a_legal_act_tells_what_it_brought(get: Get) -> None:
    told = get(f"/legal-acts/{LIST}", per_page=2)
    assert (told["id"], told["bo_numero"], told["statut"]) == (LIST, "6262 bis", "EN_VIGUEUR")
    assert [release["release"] for release in told["releases"]] == [1]
    assert told["counts"] == {"medicament": 7, "gtin": 2, "groupe_generique": 2, "avis": 1, "niveau": 1, "substance": 2}
    assert (told["total"], len(told["entries"])) == (15, 2)


def test_a_legal_act_tells_of_withdrawals(get: Get) -> None:
    entries = get(f"/legal-acts/{DELISTING}")["entries"]
    assert [(e["code"], e["op"], e["release"]) for e in entries] == [(DELISTED, "set", 3), (WITHDRAWN, "void", 3)]


def test_a_legal_act_is_known_from_its_release_on(get: Get) -> None:
    assert get(f"/legal-acts/{DELISTING}", 404, release=2)["type"].endswith("unknown-code")
    assert get("/legal-acts/jamais-vu", 404)["type"].endswith("unknown-code")
    assert get("/legal-acts/é", 400)["type"].endswith("malformed-code")


def test_a_legal_act_is_told_whatever_the_day(get: Get) -> None:
    assert get(f"/legal-acts/{LIST}", as_of="1999-01-01")["title"] == "Guide 06-23"


def test_a_princeps_changes_only_from_its_day_on(get: Get) -> None:
    (entry,) = get("/releases/4/diff", kind="medicaments")["entries"]
    assert (entry["code"], entry["retroactive"], entry["pieces"][0]["valid_from"]) == (PRINCEPS, False, "2026-12-22")
