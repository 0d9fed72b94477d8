"""What docs/api.md says is what the service does."""

from __future__ import annotations

import re

from service.api import ROOMS
from service.api.endpoints import every
from service.api.openapi import documented_path
from service.problems import PROBLEMS
from service.settings import NAMES
from tests.databases import ROOT

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_route_is_told() -> None:
    told = {path.replace("{n}", "{release}") for path in re.findall(r"^\| `/api/v1(/[^`]+)`", PAGE, re.MULTILINE)}
    assert told == {documented_path(endpoint) for endpoint in every(ROOMS)}


def test_every_type_of_refusal_is_told_with_its_status() -> None:
    rows = re.findall(r"^\| (`[a-z`, -]+`) \| (\d{3}) \|", PAGE, re.MULTILINE)
    told = {(slug, int(status)) for slugs, status in rows for slug in re.findall(r"`([a-z-]+)`", slugs)}
    assert told == {(known.slug, known.status) for known in PROBLEMS}


def test_every_setting_is_told() -> None:
    assert [name for name in NAMES if f"`{name}`" not in PAGE + README] == []
