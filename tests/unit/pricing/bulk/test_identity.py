"""A frame is answered as the API answers its lines one by one, byte for byte, whatever they hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import polars as pl
import pytest

from catalog.pricing.bulk import engine
from catalog.pricing.bulk.engine import BulkPricer
from catalog.pricing.bulk.meaning import Source
from catalog.releases.changes import Change
from catalog.snapshots.reading import Snapshot
from tests.unit.pricing.bulk.framing import SOURCES, check_like_the_api, days_of, frame, random_lines
from tests.unit.pricing.shelf import pack, snapshot
from tests.unit.pricing.test_eras import CODES, DAYS, EDGES, FOUNDING, INSTANTS, changes_over
from tests.unit.pricing.world import BOX, medicament

GENERICS = [f"61180001{number:05d}" for number in range(40)]


def pack_codes() -> list[tuple[str, str]]:
    """Codes of all kinds, medicines more often."""
    found = pack()
    acts = [("acte", code) for code in (*found.codes("acte_ngap"), "C", "K50", "Z10", "CS", "HBJD001")]
    forfaits = [("forfait", name) for name in ("CESARIENNE", "SEANCE_DIALYSE", "K50", "REANIMATION")]
    devices = [("dispositif", code) for code in found.codes("dispositif")]
    medicines = [("medicament", code) for code in (*found.codes("medicament"), *found.codes("gtin"))]
    return [*acts, *devices, *forfaits * 20, *medicines * 2]


@pytest.mark.parametrize("source", SOURCES)
def test_lines_of_the_pack(source: Source) -> None:
    lines = random_lines(pack_codes(), days_of(range(2008, 2027)), 2_000, seed=1)
    check_like_the_api(pack(), frame(lines, source), source)


@pytest.mark.slow
@pytest.mark.parametrize("release", [3, 5, None])
@pytest.mark.parametrize("source", SOURCES)
def test_many_lines_of_the_pack(source: Source, release: int | None) -> None:
    lines = random_lines(pack_codes(), days_of(range(2003, 2027)), 5_000, seed=2)
    check_like_the_api(pack(), frame(lines, source), source, release)


def medicines(random: Random, start: date, end: date) -> list[Change]:
    """Prices over these days: equal, absent, above and below one another, of every standing."""
    prices = (None, "0.01", "40.00", "60.00", "80.00", "100000000.00")
    return [
        replace(
            medicament(
                random.choice(prices),
                start,
                end,
                code=code,
                nom=code,
                pbr=random.choice(prices),
                ph=random.choice(prices),
                admis_remboursement=random.random() < 0.8,
                retire=random.random() < 0.1,
            ),
            legal_act=random.choice(("texte", "autre")),
        )
        for code in random.sample(GENERICS, 25)
    ]


def catalogue(seed: int) -> Snapshot:
    """Four releases that go back on one another, over everything that a line may rest on."""
    random = Random(seed)
    releases: list[tuple[object, list[Change]]] = [(INSTANTS[0], [*FOUNDING, *medicines(random, EDGES[0], EDGES[-1])])]
    for instant in INSTANTS[1:]:
        start, end = sorted(random.sample(EDGES, 2))
        amount = random.choice(("60.00", "450.00"))
        chosen = {(each.kind, each.code): each for each in random.sample(changes_over(start, end, amount), 4)}
        releases.append((instant, [*chosen.values(), *medicines(random, start, end)]))
    return snapshot(*releases)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(6))
def test_catalogues_that_change_their_past(seed: int) -> None:
    codes = [*CODES * 2, *(("medicament", code) for code in GENERICS)]
    lines = random_lines(codes, DAYS, 1_500, seed)
    check_like_the_api(catalogue(seed), frame(lines, "ndjson"), "ndjson")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 108))
def test_many_catalogues_that_change_their_past(seed: int) -> None:
    codes = [*CODES, *(("medicament", code) for code in GENERICS)]
    found = catalogue(seed)
    for release in range(1, found.head + 1):
        check_like_the_api(found, frame(random_lines(codes, DAYS, 1_500, seed), "parquet"), "parquet", release)


def test_a_list_published_after_the_care_is_priced_by_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    priced_then = [medicament("40.00", date(2000, 1, 1), code=code, nom=code) for code in GENERICS[:3]]
    listed_late = [medicament("60.00", date(2000, 1, 1), code=code, nom=code) for code in GENERICS[1:6]]
    found = snapshot((INSTANTS[0], [*FOUNDING, *priced_then]), (INSTANTS[-1], listed_late))
    lines = [
        {**line, "code": code, "billed": "150.00"}
        for line in random_lines([("medicament", BOX)], DAYS, 300, seed=7)
        for code in GENERICS[:6]
        if all(line[name] is not None for name in ("kind", "as_of", "organisme", "quantity"))
    ]
    monkeypatch.setattr(engine, "price_left", lambda _, __, rows, *___: calls.append(len(rows)))
    calls: list[int] = []
    check_like_the_api(found, frame(lines, "ndjson"), "ndjson")
    answers = BulkPricer(found, found.head, source="ndjson").price(frame(lines, "ndjson"))
    told = sum("RETROACTIVE_CHANGE" in row for row in answers.json_rows())
    assert told > len(lines) / 3
    assert calls == [0, 0]


def test_a_pricer_answers_frame_after_frame_alike() -> None:
    lines = frame(random_lines(pack_codes(), days_of(range(2012, 2016)), 600, seed=3), "csv")
    pricer = BulkPricer(pack(), pack().head, date(2015, 1, 1), source="csv")
    whole = pricer.price(lines).json_rows().to_list()
    in_parts = [row for part in lines.iter_slices(100) for row in pricer.price(part).json_rows().to_list()]
    assert in_parts == whole


def test_without_a_default_day_a_line_must_name_one() -> None:
    lines = frame(random_lines([("medicament", BOX)], [date(2015, 1, 1)], 50, seed=4), "csv")
    check_like_the_api(pack(), lines.with_columns(as_of=None), "csv", default=None)


@pytest.mark.parametrize("columns", [["kind"], ["id"], ["kind", "code", "organisme"]])
@pytest.mark.parametrize("count", [0, 1, 9])
def test_columns_may_be_left_out_and_frames_be_empty(columns: list[str], count: int) -> None:
    lines = frame(random_lines([("medicament", BOX)], [date(2015, 1, 1)], count, seed=5), "csv")
    check_like_the_api(pack(), lines.select(columns), "csv")


def test_odd_types_are_told_as_the_api_tells_them() -> None:
    lines = pl.DataFrame(
        {"id": [1.5, None], "kind": [["acte"], None], "code": [b"C", b"D"], "as_of": [3, 4], "quantity": [1.0, 2.0]}
    )
    check_like_the_api(pack(), lines, "parquet")


def test_ids_that_are_numbers_stay_numbers() -> None:
    lines = frame(random_lines(pack_codes(), days_of(range(2014, 2016)), 200, seed=6), "ndjson")
    check_like_the_api(pack(), lines.with_columns(id=pl.int_range(200)), "ndjson")


def test_a_fault_and_a_text_stand_for_the_whole_row() -> None:
    lines = pl.DataFrame(
        {
            "id": ["a", None, "c", None],
            "kind": ["acte", None, "acte", None],
            "code": "C",
            "organisme": "cnss",
            "secteur": "prive",
            "fault": ["Row 1 has 9 cells under 8 columns.", None, None, None],
            "raw": [
                None,
                '{"id": 7, "kind": "acte", "code": "C", "organisme": "cnss", "secteur": "prive"}',
                None,
                "[]",
            ],
        }
    )
    priced = BulkPricer(pack(), pack().head, date(2021, 5, 10), source="ndjson").price(lines)
    fault, raw, plain, no_object = priced.json_rows().to_list()
    assert fault.startswith('{"id":null,"status":"INVALID"')
    assert fault.endswith('"errors":[{"field":"line","message":"Row 1 has 9 cells under 8 columns."}]}')
    assert raw == plain.replace('"id":"c"', '"id":7')
    assert "A line is an object of named fields." in no_object
    assert priced.table()["id"].to_list() == [None, "7", "c", None]
    assert priced.statuses == {"INVALID": 2, "OK": 2}
