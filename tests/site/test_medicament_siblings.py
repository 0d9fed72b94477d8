"""A medicine in no generic group leads to what is alike, marked as not proven equivalent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from catalog.database import open_engine, writing
from catalog.releases.changes import Change
from service import create_app
from service.settings import Settings
from tests.api.catalogue import (
    DEARER,
    DELISTED,
    ERRATUM,
    GENERIC,
    HOSPITAL,
    LIST,
    NOW,
    PRINCEPS,
    entry,
    medicament,
    publish_all,
    publish_changes,
)
from tests.databases import copy_sqlite
from tests.site.test_medicament import page, words

MARK = "Même DCI, même dosage, même forme ; aucun groupe générique n’est publié, l’équivalence n’est pas établie."
ASKED, TWICE, LAST, PLAIN, LONELY = (f"AMO-00000000{n}" for n in ("01", "02", "40", "41", "42"))
COMBINED = {"dci": ["AMOXICILLINE", "ACIDE CLAVULANIQUE"], "dosages": ["500", "62.5"], "unites": ["MG", "MG"]}
TURNED = {"dci": ["ACIDE CLAVULANIQUE", "AMOXICILLINE"], "dosages": ["62,5", "500"], "unites": ["MG", "MG"]}


def priced(code: str, nom: str, ppv: str, **told: object) -> Change:
    return medicament(code, nom, ppv=ppv, pbr=ppv, **{**COMBINED, **told})


def many() -> Iterable[Change]:
    yield priced(ASKED, "DEMANDE", "80.00")
    yield priced(TWICE, "DEMANDE", "80.00")
    for n in range(22):
        yield priced(f"AMO-00000001{n:02d}", f"COPIE {n:02d}", f"{60 + n}.00", **(TURNED if n % 2 else {}))
    yield priced("AMO-0000000201", "COPIE 00", "60.00")
    yield priced(PLAIN, "AUTRE DOSAGE", "10.00", dosages=["1000", "62.5"])
    yield priced("AMO-0000000043", "AUTRE FORME", "11.00", forme="SIROP")
    yield priced("AMO-0000000044", "LIBERATION PROLONGEE", "12.00", forme="COMPRIME LP")
    yield priced("AMO-0000000045", "AUTRE BOITE", "13.00", presentation="1 BOITE 60 COMPRIME")
    yield priced(LAST, "PELLICULE", "59.00", forme="COMPRIME PELLICULE", presentation="20 COMPRIMES")
    yield priced("AMO-0000000046", "BOITE INCONNUE", "58.00", presentation=None)
    yield medicament(LONELY, "SEUL", dci=None, dosages=None, unites=None, ppv="5.00", pbr="5.00")
    yield entry("groupe_generique", "SEUL", libelle="Groupe d’un seul")
    yield priced("AMO-0000000047", "EN GROUPE", "90.00", groupe_generique="SEUL", princeps_generique="P")


@pytest.fixture(scope="module")
def crowded(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("crowded")
    url = copy_sqlite(sqlite_template, folder)
    publish_all(url)
    engine = open_engine(url)
    with writing(engine) as session:
        instant = datetime(2026, 11, 2, 9, tzinfo=UTC)
        publish_changes(session, many(), label="many", legal_act=LIST, published_at=instant)
    engine.dispose()
    return create_app(Settings(database_url=url, data_dir=folder, log_level="ERROR"), clock=lambda: NOW).test_client()


def equivalents(client: FlaskClient, code: str, query: str = "") -> str:
    text = page(client, f"/medicaments/{code}{query}")
    return text[text.index('id="equivalents"') : text.index('id="historique"')]


def listed(section: str) -> list[str]:
    return re.findall(r'<a href="/medicaments/([^"?]*)[^"]*">', section)


def test_what_is_alike_is_listed_cheapest_first_and_marked(client: FlaskClient) -> None:
    section = equivalents(client, ERRATUM)
    assert MARK in words(section)
    assert listed(section) == [GENERIC, PRINCEPS, DEARER]
    assert "29,70 DH 72,30 DH 29,70 DH" in words(section)


def test_delisted_and_hospital_presentations_are_not_alternatives(client: FlaskClient) -> None:
    assert not {DELISTED, HOSPITAL} & set(listed(equivalents(client, ERRATUM)))


def test_those_of_the_day_and_of_the_release(client: FlaskClient) -> None:
    assert DELISTED in listed(equivalents(client, ERRATUM, "?as_of=2014-07-01"))
    assert "90,30 DH" in words(equivalents(client, ERRATUM, "?release=1"))


def test_a_member_of_a_group_keeps_to_its_group(client: FlaskClient, crowded: FlaskClient) -> None:
    assert MARK not in equivalents(client, PRINCEPS)
    alone = equivalents(crowded, "AMO-0000000047")
    assert MARK not in alone
    assert listed(alone) == []


def test_twenty_at_most_and_the_search_has_the_others(crowded: FlaskClient) -> None:
    section = equivalents(crowded, ASKED)
    found = listed(section)
    assert len(found) == 20
    assert "Les 20 moins chères sont montrées, sur 25." in words(section)
    for dci in ("AMOXICILLINE", "ACIDE+CLAVULANIQUE"):
        assert f'href="/recherche?kind=medicament&amp;dci={dci}"' in section


def test_another_dosage_form_or_pack_is_not_alike(crowded: FlaskClient) -> None:
    told = words(equivalents(crowded, ASKED))
    for other in ("AUTRE DOSAGE", "AUTRE FORME", "LIBERATION PROLONGEE", "AUTRE BOITE", "SEUL"):
        assert other not in told


def test_the_order_of_the_substances_and_the_coat_of_a_tablet_do_not_matter(crowded: FlaskClient) -> None:
    told = words(equivalents(crowded, ASKED))
    assert "COPIE 01" in told
    assert "PELLICULE" in told


def test_a_pack_that_is_not_stated_has_no_price_difference(crowded: FlaskClient) -> None:
    told = words(equivalents(crowded, ASKED))
    assert re.search(r"BOITE INCONNUE.*? COMPRIME 58,00 DH inconnue 58,00 DH", told)


def test_a_product_under_two_codes_is_told_once_and_never_beside_itself(crowded: FlaskClient) -> None:
    told = words(equivalents(crowded, ASKED))
    assert "DEMANDE" not in told
    assert told.count("COPIE 00") == 1


def test_without_a_dci_nothing_is_alike(crowded: FlaskClient) -> None:
    told = words(equivalents(crowded, LONELY))
    assert "Aucun groupe générique n’est enregistré pour ce médicament." in told
    assert "Tous les médicaments" not in told


def test_each_dci_of_the_head_leads_to_its_search(client: FlaskClient, crowded: FlaskClient) -> None:
    head = page(crowded, f"/medicaments/{ASKED}").partition('id="payeurs"')[0]
    for dci in ("AMOXICILLINE", "ACIDE+CLAVULANIQUE"):
        assert f'href="/recherche?kind=medicament&amp;dci={dci}"' in head
    (address,) = re.findall(
        r'href="(/recherche\?[^"]*dci=[^"]*)"',
        page(client, f"/medicaments/{PRINCEPS}?as_of=2020-01-01").partition('id="payeurs"')[0],
    )
    assert "as_of=2020-01-01" in address
    assert "DIAMICRON" in page(client, address.replace("&amp;", "&"))


def test_the_arabic_page_marks_them_too(crowded: FlaskClient) -> None:
    text = page(crowded, f"/ar/medicaments/{ASKED}")
    assert "والتكافؤ غير ثابت" in text
    assert "équivalence" not in text
