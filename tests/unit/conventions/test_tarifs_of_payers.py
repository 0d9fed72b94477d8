"""Which value applies to a payer, a variant, a forfait, and what the lists of tariffs show."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.conventions.lookups import (
    PAYER_APPLICATION_DATE,
    SIGNED_NOT_IN_FORCE,
    Tarif,
    VariantNeededError,
    find_forfait,
    find_tarif_lettre,
    is_known_forfait,
    is_known_lettre,
    lettres_cles,
    notes_on_forfait,
    notes_on_lettre,
    tarifs,
)
from catalog.snapshots.reading import Snapshot
from tests.unit.conventions.builders import (
    DAY,
    Fact,
    act,
    adherence,
    at,
    convention,
    forfait,
    lettre,
    snapshot,
    void,
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


class TestPayers:
    """A convention is applied payer by payer; a payer's own value goes first."""

    def test_without_adherences_every_payer_applies_a_convention(self) -> None:
        held = snapshot(OLD)
        assert [value(held, payer) for payer in ("cnops", "cnss", None)] == [8000] * 3

    def test_with_one_only_those_named_apply_it(self) -> None:
        held = snapshot([*OLD, adherence("old", "cnss", True, acte="acte-old", start=date(2013, 4, 1))])
        assert [value(held, payer) for payer in ("cnops", "cnss", None)] == [None, 8000, 8000]
        assert value(held, "cnss", date(2013, 3, 31)) is None
        found = ask(held)
        assert found is not None and found.adherence is not None
        assert found.adherence.code == "old:cnss"

    def test_a_payer_that_does_not_apply_it_gets_no_value_and_a_note(self) -> None:
        held = snapshot([*OLD, adherence("old", "cnops", False, acte="acte-old")])
        assert ask(held, "cnops") is None
        [note] = notes_on_lettre(held, "C", None, "prive", "cnops", at())
        assert (note.reason, note.value, note.legal_act) == (PAYER_APPLICATION_DATE, 8000, "acte-old")
        assert "cnops does not apply it" in note.text

    @pytest.mark.parametrize("applies", [True, False])
    def test_its_own_value_goes_first_whether_it_applies_the_convention_or_not(self, applies: bool) -> None:
        own = lettre("C:old:cnops", "15.00", acte="acte-old", end=date(2013, 8, 1))
        held = snapshot([*OLD, own, adherence("old", "cnops", applies, acte="acte-old")])
        found = ask(held, "cnops", date(2013, 7, 15))
        assert found is not None
        assert (found.value, found.version.code) == (1500, "C:old:cnops")
        assert [(note.reason, note.value) for note in found.notes] == [(PAYER_APPLICATION_DATE, 8000)]
        assert value(held, "cnops", date(2013, 8, 1)) == (8000 if applies else None)

    def test_its_own_value_is_not_that_of_others(self) -> None:
        held = snapshot([*OLD, lettre("C:old:cnops", "15.00", acte="acte-old")])
        assert [value(held, payer) for payer in ("cnops", "cnss", None)] == [1500, 8000, 8000]

    def test_an_own_value_equal_to_the_general_one_needs_no_note(self) -> None:
        found = ask(snapshot([*OLD, lettre("C:old:cnops", "80.00", acte="acte-old")]), "cnops")
        assert found is not None and found.notes == ()

    def test_one_payer_may_follow_a_new_convention_and_another_not(self) -> None:
        follows = [adherence("new", "cnss", True, acte="acte-new"), adherence("new", "cnops", False, acte="acte-new")]
        held = snapshot([*OLD, *newer("EN_VIGUEUR"), *follows])
        assert [value(held, payer) for payer in ("cnops", "cnss")] == [8000, 15000]
        found = ask(held, "cnops")
        assert found is not None
        assert [(note.reason, note.value) for note in found.notes] == [(PAYER_APPLICATION_DATE, 15000)]

    def test_adherences_are_those_known_at_the_release(self) -> None:
        held = snapshot(OLD, [adherence("old", "cnss", True, acte="acte-old")])
        assert [value(held, "cnops", release=release) for release in (1, 2)] == [8000, None]


class TestVariants:
    """The dental letter has one value for care and one for prostheses."""

    BOTH = (
        lettre("D.soins:old", "17.50", acte="acte-old"),
        lettre("D.prothese:old", "12.50", acte="acte-old"),
    )
    ONE = lettre("D:old", "10.00", acte="acte-old", secteur="public")

    @pytest.mark.parametrize(("variante", "expected"), [("soins", 1750), ("prothese", 1250)])
    def test_each_variant_has_its_value(self, variante: str, expected: int) -> None:
        found = find_tarif_lettre(snapshot([*OLD, *self.BOTH]), "D", variante, "prive", "cnss", at())
        assert found is not None and found.value == expected

    @pytest.mark.parametrize("known", [BOTH, BOTH[:1]])
    def test_a_letter_with_variants_is_not_priced_without(self, known: tuple[Fact, ...]) -> None:
        with pytest.raises(VariantNeededError, match="soins or prothese"):
            find_tarif_lettre(snapshot([*OLD, *known]), "D", None, "prive", "cnss", at())

    @pytest.mark.parametrize("variante", ["soins", "prothese", None])
    def test_a_value_without_variant_holds_for_all(self, variante: str | None) -> None:
        found = find_tarif_lettre(snapshot([*OLD, *self.BOTH, self.ONE]), "D", variante, "public", "cnss", at())
        assert found is not None and found.value == 1000

    def test_a_value_of_the_variant_goes_before_one_for_all(self) -> None:
        for_all = lettre("D:old", "1.00", acte="acte-old")
        found = find_tarif_lettre(snapshot([*OLD, *self.BOTH, for_all]), "D", "soins", "prive", "cnss", at())
        assert found is not None and found.value == 1750


