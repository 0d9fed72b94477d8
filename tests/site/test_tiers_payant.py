"""The check a pharmacy makes, and the lists of the payers: what the page says is what the API answers."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from babel.messages.pofile import read_po
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.request_log import REQUESTS
from service.site.languages import FOLDER, write_dirhams
from tests.api.golden_catalogue import CORRECTED, COVERSYL, EPREX, MEMBER, NOT_MEMBER, SUSPENDED, WITHDRAWN

ARAVA, NOT_ADMITTED = "6118001080267", "6118010125515"
DECLARED = {"exoneration": "true", "pec": "PEC-TRES-SECRET"}
WORDS = {"ELIGIBLE": "Oui", "CONDITIONAL": "Oui, à condition", "NOT_ELIGIBLE": "Non"}
ARABIC = {"ELIGIBLE": "نعم", "CONDITIONAL": "نعم، بشرط", "NOT_ELIGIBLE": "لا"}
CASES: list[dict[str, Any]] = [
    {"as_of": "2016-06-07", **DECLARED},  # G29
    {"as_of": "2016-06-08", **DECLARED},  # G29
    {"as_of": "2013-04-02", "organisme": "cnss", **DECLARED},  # G31
    {"as_of": "2013-04-02", **DECLARED},  # G31
    {"as_of": "2017-01-10", "exoneration": "true"},  # G34
    {},
    {"code": COVERSYL, **DECLARED},
    {"code": WITHDRAWN},
    {"code": NOT_ADMITTED, "organisme": "cnss"},
    {"as_of": "2012-01-01"},
    {"inpe": NOT_MEMBER, **DECLARED},
    {"inpe": SUSPENDED, **DECLARED},
    {"inpe": MEMBER, "pec_until": "2017-01-10", **DECLARED},
    {"pec_until": "2017-01-09", **DECLARED},
]


def asked(client: FlaskClient, path: str = "/tiers-payant", **told: Any) -> TestResponse:
    return client.get(path, query_string={"code": EPREX, "organisme": "cnops", "as_of": "2017-01-10"} | told)


def answered(client: FlaskClient, told: dict[str, Any]) -> dict[str, Any]:
    """What the API answers to the same question."""
    query = {"organisme": "cnops", "as_of": "2017-01-10", **told}
    code = query.pop("code", EPREX)
    found: dict[str, Any] = client.get(f"/api/v1/tiers-payant/{code}", query_string=query).get_json(force=True)
    return found


def verdict(page: TestResponse) -> str:
    found = re.search(r'<h2 id="verdict">(.*?)</h2>', page.text)
    return unescape(found[1]) if found else ""


def words(page: TestResponse, *, translated: bool = False) -> str:
    """What a reader sees, and what is in no attribute; ``translated`` leaves out what is marked as French."""
    html = re.sub(r'<bdi lang="fr".*?</bdi>', " ", page.text) if translated else page.text
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.mark.parametrize("told", CASES)
def test_the_page_gives_the_answer_of_the_api_with_its_amounts(pack_client: FlaskClient, told: dict[str, Any]) -> None:
    expected, page = answered(pack_client, told), asked(pack_client, **told)
    assert (page.status_code, verdict(page)) == (200, WORDS[expected["eligibility"]])
    assert verdict(asked(pack_client, "/ar/tiers-payant", **told)) == ARABIC[expected["eligibility"]]
    amounts = (expected["amounts"][name] for name in ("unit_price", "base", "amo", "patient"))
    shown = re.findall(r"<dd>([^<]+DH)", page.text)
    assert shown == [write_dirhams(amount) for amount in amounts if amount is not None]


@pytest.mark.parametrize("told", CASES)
def test_each_reason_has_its_remedy_and_each_condition_its_act(pack_client: FlaskClient, told: dict[str, Any]) -> None:
    expected, page = answered(pack_client, told), asked(pack_client, **told)
    to_do = re.search(r"<h3>.*?<ul>(.*?)</ul>", page.text, re.DOTALL)
    assert (to_do[1].count("<li>") if to_do else 0) == len(expected["reasons"])
    conditions = page.text.partition('class="plain-list conditions"')[2].partition("</ul>")[0]
    for condition in expected["conditions"]:
        act = condition["acte_juridique"]
        assert act is None or f"/actes-juridiques/{act['id']}" in conditions
    assert conditions.count('<span class="badge') == len(expected["conditions"])


def test_a_yes_names_list_convention_dates_and_medicine(pack_client: FlaskClient) -> None:
    page = asked(pack_client, inpe=MEMBER, pec_until="2017-01-10", **DECLARED)
    seen = words(page)
    for told in ("2016-06-08", "8 juin 2016", "10 janvier 2017", "9 juin 2014", "EPREX 10000 UI/ML", "4000 UI"):
        assert told in seen
    assert f"/medicaments/{EPREX}" in page.text and "/conventions/pharmaciens-2016" in page.text
    assert "100\u00a0% de la base" in page.text


@pytest.mark.parametrize("declared", [{}, DECLARED])
def test_a_medicine_listed_by_name_alone_is_neither_yes_nor_no(
    pack_client: FlaskClient, declared: dict[str, str]
) -> None:
    page = asked(pack_client, code=ARAVA, organisme="cnss", **declared)
    seen = words(page)
    assert (page.status_code, verdict(page)) == (200, "À vérifier")
    assert "La liste « 2013-04-01 » de la CNSS nomme « ARAVA » sans préciser de présentation" in seen
    assert "Demandez à la CNSS si sa liste contient cette présentation." in seen
    assert "le médicament y est nommé sans présentation" in seen
    assert "n’est pas sur la liste" not in seen and "/actes-juridiques/liste-tp-cnss-2013-04-01" in page.text
    arabic = asked(pack_client, "/ar/tiers-payant", code=ARAVA, organisme="cnss", **declared)
    assert verdict(arabic) == "يجب التحقق"
    assert [text for text in french_sentences("tiers_payant.po") if text in words(arabic, translated=True)] == []


@pytest.mark.parametrize(
    ("organisme", "told"),
    [("cnss", "compte 12 lignes (version 2013-04-01)"), ("cnops", "(version 2016-06-08, essai)")],
)
def test_a_no_and_the_list_say_how_much_is_recorded(pack_client: FlaskClient, organisme: str, told: str) -> None:
    for page in (
        asked(pack_client, code=COVERSYL, organisme=organisme),
        pack_client.get(f"/tiers-payant/listes/{organisme}?as_of=2017-01-10"),
    ):
        seen = words(page)
        assert told in seen and "la liste publiée peut en compter davantage" in seen


@pytest.mark.parametrize(
    "told", [{"code": NOT_ADMITTED}, {"code": WITHDRAWN}, {"code": WITHDRAWN, "as_of": "2016-06-07"}]
)
def test_no_reimbursement_is_promised_where_there_is_none(pack_client: FlaskClient, told: dict[str, str]) -> None:
    seen = words(asked(pack_client, **told))
    assert "rien ne lui en est remboursé" in seen
    assert "demande son remboursement" not in seen and "est remboursée à l’assuré" not in seen


def test_where_the_payer_reimburses_the_patient_the_page_says_so(pack_client: FlaskClient) -> None:
    seen = words(asked(pack_client, code=COVERSYL))
    assert "demande son remboursement" in seen and "la part de l’organisme est remboursée à l’assuré" in seen


def test_a_medicine_out_of_force_goes_by_the_name_it_was_published_under(pack_client: FlaskClient) -> None:
    page = asked(pack_client, as_of="2012-01-01")
    said = page.text.partition('<h2 id="verdict">')[2].partition("</section>")[0]
    assert answered(pack_client, {"as_of": "2012-01-01"})["nom"] is None
    assert "EPREX 10000 UI/ML" in said and said.count(f">{EPREX}<") == 1


def test_a_day_that_is_not_there_says_why(pack_client: FlaskClient) -> None:
    days = dict(re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", asked(pack_client, as_of="2012-01-01").text))
    assert days["L’organisme applique la convention depuis"] == "ne l’applique pas"
    assert days["Médicament sur la liste depuis"] == days["Prix en vigueur depuis"] == "sans objet"
    assert "sans date" not in days.values()


@pytest.mark.parametrize("told", [{"code": EPREX}, {"code": EPREX, "as_of": "2017-01-10"}, {"inpe": MEMBER}])
def test_before_a_payer_is_chosen_the_form_is_filled_and_nobody_erred(
    pack_client: FlaskClient, told: dict[str, str]
) -> None:
    page = pack_client.get("/tiers-payant", query_string=told)
    assert (page.status_code, verdict(page), 'class="fault"' in page.text) == (200, "", False)
    assert all(f'value="{value}"' in page.text for value in told.values())
    assert "aria-invalid" not in page.text and "Choisissez l’organisme de l’assuré." in words(page)


def test_before_a_payer_is_chosen_a_code_that_cannot_be_read_is_told(pack_client: FlaskClient) -> None:
    page = pack_client.get("/tiers-payant?code=61180")
    assert (page.status_code, re.findall(r'class="fault" id="e-(\w+)"', page.text)) == (400, ["code"])


def test_a_payer_that_has_yet_to_begin_says_from_when_on_it_pays(pack_client: FlaskClient) -> None:
    seen = words(asked(pack_client, as_of="2016-06-07"))
    assert (
        "n’applique aucune convention des pharmaciens le 7 juin 2016. Elle en applique une à partir du 8 juin" in seen
    )


def test_the_agreement_is_in_no_link_and_no_cache(pack_client: FlaskClient) -> None:
    page = asked(pack_client, pec_until="2017-02-28", **DECLARED)
    assert re.findall(r'\S*="[^"]*PEC-TRES-SECRET[^"]*"', page.text) == ['value="PEC-TRES-SECRET"']
    assert "pec" not in "".join(re.findall(r'href="([^"]*)"', page.text))
    assert page.headers["Cache-Control"] == "no-store"
    assert asked(pack_client).headers["Cache-Control"] != "no-store"


def test_the_agreement_is_in_no_log(
    pack_client: FlaskClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(REQUESTS, "is_on", True)
    asked(pack_client, pec_until="2017-02-28", **DECLARED)
    (line,) = capsys.readouterr().err.splitlines()
    assert "SECRET" not in line and "2017-02-28" not in line and f"code={EPREX}" in json.loads(line)["query"]


def test_the_permanent_link_asks_the_same_question_again(pack_client: FlaskClient) -> None:
    page = asked(pack_client, exoneration="true", inpe=MEMBER)
    link = unescape(re.findall(r'rel="bookmark" href="([^"]*)"', page.text)[0])
    again = pack_client.get(link)
    assert (verdict(again), "as_of=2017-01-10" in link, "release=" in link) == (verdict(page), True, True)


def test_only_this_page_may_ask_for_the_camera(pack_client: FlaskClient) -> None:
    assert "camera=(self)" in pack_client.get("/tiers-payant").headers["Permissions-Policy"]
    assert "camera=()" in pack_client.get("/tiers-payant/listes/cnss").headers["Permissions-Policy"]
    assert re.search(r'<button type="button" class="quiet" id="scan" hidden', pack_client.get("/tiers-payant").text)


@pytest.mark.parametrize(
    ("told", "field", "status"),
    [
        ({"code": "61180"}, "code", 400),
        ({"code": ""}, "code", 400),
        ({"code": "6118000000006"}, "code", 404),
        ({"organisme": ""}, "organisme", 400),
        ({"organisme": "ramed"}, "organisme", 400),
        ({"inpe": "12"}, "inpe", 400),
        ({"exoneration": "peut-être"}, "exoneration", 400),
        ({"pec_until": "demain"}, "pec_until", 400),
        ({"as_of": "hier"}, "as_of", 400),
        ({"release": "999"}, "release", 400),
    ],
)
def test_a_fault_is_told_beside_its_field_and_nothing_is_answered(
    pack_client: FlaskClient, told: dict[str, str], field: str, status: int
) -> None:
    for path in ("/tiers-payant", "/ar/tiers-payant"):
        page = asked(pack_client, path, **told)
        assert (page.status_code, verdict(page)) == (status, "")
        assert re.findall(r'class="fault" id="e-(\w+)"', page.text) == [field]
        assert re.findall(r'<(?:input|select) id="f-(\w+)"[^>]*aria-invalid="true"', page.text) == [field]


def test_a_wrong_last_digit_is_suspected_only_where_it_is_wrong(pack_client: FlaskClient) -> None:
    assert "dernier chiffre ne concorde pas" in words(asked(pack_client, code="6118000000005"))
    assert "dernier chiffre" not in words(asked(pack_client, code="6118000000006"))


def test_a_medicine_listed_twice_gets_no_answer(pack_client: FlaskClient) -> None:
    page = asked(pack_client, code=CORRECTED)
    assert (page.status_code, verdict(page)) == (409, "Données contradictoires")
    assert "cnops:essai-en-double" in words(page)


def test_the_bare_page_asks_and_accuses_nobody(pack_client: FlaskClient) -> None:
    page = pack_client.get("/tiers-payant")
    assert (page.status_code, verdict(page), "aria-invalid" in page.text) == (200, "", False)
    assert page.headers["ETag"]


@pytest.mark.parametrize("path", ["/tiers-payant", "/tiers-payant/listes/cnops", "/ar/tiers-payant"])
def test_before_anything_is_published_the_page_says_so(empty_client: FlaskClient, path: str) -> None:
    page = empty_client.get(path)
    assert (page.status_code, 'class="empty"' in page.text) == (200, True)


@pytest.mark.parametrize("told", [*CASES, {"code": "61"}, {"code": CORRECTED}])
def test_the_arabic_page_has_no_french_sentence(pack_client: FlaskClient, told: dict[str, Any]) -> None:
    page = asked(pack_client, "/ar/tiers-payant", **told)
    assert '<html lang="ar" dir="rtl">' in page.text
    assert [message for message in french_sentences("tiers_payant.po") if message in words(page, translated=True)] == []


def french_sentences(name: str) -> list[str]:
    """The sentences of a file that have an Arabic, and are too long to be met by chance."""
    with (FOLDER / "ar" / name).open("rb") as source:
        found = [message.id for message in read_po(source, locale="ar") if isinstance(message.id, str)]
    return [message for message in found if len(message) > 12 and "%" not in message]


def test_a_hostile_question_is_refused_or_escaped(pack_client: FlaskClient) -> None:
    for code in ("<script>alert(1)</script>", "\u202e123", "6" * 5000, "a\x00b"):
        page = asked(pack_client, code=code, pec='"><img src=x>')
        assert page.status_code == 400
        assert "<script>alert" not in page.text and "<img" not in page.text


def test_a_list_tells_what_the_payer_pays_with_prices(pack_client: FlaskClient) -> None:
    page = pack_client.get("/tiers-payant/listes/cnss?as_of=2017-01-10")
    rows = re.findall(r"<tr>\s*<th scope=\"row\">.*?</tr>", page.text, re.DOTALL)
    told = pack_client.get("/api/v1/listes/tiers-payant?organisme=cnss&as_of=2017-01-10").get_json(force=True)
    assert len(rows) == told["total"] == 12
    (eprex,) = [row for row in rows if "EPREX" in row]
    assert f"/medicaments/{EPREX}" in eprex and "2\u202f374,00\u00a0DH" in eprex and "EPOETINE ALFA" in eprex
    assert "/actes-juridiques/liste-tp-cnss-2013-04-01" in page.text


def test_an_empty_list_gives_its_reason(pack_client: FlaskClient) -> None:
    page = pack_client.get("/tiers-payant/listes/cnops?as_of=2016-06-07")
    assert "La CNOPS n’applique aucune convention des pharmaciens à cette date." in words(page)
    arabic = pack_client.get("/ar/tiers-payant/listes/cnops?as_of=2016-06-07")
    assert "لا يطبق الصندوق الوطني لمنظمات الاحتياط الاجتماعي أي اتفاقية" in words(arabic)


@pytest.mark.parametrize(
    ("path", "status"),
    [("cnss?page=99", 200), ("cnss?page=-1", 200), ("cnss?page=x", 200), ("ramed", 404), ("CNSS", 200)],
)
def test_the_address_of_a_list_is_read_with_care(pack_client: FlaskClient, path: str, status: int) -> None:
    assert pack_client.get(f"/tiers-payant/listes/{path}").status_code == status
