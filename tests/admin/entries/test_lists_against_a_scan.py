"""Search, filters and order of a list say the same as a plain scan of every row."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from admin.entries.address import Address
from admin.entries.asking import Question, read_question
from admin.entries.listing import find_page, find_places
from admin.entries.tables import Table, table_of
from catalog.registry import KINDS
from catalog.snapshots.reading import Snapshot
from catalog.temporal import DAWN, Moment, Period
from tests.admin.entries.scan import scan
from tests.unit.gmr.builders import Fact, fact, snapshot, void

MEDICAMENT = KINDS.find("medicament")
EARLY, LATE = date(2014, 7, 1), date(2020, 1, 1)
NAMES = ("DIAMICRON", "Éphédrine", "EPHEDRINE LP", "amlor", "Cœur fort", "AMLOR 5 MG", "=GLIC", "Ça va")
DCI = ("GLICLAZIDE", "ÉPHÉDRINE", "AMLODIPINE", "ACIDE CLAVULANIQUE / AMOXICILLINE")
WORDS = ("amlor", "éphé", "ephe", "611", "mg", "LP", "clavu", "coeur", "zzz", "0", "=glic")

prices = st.one_of(st.none(), st.sampled_from(["0.10", "29.70", "30.00", "1200.50"]))


@st.composite
def facts(draw: st.DrawFn) -> list[list[Fact]]:
    """Two releases: a list, and what came after it: risen prices and withdrawals."""
    codes = [f"61180000{number:05d}" for number in draw(st.sets(st.integers(0, 99), min_size=1, max_size=12))]
    first = [
        fact(
            "medicament",
            code,
            Period(DAWN),
            nom=draw(st.sampled_from(NAMES)),
            dci=draw(st.one_of(st.none(), st.sampled_from(DCI))),
            princeps_generique=draw(st.sampled_from(["P", "G", None])),
            ppv=draw(prices),
            ph=draw(prices),
            pbr=None,
        )
        for code in codes
    ]
    then = [
        void("medicament", code, Period(LATE)) if draw(st.booleans()) else _risen(code, draw)
        for code in draw(st.lists(st.sampled_from(codes), unique=True))
    ]
    return [first, then or [fact("medicament", codes[0], Period(LATE))]]


def _risen(code: str, draw: st.DrawFn) -> Fact:
    return fact("medicament", code, Period(LATE), ppv=draw(prices), pbr=None, nom=draw(st.sampled_from(NAMES)))


@st.composite
def questions(draw: st.DrawFn) -> tuple[list[tuple[str, str]], dict[str, Any]]:
    """The parameters of an address, and what they mean."""
    pairs: list[tuple[str, str]] = []
    meant: dict[str, Any] = {}
    if words := draw(st.lists(st.sampled_from(WORDS), max_size=2)):
        pairs.append(("q", "  ".join(words)))
        meant["words"] = words
    if types := draw(st.lists(st.sampled_from(["P", "G"]), unique=True)):
        pairs += [("f.princeps_generique", value) for value in types]
        meant["types"] = types
    if draw(st.booleans()):
        pairs.append(("f.ppv.min", "29,70"))
        meant["lowest"] = 2970
    if draw(st.booleans()):
        pairs.append(("f.ppv.max", "1 200,00 DH"))
        meant["highest"] = 120_000
    if (is_absent := draw(st.sampled_from([None, True, False]))) is not None:
        pairs.append(("f.ph.vide", "oui" if is_absent else "non"))
        meant["is_absent"] = is_absent
    sort, descending = draw(st.sampled_from(["nom", "ppv", "dci", "princeps_generique"])), draw(st.booleans())
    pairs.append(("sort", f"-{sort}" if descending else sort))
    return pairs, meant | {"sort": sort, "descending": descending}


def ask(held: Snapshot, pairs: list[tuple[str, str]], moment: Moment) -> Question:
    clocks = [("as_of", moment.as_of.isoformat()), ("release", str(moment.release))]
    return read_question(MEDICAMENT, held, EARLY, Address.of(pairs + clocks))


def codes_of(table: Table, places: Any) -> list[str]:
    return [table.versions[place].code for place in places]


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(released=facts(), asked=questions(), day=st.sampled_from([EARLY, LATE]), release=st.sampled_from([1, 2]))
def test_a_list_holds_what_a_scan_finds_in_the_same_order(
    released: list[list[Fact]], asked: tuple[list[tuple[str, str]], dict[str, Any]], day: date, release: int
) -> None:
    held, moment, (pairs, meant) = snapshot(*released), Moment(day, release), asked
    question = ask(held, pairs, moment)
    table = table_of(held, MEDICAMENT, moment)
    assert codes_of(table, find_places(table, question)) == scan(held, MEDICAMENT, moment, **meant)


@given(size=st.sampled_from([25, 50, 100]), number=st.integers(0, 260))
def test_pages_hold_every_row_once(size: int, number: int) -> None:
    held = snapshot([fact("medicament", f"61180000{n:05d}", ppv=f"{n + 1}.00", pbr=None) for n in range(number)])
    moment, found = Moment(EARLY, 1), []
    table = table_of(held, MEDICAMENT, moment)
    for page_number in range(1, max(1, -(-number // size)) + 1):
        page = find_page(table, ask(held, [("sort", "-ppv"), ("page", str(page_number)), ("size", str(size))], moment))
        found += [version.code for version in page.versions]
        assert page.last - page.first + 1 == len(page.versions) or not page.versions
    assert found == scan(held, MEDICAMENT, moment, sort="ppv", descending=True)


def test_a_table_is_made_once_for_a_moment() -> None:
    held = snapshot([fact("medicament", "6118000000000")])
    assert table_of(held, MEDICAMENT, Moment(EARLY, 1)) is table_of(held, MEDICAMENT, Moment(EARLY, 1))
    assert table_of(held, MEDICAMENT, Moment(EARLY, 1)) is not table_of(held, MEDICAMENT, Moment(LATE, 1))


def test_tables_long_unused_are_forgotten() -> None:
    held = snapshot([fact("medicament", "6118000000000")])
    first = table_of(held, MEDICAMENT, Moment(EARLY, 1))
    for day in range(1, 21):
        table_of(held, MEDICAMENT, Moment(date(2015, 1, day), 1))
    assert table_of(held, MEDICAMENT, Moment(EARLY, 1)) is not first
