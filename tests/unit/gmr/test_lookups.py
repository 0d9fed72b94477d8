"""A medicine at a moment: which entry a code stands for, and what is told of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import CodeError, NotInForceError, UnknownCodeError
from catalog.gmr.lookups import find_acte_juridique, find_medicament, gtins, history, medicament, resolve
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DAWN, Moment, Period
from tests.unit.gmr.builders import Fact, at, fact, snapshot, under, void

DIAMICRON, SECOND = "6118000100058", "6118010116230"
START, SUMMER, NEW_YEAR = date(2014, 6, 9), date(2014, 7, 1), date(2015, 1, 1)
SINCE = Period(START)


@pytest.fixture
def diamicron() -> Snapshot:
    """One presentation, priced anew on New Year's Day."""
    priced_anew = fact("medicament", DIAMICRON, Period(NEW_YEAR), ppv="40.00", pbr="29.70")
    return snapshot([fact("medicament", DIAMICRON, SINCE, pbr="29.70")], [under(priced_anew, "arrete-2")])


class TestResolve:
    def test_a_presentation_has_its_own_code(self, diamicron: Snapshot) -> None:
        assert resolve(diamicron, " 6118-0001 00058 ", at(SUMMER)) == DIAMICRON

    def test_a_further_code_counts_in_its_period(self) -> None:
        further = fact("gtin", SECOND, Period(START, NEW_YEAR), presentation=DIAMICRON)
        shelf = snapshot([fact("medicament", DIAMICRON, SINCE), further])
        assert resolve(shelf, SECOND, at(SUMMER)) == DIAMICRON
        with pytest.raises(NotInForceError, match=r"from 2014-06-09 to 2015-01-01 \(excluded\)"):
            resolve(shelf, SECOND, at(NEW_YEAR))

    def test_an_entry_for_the_own_code_overrides_it_on_all_days(self) -> None:
        own = fact("gtin", DIAMICRON, Period(START, NEW_YEAR), presentation=DIAMICRON)
        shelf = snapshot([fact("medicament", DIAMICRON, Period(DAWN)), own])
        assert resolve(shelf, DIAMICRON, at(SUMMER)) == DIAMICRON
        with pytest.raises(NotInForceError):
            resolve(shelf, DIAMICRON, at(START - timedelta(1)))

    def test_what_a_later_release_says_of_a_code_leaves_earlier_answers_alone(self) -> None:
        own = fact("gtin", DIAMICRON, Period(NEW_YEAR), presentation=DIAMICRON)
        shelf = snapshot([fact("medicament", DIAMICRON, SINCE)], [own])
        assert resolve(shelf, DIAMICRON, at(SUMMER, release=1)) == DIAMICRON
        with pytest.raises(NotInForceError):
            resolve(shelf, DIAMICRON, at(SUMMER, release=2))

    def test_a_code_that_was_never_known_is_unknown(self, diamicron: Snapshot) -> None:
        with pytest.raises(UnknownCodeError):
            resolve(diamicron, SECOND, at(SUMMER))

    def test_a_code_not_yet_published_is_unknown_at_that_release(self) -> None:
        shelf = snapshot([fact("medicament", SECOND)], [fact("medicament", DIAMICRON)])
        with pytest.raises(UnknownCodeError):
            resolve(shelf, DIAMICRON, at(SUMMER, release=1))

    def test_what_is_no_code_is_refused(self, diamicron: Snapshot) -> None:
        with pytest.raises(CodeError):
            resolve(diamicron, "6,118E+12", at(SUMMER))

    CODES = (DIAMICRON, SECOND)

    @given(st.data())
    def test_it_agrees_with_a_slow_reading_of_the_rule(self, data: st.DataObject) -> None:
        day = st.integers(0, 6).map(lambda n: START + timedelta(days=n))
        entry = st.tuples(st.sampled_from(self.CODES), st.sampled_from(self.CODES), day, st.integers(1, 4))
        entries = data.draw(st.lists(entry, max_size=3, unique_by=lambda drawn: drawn[0]))
        facts = [
            fact("gtin", code, Period(start, start + timedelta(days=length)), presentation=presentation)
            for code, presentation, start, length in entries
        ]
        shelf = snapshot([fact("medicament", DIAMICRON), *facts])
        moment = at(data.draw(day))
        for code in self.CODES:
            assert _answer(shelf, code, moment) == _slow_answer(facts, code, moment)


