"""Publishing: what a release changes, what it leaves alone, and every reason for which it is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from catalog.errors import (
    DraftStateError,
    LabelTakenError,
    NothingPublishedError,
    PublicationTimeError,
    StaleDraftError,
)
from catalog.gmr.family import MEDICAMENT
from catalog.orm import Base
from catalog.releases import publishing, truth
from catalog.releases.diffing import diff, touched_spans
from catalog.releases.models import GENESIS
from catalog.releases.verifying import verify
from catalog.temporal import DAWN, Moment, Period, day_in_morocco
from tests.integration.truth.desk import (
    ACLASTA,
    ACTEMRA,
    AUGUST,
    DOLIPRANE,
    JULY,
    JUNE,
    MAY,
    Desk,
    enacted,
    priced,
    withdrawn,
)


def contents(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    return {
        name: sorted(map(tuple, desk.session.execute(sa.select(table))), key=repr)
        for name, table in Base.metadata.tables.items()
    }


def test_releases_follow_one_another_in_a_chain(desk: Desk) -> None:
    second, third = desk.publish(priced("29.70", JUNE)), desk.publish(priced("31.70", JULY))
    first = truth.find_release(desk.session, 1)
    assert [first.prev_digest, second.prev_digest, third.prev_digest] == [
        GENESIS, first.chain_digest, second.chain_digest,
    ]  # fmt: skip
    assert truth.head(desk.session) == 3
    assert verify(desk.session, desk.kinds) == []


def test_a_change_holds_from_its_first_day_to_the_eve_of_its_end(desk: Desk) -> None:
    known = desk.publish(priced("29.70", JUNE, JULY)).seq
    assert desk.price(date(2014, 5, 31), known) is None
    assert desk.price(JUNE, known) == desk.price(date(2014, 6, 30), known) == 2970
    assert desk.price(JULY, known) is None


def test_a_new_price_keeps_the_old_one_before_and_after_it(desk: Desk) -> None:
    desk.publish(priced("29.70", DAWN))
    known = desk.publish(priced("25.00", JUNE, JULY)).seq
    assert [desk.price(day, known) for day in (MAY, JUNE, JULY)] == [2970, 2500, 2970]
    assert desk.price(JUNE, known - 1) == 2970


def test_a_withdrawal_leaves_nothing_in_force_and_never_zero(desk: Desk) -> None:
    desk.publish(priced("29.70", MAY))
    known = desk.publish(withdrawn(JUNE, JULY)).seq
    assert [desk.price(day, known) for day in (MAY, JUNE, JULY)] == [2970, None, 2970]
    assert DOLIPRANE not in truth.in_force(desk.session, MEDICAMENT, Moment(JUNE, known))


def test_a_change_effective_next_month_leaves_today_s_answer_alone(desk: Desk) -> None:
    before = desk.publish(priced("29.70", MAY)).seq
    release = desk.publish(priced("25.00", JULY))
    today = day_in_morocco(release.published_at)
    assert today < JULY
    assert desk.price(today, release.seq) == desk.price(today, before) == 2970
    assert [desk.price(JULY, before), desk.price(JULY, release.seq)] == [2970, 2500]
    standing = truth.standing_spans(desk.session, MEDICAMENT, [DOLIPRANE])[DOLIPRANE]
    assert [span.period for span in standing if span.period.start > today] == [Period(JULY)]
    spans = touched_spans(desk.session, MEDICAMENT, before, release.seq)
    [entry] = diff(MEDICAMENT, spans, before, release.seq, lambda _: today)
    assert not entry.is_retroactive


def test_the_release_known_at_an_instant_is_the_last_one_published_by_then(desk: Desk) -> None:
    second = desk.publish(priced("29.70", JUNE))
    instant, moment = second.published_at, timedelta(microseconds=1)
    assert truth.release_at(desk.session, instant) == 2
    assert truth.release_at(desk.session, instant - moment) == 1
    with pytest.raises(NothingPublishedError):
        truth.release_at(desk.session, truth.find_release(desk.session, 1).published_at - moment)


def test_a_release_is_found_by_number_and_by_any_spelling_of_its_label(desk: Desk) -> None:
    release = desk.publish(priced("29.70", JUNE), label="7.06")
    for asked in (2, "2", "07-06", "GMR_7_06", " 7.06 "):
        assert truth.find_release(desk.session, asked) is release


def test_a_label_is_given_once(desk: Desk) -> None:
    desk.publish(priced("29.70", JUNE), label="07-06")
    draft = desk.approved(priced("31.70", JULY), label="GMR_7_06")
    with pytest.raises(LabelTakenError, match="07-06"):
        desk.seal(draft)


def test_a_draft_is_published_once(desk: Desk) -> None:
    draft = desk.approved(priced("29.70", JUNE))
    desk.seal(draft)
    with pytest.raises(DraftStateError, match="is published"):
        desk.seal(draft)


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_nothing_is_published_without_approval(desk: Desk, status: str) -> None:
    draft = desk.draft(priced("29.70", JUNE))
    if status == "in_review":
        desk.submit(draft)
    with pytest.raises(DraftStateError, match=f"is {status}"):
        desk.seal(draft)


def test_a_release_is_later_than_the_one_before_and_not_in_the_future(desk: Desk) -> None:
    last = truth.find_release(desk.session, 1).published_at
    draft = desk.approved(priced("29.70", JUNE))
    now = desk.tick()
    for refused in (last, last - timedelta(days=1)):
        with pytest.raises(PublicationTimeError, match="is not later"):
            desk.seal(draft, at=now, published_at=refused)
    with pytest.raises(PublicationTimeError, match="has not come yet"):
        desk.seal(draft, at=now, published_at=now + timedelta(seconds=1))
    instant = last + timedelta(microseconds=1)
    assert desk.seal(draft, at=now, published_at=instant).published_at == instant


def test_history_is_loaded_with_its_own_instants(bare_desk: Desk) -> None:
    bare_desk.now = datetime(2026, 11, 22, 10, tzinfo=UTC)
    draft = bare_desk.approved(enacted(), priced("29.70", JUNE))
    release = bare_desk.seal(draft, published_at=datetime(2014, 6, 6, 12, tzinfo=UTC))
    assert truth.release_at(bare_desk.session, datetime(2014, 6, 7, tzinfo=UTC)) == release.seq


def test_a_draft_on_entries_another_release_changed_is_stale(desk: Desk) -> None:
    stale = desk.approved(priced("29.70", JUNE), priced("12.00", JUNE, code=ACLASTA))
    desk.publish(priced("31.70", JUNE))
    with pytest.raises(StaleDraftError) as caught:
        desk.seal(stale)
    assert caught.value.entries == [f"medicament {DOLIPRANE}"]
    assert "release 2 is now the newest" in str(caught.value)


def test_a_draft_on_other_entries_is_not_stale(desk: Desk) -> None:
    draft = desk.approved(priced("12.00", JUNE, code=ACLASTA))
    desk.publish(priced("31.70", JUNE))
    release = desk.seal(draft)
    assert [desk.price(JUNE, release.seq), desk.price(JUNE, release.seq, ACLASTA)] == [3170, 1200]


def test_a_whole_list_is_stale_as_soon_as_its_kind_has_changed(desk: Desk) -> None:
    whole = desk.approved(priced("12.00", JUNE, code=ACLASTA), covers=["medicament"])
    desk.publish(priced("31.70", JUNE))
    with pytest.raises(StaleDraftError, match=DOLIPRANE):
        desk.seal(whole)


def test_proposals_are_invisible_until_published(desk: Desk) -> None:
    desk.publish(priced("29.70", JUNE))
    desk.approved(priced("99.00", JUNE), priced("12.00", JUNE, code=ACTEMRA))
    desk.session.commit()
    assert desk.price(JUNE, truth.head(desk.session)) == 2970
    assert truth.known_codes(desk.session, MEDICAMENT, [DOLIPRANE, ACTEMRA]) == {DOLIPRANE}
    assert {span.code for span in truth.rectangles(desk.session, MEDICAMENT)} == {DOLIPRANE}


@pytest.mark.parametrize("step", ["_number_entities", "_insert", "_repaint", "_seal"])
def test_a_publication_that_fails_half_way_leaves_nothing(
    desk: Desk, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.publish(priced("29.70", MAY), priced("12.00", JUNE, code=ACTEMRA))
    draft = desk.approved(
        priced("31.70", JUNE, AUGUST), withdrawn(JUNE, code=ACTEMRA), priced("5.00", JULY, code=ACLASTA)
    )
    desk.session.commit()
    before = contents(desk)
    real = getattr(publishing, step)

    def fails(*args: object, **kwargs: object) -> None:
        real(*args, **kwargs)
        raise RuntimeError("the power is cut")

    monkeypatch.setattr(publishing, step, fails)
    with pytest.raises(RuntimeError):
        desk.seal(draft)
    desk.session.rollback()
    assert contents(desk) == before
    monkeypatch.undo()
    assert desk.price(JUNE, desk.seal(draft).seq) == 3170
    assert verify(desk.session, desk.kinds) == []
