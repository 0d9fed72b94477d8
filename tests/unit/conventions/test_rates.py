"""A rate belongs to a régime, a class of care and a situation; that of the sector goes before that of all."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.conventions.codes import MODES, ORGANISMES, PRESTATIONS, SECTEURS
from catalog.conventions.lookups import find_regles, find_taux
from catalog.money import WHOLE
from catalog.snapshots.reading import Snapshot
from tests.unit.conventions.builders import DAY, Fact, act, at, fact, snapshot
from tests.unit.conventions.pack import NEWEST, pack


def rate(code: str, taux: str, *, acte: str = "decret", start: date = date(2006, 9, 1)) -> Fact:
    organisme, regime, prestation, mode, secteur, situation = code.split(":")
    fields = {
        "organisme": organisme, "regime": regime, "prestation": prestation, "mode": mode, "situation": situation,
        "taux": taux, "assiette": "TNR", "secteur": "" if secteur == "*" else secteur,
    }  # fmt: skip
    return fact("taux", code, acte=acte, start=start, **fields)


def ask(
    snapshot: Snapshot, secteur: str | None, situation: str = "NORMALE", day: date = DAY, release: int = 1
) -> int | None:
    moment = at(day, release)
    found = find_taux(snapshot, "AMO", "cnops", "ACTE", "hospitalisation", secteur, situation, moment)
    return found.payload["taux"] if found else None


ALL, PUBLIC = "cnops:AMO:ACTE:hospitalisation:*:NORMALE", "cnops:AMO:ACTE:hospitalisation:public:NORMALE"


def test_the_rate_of_the_sector_goes_first() -> None:
    held = snapshot([act("decret"), rate(ALL, "0.90"), rate(PUBLIC, "1.00")])
    assert [ask(held, secteur) for secteur in ("public", "prive", None)] == [10000, 9000, 9000]


def test_no_rate_is_put_in_the_place_of_a_missing_one() -> None:
    held = snapshot([act("decret"), rate(PUBLIC, "1.00")])
    assert ask(held, "prive") is None
    assert ask(held, "public", "EXONERATION") is None
    assert find_taux(held, "MUTUELLE", "cnops", "ACTE", "hospitalisation", "public", "NORMALE", at()) is None


def test_a_rate_begins_on_its_day() -> None:
    held = snapshot([act("decret"), rate(ALL, "0.90", start=date(2010, 2, 1))])
    assert [ask(held, None, day=day) for day in (date(2010, 1, 31), date(2010, 2, 1))] == [None, 9000]


def test_a_rate_of_an_act_not_in_force_does_not_hide_the_general_one() -> None:
    held = snapshot([act("decret"), act("projet", "SIGNE"), rate(ALL, "0.90"), rate(PUBLIC, "1.00", acte="projet")])
    assert ask(held, "public") == 9000


def test_a_corrected_rate_is_known_from_its_release() -> None:
    held = snapshot([act("decret"), rate(ALL, "0.90")], [rate(ALL, "0.95")])
    assert [ask(held, None, release=release) for release in (1, 2)] == [9000, 9500]


def test_rules_come_by_rank_and_only_in_force() -> None:
    rules = [
        fact("regle_organisme", code, acte=acte, organisme="cnops", regle="BASE_GENERIQUE", rang=rang, libelle=code)
        for code, rang, acte in (("decision", 3, "acte-1"), ("loi", 1, "acte-1"), ("projet", 2, "acte-2"))
    ]
    held = snapshot([act("acte-1"), act("acte-2", "SIGNE"), *rules])
    assert [rule.code for rule in find_regles(held, "cnops", "BASE_GENERIQUE", at())] == ["loi", "decision"]
    assert find_regles(held, "cnss", "BASE_GENERIQUE", at()) == ()
    assert find_regles(held, "cnops", "ARRONDI", at()) == ()


@pytest.mark.parametrize(
    ("organisme", "prestation", "mode", "prive", "public"),
    [
        ("cnops", "ACTE", "ambulatoire", 8000, 8000),
        ("cnops", "ACTE", "hospitalisation", 9000, 10000),
        ("cnops", "FORFAIT", "hospitalisation", 9000, 10000),
        ("cnops", "DENTAIRE_SOINS", "ambulatoire", 8000, 8000),
        ("cnops", "DENTAIRE_PROTHESE", "ambulatoire", 8000, 8000),
        ("cnops", "MEDICAMENT", "ambulatoire", 7000, 7000),
        ("cnops", "MEDICAMENT", "hospitalisation", 9000, 10000),
        ("cnops", "DISPOSITIF", "hospitalisation", 10000, 10000),
        ("cnss", "ACTE", "ambulatoire", 7000, 7000),
        ("cnss", "ACTE", "hospitalisation", 7000, 9000),
        ("cnss", "FORFAIT", "hospitalisation", 7000, 9000),
        ("cnss", "DENTAIRE_SOINS", "ambulatoire", 7000, 7000),
        ("cnss", "MEDICAMENT", "ambulatoire", 7000, 7000),
        ("cnss", "DISPOSITIF", "ambulatoire", None, None),
    ],
)
def test_rates_of_2021_as_the_decrees_set_them(
    organisme: str, prestation: str, mode: str, prive: int | None, public: int | None
) -> None:
    found = [
        find_taux(pack(), "AMO", organisme, prestation, mode, secteur, "NORMALE", at(DAY, NEWEST))
        for secteur in ("prive", "public")
    ]
    assert [rate.payload["taux"] if rate else None for rate in found] == [prive, public]


@pytest.mark.parametrize(
    ("prestation", "start"),
    [("ACTE", date(2010, 2, 1)), ("MEDICAMENT", date(2010, 2, 1)), ("DENTAIRE_SOINS", date(2015, 1, 1))],
)
def test_cnss_covers_more_with_time(prestation: str, start: date) -> None:
    def covered(day: date) -> bool:
        case = ("AMO", "cnss", prestation, "ambulatoire", "prive", "NORMALE")
        return find_taux(pack(), *case, at(day, NEWEST)) is not None

    assert covered(start)
    assert not covered(date.fromordinal(start.toordinal() - 1))


def test_together_the_shares_never_exceed_the_base() -> None:
    seen = 0
    for organisme in ORGANISMES:
        for prestation in PRESTATIONS:
            for mode in MODES:
                for secteur in SECTEURS:
                    shares = [
                        find_taux(pack(), regime, organisme, prestation, mode, secteur, "NORMALE", at(DAY, NEWEST))
                        for regime in ("AMO", "MUTUELLE")
                    ]
                    total = sum(share.payload["taux"] for share in shares if share)
                    assert total <= WHOLE
                    seen += total > 0
    assert seen > 20
