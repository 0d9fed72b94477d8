"""Publishers at once: they queue, nobody forks the chain, and what one did the next one sees."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from catalog.database import open_engine, writing
from catalog.errors import PublicationTimeError, StaleDraftError
from catalog.releases import drafts, publishing, truth
from catalog.releases.models import Release
from catalog.releases.verifying import verify
from tests.integration.truth.desk import ACLASTA, FEW_KINDS, JUNE, Desk, priced


@pytest.fixture
def other_engine(database_url: str) -> Iterator[sa.Engine]:
    """What another process would hold: an engine of its own over the same database."""
    opened = open_engine(database_url)
    yield opened
    opened.dispose()


def seal(session: Session, draft: int, at: datetime) -> int:
    return publishing.publish(session, FEW_KINDS, drafts.find_draft(session, draft), by="driss", at=at).seq


def seal_later(engine: sa.Engine, draft: int, at: datetime) -> Future[int]:
    """Begins to publish in a thread of its own; answers once that thread has started."""
    started = threading.Event()

    def work() -> int:
        started.set()
        with writing(engine) as session:
            return seal(session, draft, at)

    future = ThreadPoolExecutor(1).submit(work)
    started.wait()
    return future


def is_waiting(future: Future[int]) -> bool:
    """Long enough for a publication that nothing holds back to be over, many times."""
    try:
        future.result(timeout=0.5)
    except TimeoutError:
        return True
    return False


def test_a_second_publisher_waits_and_follows(desk: Desk, engine: sa.Engine, other_engine: sa.Engine) -> None:
    one, two = desk.approved(priced("1.00", JUNE)).id, desk.approved(priced("2.00", JUNE, code=ACLASTA)).id
    desk.session.commit()
    with writing(engine) as first:
        assert seal(first, one, desk.tick()) == 2
        second = seal_later(other_engine, two, desk.tick())
        assert is_waiting(second)
    assert second.result(timeout=60) == 3
    with Session(other_engine) as reader:
        assert verify(reader, FEW_KINDS) == []
        assert truth.head(reader) == 3


def test_a_second_publisher_goes_on_when_the_first_gives_up(
    desk: Desk, engine: sa.Engine, other_engine: sa.Engine
) -> None:
    one, two = desk.approved(priced("1.00", JUNE)).id, desk.approved(priced("2.00", JUNE)).id
    desk.session.commit()
    with pytest.raises(ZeroDivisionError), writing(engine) as first:
        seal(first, one, desk.tick())
        second = seal_later(other_engine, two, desk.tick())
        assert is_waiting(second)
        raise ZeroDivisionError
    assert second.result(timeout=60) == 2
    with Session(other_engine) as reader:
        assert verify(reader, FEW_KINDS) == []


def test_of_two_drafts_on_one_entry_the_second_is_stale(desk: Desk, engine: sa.Engine, other_engine: sa.Engine) -> None:
    one, two = desk.approved(priced("1.00", JUNE)).id, desk.approved(priced("2.00", JUNE)).id
    desk.session.commit()
    with writing(engine) as first:
        seal(first, one, desk.tick())
        second = seal_later(other_engine, two, desk.tick())
        assert is_waiting(second)
    with pytest.raises(StaleDraftError):
        second.result(timeout=60)
    assert desk.price(JUNE, 2) == 100


def test_a_release_that_another_has_not_finished_is_invisible(
    desk: Desk, engine: sa.Engine, other_engine: sa.Engine
) -> None:
    draft = desk.approved(priced("1.00", JUNE)).id
    desk.session.commit()
    with Session(other_engine) as reader, writing(engine) as writer:
        assert seal(writer, draft, desk.tick()) == 2
        assert truth.head(reader) == 1
        assert verify(reader, FEW_KINDS) == []
    assert truth.head(desk.session) == 2


@pytest.mark.slow
def test_many_publishers_make_one_chain(desk: Desk, database_url: str) -> None:
    """Four engines, five drafts each, every medicine wanted by two; an instant that came too late is drawn again."""
    codes = itertools.cycle(f"61180001{number:05d}" for number in range(10))
    waiting = [[desk.approved(priced("1.00", JUNE, code=next(codes))).id for _ in range(5)] for _ in range(4)]
    desk.session.commit()
    clock, start = itertools.count(1), desk.now

    def work(own: list[int]) -> list[str]:
        engine = open_engine(database_url)
        outcomes = [publish_until_settled(engine, draft) for draft in own]
        engine.dispose()
        return outcomes

    def publish_until_settled(engine: sa.Engine, draft: int) -> str:
        while True:
            try:
                with writing(engine) as session:
                    seal(session, draft, start + timedelta(minutes=next(clock)))
                return "published"
            except PublicationTimeError:
                continue
            except StaleDraftError:
                return "stale"

    with ThreadPoolExecutor(4) as publishers:
        outcomes = list(itertools.chain.from_iterable(publishers.map(work, waiting)))
    desk.session.expire_all()
    assert (outcomes.count("published"), outcomes.count("stale")) == (10, 10)
    assert list(desk.session.scalars(sa.select(Release.seq).order_by(Release.seq))) == [*range(1, 12)]
    assert verify(desk.session, FEW_KINDS) == []
