"""Facets of the day agree with what each entry's own page says; what left is told with its act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from catalog.conventions.adherence import payer_applies
from catalog.conventions.codes import ORGANISMES
from catalog.conventions.errors import AmbiguousTariffError
from catalog.conventions.listings import tarifs
from catalog.conventions.tiers_payant import list_in_force, organismes_listing
from catalog.dated_facets import DATED
from catalog.gmr.opinions import level, opinions_on
from catalog.search.dated import DatedFacets
from catalog.search.engine import Engine
from catalog.search.question import Question
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment
from service import create_app
from service.settings import Settings
from service.state import ServedCatalogue
from tests.api.catalogue import DELISTED_ON, DELISTING, NOW, PRINCEPS, TODAY, WITHDRAWN
from tests.api.conftest import Get
from tests.api.families import DOCTORS, DOCTORS_SIGNED

DAYS = (date(2013, 9, 1), date(2014, 7, 1), date(2016, 1, 1), date(2020, 6, 1), date(2026, 11, 22))
MOST = 100


@pytest.fixture(scope="module")
def catalogue(golden_settings: Settings) -> ServedCatalogue:
    app: Flask = create_app(golden_settings, clock=lambda: NOW)
    found: ServedCatalogue = app.extensions["catalogue"]
    return found


@pytest.fixture(scope="module")
def snapshot(catalogue: ServedCatalogue) -> Snapshot:
    return catalogue.current()


@pytest.fixture(scope="module")
def engine(catalogue: ServedCatalogue, snapshot: Snapshot) -> Engine:
    return catalogue.indexes.refresh(snapshot)


def moments(snapshot: Snapshot) -> Iterator[Moment]:
    for day in DAYS:
        yield from (Moment(day, release) for release in (snapshot.head // 2, snapshot.head))


def found(engine: Engine, moment: Moment, text: str, kind: str, **facets: str) -> set[str]:
    pages = (engine.search(Question(text, kind, facets, page, MOST), moment).documents for page in (1, 2, 3))
    return {document.code for page in pages for document in page}


def facets(engine: Engine, moment: Moment, text: str, kind: str) -> dict[str, dict[str, int]]:
    return {name: dict(told) for name, told in engine.search(Question(text, kind), moment).facets.items()}


def is_listed(snapshot: Snapshot, code: str, organisme: str, moment: Moment) -> bool:
    """Two entries that both list a presentation leave its page without an answer; on the list it is all the same."""
    try:
        return organisme in organismes_listing(snapshot, code, moment)
    except AmbiguousTariffError:
        return len([one for one in list_in_force(snapshot, organisme, moment) if one.payload["medicament"] == code]) > 1


def test_tiers_payant_is_what_the_page_of_each_medicine_says(engine: Engine, snapshot: Snapshot) -> None:
    seen = Counter[str]()
    for moment in moments(snapshot):
        medicines = found(engine, moment, "61180", "medicament")
        for organisme in ORGANISMES:
            listed = {code for code in medicines if is_listed(snapshot, code, organisme, moment)}
            assert found(engine, moment, "61180", "medicament", tiers_payant=organisme) == listed
            told = facets(engine, moment, "61180", "medicament").get("tiers_payant", {})
            assert told.get(organisme, 0) == len(listed)
            seen[organisme] += len(listed)
    assert seen["cnops"]


@pytest.mark.parametrize("facet", DATED)
def test_days_that_are_answered_together_have_the_same_answer(facet: str, snapshot: Snapshot) -> None:
    """The kinds that a facet says it looks at are all of them."""
    dated = DatedFacets(snapshot, DATED)
    start, end = date(2005, 1, 1).toordinal(), date(2027, 12, 31).toordinal()
    settled = set()
    for day in range(start, end, 41):
        moment = Moment(date.fromordinal(day), snapshot.head)
        settled.add(dated.settle(facet, moment))
        told, asked = dated.table(facet, dated.settle(facet, moment)), dated.table(facet, moment)
        assert {value: set(told[value]) for value in told} == {value: set(asked[value]) for value in asked}
    assert len(settled) > 5


def test_smr_is_the_level_of_the_opinions_in_force(engine: Engine, snapshot: Snapshot) -> None:
    seen = Counter[str]()
    for moment in moments(snapshot):
        reached = Counter[str]()
        for code in found(engine, moment, "61180", "medicament"):
            version = snapshot.find("medicament", code, moment)
            assert version is not None
            smr = level(snapshot, opinions_on(snapshot, version, moment), "smr", moment)
            reached.update([smr] if smr else [])
        assert facets(engine, moment, "61180", "medicament").get("smr", {}) == dict(reached)
        seen += reached
    assert seen


def test_a_payer_has_the_conventions_it_applies_and_their_tariffs(engine: Engine, snapshot: Snapshot) -> None:
    seen = 0
    for moment in moments(snapshot):
        every = [version.code for version in snapshot.in_force("convention", moment)]
        for organisme in ORGANISMES:
            applied = {code for code in every if payer_applies(snapshot, code, organisme, moment)}
            assert found(engine, moment, "convention", "convention", organisme=organisme) <= applied
            seen += len(found(engine, moment, "convention", "convention", organisme=organisme))
    assert seen


def test_a_convention_has_its_lines(engine: Engine, snapshot: Snapshot) -> None:
    moment = Moment(TODAY, snapshot.head)
    for version in snapshot.in_force("convention", moment):
        lines = {line.code for line in tarifs(snapshot, version.code, moment, pending=True) if line.kind == "forfait"}
        words = {code: snapshot.find("forfait", code, moment) for code in lines}
        for code, line in words.items():
            assert line is not None
            asked = str(line.payload["libelle"])[:150]
            assert code in found(engine, moment, asked, "forfait", convention=version.code)


def test_a_signed_convention_is_applied_by_nobody(get: Get) -> None:
    told = get("/search", q="medecins", kind="conventions")
    assert {hit["code"] for hit in told["hits"]} == {DOCTORS, DOCTORS_SIGNED}
    for organisme in ORGANISMES:
        told = get("/search", q="medecins", kind="conventions", organisme=organisme)
        assert [hit["code"] for hit in told["hits"]] == [DOCTORS]


def test_the_tariffs_of_a_convention_are_found_under_it(get: Get) -> None:
    told = get("/search", q="hospitalisation", convention=DOCTORS)
    assert [hit["code"] for hit in told["hits"]] == [f"HOSPITALISATION_JOUR:{DOCTORS}"]
    assert get("/search", q="hospitalisation", convention=DOCTORS_SIGNED)["total"] == 0


def test_a_rate_is_found_by_its_words(get: Get) -> None:
    told = get("/search", q="taux medicament cnops")
    assert [hit["code"] for hit in told["hits"]] == ["cnops:AMO:MEDICAMENT:ambulatoire:*:NORMALE"]


def test_the_cheapest_comes_first_and_what_has_no_price_last(get: Get) -> None:
    hits = get("/search", q="gliclazide", kind="medicaments", sort="prix", as_of="2014-07-01")["hits"]
    prices = [get(f"/medicaments/{hit['code']}", as_of="2014-07-01")["ppv"] for hit in hits]
    known = [float(price) for price in prices if price is not None]
    assert known == sorted(known)
    assert len(known) > 3
    assert prices[-1] is None
    assert None not in prices[: len(known)]


def test_the_price_is_that_of_the_day(get: Get) -> None:
    """The princeps rises above another on its day, and falls behind it."""
    before = [
        hit["code"]
        for hit in get("/search", q="gliclazide", kind="medicaments", sort="prix", as_of="2026-12-21")["hits"]
    ]
    after = [
        hit["code"]
        for hit in get("/search", q="gliclazide", kind="medicaments", sort="prix", as_of="2026-12-22")["hits"]
    ]
    assert before.index(PRINCEPS) == 1
    assert after.index(PRINCEPS) == 2


@pytest.mark.parametrize("q", [WITHDRAWN, "retire du guide", "RETIRE DU GUIDE"])
def test_what_left_is_told_with_the_day_and_the_act(get: Get, q: str) -> None:
    (left,) = get("/search", q=q, as_of=DELISTED_ON.isoformat())["not_in_force"]
    assert (left["kind"], left["code"], left["titre"]) == ("medicament", WITHDRAWN, "RETIRE DU GUIDE")
    assert (left["valid_from"], left["valid_to"]) == ("2014-06-09", DELISTED_ON.isoformat())
    assert left["acte_juridique"]["id"] == DELISTING


def test_what_has_not_begun_is_told_without_an_act(get: Get) -> None:
    (left,) = get("/search", q=WITHDRAWN, as_of="2014-06-08")["not_in_force"]
    assert (left["valid_from"], left["acte_juridique"]) == ("2014-06-09", None)


def test_what_is_in_force_or_was_not_known_did_not_leave(get: Get) -> None:
    assert get("/search", q=WITHDRAWN, as_of="2015-02-28")["not_in_force"] == []
    assert get("/search", q=WITHDRAWN, as_of="2016-01-01", release="06-23")["not_in_force"] == []
    assert get("/search", q="retire", as_of="2016-01-01")["not_in_force"] == []


@pytest.mark.parametrize("asked", [{"tiers_payant": "cnam"}, {"organisme": ""}, {"sort": "hasard"}])
def test_a_facet_value_that_cannot_be_is_refused(get: Get, asked: dict[str, str]) -> None:
    assert get("/search", 400, q="diamicron", **asked)["errors"][0]["field"] in asked
