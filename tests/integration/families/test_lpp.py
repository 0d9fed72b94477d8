"""The history of the French device list replayed into releases: 7,254 events, on any day as known at any release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from catalog.dispositifs.family import KINDS as DISPOSITIFS
from catalog.dispositifs.lookups import dispositif, find_dispositif
from catalog.errors import NotInForceError
from catalog.kinds import Kinds
from catalog.legal.family import KINDS as LEGAL
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment
from tests.integration.families import lpp_source
from tests.integration.families.press import Press, day_before

pytestmark = pytest.mark.slow

FIRST, DAYS = date(2005, 5, 1), 6200
"""From the first publication to after the last effect, in January 2022."""

Rows = list[dict[str, str]]


def random_days(seed: int, count: int = 20) -> list[date]:
    dice = Random(seed)
    return [FIRST + timedelta(days=dice.randrange(DAYS)) for _ in range(count)]


@pytest.fixture(scope="module")
def rows(shared_data: Path) -> Rows:
    return lpp_source.read_history(shared_data)


@pytest.fixture(scope="module")
def press(rows: Rows, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    """One release a day of publication."""
    printed = Press(tmp_path_factory.mktemp("lpp"), Kinds((*LEGAL, *DISPOSITIFS)))
    replay = lpp_source.Replay(printed.kinds)
    for day, events in lpp_source.by_publication(lpp_source.events(rows)):
        printed.publish(replay.changes(day, events), on=day, legal_act=f"liste-lpp-{day}")
    yield printed
    printed.close()


@pytest.fixture(scope="module")
def listed(press: Press) -> Snapshot:
    return press.snapshot()


def labels(listed: Snapshot, moment: Moment) -> dict[str, str]:
    return {version.code: version.payload["libelle"] for version in listed.in_force("dispositif", moment)}


def test_every_event_that_names_a_device_is_replayed(rows: Rows, press: Press, listed: Snapshot) -> None:
    events = lpp_source.events(rows)
    assert (len(rows), len(events)) == (7254, 7247)
    assert len(press.releases) == listed.head == 443
    assert len({event.code for event in events}) == 5685
    assert len(listed.codes("dispositif")) == 5685 - len(["3114922", "3182562"]), "two codes leave and never entered"


def test_the_list_of_any_day_is_that_of_a_slow_replay(rows: Rows, press: Press, listed: Snapshot) -> None:
    sizes = []
    for day in random_days(2022):
        expected = lpp_source.slow_list(rows, day, press.releases[-1])
        assert labels(listed, Moment(day, listed.head)) == expected
        sizes.append(len(expected))
    assert min(sizes) > 1000


def test_so_is_what_was_known_at_any_release(rows: Rows, press: Press, listed: Snapshot) -> None:
    dice, changed_since = Random(7), 0
    for day in random_days(2005):
        release = dice.randrange(1, listed.head + 1)
        expected = lpp_source.slow_list(rows, day, press.releases[release - 1])
        known = labels(listed, Moment(day, release))
        assert known == expected
        changed_since += known != labels(listed, Moment(day, listed.head))
    assert changed_since > 5


def test_entries_and_exits_between_two_days_are_those_of_a_slow_replay(
    rows: Rows, press: Press, listed: Snapshot
) -> None:
    moved: Counter[str] = Counter()
    effects = sorted({event.effect for event in lpp_source.events(rows)})
    for day in Random(3).sample(effects, 20):
        slow = [set(lpp_source.slow_list(rows, of, press.releases[-1])) for of in (day_before(day), day)]
        fast = [set(labels(listed, Moment(of, listed.head))) for of in (day_before(day), day)]
        assert (fast[1] - fast[0], fast[0] - fast[1]) == (slow[1] - slow[0], slow[0] - slow[1])
        moved.update(entries=len(slow[1] - slow[0]), exits=len(slow[0] - slow[1]))
    assert moved["entries"] > 20 and moved["exits"] > 5


def test_an_exit_told_after_its_effect_is_known_only_from_then_on(listed: Snapshot, press: Press) -> None:
    """Cardiac valve 3271159: entered 2005, left 22/09/2006, entered again 27/10/2006, left on 28/02/2007."""
    code = "3271159"
    in_2005, winter, spring = date(2005, 6, 1), date(2007, 1, 15), date(2007, 3, 1)
    assert [dispositif(listed, code, Moment(day, listed.head)) is not None for day in (in_2005, winter, spring)] == [
        True,
        True,
        False,
    ]
    told = press.releases.index(date(2006, 10, 27)) + 1
    assert dispositif(listed, code, Moment(winter, told - 1)) is None
    assert find_dispositif(listed, code, Moment(winter, told)).version.legal_act == "liste-lpp-2006-10-27"
    with pytest.raises(NotInForceError, match="2005-05-10 to 2006-09-22"):
        find_dispositif(listed, code, Moment(spring, listed.head))


def test_a_code_that_was_corrected_stands_under_the_new_one_with_the_note(listed: Snapshot) -> None:
    found = find_dispositif(listed, "3109826", Moment(date(2010, 1, 1), listed.head))
    assert found.version.payload["remarque"] == "code 31009826 erroné"
    assert not listed.is_known("dispositif", "31009826", listed.head)
