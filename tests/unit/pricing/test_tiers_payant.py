"""Tiers payant: each reason on its own, and the order in which they count."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from catalog.errors import CodeError, UnknownCodeError
from catalog.pricing.telling_tiers_payant import tiers_payant
from catalog.pricing.tiers_payant import eligibility
from catalog.pricing.tiers_payant_lists import may_name
from catalog.releases.changes import Change
from catalog.temporal import DUSK, Moment
from tests.unit.pricing.shelf import act, change, snapshot, withdrawal
from tests.unit.pricing.world import BOX, START, medicament, world

DAY = date(2017, 1, 10)
INPE = "123456789"
DECLARED: dict[str, Any] = {"exoneration": True, "pec": "PEC-1", "pec_until": DAY}


def listed(code: str = BOX, start: date = START, end: date = DUSK) -> Change:
    return change(
        "liste_tiers_payant",
        f"cnops:{code}",
        start,
        end,
        organisme="cnops",
        version="v1",
        medicament=code,
        nom="DOLIPRANE",
    )


def standing(etat: str) -> Change:
    return change("adhesion", f"{INPE}:cnops", START, inpe=INPE, organisme="cnops", etat=etat)


NOT_ADMITTED = medicament(admis_remboursement=False)
CONVENTION = change("convention", "pharmaciens", START, libelle="Convention des pharmaciens", profession="pharmaciens")
BY_NAME = change("liste_tiers_payant", "cnops:nom", START, organisme="cnops", version="v1", nom="Doliprane")
SOLD_AS = medicament(nom="PARACETAMOL", specialite="DOLIPRANE")
OTHER = change("liste_tiers_payant", "cnops:autre", START, organisme="cnops", version="v1", nom="AUTRE")


def answered(
    *changes: Change, code: str = BOX, organisme: str = "cnops", day: date = DAY, **declared: Any
) -> dict[str, Any]:
    """The answer when all is declared, these facts added to the world."""
    found = snapshot(world(), changes)
    return tiers_payant(found, code, organisme, Moment(day, found.head), **(DECLARED | declared))


def verdict(*changes: Change, **asked: Any) -> tuple[str, list[str]]:
    told = answered(*changes, **asked)
    return told["eligibility"], told["reasons"]


def test_all_conditions_met_is_a_yes_that_names_what_it_rests_on() -> None:
    told = answered(CONVENTION, listed(), inpe=INPE)
    assert (told["eligibility"], told["reasons"]) == ("ELIGIBLE", [])
    assert [condition["condition"] for condition in told["conditions"]] == [
        "PAYER", "LIST", "MEDICINE", "PRICE", "PHARMACY", "ALD", "PRIOR_AGREEMENT",
    ]  # fmt: skip
    assert all(condition["met"] for condition in told["conditions"])
    assert told["list"]["version"] == "v1"
    assert told["dates"] == {
        "as_of": "2017-01-10", "payer_applies_from": "2010-01-01", "list_from": "2010-01-01",
        "price_from": "2010-01-01", "pharmacy_from": None, "pec_until": "2017-01-10",
    }  # fmt: skip
    assert told["pharmacy"] == {"inpe": INPE, "etat": "ADHERENTE", "by_default": True, "acte_juridique": None}
    assert told["amounts"]["unit_price"] == "100.00"


@pytest.mark.parametrize(
    ("changes", "asked", "expected"),
    [
        ((listed(),), {}, ("NOT_ELIGIBLE", ["PAYER_NOT_APPLYING"])),
        ((CONVENTION, OTHER), {}, ("NOT_ELIGIBLE", ["DRUG_NOT_ON_LIST"])),
        ((CONVENTION,), {}, ("NOT_ELIGIBLE", ["LIST_NOT_IN_FORCE"])),
        ((CONVENTION, OTHER, listed(start=date(2018, 1, 1))), {}, ("NOT_ELIGIBLE", ["LIST_NOT_IN_FORCE"])),
        ((CONVENTION, BY_NAME), {}, ("CONDITIONAL", ["LISTED_BY_NAME_ONLY"])),
        ((CONVENTION, BY_NAME, listed()), {}, ("ELIGIBLE", [])),
        ((CONVENTION, BY_NAME, listed(start=date(2018, 1, 1))), {}, ("CONDITIONAL", ["LISTED_BY_NAME_ONLY"])),
        ((CONVENTION, BY_NAME, NOT_ADMITTED), {}, ("NOT_ELIGIBLE", ["DRUG_NOT_REIMBURSABLE"])),
        ((CONVENTION, BY_NAME, standing("SUSPENDUE")), {"inpe": INPE}, ("NOT_ELIGIBLE", ["PHARMACY_SUSPENDED"])),
        ((CONVENTION, BY_NAME, SOLD_AS), {}, ("CONDITIONAL", ["LISTED_BY_NAME_ONLY"])),
        ((BY_NAME,), {}, ("NOT_ELIGIBLE", ["PAYER_NOT_APPLYING"])),
        ((CONVENTION, listed("6118000100065")), {}, ("NOT_ELIGIBLE", ["DRUG_NOT_ON_LIST"])),
        ((CONVENTION, listed(), NOT_ADMITTED), {}, ("NOT_ELIGIBLE", ["DRUG_NOT_REIMBURSABLE"])),
        ((CONVENTION, listed(), withdrawal("medicament", BOX, START)), {}, ("NOT_ELIGIBLE", ["DRUG_NOT_REIMBURSABLE"])),
        ((CONVENTION, listed(), medicament(pbr=None)), {}, ("NOT_ELIGIBLE", ["PRICE_UNKNOWN"])),
        ((CONVENTION, listed(), medicament(None, ph="80.00")), {}, ("NOT_ELIGIBLE", ["PRICE_UNKNOWN"])),
        ((CONVENTION, listed(), standing("NON_ADHERENTE")), {"inpe": INPE}, ("NOT_ELIGIBLE", ["PHARMACY_NOT_MEMBER"])),
        ((CONVENTION, listed(), standing("SUSPENDUE")), {"inpe": INPE}, ("NOT_ELIGIBLE", ["PHARMACY_SUSPENDED"])),
        ((CONVENTION, listed(), standing("ADMISE")), {"inpe": INPE}, ("ELIGIBLE", [])),
        ((CONVENTION, listed(), standing("SUSPENDUE")), {}, ("ELIGIBLE", [])),
        ((CONVENTION, listed()), {"exoneration": False}, ("CONDITIONAL", ["ALD_NOT_DECLARED"])),
        ((CONVENTION, listed()), {"pec": None}, ("CONDITIONAL", ["PRIOR_AGREEMENT_MISSING"])),
        ((CONVENTION, listed()), {"pec": "  "}, ("CONDITIONAL", ["PRIOR_AGREEMENT_MISSING"])),
        ((CONVENTION, listed()), {"pec_until": date(2017, 1, 9)}, ("CONDITIONAL", ["PRIOR_AGREEMENT_EXPIRED"])),
        ((CONVENTION, listed()), {"pec_until": None}, ("ELIGIBLE", [])),
    ],
)  # fmt: skip
def test_each_reason(changes: tuple[Change, ...], asked: dict[str, Any], expected: tuple[str, list[str]]) -> None:
    assert verdict(*changes, **asked) == expected


def test_what_a_declaration_would_lift_counts_only_where_nothing_else_stands_in_the_way() -> None:
    bare = {"exoneration": False, "pec": None}
    assert verdict(CONVENTION, listed(), **bare) == ("CONDITIONAL", ["ALD_NOT_DECLARED", "PRIOR_AGREEMENT_MISSING"])
    assert verdict(CONVENTION, OTHER, **bare) == ("NOT_ELIGIBLE", ["DRUG_NOT_ON_LIST"])


def test_a_name_alone_decides_nothing_and_names_its_ground_beside_what_is_not_declared() -> None:
    told = answered(CONVENTION, BY_NAME, OTHER, exoneration=False, pec=None)
    assert told["eligibility"] == "CONDITIONAL"
    assert told["reasons"] == ["LISTED_BY_NAME_ONLY", "ALD_NOT_DECLARED", "PRIOR_AGREEMENT_MISSING"]
    (line,) = [condition for condition in told["conditions"] if condition["condition"] == "LIST"]
    assert (line["met"], line["reason"], line["acte_juridique"]["id"]) == (None, "LISTED_BY_NAME_ONLY", "texte")
    assert "names Doliprane without a presentation" in line["text"]
    assert (told["list"], told["dates"]["list_from"]) == (None, None)
    assert told["recorded_list"] == {"versions": ["v1"], "lines": 2, "without_presentation": 2}


def test_a_name_alone_of_another_payer_or_of_another_time_is_no_name() -> None:
    of_cnss = change("liste_tiers_payant", "cnss:nom", START, organisme="cnss", version="v1", nom="DOLIPRANE")
    ended = change(
        "liste_tiers_payant", "cnops:fini", START, DAY, organisme="cnops", version="v0", nom="DOLIPRANE"
    )  # fmt: skip
    assert verdict(CONVENTION, OTHER, of_cnss, ended) == ("NOT_ELIGIBLE", ["DRUG_NOT_ON_LIST"])


def test_a_no_says_how_much_of_the_list_is_recorded() -> None:
    told = answered(CONVENTION, OTHER, listed("6118000100065"))
    assert told["recorded_list"] == {"versions": ["v1"], "lines": 2, "without_presentation": 1}
    (line,) = [condition["text"] for condition in told["conditions"] if condition["condition"] == "LIST"]
    assert "The list recorded has 2 lines (version v1); the one published may have more." in line
    assert answered(CONVENTION)["recorded_list"] is answered(OTHER)["recorded_list"] is None


@pytest.mark.parametrize(
    ("line", "nom", "expected"),
    [
        ("ARAVA", "ARAVA", True),
        ("Arava ", "ARAVA", True),
        ("ZOLADEX", "ZOLADEX 10.8 MG", True),
        ("ZOLADEX 10,8 MG", "ZOLADEX", True),
        ("ZOLADEX 10,8MG", "ZOLADEX 10.8 MG", True),
        ("SOLUPRED", "SOLUPRÉD 20", True),
        ("DEPAKINE CHRONO", "DEPAKINE-CHRONO 500", True),
        ("ARA", "ARAVA", False),
        ("ARAVA", "CO ARAVA", False),
        ("ARAVA PLUS", "ARAVA", False),
        ("ZOLADEX 3.6 MG", "ZOLADEX 10.8 MG", False),
        ("ZOLADEX 10", "ZOLADEX 100", False),
        ("—", "ARAVA", False),
        ("ARAVA", "", False),
    ],
)
def test_names_are_compared_by_whole_words(line: str, nom: str, expected: bool) -> None:
    assert may_name(line, nom) is expected


def test_a_medicine_out_of_force_keeps_the_name_it_last_had() -> None:
    gone = withdrawal("medicament", BOX, date(2016, 1, 1))
    renamed = medicament(nom="DOLIPRANE 500", start=date(2015, 1, 1))
    found = snapshot(world(), [CONVENTION, BY_NAME], [renamed], [gone])
    for day, name in ((date(2009, 1, 1), "DOLIPRANE"), (date(2014, 1, 1), "DOLIPRANE"), (DAY, "DOLIPRANE 500")):
        answer = eligibility(found, BOX, "cnops", Moment(day, found.head))
        assert answer.known is not None and answer.known.payload["nom"] == name
    assert answer.medicament is None
    assert answer.reasons == ("DRUG_NOT_REIMBURSABLE",)


def test_a_convention_that_is_only_signed_is_not_applied() -> None:
    signed = change("convention", "pharmaciens", START, act="accord", libelle="x", profession="pharmaciens")
    assert verdict(act("accord", "SIGNE"), signed, listed()) == ("NOT_ELIGIBLE", ["PAYER_NOT_APPLYING"])


def test_what_cannot_be_read_or_was_never_published_is_an_error() -> None:
    for asked in ({"code": "1"}, {"organisme": "ramed"}, {"inpe": "12"}):
        with pytest.raises(CodeError):
            answered(CONVENTION, listed(), **asked)
    with pytest.raises(UnknownCodeError):
        answered(CONVENTION, listed(), code="6118000999999")
