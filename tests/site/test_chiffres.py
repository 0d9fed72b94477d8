"""The catalogue in figures: our own counts, at the two clocks, each with the list behind it."""

from __future__ import annotations

import gc
import weakref
from collections import Counter
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalog.registry import KINDS
from catalog.snapshots.reading import Snapshot, Version
from catalog.snapshots.store import SnapshotStore
from catalog.temporal import Moment
from service.settings import Settings
from service.site.chiffres_ensemble import KEPT, figures
from service.site.chiffres_medicaments import EDGES, count_medicines, top
from tests.api.catalogue import TODAY
from tests.site.reading import Markup

MOMENTS = [date(2026, 11, 22), date(2014, 7, 20), date(2010, 7, 1)]


@pytest.fixture
def snapshot(pack_app: Flask) -> Snapshot:
    found: Snapshot = pack_app.extensions["catalogue"].current()
    return found


def slowly(snapshot: Snapshot, moment: Moment) -> list[Version]:
    """The presentations in force, by looking at every version there is."""
    return [
        version
        for code in snapshot.codes("medicament")
        for version in snapshot.history("medicament", code, snapshot.head)
        if version.rel_from <= moment.release < version.rel_to
        and version.period.start <= moment.as_of < version.period.end
    ]


@pytest.mark.parametrize("day", MOMENTS)
@pytest.mark.parametrize("back", [0, 4])
def test_what_is_counted_is_what_a_slow_count_finds(snapshot: Snapshot, day: date, back: int) -> None:
    moment = Moment(day, snapshot.head - back)
    found, every = count_medicines(snapshot, moment), slowly(snapshot, moment)
    admitted = [version.payload for version in every if version.payload["admis_remboursement"]]
    assert found.total == len(every) == sum(found.statuts.values())
    assert found.admitted == len(admitted) == sum(found.kinds.values()) == sum(found.formes.values())
    assert sum(band.number for band in found.bands) + found.unpriced == len(admitted)
    assert found.kinds.get("G", 0) == sum(1 for payload in admitted if payload["princeps_generique"] == "G")


def test_every_price_is_in_the_band_that_holds_it(snapshot: Snapshot) -> None:
    moment = Moment(TODAY, snapshot.head)
    prices = [v.payload["ppv"] for v in slowly(snapshot, moment) if v.payload["admis_remboursement"]]
    for band in count_medicines(snapshot, moment).bands:
        assert band.number == len([p for p in prices if p is not None and p in range(band.low, band.high or 10**12)])
    assert [band.low for band in count_medicines(snapshot, moment).bands] == [0, *EDGES]


def test_the_ten_most_frequent_values_come_in_order_and_nothing_counts_as_a_value() -> None:
    counts: Counter[str | None] = Counter({None: 99, **{f"F{number:02}": number for number in range(1, 15)}, "A": 14})
    assert [value for value, _number in top(counts)] == [
        "A",
        "F14",
        "F13",
        "F12",
        "F11",
        "F10",
        "F09",
        "F08",
        "F07",
        "F06",
    ]


def table(client: FlaskClient, address: str, section: str) -> dict[str, list[str]]:
    """The rows of a section's table, by the text of their heading."""
    part = client.get(address).text.partition(f'<h2 id="{section}">')[2].partition("</section>")[0]
    found: dict[str, list[str]] = {}
    for line in part.partition("<tbody")[2].partition("</tbody>")[0].split("<tr")[1:]:
        row = Markup(f"<tr{line}")
        found[next(row.find("th")).text.strip()] = [cell.text.partition(" : ")[0].strip() for cell in row.find("td")]
    return found


def test_the_small_catalogue_counts_what_it_holds(client: FlaskClient) -> None:
    statuts = table(client, "/chiffres", "statuts")
    assert {name: cells[0] for name, cells in statuts.items()} == {
        "Admises, hors prix hospitalier seul": "4",
        "À prix hospitalier seul": "1",
        "Non admises au remboursement": "0",
        "Radiées par arrêté": "1",
    }
    assert statuts["Admises, hors prix hospitalier seul"][1] == "66,7\u00a0%"
    assert table(client, "/chiffres", "marques")["Génériques"] == ["2", "50\u00a0%"]
    assert table(client, "/chiffres", "tiers") == {
        "CNOPS": ["1", "1", "appliquée"],
        "CNSS": ["0", "0", "non appliquée"],
    }
    assert table(client, "/chiffres", "conventions") == {
        "En vigueur": ["2", "66,7\u00a0%"],
        "Signé": ["1", "33,3\u00a0%"],
    }


