"""What holds of every line of the bundled pack, every day and every release: sums, bounds, and what has no amount."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.money import format_dirhams, parse_dirhams
from catalog.pricing.answers import PAYING_NOTHING
from catalog.pricing.lines import Question
from catalog.pricing.tarification import price_lines
from catalog.temporal import Moment
from tests.unit.pricing.shelf import pack

MEDICINES = (
    "6118000190462", "6118000100058", "6118000250555", "6118000100256", "6118001070169", "6118001181094",
    "6118001030538", "6118010125515", "6118000999999",
)  # fmt: skip
ACTS = ("C", "Cs", "K50", "D708", "D12", "B120", "Z20", "D722", "ASD01", "A115", "HBJD001", "KE10", "AMM", "X1", "K")
FORFAITS = ("CESARIENNE", "ACCOUCHEMENT_VOIE_BASSE", "HOSPITALISATION_JOUR", "K50", "CHIRURGIE_K310", "INCONNU")
DEVICES = ("VALVES-CARDIAQUES-A-DOUBLE-AILETTE", "KE140201", "IMPLANT-COCHLEAIRE", "AUTRE")
CODES = {"medicament": MEDICINES, "acte": ACTS, "forfait": FORFAITS, "dispositif": DEVICES}

DAYS = st.dates(date(2005, 1, 1), date(2027, 1, 1)) | st.sampled_from(
    [
        day + timedelta(days=shift)
        for day in (date(2006, 9, 1), date(2009, 1, 1), date(2011, 5, 1), date(2013, 8, 1), date(2014, 6, 9),
                    date(2015, 1, 1), date(2015, 12, 17), date(2019, 5, 1), date(2020, 1, 13), date(2026, 1, 1))
        for shift in (-1, 0, 1)
    ]
)  # fmt: skip
ORGANISMES, SECTEURS = st.sampled_from(("cnops", "cnss")), st.sampled_from(("prive", "public"))
MODES = st.sampled_from((None, "ambulatoire", "hospitalisation"))


@st.composite
def questions(draw: st.DrawFn) -> Question:
    kind = draw(st.sampled_from(sorted(CODES)))
    flags = [draw(st.booleans()) for _ in range(3)]
    return Question(kind, draw(st.sampled_from(CODES[kind])), draw(ORGANISMES), draw(SECTEURS), draw(MODES), *flags)


@st.composite
def lines(draw: st.DrawFn) -> dict[str, Any]:
    asked = draw(questions())._asdict()
    asked |= {"as_of": draw(DAYS).isoformat(), "quantity": draw(st.integers(1, 40)), "mutuelle": draw(st.booleans())}
    billed = draw(st.none() | st.integers(0, 3_000_000))
    return asked | ({} if billed is None else {"billed": format_dirhams(billed)})


def centimes(answer: dict[str, Any], *names: str) -> list[int]:
    return [parse_dirhams(answer[name]) for name in names]


@settings(max_examples=600, deadline=None)
@given(lines(), st.integers(1, 9))
def test_shares_add_up_to_what_was_billed_and_amo_stays_within_the_base(line: dict[str, Any], release: int) -> None:
    (told,) = price_lines(pack(), [line], Moment(date(2015, 1, 1), release))
    quantity = line["quantity"]
    if told["status"] == "OK":
        amo, mutuelle, patient, base = centimes(told, "amo", "mutuelle", "patient", "base")
        billed = parse_dirhams(line.get("billed") or told["unit_price"])
        assert amo + mutuelle + patient == billed * quantity
        assert 0 <= amo <= base * quantity
        assert min(mutuelle, patient) >= 0
        assert base <= billed
        assert told["acte_juridique"]["title"]
    elif told["status"] in PAYING_NOTHING:
        assert (told["amo"], told["mutuelle"], told["rate"]) == ("0.00", "0.00", "0.00")
        if "billed" in line:
            assert centimes(told, "patient") == [parse_dirhams(line["billed"]) * quantity]
    else:
        assert {told[name] for name in ("base", "rate", "amo", "mutuelle", "patient")} == {None}
        assert told["errors"]