def _answer(shelf: Snapshot, code: str, moment: Moment) -> str:
    try:
        return resolve(shelf, code, moment)
    except (NotInForceError, UnknownCodeError) as error:
        return type(error).__name__


def _slow_answer(gtin_facts: list[Fact], code: str, moment: Moment) -> str:
    mine = [found for found in gtin_facts if found.code == code]
    standing_for = [
        found.fields["presentation"] for found in mine if found.period.covers(moment.as_of) and found.fields
    ]
    if mine:
        return standing_for[0] if standing_for else "NotInForceError"
    return DIAMICRON if code == DIAMICRON else "UnknownCodeError"


class TestFindMedicament:
    def test_the_day_selects_the_version(self, diamicron: Snapshot) -> None:
        assert find_medicament(diamicron, DIAMICRON, at(NEW_YEAR - timedelta(1), 2)).payload["ppv"] == 3720
        assert find_medicament(diamicron, DIAMICRON, at(NEW_YEAR, 2)).payload["ppv"] == 4000

    def test_a_day_outside_names_the_periods_in_force_touching_ones_as_one(self, diamicron: Snapshot) -> None:
        with pytest.raises(NotInForceError) as refused:
            find_medicament(diamicron, DIAMICRON, at(date(2014, 1, 1), 2))
        assert refused.value.periods == ["from 2014-06-09"]

    def test_a_gap_is_told_with_the_periods_on_both_its_sides(self) -> None:
        shelf = snapshot(
            [fact("medicament", DIAMICRON, Period(DAWN, START)), fact("medicament", DIAMICRON, Period(NEW_YEAR))]
        )
        with pytest.raises(NotInForceError) as refused:
            find_medicament(shelf, DIAMICRON, at(SUMMER))
        assert refused.value.periods == ["until 2014-06-09 (excluded)", "from 2015-01-01"]

    def test_an_entry_withdrawn_whole_is_known_and_in_force_at_no_date(self) -> None:
        shelf = snapshot([fact("medicament", DIAMICRON)], [void("medicament", DIAMICRON, Period(DAWN))])
        with pytest.raises(NotInForceError, match="at no date"):
            find_medicament(shelf, DIAMICRON, at(SUMMER, release=2))


class TestMedicament:
    def test_the_answer_holds_what_the_contract_names(self, diamicron: Snapshot) -> None:
        told = medicament(diamicron, DIAMICRON, at(SUMMER, 2))
        expected: dict[str, Any] = {
            "code": DIAMICRON, "kind": "medicament", "code_presentation": DIAMICRON, "nom": "DIAMICRON",
            "dci": ["GLICLAZIDE"], "dosage": "80 MG", "dosages": ["80"], "unites": ["MG"], "forme": "COMPRIME",
            "presentation": "1 BOITE 20 COMPRIME", "princeps_generique": "P", "groupe_generique": None,
            "classe_therapeutique": None, "ppv": "37.20", "ph": None, "pbr": "29.70", "admis_remboursement": True,
            "statut": "ADMIS", "smr": None, "asmr": None, "tiers_payant": [], "valid_from": "2014-06-09",
            "valid_to": "2015-01-01", "legal_act": "arrete-1", "source": None, "confidence": None, "warnings": [],
        }  # fmt: skip
        assert {name: told[name] for name in expected} == expected

    def test_the_code_asked_is_told_beside_the_presentation(self) -> None:
        shelf = snapshot([fact("medicament", DIAMICRON), fact("gtin", SECOND, SINCE, presentation=DIAMICRON)])
        told = medicament(shelf, SECOND, at(SUMMER))
        assert (told["code"], told["code_presentation"]) == (SECOND, DIAMICRON)

    def test_a_hospital_medicine_has_no_public_price_never_zero(self) -> None:
        hospital = fact("medicament", DIAMICRON, ppv=None, pbr=None, ph="58465.00", admis_remboursement=False)
        told = medicament(snapshot([hospital]), DIAMICRON, at(SUMMER))
        assert (told["ppv"], told["ph"], told["statut"]) == (None, "58465.00", "HOSPITALIER")

    def test_an_open_beginning_and_an_open_end_are_null(self) -> None:
        told = medicament(snapshot([fact("medicament", DIAMICRON)]), DIAMICRON, at(SUMMER))
        assert (told["valid_from"], told["valid_to"]) == (None, None)

    def test_tiers_payant_comes_from_whoever_knows_the_lists(self, diamicron: Snapshot) -> None:
        asked: list[tuple[str, Moment]] = []

        def lists(_: Snapshot, presentation: str, moment: Moment) -> list[str]:
            asked.append((presentation, moment))
            return ["cnops"]

        assert medicament(diamicron, DIAMICRON, at(SUMMER, 2), tiers_payant=lists)["tiers_payant"] == ["cnops"]
        assert asked == [(DIAMICRON, at(SUMMER, 2))]

    def test_the_delisted_medicine_of_g11_is_answered_with_the_act_that_delisted_it(self) -> None:
        retrait = fact("medicament", DIAMICRON, Period(NEW_YEAR), retire=True, admis_remboursement=False)
        shelf = snapshot([fact("medicament", DIAMICRON, SINCE)], [under(retrait, "retrait-1")])
        before, after = (medicament(shelf, DIAMICRON, at(day, 2)) for day in (NEW_YEAR - timedelta(1), NEW_YEAR))
        assert (before["statut"], after["statut"], after["legal_act"]) == ("ADMIS", "RETIRE", "retrait-1")
        assert [row["statut"] for row in history(shelf, DIAMICRON, at(NEW_YEAR, 2))] == ["RETIRE", "ADMIS", "ADMIS"]


