"""What holds of every line, every day and every release: sums, bounds, and answers that no later publication moves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.money import format_dirhams, parse_dirhams
from catalog.pricing.answers import PAYING_NOTHING
from catalog.pricing.lines import Question
from catalog.pricing.pricer import Pricer
from catalog.pricing.quoting import quote
from catalog.pricing.retroactivity import known_on, may_differ, settles_alike
from catalog.pricing.tarification import price_lines
from catalog.releases.changes import Change
from catalog.temporal import DUSK, Moment
from tests.unit.pricing.shelf import act, change, pack, pack_changes, snapshot, withdrawal
from tests.unit.pricing.world import forfait, lettre, medicament, rate, rule

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


OPENINGS = st.sampled_from([date(2006, 9, 1), date(2013, 1, 1), date(2014, 6, 9), date(2020, 5, 1)])
ENDS = st.sampled_from([DUSK, date(2016, 1, 1)])
AMOUNTS = st.integers(1, 900_000).map(format_dirhams)


@st.composite
def publications(draw: st.DrawFn) -> list[Change]:
    """A later release that touches whatever the questions rest on, in the past as well."""
    start, amount = draw(OPENINGS), draw(AMOUNTS)
    end = draw(ENDS.filter(lambda day: day > start))
    code = draw(st.sampled_from(MEDICINES))
    private: dict[str, Any] = {"convention": "medecins-prive-2006", "secteur": "prive"}
    possible = [
        medicament(amount, start, end, code=code, pbr=draw(AMOUNTS)),
        withdrawal("medicament", code, start),
        rate("ACTE", "0.55", start, end),
        rate("MEDICAMENT", "0.33", start, end, assiette="PPV"),
        withdrawal("taux", "cnss:AMO:ACTE:ambulatoire:*:NORMALE", start),
        change("lettre_cle", "K:medecins-prive-2006", start, end, lettre="K", valeur=amount, **private),
        withdrawal("lettre_cle", "C:medecins-prive-2006", start),
        lettre(amount, start, end),
        change(
            "forfait", "HOSPITALISATION_JOUR:medecins-prive-2006", start, end, forfait="HOSPITALISATION_JOUR",
            libelle="x", unite="JOUR", montant=amount, **private,
        ),
        forfait(amount, "CESARIENNE", start, end),
        rule("BASE_GENERIQUE", start, end),
        change("acte_ngap", "D708", start, end, libelle="x", mode="LETTRE_COEFFICIENT", lettre="K", coefficient="7.5"),
        change("dispositif", "KE140201", start, end, libelle="x", forfait=amount, accord_prealable=True),
        act("arrete-1961-06", draw(st.sampled_from(("EN_VIGUEUR", "SIGNE"))), effective_from="2014-01-01"),
        act("decret-2-05-736", "ABROGE", effective_to="2018-01-01"),
    ]  # fmt: skip
    return [
        act(),
        *draw(
            st.lists(st.sampled_from(possible), min_size=1, max_size=4, unique_by=lambda each: (each.kind, each.code))
        ),
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(publications(), min_size=1, max_size=3), st.lists(lines(), min_size=1, max_size=12), st.integers(1, 9))
def test_no_later_publication_moves_an_answer(
    later: list[list[Change]], asked: list[dict[str, Any]], release: int
) -> None:
    moment = Moment(date(2015, 1, 1), release)
    grown = with_later(later)
    assert price_lines(grown, asked, moment, explain=True) == price_lines(pack(), asked, moment, explain=True)


@settings(max_examples=60, deadline=None)
@given(st.lists(publications(), max_size=3), st.lists(st.tuples(questions(), DAYS), min_size=1, max_size=25))
def test_a_pricer_that_remembers_answers_as_one_that_does_not(
    later: list[list[Change]], asked: list[tuple[Question, date]]
) -> None:
    found = with_later(later)
    pricer = Pricer(found, found.head)
    for question, day in [*asked, *reversed(asked)]:
        answer = pricer.answer(question, day)
        assert answer.quote == quote(found, question, Moment(day, found.head))
        then = known_on(found, day)
        before = None if then is None or then >= found.head else quote(found, question, Moment(day, then))
        if before is None or settles_alike(before, answer.quote):
            assert answer.earlier is None
        else:
            assert (answer.earlier, answer.then) == (before, then)


@settings(max_examples=60, deadline=None)
@given(publications(), st.lists(st.tuples(questions(), DAYS), min_size=1, max_size=25))
def test_pricing_twice_is_never_spared_where_the_answers_differ(
    later: list[Change], asked: list[tuple[Question, date]]
) -> None:
    found = with_later([later])
    older, newer = found.head - 1, found.head
    for question, day in asked:
        before, after = (quote(found, question, Moment(day, release)) for release in (older, newer))
        assert settles_alike(before, after) or may_differ(found, question, day, older, newer)


def with_later(later: list[list[Change]]) -> Any:
    last = pack_changes()[-1][0]
    return snapshot(
        *pack_changes(), *((last + timedelta(days=place), each) for place, each in enumerate(later, start=1))
    )
