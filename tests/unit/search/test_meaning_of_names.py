"""What a name decides: whole names first, Arabic names as they are typed, and no answer by a dose or a form alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.search import whoosh_index
from catalog.search.documents import Collection, in_display_order
from catalog.search.engine import Engine
from catalog.search.question import BEST, SORTS, Question
from catalog.searching import SEARCHABLES
from tests.unit.search.conftest import MOMENT, UNTIL_IT_LEFT, document, medicament

BOX = {"forme": "COMPRIME", "presentation": "1 BOITE 20 COMPRIME"}
DOCUMENTS = in_display_order(
    [
        medicament("6118000000017", "DIFFU-K", "POTASSIUM", "600", forme="GELULE"),
        medicament("6118000000024", "VITAMINE C", "ASCORBIQUE ACIDE", "500", **BOX),
        medicament("6118000000031", "DOLI PEDIATRIQUE", "PARACETAMOL", "100", forme="SIROP"),
        *(medicament(f"611800000{n}", "DOLIPRANE", "PARACETAMOL", str(n), **BOX) for n in (100, 300, 500)),
        medicament("6118000000048", "DALIBOUR", "CUIVRE", "1", forme="POMMADE"),
        medicament("6118000000055", "HUMEX", "CARBOCISTEINE", "5", forme="SIROP"),
        medicament("6118000000062", "HUMALOG", "INSULINE LISPRO", "100", forme="SOLUTION INJECTABLE"),
        *(medicament(f"61180000{n}", f"AMOXICILLINE {n}", "AMOXICILLINE", "500", **BOX) for n in (6001, 6002, 6003)),
        medicament("6118000000086", "AMOXIL", "AMOXICILLINE", "500", **BOX),
        medicament("6118000000109", "SK-F", "CONCENTRE", "12", forme="SOLUTE"),
        medicament("6118000000093", "DELAPRIL", "DELAPRIL CHLORHYDRATE", "30", **BOX),
        document("lettre_cle", "K:convention", designation="Actes de chirurgie", lettre="K", secteur="prive"),
        document("lettre_cle", "C:convention", designation="Consultation", lettre="C", secteur="prive"),
        document("lettre_cle", "C:ancienne", UNTIL_IT_LEFT, designation="Consultation", lettre="C", secteur="public"),
        document("lettre_cle", "D:convention", designation="Soins dentaires", lettre="D", secteur="prive"),
        document("forfait", "REANIMATION:convention", libelle="Journée en soins intensifs", secteur="prive"),
        document("acte_ngap", "D708", libelle="Détartrage, en k"),
        document("acte_ccam", "EJNF001", libelle="Fibrinolyse d'une veine du dos, par k"),
    ],
    SEARCHABLES,
)


def built(folder: Path, documents: list[object]) -> Engine:
    whoosh_index.write(folder, documents)  # type: ignore[arg-type]
    return Engine(folder, Collection(documents, []))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return built(tmp_path_factory.mktemp("names"), list(DOCUMENTS))


@pytest.fixture(scope="module")
def without_doliprane(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return built(tmp_path_factory.mktemp("without"), [one for one in DOCUMENTS if "DOLI" not in one.title])


def codes(engine: Engine, text: str) -> list[str]:
    return [one.code for one in engine.search(Question(text), MOMENT).documents]


def titles(engine: Engine, text: str) -> list[str]:
    return [one.title for one in engine.suggest(text, MOMENT)]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("K", "K:convention"),
        ("k", "K:convention"),
        ("D", "D:convention"),
        ("reanimation", "REANIMATION:convention"),
        ("D708", "D708"),
        ("diffu-k", "6118000000017"),
    ],
)
def test_what_the_query_names_whole_comes_before_all_else(engine: Engine, typed: str, code: str) -> None:
    assert codes(engine, typed)[0] == code
    assert engine.suggest(typed, MOMENT)[0].code == code


def test_the_rest_follows_a_whole_name_and_every_page_goes_on_where_the_last_ended(engine: Engine) -> None:
    found = codes(engine, "K")
    assert found[0] == "K:convention"
    assert {"6118000000017", "EJNF001"} <= set(found[1:])
    pages = [engine.search(Question("K", page=page, per_page=1), MOMENT).documents for page in range(1, len(found) + 1)]
    assert [one.code for page in pages for one in page] == found


def test_filters_keep_a_whole_name_out_as_well(engine: Engine) -> None:
    found = engine.search(Question("K", kind="medicament"), MOMENT)
    assert [one.code for one in found.documents] == ["6118000000017"]
    assert not found.is_named


def test_what_left_under_a_name_that_others_bear_in_force_is_told_apart(engine: Engine) -> None:
    moment = MOMENT.__class__(MOMENT.as_of.replace(year=2016), 1)
    found = engine.search(Question("C"), moment)
    assert [left.document.code for left in found.left] == ["C:ancienne"]
    assert found.is_named
    assert not engine.search(Question("vitamine"), moment).is_named


@pytest.mark.parametrize("typed", ["أموكسي", "اموكسي", "أموكسيسيل"])
def test_an_arabic_name_is_followed_as_it_is_typed(engine: Engine, typed: str) -> None:
    offered = titles(engine, typed)
    assert offered[0].startswith("AMOXICILLINE")
    assert not {"HUMEX", "HUMALOG"} & set(offered)
    assert codes(engine, typed)[0].startswith("611800006")


def test_of_names_an_arabic_word_begins_the_one_most_bear_is_first(engine: Engine) -> None:
    assert titles(engine, "دولي")[0] == "DOLIPRANE"
    assert codes(engine, "دوليبران 500")[0] == "611800000500"


def test_one_arabic_consonant_begins_nothing(engine: Engine) -> None:
    assert titles(engine, "د") == titles(engine, "دو") == []


@pytest.mark.parametrize(
    "typed", ["doliprane 500", "doliprane comprime", "500 mg doliprane", "دوليبران", "دوليبران 500"]
)
def test_an_unknown_name_has_no_answer_by_its_dose_form_or_a_distant_name(
    without_doliprane: Engine, typed: str
) -> None:
    found = without_doliprane.search(Question(typed), MOMENT)
    assert (found.documents, found.total, found.suggestion) == ([], 0, None)
    assert titles(without_doliprane, typed) == []


def test_a_short_sound_alike_is_no_name_alike(engine: Engine) -> None:
    assert codes(engine, "zzqq 500") == codes(engine, "zzqq") == []


def test_a_dose_or_a_form_alone_is_still_a_query(without_doliprane: Engine) -> None:
    assert len(codes(without_doliprane, "500")) == 5
    assert len(codes(without_doliprane, "sirop")) == 1


def test_an_unknown_word_beside_a_name_leaves_the_name(engine: Engine) -> None:
    assert set(codes(engine, "doliprane qqqzzz")) == {"611800000100", "611800000300", "611800000500"}


@pytest.mark.parametrize("sort", [sort for sort in SORTS if sort != BEST])
def test_a_kind_is_gone_through_in_the_order_of_a_search_for_all_of_it(engine: Engine, sort: str) -> None:
    whole = engine.search(Question("", "medicament", sort=sort, per_page=100), MOMENT)
    pages = [engine.browse("medicament", MOMENT, sort, page, 3) for page in range(1, -(-whole.total // 3) + 1)]
    assert [one.code for page in pages for one in page.documents] == [one.code for one in whole.documents]
    assert all((page.total, page.facets) == (whole.total, whole.facets) for page in pages)
    assert engine.browse("medicament", MOMENT, sort, 99, 3).documents == pages[-1].documents
