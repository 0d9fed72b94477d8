"""The pack says what the law, the lists and the golden cases say: prices, bases, statuses, opinions."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from catalog.money import format_dirhams
from catalog.temporal import DUSK
from tests.unit.reference_pack.reading import Row, concerns, in_force, rows

JULY_2014 = date(2014, 7, 1)
NEW_YEAR_2026 = date(2026, 1, 1)
MARKED = "écart"
"""Word of the source of a price that breaks the rule of the base, as its list prints it."""


def medicament(code: str, day: date = JULY_2014, release: int | None = None) -> dict[str, Any]:
    return in_force("medicaments", day, release)[code].payload


def members(group: str, day: date = JULY_2014) -> list[dict[str, Any]]:
    return [row.payload for row in in_force("medicaments", day).values() if row.payload["groupe_generique"] == group]


def generic_prices(group: str) -> list[str]:
    prices = [payload["ppv"] for payload in members(group) if payload["princeps_generique"] == "G"]
    return [format_dirhams(price) for price in sorted(prices)]


def expected_base(payload: dict[str, Any], day: date) -> int | None:
    """Closest generic not dearer than the princeps (DOMAIN 1.3)."""
    price: int | None = payload["ppv"]
    if price is None or payload["princeps_generique"] == "G" or payload["groupe_generique"] is None:
        return price
    group = members(payload["groupe_generique"], day)
    below = [one["ppv"] for one in group if one["princeps_generique"] == "G" and one["ppv"] <= price]
    return max(below, default=price)


def test_there_are_about_a_hundred_presentations() -> None:
    assert 100 <= len({row.code for row in rows("medicaments")}) <= 125


@pytest.mark.parametrize("day", [JULY_2014, NEW_YEAR_2026], ids=["2014", "2026"])
def test_bases_follow_the_rule_unless_their_source_says_otherwise(day: date) -> None:
    standing = [row for row in in_force("medicaments", day).values() if row.payload["ppv"] and row.payload["pbr"]]
    breaking = {row.code for row in standing if row.payload["pbr"] != expected_base(row.payload, day)}
    assert breaking == {row.code for row in standing if MARKED in row.source}
    assert {"6118001030828", "6118000270140"} <= breaking


def test_a_group_compares_one_product_in_one_pack() -> None:
    for code, group in in_force("groupes-generiques", JULY_2014).items():
        inside = members(code)
        assert Counter(payload["princeps_generique"] for payload in inside)["P"] == 1, code
        assert len(inside) > 1, code
        for name in ("dci", "dosages", "unites"):
            assert {payload[name] for payload in inside} == {group.payload[name]}, code
        assert all(f" {group.payload['conditionnement']} " in payload["presentation"] for payload in inside), code


def test_hospital_presentations_have_no_public_price() -> None:
    hospital = {row.code for row in in_force("medicaments", JULY_2014).values() if row.payload["ppv"] is None}
    assert "6118001184187" in hospital
    assert all(medicament(code)["ph"] for code in hospital)


def test_prices_are_never_zero() -> None:
    prices = ("ppv", "ph", "pbr", "pbr_ph")
    assert [row.place for row in rows("medicaments") if 0 in [row.payload[name] for name in prices]] == []


def test_the_rate_of_the_list_agrees_with_the_admission() -> None:
    pairs = {(row.payload["admis_remboursement"], row.payload["taux_liste"]) for row in rows("medicaments")}
    assert pairs == {(True, 7000), (False, 0)}


def test_nothing_is_delisted_for_no_source_names_a_medicine() -> None:
    assert [row.place for row in rows("medicaments") if row.payload["retire"] or row.cells["op"]] == []


class TestGoldenCases:
    """The facts on which the golden drug cases rest, to the centime."""

    def test_diamicron(self) -> None:
        payload = medicament("6118000100058")
        assert (payload["nom"], payload["princeps_generique"]) == ("DIAMICRON", "P")
        assert (payload["ppv"], payload["pbr"], payload["admis_remboursement"]) == (3720, 2970, True)
        assert (payload["dci"], payload["dosages"], payload["unites"]) == (("GLICLAZIDE",), ("80",), ("MG",))
        assert payload["presentation"] == "1 BOITE 20 COMPRIME"

    def test_diamicron_holds_since_the_ninth_of_june_2014_and_for_good(self) -> None:
        only = [row for row in rows("medicaments") if row.code == "6118000100058"]
        assert [(row.period.start, row.period.end) for row in only] == [(date(2014, 6, 9), DUSK)]
        act = in_force("actes-juridiques", JULY_2014)[only[0].cells["legal_act"]].payload
        assert (act["type"], act["bo_numero"], act["published_on"]) == ("arrete", "6262 bis", date(2014, 6, 6))

    def test_glyazid(self) -> None:
        payload = medicament("6118000190462")
        assert (payload["ppv"], payload["pbr"], payload["princeps_generique"]) == (2970, 2970, "G")

    def test_generics_of_diamicron_counted_by_code(self) -> None:
        # The case counts codes: DIASTAB, at 22.00, has two of them for one presentation.
        others = [row for row in rows("codes-presentations") if row.payload["presentation"] == "6118000180661"]
        assert [row.code for row in others] == ["6118010001154"]
        twice = format_dirhams(medicament("6118000180661")["ppv"])
        priced = sorted([*generic_prices("GLICLAZIDE-80-CP-20"), twice])
        assert priced == ["22.00", "22.00", "22.00", "25.50", "26.70", "29.70"]

    def test_amlor(self) -> None:
        assert (medicament("6118000250555")["ppv"], medicament("6118000250555")["pbr"]) == (9890, 9890)
        assert generic_prices("AMLODIPINE-10-CP-28") == ["59.10", "64.00", "77.40", "98.90", "98.90", "98.90"]

    @pytest.mark.parametrize("day", [date(2011, 4, 30), date(2011, 5, 1), JULY_2014], ids=str)
    def test_coversyl(self, day: date) -> None:
        assert (medicament("6118000100256", day)["ppv"], medicament("6118000100256", day)["pbr"]) == (23240, 10500)
        assert [payload["ppv"] for payload in members("PERINDOPRIL-4-CP-30", day)] == [23240, 10500]

    def test_payer_applied_the_generic_base_from_may_2011(self) -> None:
        act = in_force("actes-juridiques", JULY_2014)["decision-cnops-2011-05-01"].payload
        assert (act["effective_from"], act["statut"]) == (date(2011, 5, 1), "EN_VIGUEUR")

    def test_cialis_is_explicitly_not_reimbursed(self) -> None:
        payload = medicament("6118001070169")
        assert (payload["ppv"], payload["taux_liste"], payload["admis_remboursement"]) == (44000, 0, False)

    @pytest.mark.parametrize("day", [date(2013, 4, 2), JULY_2014, date(2016, 6, 8)], ids=str)
    def test_eprex(self, day: date) -> None:
        payload = medicament("6118001181094", day)
        assert (payload["ppv"], payload["pbr"], payload["admis_remboursement"]) == (237400, 237400, True)


def test_glivec_has_one_base_for_two_packs() -> None:
    assert [medicament(code)["pbr"] for code in ("6118001030828", "6118001030200")] == [380000, 380000]


def test_revlimid_is_for_hospitals() -> None:
    payload = medicament("6118001184187")
    assert (payload["ppv"], payload["ph"], payload["admis_remboursement"]) == (None, 5846500, False)


def test_eloxatine_is_one_presentation_with_two_codes() -> None:
    assert {row.code: row.payload["presentation"] for row in rows("codes-presentations")}[
        "6118010116230"
    ] == "6118001081646"
    assert medicament("6118001081646")["ppv"] == 288200


def test_aclasta_and_actemra_turn_reimbursable_in_2026() -> None:
    turned = {
        now.payload["specialite"]
        for code, now in in_force("medicaments", NEW_YEAR_2026).items()
        if now.payload["admis_remboursement"] and not medicament(code)["admis_remboursement"]
    }
    assert turned == {"ACLASTA", "ACTEMRA"}
    assert (medicament("6118001030538", NEW_YEAR_2026)["ppv"], medicament("6118001030538")["ppv"]) == (304100, None)


def test_2026_prices_are_unknown_before_the_list_of_2026() -> None:
    assert medicament("6118000130802", NEW_YEAR_2026, 8)["ppv"] == 19600
    assert medicament("6118000130802", NEW_YEAR_2026)["ppv"] == 13310


def test_conventions_of_2020_are_signed_and_not_in_force() -> None:
    act = in_force("actes-juridiques", NEW_YEAR_2026)["conventions-2020-01-13"].payload
    assert (act["statut"], act["signed_on"], act["effective_from"]) == ("SIGNE", date(2020, 1, 13), None)


def test_convention_of_2006_keeps_its_dates_apart() -> None:
    act = in_force("actes-juridiques", NEW_YEAR_2026)["convention-medecins-2006"].payload
    days = [act[name] for name in ("signed_on", "approved_on", "effective_from")]
    assert days == [date(2006, 7, 28), date(2006, 8, 4), date(2006, 9, 1)]


def test_opinions_are_counted_as_the_report_prints_them() -> None:
    levels = Counter((row.payload["type_demande"], row.payload["smr"], row.payload["asmr"]) for row in rows("avis"))
    assert levels == {
        ("INSCRIPTION", None, "I-II"): 25,
        ("INSCRIPTION", None, "III"): 8,
        ("REEVALUATION", "INSUFFISANT", None): 8,
    }


def test_opinions_claim_no_more_than_their_year() -> None:
    for row in rows("avis"):
        assert (row.payload["date_avis"], row.payload["decision"], row.payload["seance"]) == (None, None, None)
        assert row.period.start == date(int(row.code.split("-")[1]), 12, 31)


def test_insufficient_antihypertensives_are_the_nine_medicines_of_the_report() -> None:
    found = [row for row in rows("avis") if row.payload["smr"] == "INSUFFISANT"]
    touched = {opinion.code: _presentations(opinion) for opinion in found}
    assert all(touched.values())
    assert len({code for codes in touched.values() for code in codes}) == 9


def test_most_opinions_on_a_brand_reach_a_presentation_of_the_pack() -> None:
    silent = {row.payload["nom"] for row in rows("avis") if row.payload["asmr"] and not _presentations(row)}
    assert silent == {"CLOTAFFACT", "FACTANE", "MIMPARA", "VELCADE", "ZYTICA", "PERJETA", "FOSEAL", "SSB"}


def _presentations(opinion: Row) -> set[str]:
    standing = in_force("medicaments", date(2016, 1, 1)).values()
    return {row.code for row in standing if concerns(opinion.payload, row.payload)}
