"""The golden cases of acts, stays and tiers payant: what the bundled pack answers, in centimes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from catalog.conventions.lookups import (
    PAYER_APPLICATION_DATE,
    SIGNED_NOT_IN_FORCE,
    find_adhesion,
    find_forfait,
    find_on_list,
    find_pharmacy_convention,
    find_regles,
    find_tarif_lettre,
    find_taux,
)
from catalog.money import apply_rate
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment
from tests.unit.conventions.builders import Fact, forfait, snapshot
from tests.unit.conventions.pack import FOLDERS, NEWEST, facts_of, pack

MAY_2021 = date(2021, 5, 10)
EPREX = "6118001181094"


def on(day: date) -> Moment:
    return Moment(day, NEWEST)


def value(lettre: str, secteur: str, organisme: str, day: date, variante: str | None = None) -> int:
    tarif = find_tarif_lettre(pack(), lettre, variante, secteur, organisme, on(day))
    assert tarif is not None
    return tarif.value


def rate(organisme: str, prestation: str, mode: str, secteur: str, day: date, regime: str = "AMO") -> int:
    found = find_taux(pack(), regime, organisme, prestation, mode, secteur, "NORMALE", on(day))
    assert found is not None
    return int(found.payload["taux"])


def test_g12_a_consultation_billed_150_is_paid_on_80() -> None:
    base = min(15000, value("C", "prive", "cnss", MAY_2021))
    amo = apply_rate(base, rate("cnss", "ACTE", "ambulatoire", "prive", MAY_2021))
    assert (base, amo, 15000 - amo) == (8000, 5600, 9400)


@pytest.mark.parametrize("organisme", ["cnss", "cnops"])
@pytest.mark.parametrize(("lettre", "held", "signed"), [("C", 8000, 15000), ("Cs", 15000, 25000)])
def test_g14_what_is_signed_in_2020_is_told_and_not_applied(
    organisme: str, lettre: str, held: int, signed: int
) -> None:
    tarif = find_tarif_lettre(pack(), lettre, None, "prive", organisme, on(MAY_2021))
    assert tarif is not None
    assert (tarif.value, tarif.legal_act) == (held, "arrete-1961-06")
    [note] = tarif.notes
    assert (note.reason, note.value, note.legal_act) == (SIGNED_NOT_IN_FORCE, signed, "conventions-2020-01-13")


@pytest.mark.parametrize(
    ("day", "c", "cs"),
    [(date(2013, 7, 15), (1500, 1200), (2500, 2000)), (date(2013, 8, 15), (8000, 6400), (15000, 12000))],
)
def test_g16_cnops_pays_consultations_on_the_national_tariff_from_august_2013(
    day: date, c: tuple[int, int], cs: tuple[int, int]
) -> None:
    for lettre, (base, amo) in (("C", c), ("Cs", cs)):
        found = min(15000, value(lettre, "prive", "cnops", day))
        assert (found, apply_rate(found, rate("cnops", "ACTE", "ambulatoire", "prive", day))) == (base, amo)


def test_g16_the_payers_own_value_is_explained() -> None:
    before = find_tarif_lettre(pack(), "C", None, "prive", "cnops", on(date(2013, 7, 31)))
    after = find_tarif_lettre(pack(), "C", None, "prive", "cnops", on(date(2013, 8, 1)))
    assert before is not None and after is not None
    assert [(note.reason, note.value, note.legal_act) for note in before.notes] == [
        (PAYER_APPLICATION_DATE, 8000, "arrete-1961-06")
    ]
    assert before.legal_act == "tarif-cnops-anterieur"
    assert after.notes == ()
    assert after.adherence is not None and after.adherence.legal_act == "decision-cnops-2013-07-18"


@pytest.mark.parametrize(
    ("secteur", "tarif", "cnops", "cnss"), [("prive", 112500, 101250, 78750), ("public", 65000, 65000, 58500)]
)
def test_g18_fifty_k_for_an_inpatient(secteur: str, tarif: int, cnops: int, cnss: int) -> None:
    for organisme, paid in (("cnops", cnops), ("cnss", cnss)):
        base = 50 * value("K", secteur, organisme, MAY_2021)
        assert base == tarif
        assert apply_rate(base, rate(organisme, "ACTE", "hospitalisation", secteur, MAY_2021)) == paid


@pytest.mark.parametrize(
    ("organisme", "day", "base", "amo"),
    [
        ("cnss", date(2015, 6, 1), 21000, 14700),
        ("cnops", date(2014, 6, 1), 15600, 12480),
        ("cnops", date(2013, 6, 1), 12000, 9600),
    ],
)
def test_g20_a_scaling_is_twelve_d(organisme: str, day: date, base: int, amo: int) -> None:
    found = 12 * value("D", "prive", organisme, day, "soins")
    assert (found, apply_rate(found, rate(organisme, "DENTAIRE_SOINS", "ambulatoire", "prive", day))) == (base, amo)


def test_g37_each_day_of_a_stay_has_its_own_amount() -> None:
    def raised(amount: str, start: date) -> Fact:
        code = "HOSPITALISATION_JOUR:medecins-prive-2006"
        return forfait(code, amount, acte="arrete-1961-06", start=start, secteur="prive")

    later = snapshot(*(facts_of(folder) for folder in FOLDERS), [raised("600.00", date(2020, 1, 1))])
    days = [date(2019, 12, 30) + timedelta(days=number) for number in range(4)]
    amounts = [_daily(later, day, NEWEST + 1) for day in days]
    assert amounts == [55000, 55000, 60000, 60000]
    paid = rate("cnops", "FORFAIT", "hospitalisation", "prive", days[0])
    assert sum(apply_rate(amount, paid) for amount in amounts) == 207000
    assert [_daily(later, day, NEWEST) for day in days] == [55000] * 4


def _daily(snapshot: Snapshot, day: date, release: int) -> int:
    tarif = find_forfait(snapshot, "HOSPITALISATION_JOUR", "prive", "cnops", Moment(day, release))
    assert tarif is not None
    return tarif.value


@pytest.mark.parametrize(("day", "is_based"), [(date(2011, 4, 30), False), (date(2011, 5, 1), True)])
def test_g09_cnops_takes_the_generic_as_base_from_may_2011(day: date, is_based: bool) -> None:
    rules = find_regles(pack(), "cnops", "BASE_GENERIQUE", on(day))
    assert [rule.legal_act for rule in rules] == (["decision-cnops-2011-05-01"] if is_based else [])


def test_g01_g05_shares_of_a_medicine() -> None:
    day = date(2014, 7, 1)
    assert rate("cnops", "MEDICAMENT", "ambulatoire", "prive", day) == 7000
    assert rate("cnops", "MEDICAMENT", "ambulatoire", "prive", day, regime="MUTUELLE") == 1600
    exempt = find_taux(pack(), "AMO", "cnops", "MEDICAMENT", "ambulatoire", None, "EXONERATION", on(day))
    assert exempt is not None
    assert (exempt.payload["taux"], exempt.payload["assiette"]) == (10000, "PBR")


def test_g25_a_device_is_paid_whole() -> None:
    assert rate("cnops", "DISPOSITIF", "ambulatoire", "prive", date(2012, 3, 1)) == 10000


@pytest.mark.parametrize(("day", "convention"), [(date(2016, 6, 7), None), (date(2016, 6, 8), "pharmaciens-2016")])
def test_g29_cnops_pays_by_tiers_payant_from_june_2016(day: date, convention: str | None) -> None:
    applied = find_pharmacy_convention(pack(), "cnops", on(day))
    assert (applied.code if applied else None) == convention
    assert (find_on_list(pack(), "cnops", EPREX, on(day)) is not None) == (convention is not None)


def test_g31_in_april_2013_only_cnss_applies_the_convention() -> None:
    moment = on(date(2013, 4, 2))
    applied = find_pharmacy_convention(pack(), "cnss", moment)
    listed = find_on_list(pack(), "cnss", EPREX, moment)
    assert applied is not None and applied.code == "pharmaciens-2013"
    assert listed is not None and listed.payload["version"] == "2013-04-01"
    assert find_pharmacy_convention(pack(), "cnops", moment) is None


def test_g34_eprex_is_on_the_list_and_every_pharmacy_a_member() -> None:
    moment = on(date(2016, 7, 1))
    listed = find_on_list(pack(), "cnops", EPREX, moment)
    assert listed is not None
    assert (listed.legal_act, listed.payload["version"]) == ("liste-tp-cnops-2016-06-08", "2016-06-08")
    assert find_adhesion(pack(), "123456789", "cnops", moment) is None


def test_an_unjustified_cesarean_is_paid_as_a_delivery_from_may_2019() -> None:
    assert find_regles(pack(), "cnops", "CESARIENNE_NON_JUSTIFIEE", on(date(2019, 4, 30))) == ()
    [rule] = find_regles(pack(), "cnops", "CESARIENNE_NON_JUSTIFIEE", on(date(2019, 5, 1)))
    assert rule.payload["rang"] == 3
    amounts = [find_forfait(pack(), rule.payload[name], "prive", "cnops", on(MAY_2021)) for name in ("remplace", "par")]
    assert [tarif.value for tarif in amounts if tarif] == [800000, 300000]
    assert find_regles(pack(), "cnss", "CESARIENNE_NON_JUSTIFIEE", on(MAY_2021)) == ()
