"""The page on profiles tells every key, converter, rule and built-in profile there is."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from catalog.importing import conversions  # noqa: F401 - fills CONVERTERS
from catalog.importing.findings import ReadingRule
from catalog.importing.plugins import CONVERTERS
from catalog.importing.profiles import builtin_profiles, parse_profile, parsing
from catalog.importing.profiles.model import RECORD_FIELDS

PAGE = (Path(__file__).parents[3] / "docs" / "import-profiles.md").read_text("utf-8")
CODE = set(re.findall(r"`([^`\n]+)`", PAGE))
WORDS = {word for text in CODE for word in re.findall(r"[\w-]+", text)} | set(re.findall(r"\[+([a-z_]+)\]+", PAGE))

KEYS = set(re.findall(r"\.(?:take|text|needed|choice|texts|pattern|tables?)\(\"(\w+)\"", inspect.getsource(parsing)))


def test_the_keys_were_found() -> None:
    assert {"kind", "mode", "fields", "strip_tags", "drop_after_header", "like_separator", "prefer"} <= KEYS


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_key_is_told(key: str) -> None:
    assert key in WORDS


@pytest.mark.parametrize("rule", ReadingRule.__subclasses__(), ids=lambda rule: rule.__name__)
def test_every_rule_is_told_with_its_severity(rule: type[ReadingRule]) -> None:
    line = next(line for line in PAGE.splitlines() if f"`{rule.__name__}`" in line)
    assert f"| {rule.severity.value}: " in line
    assert rule.remedy.endswith(".")
    assert (rule.__doc__ or "").splitlines()[0].endswith(".")


def test_every_converter_profile_and_target_is_told() -> None:
    builtin = {profile.name for profile in builtin_profiles()}
    assert CONVERTERS.keys() | builtin | set(RECORD_FIELDS) <= WORDS


def test_the_example_is_a_profile() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    profile = parse_profile("exemple", example)
    assert (profile.kind, profile.mode) == ("medicaments", "delta")
    assert profile.legal_act is not None
