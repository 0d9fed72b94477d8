"""The pack of the family is well formed, and says what its sources say."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from catalog.conventions.code_rules import CodeAndFieldsDiffer
from catalog.conventions.family import KINDS as FAMILY
from catalog.conventions.lookups import lettres_cles
from catalog.fields import LIST_SEPARATOR
from catalog.kinds import Payload
from catalog.money import format_dirhams
from catalog.validation import Candidate, Rule, Severity
from tests.unit.conventions.builders import DAY, KINDS, Fact, at, candidate
from tests.unit.conventions.pack import FOLDERS, NEWEST, facts_of, pack

NAMES = {kind.name for kind in FAMILY}
BY_FOLDER = [list(facts_of(folder)) for folder in FOLDERS]
FACTS = [made for facts in BY_FOLDER for made in facts if made.kind in NAMES]


def test_there_is_something_of_every_kind_but_pharmacies() -> None:
    assert {made.kind for made in FACTS} == NAMES - {"adhesion"}


def test_every_row_loads_and_is_written_as_its_kind_writes_it() -> None:
    for made in FACTS:
        if made.fields is None:
            continue
        kind = KINDS.find(made.kind)
        written = {name: _cell(value) for name, value in kind.dump(kind.load(made.code, made.fields)).items()}
        assert {name: text for name, text in written.items() if text} == dict(made.fields), made.code
        assert kind.parse_code(made.code) == made.code


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return LIST_SEPARATOR.join(value)
    return "" if value is None else str(value)


def test_every_row_has_its_ground_its_source_and_its_confidence() -> None:
    known: set[str] = set()
    for facts in BY_FOLDER:
        known |= {made.code for made in facts if made.kind == "acte_juridique"}
        for made in facts:
            assert made.legal_act in known, made.code
            assert made.source, made.code
            assert made.confidence in ("H", "M", "L"), made.code


def test_no_two_rows_of_a_release_hold_for_one_code_on_one_day() -> None:
    for facts in BY_FOLDER:
        for one, two in combinations([made for made in facts if made.kind in NAMES], 2):
            if (one.kind, one.code) == (two.kind, two.code):
                assert not one.period.overlaps(two.period), one.code


def test_no_rule_is_broken_but_those_that_tell_of_signed_values_and_bare_names() -> None:
    broken: Counter[str] = Counter()
    newest = {(made.kind, made.code): made for facts in BY_FOLDER for made in facts if made.fields is not None}
    candidates = [candidate(made) for made in newest.values()]
    for rule in {type(rule): rule for kind in FAMILY for rule in kind.rules}.values():
        broken.update(_broken(rule, candidates))
    assert broken == {"TariffOfActNotInForce": 6, "ListedByNameAlone": 11, "UnknownMedicine": 2}


def _broken(rule: Rule, candidates: list[Candidate]) -> list[str]:
    found = list(rule.check(candidates, lambda kind: ()))
    assert {one.severity for one in found} <= {Severity.WARNING}, found[0].message
    return [one.rule for one in found]


def test_a_code_that_differs_would_be_seen() -> None:
    wrong = Fact("forfait", "X:medecins-prive-2006", FACTS[0].period, _forfait("Y"), "a", "b", "H")
    assert len(list(CodeAndFieldsDiffer().check([candidate(wrong)], lambda kind: ()))) == 1


def _forfait(name: str) -> Payload:
    return {"forfait": name, "libelle": "X", "convention": "medecins-prive-2006", "montant": "1.00", "unite": "ACTE"}


def test_values_in_force_are_those_of_the_transcribed_grids(shared_data: Path) -> None:
    with (shared_data / "conventions" / "lettres_cles.csv").open(encoding="utf-8") as text:
        rows = [
            row for row in csv.DictReader(text, delimiter=";") if row["lettre_cle"] and "2020" not in row["convention"]
        ]
    printed = {
        (
            lettre.strip(),
            row["secteur"].replace("privé", "prive"),
            row["tarif_dh_verbatim"].replace(";", ".").replace(",", "."),
        )
        for row in rows
        for lettre in row["lettre_cle"].split(" - ")
    }
    held = {
        (tarif.version.payload["lettre"], tarif.version.payload["secteur"], format_dirhams(tarif.value))
        for tarif in lettres_cles(pack(), at(DAY, NEWEST))
        if tarif.version.payload["organisme"] is None
    }
    assert len(printed) == 25
    added = {("K", "prive", "22.50"), ("B", "prive", "1.10"), ("D", "prive", "17.50"), ("D", "prive", "12.50")}
    assert held - printed == added
    assert printed <= held


@pytest.mark.parametrize(("lettre", "value"), [("B", "1.10"), ("C", "80.00"), ("CS", "150.00")])
def test_negotiated_and_signed_values_never_price(lettre: str, value: str) -> None:
    listed = lettres_cles(pack(), at(DAY, NEWEST), lettre=lettre, secteur="prive")
    assert [format_dirhams(tarif.value) for tarif in listed] == [value]
    assert len(listed[0].notes) == 1
