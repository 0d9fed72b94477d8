"""Which value applies: act in force, convention applied, a payer's own first; two that fit are refused."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.conventions.lookups import (
    NEGOTIATED_NOT_IN_FORCE,
    SIGNED_NOT_IN_FORCE,
    AmbiguousTariffError,
    Tarif,
    find_tarif_lettre,
    notes_on_lettre,
)
from catalog.errors import ConflictError
from catalog.snapshots.reading import Snapshot
from tests.unit.conventions.builders import (
    DAY,
    START,
    Fact,
    act,
    at,
    convention,
    lettre,
    snapshot,
)

OLD = [act("acte-old"), convention("old", acte="acte-old"), lettre("C:old", "80.00", acte="acte-old")]


def newer(statut: str, parent: str | None = "old") -> list[Fact]:
    """A second convention with its own value of C; it amends the first unless told otherwise."""
    amends = {"parent": parent} if parent else {}
    made = convention("new", acte="acte-new", **amends)
    return [act("acte-new", statut), made, lettre("C:new", "150.00", acte="acte-new")]


def ask(snapshot: Snapshot, organisme: str | None = "cnss", day: date = DAY, release: int = 1) -> Tarif | None:
    return find_tarif_lettre(snapshot, "C", None, "prive", organisme, at(day, release))


def value(snapshot: Snapshot, organisme: str | None = "cnss", day: date = DAY, release: int = 1) -> int | None:
    found = ask(snapshot, organisme, day, release)
    return found.value if found else None


def test_the_value_comes_with_its_version_and_its_convention() -> None:
    found = ask(snapshot(OLD))
    assert found is not None
    assert (found.value, found.version.code, found.convention.code, found.legal_act) == (
        8000, "C:old", "old", "acte-old",
    )  # fmt: skip
    assert (found.adherence, found.notes) == (None, ())


def test_letters_are_compared_without_case() -> None:
    held = snapshot([*OLD, lettre("Cs:old", "150.00", acte="acte-old")])
    found = [find_tarif_lettre(held, lettre, None, "prive", "cnss", at()) for lettre in ("Cs", "CS", "cs")]
    assert [tarif.version.payload["lettre"] for tarif in found if tarif] == ["Cs"] * 3


def test_another_sector_has_another_value() -> None:
    held = snapshot([*OLD, lettre("C:old", "80.00", acte="acte-old")])
    assert find_tarif_lettre(held, "C", None, "public", "cnss", at()) is None
    assert find_tarif_lettre(held, "Z", None, "prive", "cnss", at()) is None


def test_nothing_applies_before_its_day() -> None:
    held = snapshot(OLD)
    assert value(held, day=START) == 8000
    assert value(held, day=date(2006, 8, 31)) is None


@pytest.mark.parametrize(
    ("statut", "reason"),
    [
        ("NEGOCIE", NEGOTIATED_NOT_IN_FORCE),
        ("SIGNE", SIGNED_NOT_IN_FORCE),
        ("APPROUVE", SIGNED_NOT_IN_FORCE),
        ("PUBLIE", SIGNED_NOT_IN_FORCE),
    ],
)
def test_a_value_not_in_force_is_told_and_never_applied(statut: str, reason: str) -> None:
    found = ask(snapshot([*OLD, *newer(statut)]))
    assert found is not None
    assert found.value == 8000
    assert [(note.reason, note.value, note.legal_act) for note in found.notes] == [(reason, 15000, "acte-new")]
    assert found.notes[0].text.startswith("key letter C at 150.00 is ")


def test_a_repealed_value_is_not_told() -> None:
    found = ask(snapshot([*OLD, *newer("ABROGE")]))
    assert found is not None and found.notes == ()


def test_a_convention_not_in_force_prices_nothing_even_on_an_act_that_is() -> None:
    values = [lettre("C:new", "150.00", acte="acte-old"), *newer("SIGNE")[:2]]
    found = ask(snapshot([*OLD, *values]))
    assert found is not None
    assert (found.value, [note.legal_act for note in found.notes]) == (8000, ["acte-new"])


def test_a_value_of_an_act_not_in_force_prices_nothing_even_in_a_convention_that_is() -> None:
    held = snapshot([*OLD[:2], act("projet", "SIGNE"), lettre("C:old", "150.00", acte="projet")])
    assert value(held) is None
    [note] = notes_on_lettre(held, "C", None, "prive", "cnss", at())
    assert (note.reason, note.legal_act) == (SIGNED_NOT_IN_FORCE, "projet")


def test_an_own_value_of_an_act_not_in_force_leaves_the_general_one() -> None:
    own = [act("projet", "SIGNE"), lettre("C:old:cnops", "15.00", acte="projet")]
    found = ask(snapshot([*OLD, *own]), "cnops")
    assert found is not None
    assert (found.value, [note.value for note in found.notes]) == (8000, [1500])


def test_a_value_of_an_unknown_convention_prices_nothing() -> None:
    assert value(snapshot([act("acte-a"), lettre("C:nowhere", "80.00", acte="acte-a")])) is None


def test_entry_into_force_is_one_fact_about_the_act() -> None:
    held = snapshot([*OLD, *newer("SIGNE")], [act("acte-new", effective_from="2021-01-01")])
    assert (value(held), value(held, release=2)) == (8000, 15000)
    assert value(held, day=date(2020, 12, 31), release=2) == 8000


def test_two_conventions_in_force_are_not_chosen_between() -> None:
    held = snapshot([*OLD, *newer("EN_VIGUEUR", parent=None)])
    with pytest.raises(AmbiguousTariffError, match=r"C:new, C:old") as refused:
        ask(held)
    assert isinstance(refused.value, ConflictError)
    assert refused.value.codes == ("C:new", "C:old")


def test_a_convention_replaces_what_it_amends_through_any_number_of_steps() -> None:
    third = [convention("third", acte="acte-old", parent="new"), lettre("C:third", "200.00", acte="acte-old")]
    assert value(snapshot([*OLD, *newer("EN_VIGUEUR"), *third])) == 20000


def test_conventions_that_amend_each_other_are_refused() -> None:
    held = [act("acte-a"), *(convention(one, acte="acte-a", parent=other) for one, other in (("x", "y"), ("y", "x")))]
    values = [lettre("C:x", "1.00", acte="acte-a"), lettre("C:y", "2.00", acte="acte-a")]
    with pytest.raises(AmbiguousTariffError):
        ask(snapshot([*held, *values]))
