"""What the pages promise is there: links, commands, addresses, folders, decisions, the version."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest
from flask import Flask

from tests.databases import ROOT
from tests.frame import mentions
from tests.frame.sources import PRODUCT, name, pages

GUIDES = [page for page in pages() if name(page).split("/")[0] not in ("tests", "benchmarks")]
BESIDE = {"README.md", "CONTRIBUTING.md", "CHANGELOG.md"}
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))


@pytest.fixture(scope="module")
def command_line() -> click.Group:
    from service.cli import main

    assert isinstance(main, click.Group)
    return main


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    from service import create_app

    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AMO_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        environment.delenv("AMO_DATABASE_URL", raising=False)
        return create_app()


def test_the_first_pages_exist() -> None:
    assert {name(page) for page in GUIDES} >= BESIDE


@pytest.mark.parametrize("page", pages(), ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    assert [str(link) for link in mentions.links(page) if not _leads_somewhere(page, link.text)] == []


@pytest.mark.parametrize("page", GUIDES, ids=name)
def test_commands_exist(page: Path, command_line: click.Group) -> None:
    wrong = [f"{said}: {fault(command_line, said.text)}" for said in mentions.commands(page)]
    assert [line for line in wrong if not line.endswith(": None")] == []


@pytest.mark.parametrize("page", GUIDES, ids=name)
def test_addresses_exist(page: Path, application: Flask) -> None:
    known = application.url_map.bind("localhost")
    assert [str(route) for route in mentions.routes(page) if not known.allowed_methods(route.text)] == []


@pytest.mark.parametrize("page", GUIDES, ids=name)
def test_make_targets_exist(page: Path) -> None:
    known = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert [str(target) for target in mentions.targets(page) if target.text not in known] == []


def test_every_folder_is_told_in_contributing() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    shown = [*PRODUCT, "migrations", "tests", "benchmarks", "docs"]
    rooms = [f"catalog/{room.parent.name}" for room in sorted((ROOT / "catalog").glob("*/__init__.py"))]
    assert [folder for folder in (*shown, *rooms) if f"`{folder}/`" not in told] == []


def test_every_family_has_a_readme() -> None:
    families = ("gmr", "ngap_ccam", "dispositifs", "conventions", "glossaire")
    assert [family for family in families if not (ROOT / "catalog" / family / "README.md").exists()] == []


def test_decisions_are_numbered_without_a_gap_and_short() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{number:04d}" for number in range(1, len(DECISIONS) + 1)]
    assert [path.name for path in DECISIONS if len(path.read_text(encoding="utf-8").splitlines()) >= 40] == []


def test_the_changelog_tells_of_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    headings = mentions.HEADING.findall((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert any(re.match(rf"\[?v?{re.escape(version)}\b", heading) for heading in headings), headings


def test_the_glossary_gives_each_term_once() -> None:
    told = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split("|") for line in told.splitlines() if line.startswith("| ")]
    terms = [row[0].strip() for row in rows if len(row) == 5]
    assert len(terms) > 50
    assert len(terms) == len(set(terms))


def _leads_somewhere(page: Path, target: str) -> bool:
    path, _, fragment = target.partition("#")
    aim = (page.parent / path).resolve() if path else page
    if fragment and aim.suffix == ".md" and aim.exists():
        return fragment in mentions.anchors(aim)
    return aim.exists()


def fault(group: click.Group, said: str) -> str | None:
    """What is wrong with a documented command, or None."""
    command: click.Command = group
    context = click.Context(group)
    for word in mentions.words(said):
        if word.startswith("-"):
            if word.split("=")[0] not in _options(command):
                return f"{command.name} has no option {word}"
        elif isinstance(command, click.Group):
            found = command.get_command(context, word)
            if found is None:
                return f"{command.name} has no command {word}"
            command = found
    return None


def _options(command: click.Command) -> set[str]:
    known = {spelling for option in command.params for spelling in (*option.opts, *option.secondary_opts)}
    return known | {"--help"}