class TestUpcoming:
    def test_a_later_version_is_told_field_by_field(self, diamicron: Snapshot) -> None:
        assert medicament(diamicron, DIAMICRON, at(SUMMER, 2))["upcoming"] == [
            {
                "valid_from": "2015-01-01", "valid_to": None, "withdrawn": False, "legal_act": "arrete-2",
                "changes": [{"field": "ppv", "before": "37.20", "after": "40.00"}],
            }
        ]  # fmt: skip

    def test_what_is_not_yet_published_is_not_upcoming(self, diamicron: Snapshot) -> None:
        assert medicament(diamicron, DIAMICRON, at(SUMMER, 1))["upcoming"] == []

    def test_an_end_without_a_next_version_is_a_withdrawal(self) -> None:
        shelf = snapshot([fact("medicament", DIAMICRON, Period(START, NEW_YEAR))])
        assert medicament(shelf, DIAMICRON, at(SUMMER))["upcoming"] == [
            {"valid_from": "2015-01-01", "valid_to": None, "withdrawn": True, "changes": [], "legal_act": None}
        ]

    def test_a_gap_is_a_withdrawal_and_a_return(self) -> None:
        back = date(2015, 6, 1)
        shelf = snapshot(
            [fact("medicament", DIAMICRON, Period(START, NEW_YEAR)), fact("medicament", DIAMICRON, Period(back))]
        )
        told = medicament(shelf, DIAMICRON, at(SUMMER))["upcoming"]
        assert [(step["valid_from"], step["valid_to"], step["withdrawn"]) for step in told] == [
            ("2015-01-01", "2015-06-01", True),
            ("2015-06-01", None, False),
        ]

    def test_past_versions_are_not_upcoming(self, diamicron: Snapshot) -> None:
        assert medicament(diamicron, DIAMICRON, at(NEW_YEAR, 2))["upcoming"] == []


class TestWarnings:
    def test_a_wrong_check_digit_is_told_of_the_code_asked(self) -> None:
        told = medicament(snapshot([fact("medicament", "6118000140213")]), "6118000140213", at(SUMMER))
        assert [warning["code"] for warning in told["warnings"]] == ["CHECK_DIGIT_IS_WRONG"]

    def test_a_base_other_than_the_closest_generic_of_that_day_is_told(self) -> None:
        in_group = {"groupe_generique": "GLICLAZIDE-80"}
        closest = fact("medicament", SECOND, Period(START, NEW_YEAR), ppv="29.70", princeps_generique="G", **in_group)
        shelf = snapshot([fact("medicament", DIAMICRON, Period(DAWN), pbr="22.00", **in_group), closest])
        (warning,) = medicament(shelf, DIAMICRON, at(SUMMER))["warnings"]
        assert warning["code"] == "PBR_IS_NOT_THE_CLOSEST_GENERIC"
        assert "22.00 DH" in warning["message"] and "29.70 DH" in warning["message"]
        assert medicament(shelf, DIAMICRON, at(NEW_YEAR))["warnings"] == []

    def test_a_likeness_of_texts_is_no_ground_for_a_warning(self) -> None:
        shelf = snapshot(
            [fact("medicament", DIAMICRON), fact("medicament", SECOND, ppv="29.70", princeps_generique="G")]
        )
        assert medicament(shelf, DIAMICRON, at(SUMMER))["warnings"] == []


