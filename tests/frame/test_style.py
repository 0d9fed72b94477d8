"""The code stays small, told and predictable: the limits that CONTRIBUTING.md names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.frame import sources
from tests.frame.sources import EVERYTHING, PRODUCT, functions, modules, name

LONGEST_MODULE, MEDIAN_MODULE = 300, 90
LONGEST_FUNCTION, MEDIAN_FUNCTION = 50, 10

CATCH_ALL = {"utils", "util", "helpers", "helper", "common", "misc"}
CLOCK = re.compile(
    r"\b(?:datetime|date)\.(?:now|today|utcnow)\b|\btime\.time(?:_ns)?\b|\btime\.(?:gmtime|localtime)\b"
    r"|\bfrom time import\b.*\btime\b|\bCURRENT_(?:TIMESTAMP|DATE|TIME)\b|\bfunc\.(?:now|current_\w+)\b"
)
DESK = re.compile(r"(?<![\w.:/])/(?:root|home|work|farm|Users)/\w|\bco-authored-by\b", re.IGNORECASE)
"""A path of one person's machine, or a word about the place of work: neither means anything to a reader."""


def test_no_module_is_long() -> None:
    long = {name(path): sources.length(path) for path in modules(*EVERYTHING)}
    assert {path: lines for path, lines in long.items() if lines > LONGEST_MODULE} == {}


def test_no_function_is_long() -> None:
    # Migrations are left out: a list of tables in the order they were made, and never touched again.
    written = modules(*PRODUCT, "benchmarks", "tests")
    long = [
        f"{name(path)}:{function.lineno} {function.name} has {sources.lines(function)} lines"
        for path in written
        for function in functions(path)
        if sources.lines(function) > LONGEST_FUNCTION
    ]
    assert long == []


def test_modules_are_short_in_the_median() -> None:
    lengths = [sources.length(path) for path in modules(*PRODUCT) if sources.holds_code(path)]
    assert median(lengths) <= MEDIAN_MODULE


def test_functions_are_short_in_the_median() -> None:
    lengths = [sources.lines(function) for path in modules(*PRODUCT) for function in functions(path)]
    assert median(lengths) <= MEDIAN_FUNCTION


def test_every_module_says_what_it_is_for() -> None:
    silent = [name(path) for path in modules(*EVERYTHING) if not ast.get_docstring(sources.tree(path))]
    assert silent == []


def test_public_names_of_the_domain_say_what_they_answer() -> None:
    assert [line for path in modules("catalog") for line in _silent_names(path)] == []


def test_no_module_is_a_catch_all() -> None:
    found = [name(path) for path in modules(*EVERYTHING) if CATCH_ALL & {path.stem, path.parent.name}]
    assert found == []


def test_the_domain_never_reads_the_clock() -> None:
    assert list(_matches(CLOCK, modules("catalog"))) == []


def test_nothing_names_the_desk_it_was_written_at() -> None:
    assert list(_matches(DESK, [path for path in sources.texts() if path != Path(__file__)])) == []


def _silent_names(path: Path) -> Iterator[str]:
    """Public classes and functions without a docstring; an error's own sentence counts as one."""
    for node in sources.tree(path).body:
        if not isinstance(node, ast.ClassDef | sources.FunctionNode) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node) and not node.name.endswith("Error"):
            yield f"{name(path)}:{node.lineno} {node.name}"


def _matches(pattern: re.Pattern[str], paths: list[Path]) -> Iterator[str]:
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if pattern.search(line):
                yield f"{name(path)}:{number} {line.strip()}"
