"""Each rule of the family: what breaks it, and what does not."""

from __future__ import annotations

from dataclasses import replace

from catalog.conventions.band_rules import BandIsReversed, BandsOverlap
from catalog.conventions.code_rules import CodeAndFieldsDiffer
from catalog.conventions.family import KINDS as FAMILY
from catalog.conventions.other_rules import (
    ListedByNameAlone,
    MalformedInpe,
    PayerRuleIsIncomplete,
    RateOutOfScale,
    UnknownMedicine,
)
from catalog.conventions.tarif_rules import (
    TariffOfActNotInForce,
    TwoValuesForOneLetter,
    UnknownConvention,
    ValueIsZero,
)
from catalog.validation import Severity, Violation
from tests.unit.conventions.builders import (
    Fact,
    act,
    adherence,
    candidate,
    check,
    convention,
    fact,
    forfait,
    lettre,
    standing,
)
from tests.unit.conventions.test_rates import rate

OLD = convention("old", acte="acte-old")
IN_FORCE = act("acte-old")


def entry(code: str, **fields: str) -> Fact:
    named = {"organisme": "cnops", "version": "1", "nom": "EPREX", **fields}
    return fact("liste_tiers_payant", code, acte="x1", **named)


def fields(violations: list[Violation]) -> list[tuple[str | None, str | None]]:
    return [(found.code, found.field) for found in violations]


def test_unknown_convention() -> None:
    values = [lettre("C:old", "80.00", acte="x1"), lettre("C:odl", "80.00", acte="x1")]
    others = [forfait("JOUR:odl", "1.00", acte="x1"), adherence("odl", "cnss", True, acte="x1")]
    broken = check(UnknownConvention(), *values, *others, standing=standing(OLD))
    assert fields(broken) == [("C:odl", "convention"), ("JOUR:odl", "convention"), ("odl:cnss", "convention")]
    assert {found.severity for found in broken} == {Severity.ERROR}
    assert "Found: odl." in broken[0].message


def test_unknown_convention_looks_at_the_draft_itself_and_at_parents() -> None:
    assert check(UnknownConvention(), OLD, lettre("C:old", "80.00", acte="x1")) == []
    avenant = convention("avenant", acte="x1", parent="odl")
    assert fields(check(UnknownConvention(), OLD, avenant)) == [("avenant", "parent")]


def test_code_and_fields_differ() -> None:
    wrong = [
        lettre("C:old", "80.00", acte="x1", lettre="Cs"),
        lettre("D.soins:old", "17.50", acte="x1", variante="prothese"),
        forfait("JOUR:old", "1.00", acte="x1", convention="new"),
        adherence("old", "cnss", True, acte="x1"),
        replace(rate("cnss:AMO:ACTE:ambulatoire:public:NORMALE", "0.70"), code="cnss:AMO:ACTE:ambulatoire:*:NORMALE"),
        entry("cnops:6118001181094"),
        fact("adhesion", "012345678:cnops", acte="x1", inpe="012345678", organisme="cnss", etat="ADMISE"),
    ]  # fmt: skip
    assert [found.field for found in check(CodeAndFieldsDiffer(), *wrong)] == [
        "lettre", "variante", "convention", "secteur", "medicament", "organisme",
    ]  # fmt: skip


def test_code_and_fields_agree_without_case_and_by_name() -> None:
    right = [
        lettre("CS:old", "150.00", acte="x1", lettre="Cs"),
        forfait("JOUR:old:cnops", "1.00", acte="x1"),
        entry("cnops:eprex", medicament="6118001181094"),
    ]  # fmt: skip
    assert check(CodeAndFieldsDiffer(), *right) == []


def test_tariff_of_act_not_in_force() -> None:
    new = convention("new", acte="acte-new")
    values = [lettre("C:old", "80.00", acte="x1"), lettre("C:new", "150.00", acte="x1")]
    held = standing(OLD, IN_FORCE, new, act("acte-new", "SIGNE"))
    [told] = check(TariffOfActNotInForce(), *values, standing=held)
    assert (told.code, told.value, told.severity) == ("C:new", "SIGNE", Severity.WARNING)
    assert check(TariffOfActNotInForce(), *values) == []


def test_value_is_zero() -> None:
    """No reading lets a zero in; a payload that was made otherwise is refused all the same."""
    made = (
        (lettre("C:old", "0.01", acte="x1"), "valeur"),
        (forfait("JOUR:old", "0.01", acte="x1"), "montant"),
    )
    zeroes = [replace(read, payload={**read.payload, field: 0}) for fact, field in made for read in [candidate(fact)]]
    broken = list(ValueIsZero().check(zeroes, lambda kind: ()))
    assert fields(broken) == [("C:old", "valeur"), ("JOUR:old", "montant")]
    assert check(ValueIsZero(), lettre("C:old", "0.01", acte="x1")) == []


