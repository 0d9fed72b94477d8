"""Conventions, tariffs and key letters over HTTP: what is signed is told, and never priced with."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.golden_client import Golden

DAY = "2021-05-10"
PRIVATE, STATE, SIGNED = "medecins-prive-2006", "hopitaux-etat-2006", "medecins-prive-2020"


def values(golden: Golden, **asked: Any) -> list[tuple[str, str | None]]:
    told = golden.get("/lettres-cles", **{"as_of": DAY} | asked)["lettres_cles"]
    return [(each["lettre"], each["valeur"]) for each in told]


def test_c_in_2021_is_80_with_a_note_that_150_is_signed_and_not_in_force(golden: Golden) -> None:
    told = golden.get("/lettres-cles", as_of=DAY, lettre="C", secteur="prive", organisme="cnss")
    (letter,) = told["lettres_cles"]
    assert (letter["valeur"], letter["convention"], letter["statut"]) == ("80.00", PRIVATE, "EN_VIGUEUR")
    assert letter["acte_juridique"]["id"] == "arrete-1961-06"
    (note,) = letter["notes"]
    assert (note["reason"], note["amount"], note["statut"]) == ("SIGNED_NOT_IN_FORCE", "150.00", "SIGNE")
    assert "signed" in note["text"] and "not in force" in note["text"]
    assert (note["convention"], note["acte_juridique"]["id"]) == (SIGNED, "conventions-2020-01-13")


def test_before_its_signature_there_is_nothing_to_note(golden: Golden) -> None:
    (letter,) = golden.get("/lettres-cles", as_of="2020-01-12", lettre="C", secteur="prive")["lettres_cles"]
    assert letter["notes"] == []


def test_b_is_at_its_value_in_force_with_the_negotiated_one_as_a_note(golden: Golden) -> None:
    (letter,) = golden.get("/lettres-cles", as_of="2017-01-01", lettre="b", secteur="prive")["lettres_cles"]
    assert letter["valeur"] == "1.10"
    assert [(note["reason"], note["amount"]) for note in letter["notes"]] == [("NEGOTIATED_NOT_IN_FORCE", "0.95")]


def test_letters_are_narrowed_by_letter_sector_and_payer(golden: Golden) -> None:
    assert values(golden, lettre="K") == [("K", "22.50"), ("K", "13.00")]
    assert values(golden, lettre="K", secteur="public") == [("K", "13.00")]
    assert values(golden, lettre="Cs", organisme="cnops", secteur="prive", as_of="2013-07-15") == [("Cs", "25.00")]
    assert values(golden, lettre="cs", organisme="cnops", secteur="prive", as_of="2013-08-15") == [("Cs", "150.00")]


def test_without_a_payer_the_values_of_each_are_told_with_its_name(golden: Golden) -> None:
    told = golden.get("/lettres-cles", as_of="2014-06-01", lettre="D", secteur="prive")["lettres_cles"]
    assert [(each["variante"], each["organisme"], each["valeur"]) for each in told if each["organisme"]] == [
        ("prothese", "cnops", "12.50"),
        ("soins", "cnops", "13.00"),
    ]


def test_a_letter_that_is_only_signed_has_no_value(golden: Golden) -> None:
    """Known before the grids were: nothing but notes, and never a value."""
    told = golden.get("/lettres-cles", as_of="2006-08-15", lettre="C", secteur="prive")["lettres_cles"]
    assert [letter["valeur"] for letter in told if letter["notes"]] == [None] * len(told)


def test_every_letter_has_a_ground_and_a_status(golden: Golden) -> None:
    told = golden.get("/lettres-cles", as_of=DAY, per_page=1000)["lettres_cles"]
    assert len(told) > 20
    for letter in told:
        assert letter["valeur"] is None or (letter["statut"] == "EN_VIGUEUR" and letter["acte_juridique"])
    assert "150.00" not in {letter["valeur"] for letter in told if letter["lettre"] == "C"}


def test_letters_come_in_pages(golden: Golden) -> None:
    whole = golden.get("/lettres-cles", as_of=DAY, per_page=1000)
    first, second = (golden.get("/lettres-cles", as_of=DAY, per_page=10, page=page) for page in (1, 2))
    assert first["lettres_cles"] + second["lettres_cles"] == whole["lettres_cles"][:20]
    assert first["total"] == whole["total"] == len(whole["lettres_cles"])


@pytest.mark.parametrize(
    ("asked", "status", "named"),
    [
        ({"lettre": "C1"}, 400, "lettre"),
        ({"secteur": "PRIVE"}, 400, "secteur"),
        ({"organisme": "ramed"}, 400, "organisme"),
        ({"lettre": "ZZ"}, 404, None),
    ],
)
def test_a_filter_that_names_nothing_is_refused(
    golden: Golden, asked: dict[str, str], status: int, named: str | None
) -> None:
    told = golden.get("/lettres-cles", status, **asked)
    assert [fault["field"] for fault in told.get("errors", ())] == ([named] if named else [])


def test_conventions_are_told_with_all_their_dates_and_how_far_they_have_gone(golden: Golden) -> None:
    told = {each["code"]: each for each in golden.get("/conventions", as_of=DAY)["conventions"]}
    private = told[PRIVATE]
    dates = ("signed_on", "approved_on", "published_on", "effective_from")
    assert [private[name] for name in dates] == ["2006-07-28", "2006-08-04", None, "2006-09-01"]
    assert (private["statut"], private["applied_by"]) == ("EN_VIGUEUR", ["cnops", "cnss"])
    assert private["applied_by_payer_from"] == {"cnops": "2006-09-01", "cnss": "2006-09-01"}
    assert told["pharmaciens-2016"]["applied_by_payer_from"] == {"cnops": "2016-06-08", "cnss": None}
    assert (told[SIGNED]["statut"], told[SIGNED]["applied_by"]) == ("SIGNE", [])
    assert (told[SIGNED]["signed_on"], told[SIGNED]["effective_from"]) == ("2020-01-13", None)
    assert told["biologistes-avenant-2015"]["statut"] == "NEGOCIE"
    assert told[STATE]["applied_by"] == ["cnops", "cnss"]


def test_a_convention_between_signature_and_effect_is_not_yet_in_force(golden: Golden) -> None:
    steps = {
        day: golden.get(f"/conventions/{PRIVATE}", as_of=day)["statut"]
        for day in ("2006-07-28", "2006-08-04", "2006-08-31", "2006-09-01")
    }
    assert steps == {
        "2006-07-28": "SIGNE",
        "2006-08-04": "APPROUVE",
        "2006-08-31": "APPROUVE",
        "2006-09-01": "EN_VIGUEUR",
    }


def test_a_convention_is_told_with_its_payers_and_its_avenants(golden: Golden) -> None:
    told = golden.get(f"/conventions/{PRIVATE}", as_of=DAY)
    assert [(each["organisme"], each["applique"], each["valid_from"]) for each in told["adherences"]] == [
        ("cnops", True, "2006-09-01"),
        ("cnops", True, "2013-08-01"),
        ("cnss", True, "2006-09-01"),
    ]
    assert {each["code"]: each["statut"] for each in told["avenants"]} == {
        "medecins-prive-avenant-2009": "EN_VIGUEUR",
        SIGNED: "SIGNE",
    }


def test_the_tariffs_of_a_convention_are_its_lines_in_force(golden: Golden) -> None:
    told = golden.get(f"/conventions/{STATE}/tarifs", as_of=DAY, per_page=1000)
    lines = {line["nom"]: line for line in told["tarifs"]}
    assert (lines["K"]["kind"], lines["K"]["montant"], lines["K"]["secteur"]) == ("lettre_cle", "13.00", "public")
    band = lines["CHIRURGIE_K050_K059"]
    assert (band["kind"], band["montant"], band["coef_min"], band["coef_max"]) == ("forfait", "2000.00", 50, 59)
    assert all(line["in_force"] and line["statut"] == "EN_VIGUEUR" for line in told["tarifs"])
    assert told["total"] == told["in_force"] == len(told["tarifs"])
    assert told["not_in_force"] == 0


def test_a_signed_convention_has_no_tariff_in_force_and_its_lines_are_told_apart(golden: Golden) -> None:
    told = golden.get(f"/conventions/{SIGNED}/tarifs", as_of=DAY)
    assert (told["tarifs"], told["in_force"], told["not_in_force"], told["statut"]) == ([], 0, 5, "SIGNE")
    pending = golden.get(f"/conventions/{SIGNED}/tarifs", as_of=DAY, pending="true")["tarifs"]
    assert {line["nom"]: line["montant"] for line in pending}["C"] == "150.00"
    assert {(line["in_force"], line["statut"]) for line in pending} == {(False, "SIGNE")}


def test_an_avenant_is_told_with_the_lines_it_set_in_its_parent(golden: Golden) -> None:
    told = golden.get("/conventions/medecins-prive-avenant-2009/tarifs", as_of=DAY)["tarifs"]
    assert [(line["nom"], line["montant"]) for line in told if line["nom"] == "CESARIENNE"] == [
        ("CESARIENNE", "8000.00")
    ]


@pytest.mark.parametrize("path", ["/conventions/jamais", "/conventions/jamais/tarifs"])
def test_a_convention_never_published_is_unknown(golden: Golden, path: str) -> None:
    assert golden.get(path, 404)["type"].endswith("unknown-code")


def test_what_a_payer_declared_later_was_not_known_before(golden: Golden) -> None:
    asked = {"lettre": "C", "organisme": "cnops", "secteur": "prive", "as_of": "2013-08-15"}
    assert values(golden, **asked, release=2) == [("C", "15.00")]
    assert values(golden, **asked, release=3) == [("C", "80.00")]
