"""What differs between two releases, as a page."""

from __future__ import annotations

import gc
import re
import weakref
from html import unescape
from itertools import product

import pytest
from flask.testing import FlaskClient

from catalog.registry import KINDS
from catalog.snapshots.store import SnapshotStore
from service.settings import Settings
from service.site.versions.comparing import comparison
from service.telling.differences import counts
from tests.api.catalogue import DELISTED, ERRATUM, PRINCEPS, WITHDRAWN


def entries(text: str) -> dict[str, str]:
    """The HTML of each entry shown, by code."""
    parts = re.findall(r'<li class="entry \w+">.*?</li>', text, re.DOTALL)
    return {code_of(part): part for part in parts}


def code_of(part: str) -> str:
    found = re.search(r"<code>(.*?)</code>", part) or re.search(r"<bdi lang=\"\w\w\">(.*?)</bdi>", part)
    assert found
    return unescape(found[1])


def words(part: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", part).replace("\u00a0", " ").split())


def test_a_rise_is_told_before_and_after_with_its_signed_difference(client: FlaskClient) -> None:
    told = words(entries(client.get("/versions/4/differences").text)[PRINCEPS])
    assert "Modification DIAMICRON" in told
    assert "depuis le 22 décembre 2026 · Arrêté de hausse" in told
    assert "Prix public de vente avant : 37,20 DH après : 40,00 DH +2,80 (+7,5 %)" in told


def test_a_change_of_days_already_past_is_flagged_with_those_days(client: FlaskClient) -> None:
    told = words(entries(client.get("/versions/2/differences").text)[ERRATUM])
    assert "Rétroactif touche des jours déjà passés : du 9 juin 2014 au 3 juillet 2014 exclu" in told
    assert "avant : 120,00 DH après : 102,00 DH −18,00 (−15,0 %)" in told


def test_yes_and_no_are_words(client: FlaskClient) -> None:
    told = words(entries(client.get("/versions/3/differences").text)[DELISTED])
    assert "Admis au remboursement avant : Admis après : Non admis" in told
    assert "Radié par arrêté avant : non après : oui" in told


def test_a_withdrawal_names_its_own_act_and_leads_to_what_held_before(client: FlaskClient) -> None:
    shown = entries(client.get("/versions/3/differences").text)[WITHDRAWN]
    assert "Retrait RETIRE DU GUIDE" in words(shown)
    assert "depuis le 1er mars 2015 · Arrêté de retrait" in words(shown)
    assert "N’est plus en vigueur sur ces jours." in words(shown)
    assert f'href="/medicaments/{WITHDRAWN}?release=2"' in shown


def test_an_entry_leads_to_its_page_on_a_day_and_at_a_release_that_show_the_value(client: FlaskClient) -> None:
    newest, older = (entries(client.get(f"/versions/{n}/differences").text) for n in (4, 2))
    assert f'href="/medicaments/{PRINCEPS}?as_of=2026-12-22"' in newest[PRINCEPS]
    assert f'href="/medicaments/{ERRATUM}?release=2"' in older[ERRATUM]


def test_what_the_first_release_brought_is_all_added(client: FlaskClient) -> None:
    text = client.get("/versions/1/differences").text
    assert 'class="entry added"' in text
    assert 'class="entry changed"' not in text and 'class="entry withdrawn"' not in text


@pytest.mark.parametrize(("older", "newer"), list(product(range(5), range(1, 5))))
def test_the_page_and_the_api_tell_of_the_same_entries(client: FlaskClient, older: int, newer: int) -> None:
    answer = client.get(f"/api/v1/releases/{newer}/diff", query_string={"from": older, "per_page": 1000}).get_json()
    shown: dict[str, str] = {}
    for page in range(1, 3):
        shown |= entries(client.get(f"/versions/{newer}/differences?de={older}&page={page}").text)
    assert set(shown) == {entry["code"] for entry in answer["entries"]}


def test_nothing_differs_between_a_release_and_itself(client: FlaskClient) -> None:
    assert "Aucune différence entre ces deux versions." in client.get("/versions/3/differences?de=3").text


def test_backwards_is_told_and_turns_withdrawals_into_additions(client: FlaskClient) -> None:
    text = client.get("/versions/2/differences?de=3").text
    assert "Comparaison à rebours" in text
    assert 'href="/versions/3/differences?de=2"' in text
    assert "Ajout RETIRE DU GUIDE" in words(entries(text)[WITHDRAWN])
    assert "Rétroactif touche" not in words(text)


def test_a_filter_keeps_a_kind_a_sort_of_change_or_a_name(client: FlaskClient) -> None:
    def codes(query: str) -> set[str]:
        return set(entries(client.get(f"/versions/4/differences?de=1&{query}").text))

    assert codes("type=retraits") == {WITHDRAWN}
    assert codes("kind=medicaments&type=modifications") == {ERRATUM, DELISTED, PRINCEPS}
    assert codes("type=retroactifs") == {ERRATUM}
    assert codes("q=diamicron") == codes("q=6118000100058") == {PRINCEPS}
    assert codes("q=gliclazide&type=modifications&kind=medicament") == {ERRATUM, DELISTED, PRINCEPS}
    assert codes("kind=conventions") == set()


def test_a_filter_that_keeps_nothing_says_so_and_the_counts_stay(client: FlaskClient) -> None:
    text = client.get("/versions/3/differences?q=rien-de-tel").text
    assert "Aucune entrée ne répond à ce choix." in text
    assert "<dt>Retraits</dt><dd>1</dd>" in text


def test_long_lists_are_paged_and_the_filter_is_kept(client: FlaskClient) -> None:
    first = client.get("/versions/1/differences?type=ajouts").text
    assert len(entries(first)) <= 50
    pages = re.findall(r'rel="next" href="([^"]*)"', first)
    for address in pages:
        assert "type=ajouts" in address and "de=0" in address


def test_the_clocks_of_the_reader_are_kept(client: FlaskClient) -> None:
    text = client.get("/versions/4/differences?as_of=2014-07-01").text
    assert 'name="as_of" value="2014-07-01"' in text
    assert 'href="/versions/4?as_of=2014-07-01"' in text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("de=99", 404), ("de=-1", 404), ("de=%00", 404), ("de=" + "9" * 500, 404),
        ("kind=inconnu", 404), ("type=inconnu", 400), ("page=0", 200), ("page=9999999999", 200),
        ("q=" + "a" * 9000, 200), ("q=%3Cscript%3E", 200), ("q=%E2%80%AE", 200), ("q=((((*:*", 200),
    ],
)  # fmt: skip
def test_hostile_parameters_get_a_plain_answer(client: FlaskClient, query: str, status: int) -> None:
    answer = client.get(f"/versions/2/differences?{query}")
    assert answer.status_code == status
    assert "<script>" not in answer.text


