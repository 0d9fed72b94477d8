"""What follows from a draft: moved bases, lone groups, entries that name what is gone. Proposed, never done."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.gmr.consequences import Consequence, consequences
from catalog.gmr.groups import expected_base
from catalog.releases.changes import Change
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DAWN, Period
from tests.unit.gmr.builders import fact, payload, snapshot

PRINCEPS, NEAR, CHEAP = "6118000100058", "6118000190462", "6118000021216"
JUNE, JULY, AUGUST = date(2014, 6, 1), date(2014, 7, 1), date(2014, 8, 1)
GROUP = "GLICLAZIDE-80"


def generic(code: str, ppv: str, **fields: object) -> dict[str, object]:
    return {"nom": f"G {code}", "princeps_generique": "G", "ppv": ppv, "pbr": ppv, "groupe_generique": GROUP, **fields}


def published(*more: object, pbr: str = "30.00") -> Snapshot:
    """A princeps at 40.00 on the base of its nearer generic, at 30.00; another generic at 20.00."""
    return snapshot(
        [
            fact("groupe_generique", GROUP, libelle="Gliclazide"),
            fact("medicament", PRINCEPS, ppv="40.00", pbr=pbr, groupe_generique=GROUP),
            fact("medicament", NEAR, **generic(NEAR, "30.00")),
            fact("medicament", CHEAP, **generic(CHEAP, "20.00")),
            *more,
        ]
    )


def priced(code: str, ppv: str, period: Period, **fields: object) -> Change:
    return Change("medicament", code, period, payload("medicament", **generic(code, ppv, **fields)))


def void(code: str, period: Period, kind: str = "medicament") -> Change:
    return Change(kind, code, period, None)


def bases(found: list[Consequence], code: str = PRINCEPS) -> list[tuple[Period, object, object]]:
    return [(one.period, one.old, one.new) for one in found if one.field == "pbr" and one.code == code]


def test_the_base_of_a_princeps_follows_its_nearest_generic() -> None:
    (move,) = [c for c in consequences(published(), [priced(NEAR, "32.00", Period(JULY))]) if c.code == PRINCEPS]
    assert (move.field, move.old, move.new, move.period) == ("pbr", 3000, 3200, Period(JULY))
    assert NEAR in move.text
    assert "2-05-733" in move.rule
    assert move.change is not None
    assert move.change.payload is not None
    assert (move.change.payload["pbr"], move.change.payload["ppv"]) == (3200, 4000)


@pytest.mark.parametrize(
    ("change", "base"),
    [
        (priced(CHEAP, "35.00", Period(JULY)), 3500),
        (priced(NEAR, "45.00", Period(JULY)), 2000),
        (void(NEAR, Period(JULY)), 2000),
        (priced("6118000021223", "38.00", Period(JULY)), 3800),
    ],
)
def test_a_rise_an_exit_or_an_entry_moves_it_too(change: Change, base: int) -> None:
    assert bases(consequences(published(), [change])) == [(Period(JULY), 3000, base)]


def test_without_generics_a_princeps_goes_back_to_its_own_price() -> None:
    both = [void(NEAR, Period(JULY)), void(CHEAP, Period(JULY))]
    assert bases(consequences(published(), both)) == [(Period(JULY), 3000, 4000)]


def test_a_price_that_does_not_move_the_nearest_moves_nothing() -> None:
    assert bases(consequences(published(), [priced(CHEAP, "25.00", Period(JULY))])) == []


def test_a_base_holds_as_long_as_what_moved_it() -> None:
    found = consequences(published(), [priced(NEAR, "32.00", Period(JULY, AUGUST))])
    assert bases(found) == [(Period(JULY, AUGUST), 3000, 3200)]


def test_what_is_recorded_for_later_is_looked_at_on_its_own_day() -> None:
    later = fact("medicament", PRINCEPS, Period(AUGUST), ppv="31.00", pbr="30.00", groupe_generique=GROUP)
    found = consequences(published(later), [priced(NEAR, "32.00", Period(JULY))])
    assert bases(found) == [(Period(JULY, AUGUST), 3000, 3200), (Period(AUGUST), 3000, 2000)]


def test_a_base_that_the_draft_gives_is_left_to_the_editor() -> None:
    decided = Change(
        "medicament",
        PRINCEPS,
        Period(JULY),
        payload("medicament", ppv="40.00", pbr="31.00", groupe_generique=GROUP),
    )
    assert bases(consequences(published(), [priced(NEAR, "32.00", Period(JULY)), decided])) == []


def test_a_base_that_did_not_follow_the_rule_is_told_so() -> None:
    (move,) = [
        c
        for c in consequences(published(pbr="28.00"), [priced(NEAR, "32.00", Period(JULY))])
        if c.new == 3200 and c.code == PRINCEPS
    ]
    assert "ne suivait déjà pas" in move.text


def test_the_base_of_a_generic_is_its_own_price() -> None:
    found = consequences(published(), [priced(NEAR, "32.00", Period(JULY), pbr="30.00")])
    assert bases(found, NEAR) == [(Period(JULY), 3000, 3200)]


def test_one_day_can_be_asked_about() -> None:
    change = priced(NEAR, "32.00", Period(JULY))
    assert bases(consequences(published(), [change], as_of=JUNE)) == []
    assert [new for _, _, new in bases(consequences(published(), [change], as_of=AUGUST))] == [3200]


def test_a_group_left_with_one_member_is_told() -> None:
    both = [void(NEAR, Period(JULY)), void(CHEAP, Period(JULY))]
    (told,) = [c for c in consequences(published(), both) if c.kind == "groupe_generique"]
    assert (told.code, told.change) == (GROUP, None)
    assert PRINCEPS in told.text


def test_what_names_a_withdrawn_medicine_is_proposed_for_withdrawal() -> None:
    listed = fact("liste_tiers_payant", "cnops:1", organisme="cnops", version="1", medicament=NEAR, nom="G")
    other = fact("gtin", "6118010001154", presentation=NEAR)
    found = consequences(published(listed, other), [void(NEAR, Period(JULY))])
    proposed = {(c.kind, c.code): c.change for c in found if c.change is not None and c.change.is_void}
    assert {key: change.period for key, change in proposed.items()} == {
        ("liste_tiers_payant", "cnops:1"): Period(JULY),
        ("gtin", "6118010001154"): Period(JULY),
    }


def test_what_the_draft_withdraws_itself_is_not_proposed_again() -> None:
    other = fact("gtin", "6118010001154", presentation=NEAR)
    changes = [void(NEAR, Period(JULY)), void("6118010001154", Period(JULY), "gtin")]
    assert not [c for c in consequences(published(other), changes) if c.kind == "gtin"]


def test_an_opinion_on_a_withdrawn_medicine_is_told_and_kept() -> None:
    opinion = fact("avis", "CT-1", nom=None, medicament=NEAR)
    (told,) = [c for c in consequences(published(opinion), [void(NEAR, Period(JULY))]) if c.kind == "avis"]
    assert told.change is None


def test_members_of_a_withdrawn_group_no_longer_name_it() -> None:
    found = consequences(published(), [void(GROUP, Period(JULY), "groupe_generique")])
    assert {c.code: c.new for c in found if c.field == "groupe_generique"} == dict.fromkeys([PRINCEPS, NEAR, CHEAP])


prices = st.integers(10, 60).map(lambda dirhams: f"{dirhams}.00")


@given(princeps=prices, before=st.tuples(prices, prices), after=st.tuples(prices, prices))
def test_whatever_the_prices_the_base_proposed_is_that_of_the_rule(
    princeps: str, before: tuple[str, str], after: tuple[str, str]
) -> None:
    def base(generics: tuple[str, str]) -> int:
        return expected_base(centimes(princeps), [centimes(price) for price in generics])

    old, new = base(before), base(after)
    start = snapshot(
        [
            fact("medicament", PRINCEPS, ppv=princeps, pbr=f"{old // 100}.00", groupe_generique=GROUP),
            *(fact("medicament", c, **generic(c, p)) for c, p in zip((NEAR, CHEAP), before, strict=True)),
        ]
    )
    changes = [priced(c, p, Period(JULY)) for c, p in zip((NEAR, CHEAP), after, strict=True)]
    assert bases(consequences(start, changes)) == ([(Period(JULY), old, new)] if old != new else [])
    assert Period(DAWN).covers(JULY)


def centimes(text: str) -> int:
    return int(text.replace(".", ""))