def test_opinions_are_counted_by_year_and_level_and_each_count_leads_to_them(client: FlaskClient) -> None:
    assert table(client, "/chiffres", "avis") == {"2014": ["1"]}
    links = [link.attributes["href"] for link in Markup(client.get("/chiffres").text).find("a")]
    level = next(link for link in links if "smr=IMPORTANT" in link)
    assert "/avis/CT-1" in client.get(level).text


def test_both_clocks_move_the_figures(client: FlaskClient) -> None:
    assert table(client, "/chiffres?as_of=2015-02-28", "statuts")["Radiées par arrêté"][0] == "0"
    assert table(client, "/chiffres?as_of=2015-03-01", "statuts")["Radiées par arrêté"][0] == "1"
    assert table(client, "/chiffres?as_of=2015-03-01&release=2", "statuts")["Radiées par arrêté"][0] == "0"
    assert len(table(client, "/chiffres", "evolution")) == 3  # the fourth takes effect in December
    assert len(table(client, "/chiffres?as_of=2026-12-22", "evolution")) == 4
    assert len(table(client, "/chiffres?as_of=2014-08-01&release=2", "evolution")) == 2
    page = client.get("/chiffres?as_of=2015-03-01&release=2").text
    assert "le 1er mars 2015, version 2" in page and 'href="/versions/1?as_of=2015-03-01&amp;release=2"' in page


def test_the_evolution_stands_as_a_chart_and_as_a_table(pack_client: FlaskClient) -> None:
    page = Markup(pack_client.get("/chiffres").text)
    assert "Génériques" in page.one("svg", class_="chart").text
    for version, cells in table(pack_client, "/chiffres", "evolution").items():
        princeps, generiques, others, total = (int(cell.replace("\u202f", "")) for cell in cells[1:])
        assert princeps + generiques + others == total > 0, version


def test_links_to_lists_ask_for_what_was_counted_at_the_same_clocks(pack_client: FlaskClient) -> None:
    page = Markup(pack_client.get("/chiffres?as_of=2014-07-20").text)
    asked = [urlsplit(link.attributes["href"]) for link in page.find("a")]
    searches = [parse_qs(found.query) for found in asked if found.path == "/recherche" and "kind" in found.query]
    assert all(query["as_of"] == ["2014-07-20"] for query in searches)
    assert {frozenset(query) - {"as_of"} for query in searches} >= {
        frozenset({"kind"}),
        frozenset({"kind", "remboursable"}),
        frozenset({"kind", "remboursable", "princeps_generique"}),
        frozenset({"q", "kind", "remboursable", "forme"}),
    }


def test_every_table_says_what_it_counts_on_which_day_in_which_release(pack_client: FlaskClient) -> None:
    page = Markup(pack_client.get("/chiffres?as_of=2014-07-20&release=5").text)
    captions = [caption.text for caption in page.find("caption")]
    assert len(captions) >= 7
    assert all("20 juillet 2014, version 5" in told or "par version" in told for told in captions)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/chiffres?as_of=1900-01-01", 200),
        ("/chiffres?as_of=9998-12-31", 200),
        ("/chiffres?as_of=hier", 400),
        ("/chiffres?release=<script>alert(1)</script>", 400),
        ("/chiffres?release=1", 200),
        ("/ar/chiffres?as_of=1900-01-01", 200),
    ],
)
def test_whatever_the_clocks_say_is_answered(client: FlaskClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status and "<script>alert" not in answer.text


def test_with_nothing_published_there_is_nothing_to_count(empty_client: FlaskClient) -> None:
    answer = empty_client.get("/chiffres")
    assert answer.status_code == 200 and "il n’y a rien à compter" in answer.text
    assert "<table" not in answer.text and empty_client.get("/ar/chiffres").status_code == 200


def test_counts_are_kept_with_their_snapshot_and_no_longer(golden_settings: Settings) -> None:
    snapshot = SnapshotStore(golden_settings.snapshot_dir, KINDS).current()
    made = figures(snapshot, Moment(TODAY, 5))
    assert figures(snapshot, Moment(TODAY, 5)) is made
    for day in range(KEPT):
        figures(snapshot, Moment(date(2000, 1, 1 + day % 28), 1 + day // 28))
    assert figures(snapshot, Moment(TODAY, 5)) is not made and figures(snapshot, Moment(TODAY, 5)) == made
    gone = weakref.ref(snapshot)
    del snapshot
    gc.collect()
    assert gone() is None


def test_the_arabic_page_is_arabic(client: FlaskClient) -> None:
    page = client.get("/ar/chiffres").text
    assert '<html lang="ar" dir="rtl">' in page and "الدليل بالأرقام" in page
    assert "Présentations" not in page and "الإصدار 4" in page