class TestGtins:
    def test_the_own_code_goes_with_the_presentation(self, diamicron: Snapshot) -> None:
        assert gtins(diamicron, DIAMICRON, at(SUMMER, 2)) == [
            {"code": DIAMICRON, "valid_from": "2014-06-09", "valid_to": None, "in_force": True}
        ]

    def test_further_codes_have_their_own_periods(self) -> None:
        further = fact("gtin", SECOND, Period(START, NEW_YEAR), presentation=DIAMICRON)
        shelf = snapshot([fact("medicament", DIAMICRON), further])
        told = {each["code"]: (each["valid_to"], each["in_force"]) for each in gtins(shelf, DIAMICRON, at(NEW_YEAR))}
        assert told == {DIAMICRON: (None, True), SECOND: ("2015-01-01", False)}

    def test_an_entry_for_the_own_code_replaces_it(self) -> None:
        own = fact("gtin", DIAMICRON, Period(NEW_YEAR), presentation=DIAMICRON)
        shelf = snapshot([fact("medicament", DIAMICRON), own])
        assert [each["valid_from"] for each in gtins(shelf, DIAMICRON, at(NEW_YEAR))] == ["2015-01-01"]

    def test_an_internal_code_is_no_gtin(self) -> None:
        assert gtins(snapshot([fact("medicament", "AMO-0123456789")]), "AMO-0123456789", at(SUMMER)) == []


class TestHistory:
    FIRST = fact("medicament", DIAMICRON, SINCE, ppv="120.00")
    ERRATUM = under(fact("medicament", DIAMICRON, SINCE, ppv="102.00"), "erratum")

    def test_a_corrected_price_stays_in_the_history_of_g35(self) -> None:
        shelf = snapshot([self.FIRST], [self.ERRATUM])
        rows = [(row["ppv"], row["release"], row["closed_by"]) for row in history(shelf, DIAMICRON, at(SUMMER, 2))]
        assert rows == [("102.00", 2, None), ("120.00", 1, 2)]

    def test_at_an_earlier_release_the_correction_is_unheard_of(self) -> None:
        shelf = snapshot([self.FIRST], [self.ERRATUM])
        rows = [(row["ppv"], row["release"], row["closed_by"]) for row in history(shelf, DIAMICRON, at(SUMMER, 1))]
        assert rows == [("120.00", 1, None)]

    def test_a_code_out_of_force_still_has_its_history(self) -> None:
        further = fact("gtin", SECOND, Period(START, NEW_YEAR), presentation=DIAMICRON)
        shelf = snapshot([self.FIRST, further])
        assert [row["code"] for row in history(shelf, SECOND, at(date(2020, 1, 1)))] == [DIAMICRON]

    def test_a_code_never_known_has_none(self, diamicron: Snapshot) -> None:
        with pytest.raises(UnknownCodeError):
            history(diamicron, SECOND, at(SUMMER))


ACT: dict[str, Any] = {"type": "arrete", "title": "Prix", "statut": "EN_VIGUEUR", "numero": "787-14"}


class TestFindActeJuridique:
    def test_the_act_is_described_as_of_the_day_else_as_last_known(self) -> None:
        act = Fact("acte_juridique", "arrete-1", Period(NEW_YEAR), ACT)
        shelf = snapshot([fact("medicament", DIAMICRON), act])
        version = find_medicament(shelf, DIAMICRON, at(SUMMER))
        for day in (SUMMER, NEW_YEAR):
            found = find_acte_juridique(shelf, version, at(day))
            assert found is not None and found.payload["numero"] == "787-14"

    def test_an_act_that_is_gone_is_none(self, diamicron: Snapshot) -> None:
        version = find_medicament(diamicron, DIAMICRON, at(SUMMER))
        assert find_acte_juridique(diamicron, version, at(SUMMER)) is None
