"""Lists are per payer and version; a pharmacy without an entry is a member."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.conventions.lookups import (
    AmbiguousTariffError,
    find_adhesion,
    find_on_list,
    find_pharmacy_convention,
    list_in_force,
    organismes_listing,
)
from tests.unit.conventions.builders import Fact, act, adherence, at, convention, fact, snapshot

BOX, OTHER = "6118001181094", "6118001081646"
INPE = "012345678"
FIRST = date(2016, 6, 8)
PHARMACISTS = [
    act("pharm"),
    convention("pharmaciens", acte="pharm", profession="pharmaciens"),
    adherence("pharmaciens", "cnops", True, acte="pharm", start=FIRST),
]


def listed(code: str, *, acte: str = "liste", start: date = FIRST, **fields: str) -> Fact:
    organisme, _, entry = code.partition(":")
    named = {"organisme": organisme, "version": "1", "nom": entry.upper(), **fields}
    return fact("liste_tiers_payant", code, acte=acte, start=start, **named)


def test_a_medicine_is_on_the_list_of_one_payer_from_its_day() -> None:
    held = snapshot([act("liste"), listed(f"cnops:{BOX}", medicament=BOX)])
    assert find_on_list(held, "cnops", BOX, at(FIRST)) is not None
    assert find_on_list(held, "cnops", BOX, at(date(2016, 6, 7))) is None
    assert find_on_list(held, "cnss", BOX, at()) is None
    assert find_on_list(held, "cnops", OTHER, at()) is None


def test_a_list_whose_act_is_not_in_force_holds_nothing() -> None:
    held = snapshot([act("liste", "SIGNE"), listed(f"cnops:{BOX}", medicament=BOX)])
    assert find_on_list(held, "cnops", BOX, at()) is None
    assert list_in_force(held, "cnops", at()) == ()


def test_a_name_alone_is_shown_and_stands_for_no_presentation() -> None:
    held = snapshot([act("liste"), listed("cnops:zoladex")])
    assert [entry.payload["nom"] for entry in list_in_force(held, "cnops", at())] == ["ZOLADEX"]
    assert find_on_list(held, "cnops", "zoladex", at()) is None


def test_an_entry_coded_by_name_is_found_once_its_presentation_is_known() -> None:
    held = snapshot([act("liste"), listed("cnops:eprex")], [listed("cnops:eprex", medicament=BOX)])
    assert [find_on_list(held, "cnops", BOX, at(release=release)) is not None for release in (1, 2)] == [False, True]


def test_two_entries_for_one_presentation_are_not_chosen_between() -> None:
    held = snapshot([act("liste"), listed("cnops:eprex", medicament=BOX), listed(f"cnops:{BOX}", medicament=BOX)])
    with pytest.raises(AmbiguousTariffError, match="cnops:eprex"):
        find_on_list(held, "cnops", BOX, at())


def test_the_newest_convention_the_payer_applies_counts() -> None:
    later = convention("later", acte="pharm", profession="pharmaciens", start=date(2020, 1, 1))
    held = snapshot([*PHARMACISTS, later])
    codes = [
        found.code if (found := find_pharmacy_convention(held, "cnops", at(day))) else None
        for day in (date(2016, 6, 7), FIRST, date(2020, 1, 1))
    ]
    assert codes == [None, "pharmaciens", "later"]
    assert find_pharmacy_convention(held, "cnss", at(FIRST)) is None


def test_a_payer_lists_a_medicine_only_while_it_applies_the_convention() -> None:
    entry = listed(f"cnops:{BOX}", medicament=BOX, start=date(2015, 1, 1))
    held = snapshot([*PHARMACISTS, act("liste"), entry])
    assert organismes_listing(held, BOX, at(FIRST)) == ["cnops"]
    assert organismes_listing(held, BOX, at(date(2016, 6, 7))) == []


def test_a_pharmacy_may_leave_be_suspended_and_come_back() -> None:
    states = [
        ("NON_ADHERENTE", date(2016, 6, 8), date(2017, 1, 1)),
        ("ADMISE", date(2017, 1, 1), date(2018, 1, 1)),
        ("SUSPENDUE", date(2018, 1, 1), date(2019, 1, 1)),
    ]
    entries = [
        fact("adhesion", f"{INPE}:cnops", acte="pharm", start=start, end=end, inpe=INPE, organisme="cnops", etat=etat)
        for etat, start, end in states
    ]
    held = snapshot([act("pharm"), *entries])
    seen = [find_adhesion(held, INPE, "cnops", at(start)) for _, start, _ in states]
    assert [entry.payload["etat"] for entry in seen if entry] == [etat for etat, _, _ in states]
    assert find_adhesion(held, INPE, "cnops", at(date(2019, 1, 1))) is None
    assert find_adhesion(held, INPE, "cnss", at(FIRST)) is None
