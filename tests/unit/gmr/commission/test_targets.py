"""What an opinion reaches: codes, a DCI with its strengths, a whole class; and the equivalents of a medicine."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from catalog.errors import CodeError
from catalog.gmr.commission.equivalents import about, equivalents
from catalog.gmr.commission.errors import EmptyTargetError
from catalog.gmr.commission.models import Item
from catalog.gmr.commission.opinions import levels
from catalog.gmr.commission.states import FROM_OPINION, LABELS, MOVES, PATH, WITH_OPINIONS, State
from catalog.gmr.commission.targets import Target, codes_of, preview, read_target, touched, unlisted
from catalog.kinds import canonical_json
from tests.unit.gmr.builders import at, fact, snapshot

TODAY = at(date(2026, 11, 22))
ONE, TWO, THREE, FOUR = (f"611800000{n:04d}" for n in range(1, 5))
HTA = {"classe_therapeutique": "Antihypertenseurs"}
LISTED = snapshot(
    [
        fact("medicament", ONE, nom="OLMETEC", dci="OLMESARTAN", dosages="10", ppv="100.00", **HTA),
        fact("medicament", TWO, nom="OLMETEC", dci="OLMESARTAN", dosages="20", ppv="150.00", **HTA),
        fact("medicament", THREE, nom="COVERSYL", dci="PERINDOPRIL", dosages="4", ppv="80.00", **HTA),
        fact("medicament", FOUR, nom="NON ADMIS", dci="PERINDOPRIL", ppv="10.00", admis_remboursement=False, **HTA),
        fact("niveau", "SMR:FAIBLE", liste="SMR", niveau="FAIBLE", libelle="Faible", rang=4),
        fact("niveau", "SMR:IMPORTANT", liste="SMR", niveau="IMPORTANT", libelle="Important", rang=2),
        fact("avis", "CT-1", nom="OLMETEC", smr="IMPORTANT"),
    ]
)


def reached(target: Target) -> list[str]:
    return [version.code for version in touched(LISTED, target, TODAY)]


def test_a_class_is_reached_whole_but_for_what_is_left_out() -> None:
    assert reached(Target("classe", classe="antihypertenseurs")) == [THREE, FOUR, ONE, TWO]
    assert reached(Target("classe", classe="ANTIHYPERTENSEURS", sauf=(ONE, TWO))) == [THREE, FOUR]
    assert reached(Target("classe", classe="Antidiabétiques")) == []
    assert reached(Target("classe")) == []


def test_a_dci_is_narrowed_by_its_strength() -> None:
    assert reached(Target("dci", dci=("olmesartan",))) == [ONE, TWO]
    assert reached(Target("dci", dci=("OLMESARTAN",), dosages=("20",), unites=("MG",))) == [TWO]
    assert reached(Target("dci", dci=("OLMESARTAN",), forme="SIROP")) == []
    assert reached(Target("dci")) == []


def test_codes_are_reached_one_by_one_and_those_not_listed_are_told() -> None:
    other = "6118000009999"
    assert reached(Target("codes", codes=(TWO, other))) == [TWO]
    assert unlisted(LISTED, (TWO, other), TODAY) == [other]
    assert codes_of(LISTED, Target("codes", codes=(TWO, other)), TODAY) == [TWO, other]
    with pytest.raises(EmptyTargetError):
        codes_of(LISTED, Target("classe", classe="rien"), TODAY)


def test_a_preview_keeps_the_level_that_the_opinion_does_not_give() -> None:
    (one, two) = preview(LISTED, Target("dci", dci=("OLMESARTAN",)), "FAIBLE", None, TODAY)
    assert one.smr == two.smr == ("IMPORTANT", "FAIBLE")
    assert one.asmr == (None, None)


def test_a_target_is_read_as_it_is_typed_and_kept_canonical() -> None:
    told = {"codes": f"{ONE}\n {TWO},{ONE}", "dci": "Olmésartan / HCTZ", "dosages": "20 / 12,5", "sauf": ""}
    found = read_target("codes", told)
    assert (found.codes, found.dci, found.dosages) == ((ONE, TWO), ("OLMESARTAN", "HCTZ"), ("20", "12.5"))
    assert found.to_text() == canonical_json({"codes": [ONE, TWO]})
    assert read_target("dci", told).to_text() == canonical_json(
        {"dci": ["OLMESARTAN", "HCTZ"], "dosages": ["20", "12.5"]}
    )
    with pytest.raises(CodeError):
        read_target("codes", {"codes": "12"})


def test_levels_come_most_favourable_first() -> None:
    assert levels(LISTED, "SMR", TODAY) == [("IMPORTANT", "Important"), ("FAIBLE", "Faible")]
    assert levels(LISTED, "ASMR", TODAY) == []


def compared_with(item: Item) -> tuple[str, list[str]]:
    basis, found = equivalents(LISTED, about(LISTED, item, TODAY), TODAY)
    return basis, [version.code for version in found]


def test_equivalents_are_of_the_dci_else_of_the_class_and_admitted() -> None:
    assert compared_with(Item(code=ONE)) == ("dci", [TWO])
    assert compared_with(Item(code=THREE)) == ("classe", [ONE, TWO])
    proposed = {"nom": "NEUF", "dci": "PERINDOPRIL", "classe_therapeutique": "antihypertenseurs"}
    assert compared_with(Item(proposee=canonical_json(proposed))) == ("dci", [THREE])
    assert compared_with(Item(proposee=canonical_json({"nom": "NEUF", "dci": "AUTRE"}))) == ("aucun", [])


def test_a_generic_group_goes_before_the_dci() -> None:
    grouped = {"dci": "GLICLAZIDE", "groupe_generique": "G1"}
    held = snapshot(
        [
            fact("medicament", ONE, ppv="37.20", **grouped),
            fact("medicament", TWO, ppv="29.70", **grouped),
            fact("medicament", THREE, ppv="10.00", dci="GLICLAZIDE"),
        ]
    )
    basis, found = equivalents(held, about(held, Item(code=ONE), TODAY), TODAY)
    assert (basis, [version.code for version in found]) == ("groupe", [TWO])


def test_every_state_has_a_name_and_leads_to_an_end() -> None:
    assert set(MOVES) == set(State) and set(State) < set(LABELS)
    for state in State:
        seen, todo = set(), [state]
        while todo:
            here = todo.pop()
            seen.add(here)
            todo += [after for after in MOVES[here] if after not in seen]
        assert {here for here in seen if not MOVES[here]}, state
    assert all(after in MOVES[before] for before, after in itertools.pairwise(PATH))
    assert set(WITH_OPINIONS) & set(FROM_OPINION) == {State.AVIS_RENDU}
