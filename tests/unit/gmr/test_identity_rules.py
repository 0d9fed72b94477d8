"""Rules on codes, products named twice, and the composition lists."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.gmr.identity_rules import CheckDigitIsWrong, ListLengthsDiffer, ProductUnderTwoCodes, UnknownPresentation
from catalog.validation import Severity
from tests.unit.gmr.builders import candidate, check, codes, medicament, standing

DIAMICRON = "6118000100058"


class TestCheckDigitIsWrong:
    def test_an_official_code_that_fails_is_warned_of_and_kept(self) -> None:
        (found,) = check(CheckDigitIsWrong(), medicament("6118000140213"))
        assert (found.severity, found.value) == (Severity.WARNING, "6118000140213")

    @pytest.mark.parametrize("place", range(13))
    def test_any_wrong_digit_shows(self, place: int) -> None:
        wrong = DIAMICRON[:place] + str((int(DIAMICRON[place]) + 1) % 10) + DIAMICRON[place + 1 :]
        assert codes(check(CheckDigitIsWrong(), medicament(DIAMICRON), medicament(wrong))) == [wrong]

    def test_an_internal_code_has_no_check_digit(self) -> None:
        assert check(CheckDigitIsWrong(), medicament("AMO-0123456789")) == []

    def test_further_codes_are_judged_by_the_rule_of_their_kind(self) -> None:
        further = candidate("gtin", "6118000140213", presentation=DIAMICRON)
        assert codes(check(CheckDigitIsWrong(kind="gtin"), further)) == ["6118000140213"]
        assert check(CheckDigitIsWrong(), further) == []


class TestProductUnderTwoCodes:
    def test_each_further_code_names_the_first(self) -> None:
        found = check(ProductUnderTwoCodes(), *map(medicament, ("A", "B", "C")))
        assert codes(found) == ["B", "C"]
        assert all(each.message.endswith("pack and price (37.20 DH): A.") for each in found)

    def test_accents_and_case_do_not_make_another_product(self) -> None:
        twin = medicament("B", nom="Diamicron", forme="Comprimé")
        assert codes(check(ProductUnderTwoCodes(), medicament("A"), twin)) == ["B"]

    @pytest.mark.parametrize(
        "difference",
        [
            {"nom": "GLYAZID"}, {"dosages": "60"}, {"unites": "G"}, {"forme": "GELULE"},
            {"presentation": "1 BOITE 60 COMPRIME"}, {"ppv": "37.21"},
        ],
    )  # fmt: skip
    def test_any_other_mark_makes_another_product(self, difference: dict[str, Any]) -> None:
        assert check(ProductUnderTwoCodes(), medicament("A"), medicament("B", **difference)) == []

    def test_a_code_in_force_is_the_first(self) -> None:
        (found,) = check(ProductUnderTwoCodes(), medicament("B"), standing=standing(medicament("Z")))
        assert (found.code, found.message.endswith(": Z.")) == ("B", True)

    def test_a_new_version_of_one_code_is_no_second_product(self) -> None:
        assert check(ProductUnderTwoCodes(), medicament("A", before={}), medicament("A")) == []


class TestListLengthsDiffer:
    @pytest.mark.parametrize(
        ("dci", "dosages", "unites", "told"),
        [
            ("NIAOULI / GRINDELIA / GELSEMIUM", "10/10/5", "MG / MG / MG", "Found dci: 3, dosages: 1, unites: 3."),
            ("FER", "100 / 5", "MG/ML", "Found dci: 1, dosages: 2, unites: 1."),
            ("ANATOXINE TETANIQUE / ANATOXINE DIPHTERIQUE", None, "NA / NA", "Found dci: 2, dosages: 1, unites: 2."),
        ],
    )
    def test_lists_that_do_not_go_by_position_are_told(self, dci: str, dosages: str, unites: str, told: str) -> None:
        (found,) = check(ListLengthsDiffer(), medicament("A", dci=dci, dosages=dosages, unites=unites))
        assert told in found.message

    @pytest.mark.parametrize(
        ("dci", "dosages", "unites"),
        [
            ("AMOXICILLINE / ACIDE CLAVULANIQUE", "500 / 125", "MG / MG"),
            ("VACCIN R.O.R", None, "NA"),
            ("AMOXICILLINE / ACIDE CLAVULANIQUE", None, None),
            (None, None, None),
        ],
    )
    def test_equal_lists_one_blank_and_no_strength_at_all_are_right(self, dci: str, dosages: str, unites: str) -> None:
        assert check(ListLengthsDiffer(), medicament("A", dci=dci, dosages=dosages, unites=unites)) == []


class TestUnknownPresentation:
    FURTHER = candidate("gtin", "6118010116230", presentation=DIAMICRON)

    def test_a_code_that_stands_for_nothing_is_refused(self) -> None:
        (found,) = check(UnknownPresentation(), self.FURTHER)
        assert (found.severity, found.value) == (Severity.ERROR, DIAMICRON)

    def test_a_presentation_in_force_or_in_the_same_draft_is_known(self) -> None:
        assert check(UnknownPresentation(), self.FURTHER, medicament(DIAMICRON)) == []
        assert check(UnknownPresentation(), self.FURTHER, standing=standing(medicament(DIAMICRON))) == []
