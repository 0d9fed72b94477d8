"""A real Chromium before a real server: what people see, not what a test client says they see."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.admin.conftest import furnished as furnished
from tests.browser.seats import Seats
from tests.browser.serving import Served, serve
from tests.browser.site_catalogue import furnish
from tests.browser.site_visitors import Visitors

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser of this machine: AMO_CHROMIUM, or the first one found."""
    found = os.environ.get("AMO_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not found:
        pytest.skip("no Chromium on this machine (apt-get install chromium, or AMO_CHROMIUM=/path)")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-quic"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def served(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of this module's own, over a catalogue it may change."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(furnished, folder, dirs_exist_ok=True)
    with serve(folder) as running:
        yield running


@pytest.fixture(scope="module")
def seats(browser: Browser, served: Served) -> Iterator[Seats]:
    """The people of the console, each with a browser of their own; an error in a console of theirs fails the test."""
    opened = Seats(browser, served.url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def site_folder(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue the public site is tested on, to copy: made once, also where several processes run the tests."""
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "site"
    place.mkdir(exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "done").exists():
            (place / "data").mkdir()
            furnish(sqlite_template, place / "data")
            (place / "done").touch()
    return place / "data"


@pytest.fixture(scope="session")
def site(site_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of the public site, which no test changes."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(site_folder, folder, dirs_exist_ok=True)
    with serve(folder) as running:
        yield running


@pytest.fixture
def visitors(browser: Browser, site: Served) -> Iterator[Visitors]:
    """Those who come to the public site; an error in a console of theirs, or another host, fails the test."""
    come = Visitors(browser, site.url)
    yield come
    complaints = come.take_complaints()
    come.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture(autouse=True)
def no_complaint(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test: nothing was written to a browser's console as an error."""
    yield
    if "seats" in request.fixturenames:
        complaints = request.getfixturevalue("seats").take_complaints()
        assert not complaints, "\n".join(complaints)
