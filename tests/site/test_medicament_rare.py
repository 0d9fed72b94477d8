"""Pages of medicines whose codes or names are out of the ordinary."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from catalog.database import open_engine, writing
from catalog.releases.changes import Change
from catalog.temporal import Period
from service import create_app
from service.settings import Settings
from tests.api.catalogue import LIST, NOW, entry, medicament, publish_all, publish_changes
from tests.databases import copy_sqlite
from tests.site.test_medicament import linked_data, page, tiles, words

INTERNAL, WRONG, HOSTILE, ENDING, OLD_CODE, NEW_CODE, DEARER_BASE = (
    "AMO-0123456789", "6118000100051", "6118000050018", "6118000050025", "6118000050032", "6118000050049",
    "6118000050056",
)  # fmt: skip
CHANGED_ON, ENDS_ON = date(2020, 1, 1), date(2027, 6, 1)


def oddities() -> Iterable[Change]:
    prices = {"ppv": "50.00", "pbr": "50.00"}
    yield medicament(INTERNAL, "SANS CODE", **prices)
    yield medicament(WRONG, "CLE FAUSSE", **prices)
    yield medicament(HOSTILE, '</script><script>alert(1)</script>"', nom_ar="دواء", **prices)
    yield medicament(ENDING, "FINISSANT", Period(date(2014, 6, 9), ENDS_ON), **prices)
    yield medicament(OLD_CODE, "RECODE", **prices)
    yield entry("gtin", OLD_CODE, Period(date(2014, 6, 9), CHANGED_ON), presentation=OLD_CODE)
    yield entry("gtin", NEW_CODE, Period(CHANGED_ON), presentation=OLD_CODE)
    princeps = {"groupe_generique": "G-1", "princeps_generique": "P"}
    yield entry("groupe_generique", "G-1", libelle="Groupe un")
    yield medicament(DEARER_BASE, "PRINCEPS", ppv="50.00", pbr="50.00", **princeps)
    yield medicament("6118000050063", "COPIE", ppv="30.00", pbr="30.00", groupe_generique="G-1", princeps_generique="G")


@pytest.fixture(scope="module")
def odd(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("odd")
    url = copy_sqlite(sqlite_template, folder)
    publish_all(url)
    engine = open_engine(url)
    with writing(engine) as session:
        instant = datetime(2026, 11, 2, 9, tzinfo=UTC)
        publish_changes(session, oddities(), label="odd", legal_act=LIST, published_at=instant)
    engine.dispose()
    return create_app(Settings(database_url=url, data_dir=folder, log_level="ERROR"), clock=lambda: NOW).test_client()


def test_an_internal_code_has_a_page_and_no_bars(odd: FlaskClient) -> None:
    text = page(odd, f"/medicaments/{INTERNAL}")
    assert tiles(text)[0] == "Prix public (PPV) 50,00 DH"
    assert "code-barres.svg" not in text
    assert "Code interne du référentiel" in text
    assert "gtin13" not in linked_data(text)
    assert page(odd, f"/medicaments/{INTERNAL.lower()}")


def test_a_wrong_check_digit_is_told_and_nothing_is_drawn(odd: FlaskClient) -> None:
    text = page(odd, f"/medicaments/{WRONG}")
    assert "la liste officielle l’imprime ainsi" in text
    assert "code-barres.svg" not in text
    assert "gtin13" not in linked_data(text)
    assert "رقم المراقبة في هذا الرمز خاطئ" in page(odd, f"/ar/medicaments/{WRONG}")


def test_a_hostile_name_is_a_name(odd: FlaskClient) -> None:
    text = page(odd, f"/medicaments/{HOSTILE}")
    assert "<script>alert" not in text
    assert linked_data(text)["name"] == '</script><script>alert(1)</script>" 80 MG'


def test_the_arabic_name_comes_first_in_arabic(odd: FlaskClient) -> None:
    heading = page(odd, f"/ar/medicaments/{HOSTILE}").partition("<h1>")[2]
    assert words(heading).startswith("دواء")


def test_an_end_to_come_is_told(odd: FlaskClient) -> None:
    assert "Ne sera plus en vigueur à partir du 1er juin 2027." in words(page(odd, f"/medicaments/{ENDING}"))


def test_an_old_code_leads_to_the_code_of_today_and_to_its_last_day(odd: FlaskClient) -> None:
    text = page(odd, f"/medicaments/{OLD_CODE}", 404)
    assert "Ce code n’est pas en vigueur" in text
    assert f'href="/medicaments/{NEW_CODE}"' in text
    assert f"/medicaments/{OLD_CODE}?as_of=2019-12-31" in text
    assert tiles(page(odd, f"/medicaments/{OLD_CODE}?as_of=2019-12-31")) == tiles(page(odd, f"/medicaments/{NEW_CODE}"))


def test_a_base_that_is_not_the_closest_generic_is_told_and_kept(odd: FlaskClient) -> None:
    text = page(odd, f"/medicaments/{DEARER_BASE}")
    assert tiles(text)[1] == "Base de remboursement 50,00 DH"
    assert "le générique le plus proche de son groupe donnerait 30,00 DH" in words(text)
    assert "donnerait 30,00 DH" in words(page(odd, "/groupes-generiques/G-1"))