class TestForfaits:
    """Amounts by name: the sector's before one for all, and in dirhams unless asked otherwise."""

    FOR_ALL = forfait("SEANCE:old", "100.00", acte="acte-old")
    PUBLIC = (convention("state", acte="acte-old"), forfait("SEANCE:state", "70.00", acte="acte-old", secteur="public"))
    FRENCH = forfait("HBJD001-1-0:old", "47.30", acte="acte-old", devise="EUR")

    @pytest.mark.parametrize(("secteur", "expected"), [("prive", 10000), ("public", 7000)])
    def test_an_amount_of_the_sector_goes_first(self, secteur: str, expected: int) -> None:
        found = find_forfait(snapshot([*OLD, self.FOR_ALL, *self.PUBLIC]), "SEANCE", secteur, "cnss", at())
        assert found is not None and found.value == expected

    def test_a_foreign_amount_never_answers_in_dirhams(self) -> None:
        held = snapshot([*OLD, self.FRENCH])
        assert find_forfait(held, "HBJD001-1-0", None, "cnss", at()) is None
        found = find_forfait(held, "HBJD001-1-0", None, None, at(), "EUR")
        assert found is not None and found.value == 4730

    def test_an_amount_not_in_force_is_told(self) -> None:
        held = snapshot(
            [act("acte-a", "SIGNE"), convention("new", acte="acte-a"), forfait("JOUR:new", "850.00", acte="acte-a")]
        )
        assert find_forfait(held, "JOUR", "prive", "cnss", at()) is None
        [note] = notes_on_forfait(held, "JOUR", "prive", "cnss", at())
        assert (note.reason, note.text) == (
            SIGNED_NOT_IN_FORCE,
            "forfait JOUR at 850.00 is signed (acte-a) and not in force.",
        )

    def test_a_retroactive_avenant_answers_both_ways(self) -> None:
        first = [*OLD, forfait("JOUR:old", "550.00", acte="acte-old")]
        start = date(2020, 1, 1)
        raised = [
            act("avenant", effective_from="2020-01-01"),
            forfait("JOUR:old", "600.00", acte="avenant", start=start),
        ]
        held = snapshot(first, raised)
        found = [find_forfait(held, "JOUR", "prive", "cnops", at(date(2020, 1, 15), release)) for release in (1, 2)]
        assert [(tarif.value, tarif.legal_act) for tarif in found if tarif] == [(55000, "acte-old"), (60000, "avenant")]
        before = find_forfait(held, "JOUR", "prive", "cnops", at(date(2019, 12, 31), 2))
        assert before is not None and before.value == 55000


class TestLists:
    """What a convention sets, and the values of the letters."""

    def test_letters_in_force_are_listed_with_what_is_signed(self) -> None:
        own = lettre("C:old:cnops", "15.00", acte="acte-old")
        held = snapshot([*OLD, *newer("SIGNE"), own, lettre("D.soins:old", "17.50", acte="acte-old")])
        listed = lettres_cles(held, at())
        assert [(tarif.version.code, tarif.value) for tarif in listed] == [
            ("C:old", 8000), ("C:old:cnops", 1500), ("D.soins:old", 1750),
        ]  # fmt: skip
        assert [note.reason for note in listed[0].notes] == [SIGNED_NOT_IN_FORCE]

    def test_filters_narrow_the_list(self) -> None:
        public = [convention("state", acte="acte-old"), lettre("C:state", "50.00", acte="acte-old", secteur="public")]
        held = snapshot([*OLD, *public, lettre("C:old:cnops", "15.00", acte="acte-old")])
        assert [tarif.value for tarif in lettres_cles(held, at(), organisme="cnops")] == [1500, 5000]
        assert [tarif.value for tarif in lettres_cles(held, at(), organisme="cnss", secteur="prive")] == [8000]
        assert lettres_cles(held, at(), lettre="z") == []

    def test_a_withdrawn_value_is_listed_no_more(self) -> None:
        held = snapshot(OLD, [void("lettre_cle", "C:old", acte="acte-old", start=date(2021, 1, 1))])
        assert [len(lettres_cles(held, at(release=release))) for release in (1, 2)] == [1, 0]

    def test_the_lines_of_a_convention_are_those_in_force(self) -> None:
        held = snapshot([*OLD, forfait("JOUR:old", "550.00", acte="acte-old"), *newer("SIGNE")])
        assert [line.code for line in tarifs(held, "old", at())] == ["C:old", "JOUR:old"]
        assert tarifs(held, "new", at()) == []
        assert [line.code for line in tarifs(held, "new", at(), pending=True)] == ["C:new"]

    def test_the_lines_of_an_avenant_are_those_it_set_in_the_parent(self) -> None:
        avenant = [act("avenant"), convention("avenant-2009", acte="avenant", parent="old")]
        held = snapshot([*OLD, *avenant, forfait("JOUR:old", "600.00", acte="avenant")])
        assert [line.code for line in tarifs(held, "avenant-2009", at())] == ["JOUR:old"]

    def test_known_is_not_in_force(self) -> None:
        held = snapshot([], [*newer("SIGNE", parent=None), forfait("JOUR:new", "850.00", acte="acte-new")])
        assert [is_known_lettre(held, "c", release) for release in (1, 2)] == [False, True]
        assert [is_known_forfait(held, "JOUR", release) for release in (1, 2)] == [False, True]
        assert not is_known_lettre(held, "B", 2)
