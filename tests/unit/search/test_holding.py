"""What is in force, what it costs and what left agree with a look at every rectangle."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from catalog.search.documents import Document, Ending
from catalog.search.entries import Entries
from catalog.search.holding import Holding
from catalog.search.leaving import Departures, Left
from catalog.search.suggesting import Titles
from catalog.temporal import Moment, Period, merge_touching

FIRST = date(2014, 1, 1)
DAYS, RELEASES, ENTRIES = 40, 5, 60
NAMES = ("alpha", "beta", "gamma")


def random_documents(chance: random.Random) -> list[Document]:
    """Entries of one or two wordings, whose rectangles never overlap."""
    made = []
    for number in range(ENTRIES):
        for wording in range(chance.randrange(1, 3)):
            held = sorted(random_rectangles(chance, wording))
            prices = tuple(chance.choice((None, 100, 250)) for _ in held)
            if held:
                name = chance.choice(NAMES)
                made.append(Document("k", f"C{number}", name.upper(), "", (name,), {}, {}, tuple(held), prices))
    return made


def random_rectangles(chance: random.Random, wording: int) -> set[tuple[int, int, int, int]]:
    """In every release its own: the second wording has the later days."""
    found = set()
    low, high = (0, DAYS // 2) if wording == 0 else (DAYS // 2, DAYS)
    for release in range(1, RELEASES + 1):
        if chance.random() < 0.7:
            start, end = sorted(chance.sample(range(low, high), 2))
            base = FIRST.toordinal()
            found.add((base + start, base + end, release, release + 1))
    return found


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return random_documents(random.Random(4))


@pytest.fixture(scope="module")
def holding(documents: list[Document]) -> Holding:
    return Holding(documents)


def moments() -> list[Moment]:
    return [
        Moment(FIRST + timedelta(days=day), release) for day in range(-2, DAYS + 3) for release in range(RELEASES + 2)
    ]


def rectangle(document: Document, moment: Moment) -> int | None:
    day = moment.as_of.toordinal()
    fits = [s <= day < e and opened <= moment.release < closed for s, e, opened, closed in document.held]
    return fits.index(True) if any(fits) else None


def test_a_day_has_what_its_rectangles_say(documents: list[Document], holding: Holding) -> None:
    for moment in moments():
        places = [rectangle(document, moment) for document in documents]
        assert list(holding.in_force(moment)) == [place is not None for place in places]
        for number, place in enumerate(places):
            price = None if place is None else documents[number].prices[place]
            assert holding.price(number, moment) == price


def test_what_left_is_what_the_periods_of_an_entry_say(documents: list[Document], holding: Holding) -> None:
    departures = Departures(documents, holding, Entries(documents), Titles(documents), [])
    found_any = 0
    for moment in moments():
        for name in NAMES:
            found = departures.find(name, (), moment, None)
            wanted = [one for code in codes_named(documents, name) if (one := scanned(documents, code, moment))]
            assert [(one.document.code, one.period) for one in found] == in_order(wanted, moment)[:5]
            found_any += len(found)
    assert found_any


def codes_named(documents: list[Document], name: str) -> list[str]:
    return list(dict.fromkeys(document.code for document in documents if document.exact == (name,)))


def scanned(documents: list[Document], code: str, moment: Moment) -> tuple[str, Period] | None:
    """The entry with its last period before the moment, else its first after it; None where it is in force."""
    periods = [
        Period(date.fromordinal(start), date.fromordinal(end))
        for document in documents
        if document.code == code
        for start, end, opened, closed in document.held
        if opened <= moment.release < closed
    ]
    if not periods or any(period.covers(moment.as_of) for period in periods):
        return None
    merged = merge_touching(periods)
    past = [period for period in merged if period.end <= moment.as_of]
    return code, past[-1] if past else merged[0]


def in_order(wanted: list[tuple[str, Period]], moment: Moment) -> list[tuple[str, Period]]:
    def key(one: tuple[str, Period]) -> tuple[int, int, str]:
        ended = one[1].end.toordinal() if one[1].end <= moment.as_of else 0
        return -ended, one[1].start.toordinal(), one[0]

    return sorted(wanted, key=key)


def test_the_newest_act_that_ended_it_is_told(documents: list[Document]) -> None:
    base = FIRST.toordinal()
    document = Document("k", "C", "X", "", ("x",), {}, {}, ((base, base + 10, 1, 9),))
    endings = [
        Ending("k", "C", base + 10, base + 99, 2, "second"),
        Ending("k", "C", base + 10, base + 99, 3, "third"),
        Ending("k", "C", base + 50, base + 99, 4, "another day"),
        Ending("k", "D", base + 10, base + 99, 5, "another entry"),
    ]
    one = [document]
    departures = Departures(one, Holding(one), Entries(one), Titles(one), endings)

    def act(release: int) -> str | None:
        (left,) = departures.find("x", (), Moment(FIRST + timedelta(days=20), release), None)
        assert left == Left(document, Period(FIRST, FIRST + timedelta(days=10)), left.legal_act)
        return left.legal_act

    assert [act(release) for release in (1, 2, 3, 8)] == [None, "second", "third", "third"]
