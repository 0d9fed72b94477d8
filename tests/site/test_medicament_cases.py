"""What is not published is told as not published, in the table of who pays what."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from catalog.database import open_engine, writing
from catalog.releases.changes import Change
from service import create_app
from service.settings import Settings
from tests.api.catalogue import LIST, LISTED, NOW, PRINCEPS, entry, publish_all, publish_changes
from tests.databases import copy_sqlite
from tests.site.test_medicament import api_price, page, tiles, words

NO_RATE = "En hospitalisation taux non publié Aucun taux de remboursement n’est publié pour ce cas."
BY_CONDITION = "Taux par affection non publiés : taux général montré."
NOT_KNOWN = "— non connu"


def row(text: str, payer: str, situation: str) -> str:
    """What is read in one row of the table."""
    body = text[text.index(payer, text.index('class="payers')) :]
    return next(
        told for each in re.findall(r"<tr[^>]*>.*?</tr>", body, flags=re.DOTALL) if situation in (told := words(each))
    )


@pytest.fixture(scope="module")
def nothing_paid(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The small catalogue, where the CNSS covers ambulatory medicines at a published rate of zero, and no rate of the
    CNOPS is left."""
    folder = tmp_path_factory.mktemp("zero")
    url = copy_sqlite(sqlite_template, folder)
    publish_all(url)
    case = {"organisme": "cnss", "regime": "AMO", "prestation": "MEDICAMENT", "mode": "ambulatoire"}
    zero = entry(
        "taux", "cnss:AMO:MEDICAMENT:ambulatoire:*:NORMALE", **case, situation="NORMALE", taux="0.00", assiette="PBR"
    )
    gone = Change("taux", "cnops:AMO:MEDICAMENT:ambulatoire:*:NORMALE", LISTED, None)
    engine = open_engine(url)
    with writing(engine) as session:
        instant = datetime(2026, 11, 2, 9, tzinfo=UTC)
        publish_changes(session, [zero, gone], label="zero", legal_act=LIST, published_at=instant)
    engine.dispose()
    return create_app(Settings(database_url=url, data_dir=folder, log_level="ERROR"), clock=lambda: NOW).test_client()


def test_without_a_published_rate_nobody_s_share_is_told(pack_client: FlaskClient) -> None:
    assert api_price(pack_client, code=PRINCEPS, organisme="cnss", mode="hospitalisation")["status"] == "NOT_COVERED"
    told = row(page(pack_client, f"/medicaments/{PRINCEPS}"), "CNSS", "En hospitalisation")
    assert told == f"{NO_RATE} {NOT_KNOWN} {NOT_KNOWN} {NOT_KNOWN} 29,70 DH {NOT_KNOWN}"


def test_the_calculation_of_a_case_without_a_rate_ends_without_an_amount(pack_client: FlaskClient) -> None:
    told = words(page(pack_client, f"/medicaments/{PRINCEPS}"))
    steps = told.partition("CNSS, En hospitalisation")[2].partition("Un dépassement")[0]
    assert steps.endswith("Aucun taux de remboursement n’est publié pour ce cas. ")


def test_without_a_rate_the_head_of_the_page_gives_no_amount_either(nothing_paid: FlaskClient) -> None:
    told = tiles(page(nothing_paid, f"/medicaments/{PRINCEPS}"))
    assert told[2] == "Taux taux non publié CNOPS · Cas général"
    assert told[3] == f"Reste à la charge du patient {NOT_KNOWN} CNOPS · Cas général"


def test_a_published_rate_of_zero_is_not_covered(nothing_paid: FlaskClient) -> None:
    text = page(nothing_paid, f"/medicaments/{PRINCEPS}")
    assert row(text, "CNSS", "Cas général") == "Cas général non couvert 37,20 DH 0,00 DH 0,00 DH 29,70 DH 0 %"
    assert row(text, "CNSS", "En hospitalisation").startswith(NO_RATE)


def test_an_exempt_patient_at_the_ordinary_rate_is_told_why(pack_client: FlaskClient) -> None:
    text = page(pack_client, f"/medicaments/{PRINCEPS}")
    assert BY_CONDITION in row(text, "CNSS", "exonéré")
    assert BY_CONDITION not in row(text, "CNOPS", "exonéré")
    assert BY_CONDITION not in row(text, "CNSS", "Cas général")


def test_where_no_rate_of_exempt_patients_is_recorded_that_is_said(client: FlaskClient) -> None:
    told = row(page(client, f"/medicaments/{PRINCEPS}"), "CNOPS", "exonéré")
    assert "Aucun taux propre aux patients exonérés n’est enregistré" in told
    assert BY_CONDITION not in told


def test_the_arabic_page_tells_the_absence_in_arabic(pack_client: FlaskClient) -> None:
    told = words(page(pack_client, f"/ar/medicaments/{PRINCEPS}"))
    assert "في حالة الاستشفاء نسبة غير منشورة" in told
    assert "النسب الخاصة بكل مرض غير منشورة" in told
    assert "— غير معروف" in told


def test_each_value_keeps_its_label_and_the_table_its_roles(pack_client: FlaskClient) -> None:
    """A phone lays the rows out as cards: labels come from the cells, and roles keep the table a table."""
    text = page(pack_client, f"/medicaments/{PRINCEPS}")
    for table in re.findall(r'<table class="[^"]*stack[^"]*" role="table">.*?</table>', text, flags=re.DOTALL):
        heads = [words(each) for each in re.findall(r'<th role="columnheader"[^>]*>(.*?)</th>', table)]
        rows = [found for each in table.split("</tr>") if (found := re.findall(r'data-label="([^"]*)"', each))]
        assert rows
        assert all(found == heads[1:] for found in rows)
        assert "<th scope" not in table and "<tr>" not in table


def test_paper_tells_the_day_and_the_release_once(client: FlaskClient) -> None:
    sentence = "Catalogue au 22 novembre 2026, tel que publié par la version 4."
    assert words(page(client, f"/medicaments/{PRINCEPS}")).count(sentence) == 1
    pinned = words(page(client, f"/medicaments/{PRINCEPS}?as_of=2026-11-22&release=4"))
    assert pinned.count(sentence) == 1