def test_two_values_for_one_letter() -> None:
    new = convention("new", acte="acte-old")
    held = standing(OLD, new, IN_FORCE, lettre("C:old", "80.00", acte="x1"))
    [told] = check(TwoValuesForOneLetter(), lettre("C:new", "150.00", acte="x1"), standing=held)
    assert (told.code, told.severity) == ("C:new", Severity.WARNING)
    assert "C:old gives 80.00." in told.message


def test_two_values_are_no_fault_where_one_is_a_payers_amends_or_is_not_in_force() -> None:
    amending = convention("new", acte="acte-old", parent="old")
    signed = convention("signed", acte="acte-signed")
    held = standing(OLD, amending, signed, IN_FORCE, act("acte-signed", "SIGNE"), lettre("C:old", "80.00", acte="x1"))
    for code in ("C:new", "C:signed", "C:old:cnops", "CS:new"):
        assert check(TwoValuesForOneLetter(), lettre(code, "150.00", acte="x1"), standing=held) == [], code


def band(low: int | None, high: int | None, **more: str) -> Fact:
    return forfait(f"CHIRURGIE_K{low or 0}_K{high or ''}:old", "1.00", acte="x1", coef_min=low, coef_max=high, **more)


def test_band_is_reversed() -> None:
    assert len(check(BandIsReversed(), band(39, 30, lettre="K"), band(30, 39))) == 2
    fine = [band(30, 39, lettre="K"), band(30, 30, lettre="K"), band(310, None, lettre="K"), band(None, 19, lettre="K")]
    assert check(BandIsReversed(), *fine, forfait("JOUR:old", "1.00", acte="x1")) == []


def test_bands_overlap() -> None:
    first, second = band(30, 39, lettre="K"), band(39, 49, lettre="K")
    [told] = check(BandsOverlap(), second, standing=standing(first))
    assert told.severity is Severity.ERROR
    assert "CHIRURGIE_K30_K39:old and CHIRURGIE_K39_K49:old" in told.message
    assert len(check(BandsOverlap(), band(300, None, lettre="K"), band(310, 319, lettre="K"))) == 1


def test_bands_of_other_letters_sectors_or_payers_do_not_overlap() -> None:
    held = standing(band(30, 39, lettre="K"))
    for other in (band(30, 39, lettre="Z"), band(40, 49, lettre="K"), band(30, 35, lettre="K", secteur="public")):
        assert check(BandsOverlap(), other, standing=held) == []


AMO, MUTUELLE = "cnops:AMO:ACTE:ambulatoire:*:NORMALE", "cnops:MUTUELLE:ACTE:ambulatoire:*:NORMALE"


def test_rate_out_of_scale() -> None:
    [told] = check(RateOutOfScale(), rate(MUTUELLE, "0.21"), standing=standing(rate(AMO, "0.80")))
    assert (told.field, told.value, told.severity) == ("taux", "0.21", Severity.ERROR)
    assert check(RateOutOfScale(), rate(MUTUELLE, "0.20"), standing=standing(rate(AMO, "0.80"))) == []
    assert check(RateOutOfScale(), rate(MUTUELLE, "0.90")) == []


def test_payer_rule_is_incomplete() -> None:
    def rule(regle: str, **more: str) -> Fact:
        return fact("regle_organisme", "r1", acte="x1", organisme="cnops", regle=regle, rang=3, libelle="R", **more)

    assert len(check(PayerRuleIsIncomplete(), rule("CESARIENNE_NON_JUSTIFIEE", remplace="CESARIENNE"))) == 1
    complete = rule("CESARIENNE_NON_JUSTIFIEE", remplace="CESARIENNE", par="ACCOUCHEMENT_VOIE_BASSE")
    assert check(PayerRuleIsIncomplete(), complete, rule("BASE_GENERIQUE")) == []


def test_unknown_medicine() -> None:
    made = entry("cnops:6118001181094", medicament="6118001181094")
    [told] = check(UnknownMedicine(), made, entry("cnops:zoladex"))
    assert (told.value, told.severity) == ("6118001181094", Severity.WARNING)
    known = {"medicament": [("6118001181094", {"nom": "EPREX"})]}
    assert check(UnknownMedicine(), made, standing=lambda kind: known.get(kind, [])) == []


def test_listed_by_name_alone() -> None:
    [told] = check(
        ListedByNameAlone(), entry("cnops:zoladex"), entry("cnops:6118001181094", medicament="6118001181094")
    )
    assert (told.code, told.severity) == ("cnops:zoladex", Severity.WARNING)


def test_malformed_inpe() -> None:
    def adhesion(inpe: str) -> Fact:
        return fact("adhesion", "012345678:cnops", acte="x1", inpe=inpe, organisme="cnops", etat="ADMISE")

    assert [found.value for found in check(MalformedInpe(), adhesion("12345678"), adhesion("012345678"))] == [
        "12345678"
    ]


def test_every_rule_says_what_to_do() -> None:
    rules = [rule for kind in FAMILY for rule in kind.rules]
    assert all(rule.message().endswith((".", ";")) and rule.remedy for rule in rules)
    assert {kind.name for kind in FAMILY if not kind.rules} == set()