def test_in_arabic_the_labels_and_the_verbs_are_arabic_and_the_values_data(client: FlaskClient) -> None:
    told = words(entries(client.get("/ar/versions/4/differences").text)[PRINCEPS])
    assert "تعديل" in told and "الثمن العمومي للبيع" in told
    assert "DIAMICRON" in told and "\u206637,20\u2069 درهم" in told and "\u206640,00\u2069 درهم" in told
    assert "Modification" not in told and "Prix" not in told


def test_of_the_bundled_pack_every_difference_of_neighbours_can_be_shown(pack_client: FlaskClient) -> None:
    newest = pack_client.get("/api/v1/releases").get_json()["releases"][0]["release"]
    for release in range(1, newest + 1):
        for prefix in ("", "/ar"):
            assert pack_client.get(f"{prefix}/versions/{release}/differences").status_code == 200


def test_a_difference_is_made_once_and_forgotten_with_its_snapshot(published: Settings) -> None:
    snapshot = SnapshotStore(published.snapshot_dir, KINDS).current()
    assert comparison(snapshot, 1, 4) is comparison(snapshot, 1, 4)
    assert comparison(snapshot, 1, 4).counts == counts(snapshot, 1, 4)
    gone = weakref.ref(snapshot)
    del snapshot
    gc.collect()
    assert gone() is None


def test_a_later_snapshot_need_not_count_again(published: Settings) -> None:
    first, second = (SnapshotStore(published.snapshot_dir, KINDS).current() for _ in range(2))
    assert first is not second
    assert counts(first, 2, 3) is counts(second, 2, 3)
